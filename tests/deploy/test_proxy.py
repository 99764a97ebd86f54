"""The proxies as deploy/ ships them: whose address and name count, TLS, cookies, what is large, where HTTP leads."""

import http.client
import re
import shutil
import ssl
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from access.throttle import MOST_FROM_ADDRESS
from tests.conftest import PASSWORD, serving, settle, wait_for
from tests.deploy import proxy
from tests.deploy.proxy import NAME
from tests.deploy.visitor import Visitor
from tests.paths import ROOT

FORM = 'name="password"'


def service_environment() -> dict[str, Any]:
    """What the shipped unit tells the server."""
    said = re.findall(r"^Environment=(\w+)=(.*)$", (ROOT / "deploy/face-to-face@.service").read_text(), re.MULTILINE)
    return {name: value for name, value in said if name != "STORE_URL"}


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxied(request, tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Iterator[SimpleNamespace]:
    """The product behind its proxy: .plain and .secure are the proxy's ports, .folder holds the certificate."""
    if request.param == "caddy" and not proxy.CADDY:
        pytest.skip("Caddy is not installed, and tests/proxies.sh could not install it")
    folder = tmp_path_factory.mktemp(request.param)
    store_url = f"duckdb:{shutil.copy(demo_file, folder / 'store.duckdb')}"
    with serving(store_url, **service_environment(), STREAMLIT_SERVER_ALLOWED_HOSTS=NAME) as server:
        port = urlsplit(server.url).port or 0
        begun = proxy.proxied_by_caddy(folder, port) if request.param == "caddy" else proxy.proxied(folder, [port])
        with begun as (plain, secure):
            found = SimpleNamespace(plain=plain, secure=secure, folder=folder)
            assert wait_for(lambda: get(found, "/healthz").status == 200)
            yield found


def ask(proxied, method, path, form=None, *, address="127.0.0.1", **headers):
    """Over TLS, the certificate checked, from an address of this machine."""
    sent = {"Host": NAME, "Accept-Language": "zh-CN", **headers}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    with secured(proxied, address) as asked:
        asked.request(method, path, urlencode(form) if form else None, sent)
        answer = asked.getresponse()
        return SimpleNamespace(status=answer.status, headers=answer.headers, text=answer.read().decode())


def secured(proxied, address="127.0.0.1"):
    context = ssl.create_default_context(cafile=str(proxied.folder / "fullchain.pem"))
    context.check_hostname = False
    return closing(
        http.client.HTTPSConnection(
            "127.0.0.1", proxied.secure, timeout=60, context=context, source_address=(address, 0)
        )
    )


def get(proxied, path):
    try:
        return ask(proxied, "GET", path)
    except OSError:
        return SimpleNamespace(status=0)


def sign_in(proxied, login, password, **known):
    return ask(proxied, "POST", "/sign-in", {"login": login, "password": password}, **known)


def test_wrong_passwords_shut_out_one_address_and_no_other_and_a_forged_header_does_not_escape(proxied):
    forged = [{"X-Forwarded-For": f"203.0.113.{n}", "X-Real-IP": f"203.0.113.{n}"} for n in range(MOST_FROM_ADDRESS)]
    for n, header in enumerate(forged):
        assert "账号或密码不正确" in sign_in(proxied, f"officer-{100 + n}", "wrong", address="127.0.0.2", **header).text
    for header in ({}, {"X-Forwarded-For": "203.0.113.99"}, {"Forwarded": "for=203.0.113.99"}):
        assert sign_in(proxied, "staff", PASSWORD, address="127.0.0.2", **header).status == 403
    assert sign_in(proxied, "staff", PASSWORD, address="127.0.0.3").status == 303
    assert sign_in(proxied, "staff", PASSWORD, address="127.0.0.3", **{"X-Forwarded-For": "127.0.0.2"}).status == 303


def test_behind_the_proxy_the_cookie_is_secure_and_browsers_are_told_to_stay_with_tls(proxied):
    answer = sign_in(proxied, "leader", PASSWORD, address="127.0.0.4")
    assert answer.headers["Set-Cookie"].startswith("__Host-") and "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "/" not in (answer.headers["Server"] or "")  # no version is told


def test_another_name_than_the_sites_is_not_answered(proxied):
    assert FORM in ask(proxied, "GET", "/sign-in").text
    assert FORM not in ask(proxied, "GET", "/sign-in", Host="elsewhere.example").text
    assert FORM in ask(proxied, "GET", "/sign-in", **{"X-Forwarded-Host": "elsewhere.example"}).text


def test_five_files_come_through_together_and_what_is_larger_is_refused_unread(proxied):
    visitor = Visitor(f"https://127.0.0.1:{proxied.secure}", str(proxied.folder / "fullchain.pem"))
    visitor.sign_in("enterprise")
    files = [(f"{n}.pdf", b"%PDF-1.7\n" + b" " * 5_500_000) for n in range(5)]
    told = visitor.open("/f/raise").press("add", files=files, kind="problem").answer.text
    assert all(f"“{name}”超过 5 MB" in told for name, _ in files)
    with secured(proxied) as asked:
        asked.putrequest("POST", "/f/raise", skip_host=True)
        sent = {"Host": NAME, "Content-Length": "30000000", "Connection": "close"}
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        for name, value in sent.items():
            asked.putheader(name, value)
        asked.endheaders()
        assert asked.getresponse().status == 413


def test_http_leads_to_https_of_the_sites_own_name(proxied):
    asked = http.client.HTTPConnection("127.0.0.1", proxied.plain)
    asked.request("GET", "/c/ABC?case=1", headers={"Host": "elsewhere.example"})
    answer = asked.getresponse()
    assert answer.status in {301, 308}
    assert answer.headers["Location"] == f"https://{NAME}/c/ABC?case=1"


@pytest.mark.browser
def test_a_page_is_drawn_through_the_proxy(proxied, chromium):
    context = chromium.new_context(locale="zh-CN", ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"https://{NAME}:{proxied.secure}/")
    settle(page)
    assert page.get_by_text("政企面对面").count()
    context.close()


def test_without_a_proxy_a_forged_header_is_nobodys_address(served):
    """Also from this machine itself, whose headers uvicorn would believe."""
    port = urlsplit(served.url).port
    said = []
    for n in range(MOST_FROM_ADDRESS + 1):
        asked = http.client.HTTPConnection("127.0.0.1", port, source_address=("127.0.0.9", 0))
        form = urlencode({"login": f"officer-{100 + n}", "password": "wrong"})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "zh-CN"}
        asked.request("POST", "/sign-in", form, {**kind, "X-Forwarded-For": f"203.0.113.{n}"})
        said.append(asked.getresponse().read().decode())
        asked.close()
    assert "账号或密码不正确" in said[-2] and "账号或密码不正确" not in said[-1]
