"""Two districts on one machine, each by a process of its own under a name of its own, behind the proxy as deploy/ ships
it: nothing of the one is anything at the other."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest

from db import sql
from db.sql import Connection
from db.store import open_store
from intake import districts
from tests.conftest import NOON, PASSWORD, copied, create, make_account, serving, url_of
from tests.db.districts.test_folder import YUNLING
from tests.deploy import proxy
from tests.deploy.test_proxy import FORM, service_environment
from tests.deploy.visitor import Visitor

HERE, THERE = proxy.DISTRICTS


@pytest.fixture(scope="module")
def servers(tmp_path_factory, demo_file: Path, password_hash: str) -> Iterator[list[SimpleNamespace]]:
    """Yunling's, where `yunling.staff` has an account, and the demonstration's, which has everything."""
    here, there = (tmp_path_factory.mktemp("district") / "store.duckdb" for _ in range(2))
    copied(demo_file, there)
    create(here)
    with pytest.MonkeyPatch.context() as patch, closing(open_store(url_of(here))) as store:
        patch.setenv("STORE_URL", url_of(here))  # its calendar lies beside it
        store.migrate()
        content, faults = districts.read(YUNLING)
        assert faults == []
        districts.new(store, content, NOON)
        for role in ("staff", "admin"):
            make_account(store, role, password_hash, login=f"yunling.{role}")
    with closing(open_store(url_of(there))) as store:
        asked = store.read(addresses)
        words = store.read(lambda con: sql.column(con, _WORDS))
    with ExitStack() as held:
        told = service_environment()
        served = [
            held.enter_context(serving(url_of(path), **told, STREAMLIT_SERVER_ALLOWED_HOSTS=name))
            for path, name in ((here, HERE), (there, THERE))
        ]
        served[1].addresses, served[1].words = asked, words
        yield served


_WORDS = "SELECT title FROM cases UNION SELECT name_zh FROM enterprise UNION SELECT theme_zh FROM forum"


def addresses(con: Connection) -> list[str]:
    """Of every kind of record that has one, the first few."""
    kinds = {
        "SELECT id FROM attachment": "/attachments/{}", "SELECT id FROM letter": "/letters/{}.docx",
        "SELECT id FROM forum": "/minutes/{}.docx", "SELECT id FROM meeting": "/meetings/{}.docx",
        "SELECT number FROM wave": "/published/{}", "SELECT number FROM wave ": "/results/{}.xlsx",
        "SELECT id FROM cases": "/case?id={}", "SELECT id FROM cases ": "/print/cases?id={}",
        "SELECT kind || '/' || code FROM citation": "/cite/{}.json",
    }  # fmt: skip
    fixed = ["/export/cases.csv", "/export/economy.csv", "/export/plans.csv", "/export/promises.csv", "/leaf.pdf",
             "/published", "/guidance", "/f/cases", "/f", "/readyz", "/logo", "/"]  # fmt: skip
    return fixed + [
        address.format(key) for kind, address in kinds.items() for key in sql.column(con, f"{kind} ORDER BY 1 LIMIT 5")
    ]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def site(request, servers, tmp_path_factory) -> Iterator[SimpleNamespace]:
    if request.param == "caddy" and not proxy.CADDY:
        pytest.skip("Caddy is not installed, and tests/proxies.sh could not install it")
    folder = tmp_path_factory.mktemp(request.param)
    ports = [urlsplit(server.url).port or 0 for server in servers]
    begin = proxy.proxied_by_name_by_caddy if request.param == "caddy" else proxy.proxied_by_name
    with begin(folder, ports) as (plain, secure):
        yield SimpleNamespace(plain=plain, secure=secure, certificate=str(folder / "fullchain.pem"))


class Named(http.client.HTTPSConnection):
    """To this machine, as a browser goes to whoever bears that name."""

    certificate = ""

    def connect(self) -> None:
        context = ssl.create_default_context(cafile=self.certificate)
        line = socket.create_connection(("127.0.0.1", self.port), 60)
        self.sock = context.wrap_socket(line, server_hostname=self.host)


def ask(site, name, path, form=None, cookie="", host="") -> SimpleNamespace:
    asked = Named(name, site.secure)
    asked.certificate = site.certificate
    with closing(asked):
        sent = {"Host": host or name, "Accept-Language": "zh-CN", "Cookie": cookie}
        if form:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        asked.request("POST" if form else "GET", path, urlencode(form) if form else None, sent)
        answer = asked.getresponse()
        return SimpleNamespace(status=answer.status, headers=answer.headers, text=answer.read().decode())


def signed_in(site, name, login) -> str:
    answer = ask(site, name, "/sign-in", {"login": login, "password": PASSWORD})
    assert answer.status == 303
    return answer.headers["Set-Cookie"].partition(";")[0]


def test_each_name_leads_to_its_own_district(site):
    pages = {name: ask(site, name, "/sign-in").text for name in (HERE, THERE)}
    assert "云岭区" in pages[HERE] and "柯桥" not in pages[HERE]
    assert "柯桥" in pages[THERE] and "云岭" not in pages[THERE]
    asked = http.client.HTTPConnection("127.0.0.1", site.plain)
    for name in (HERE, THERE):
        asked.request("GET", "/c/ABC?case=1", headers={"Host": name})
        answer = asked.getresponse()
        answer.read()
        assert (answer.status in {301, 308}) and answer.headers["Location"] == f"https://{name}/c/ABC?case=1"
        asked.close()


def test_an_account_and_its_cookie_are_nothing_at_the_other(site):
    assert "账号或密码不正确" in ask(site, HERE, "/sign-in", {"login": "leader", "password": PASSWORD}).text
    assert "账号或密码不正确" in ask(site, THERE, "/sign-in", {"login": "yunling.staff", "password": PASSWORD}).text
    for name, other, login in ((HERE, THERE, "yunling.staff"), (THERE, HERE, "staff")):
        cookie = signed_in(site, name, login)
        assert "Domain" not in cookie and cookie.startswith("__Host-")
        assert ask(site, name, "/export/cases.csv", cookie=cookie).status == 200
        assert ask(site, other, "/export/cases.csv", cookie=cookie).status == 403


@pytest.mark.parametrize("login", [None, "yunling.staff", "yunling.admin"])
def test_no_address_of_the_one_is_answered_with_anything_of_it_by_the_other(servers, login):
    """Whoever asks: nobody, or who may see most here. The other's own staff are answered."""
    here, there = servers
    visitor, own = Visitor(here.url), Visitor(there.url)
    own.sign_in("staff")
    if login:
        assert visitor.sign_in(login).status_code == 303
    told, answered = [], 0
    for address in there.addresses:
        said = visitor.session.get(here.url + address, timeout=60).content.decode(errors="replace")
        told += [(address, word) for word in (*there.words, "柯桥") if word and word in said]
        answered += own.session.get(there.url + address, timeout=60).status_code == 200
    assert told == [] and len(there.words) > 100 and answered > len(there.addresses) / 2


@pytest.mark.parametrize("name", ["elsewhere.example", "127.0.0.1"])
def test_another_name_is_nobody_s(site, name):
    with suppress(OSError, http.client.HTTPException):
        assert FORM not in ask(site, HERE, "/sign-in", host=name).text
    with suppress(OSError, http.client.HTTPException):
        asked = http.client.HTTPConnection("127.0.0.1", site.plain)
        asked.request("GET", "/sign-in", headers={"Host": name})
        assert "://f2f" not in (asked.getresponse().headers["Location"] or "")
