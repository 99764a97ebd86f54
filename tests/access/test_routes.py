"""The routes beside Streamlit, asked over ASGI as the server asks them: cookies, redirects, other sites' requests."""

from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

import anyio
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from access import admin, entrance, throttle
from access.roles import ROLES
from access.tokens import hashed, new_code, new_token
from casework.cases.act import open_case
from db import sql
from db.cases.cases import NewCase
from db.duck import ROOM
from db.people import accounts, invitations
from db.people.invitations import Invitation
from db.refused import Refused
from db.system import settings
from pages.routes import ROUTES
from pages.shared import here
from pages.web.faults import refused_answer
from pages.web.middleware import SecurityHeaders
from pages.web.readiness import Readiness
from tests.conftest import PASSWORD, awaited, session_of
from tests.there import there

APP = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)], exception_handlers={Refused: refused_answer})
HOST = "f2f.example"
AT_A_DESK = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@dataclass(frozen=True)
class Answer:
    """`cookies` is what the answer sets, by name; `headers` keep the last of each name."""

    status: int
    headers: dict[str, str]
    cookies: SimpleCookie
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")


def with_files(form, files):
    """The body of a form with files, as a browser writes it, and its type."""
    parts = [
        f'--BOUNDARY\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{one}\r\n'.encode() for name, one in form
    ]
    for name, content in files:
        head = f'--BOUNDARY\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + b"--BOUNDARY--\r\n", "multipart/form-data; boundary=BOUNDARY"


def ask(method, path, *, form=None, files=None, cookies=None, scheme="http", address="198.51.100.7", **headers):
    """One request; a header's underscores stand for hyphens. A form without `origin` comes from no browser."""
    path, _, query = path.partition("?")
    body, kind = (urlencode(form).encode() if form is not None else b""), "application/x-www-form-urlencoded"
    if files is not None:
        body, kind = with_files(form, files)
    sent = {"host": HOST, "user-agent": AT_A_DESK, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if form is not None:
        sent |= {"content-type": kind, "content-length": str(len(body))}
    if cookies:
        sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": (address, 50000),
        "server": (HOST, 80),
    }
    return awaited(_asked(scope, body))


async def _asked(scope, body):
    told, waiting = [], [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        if not waiting:  # a stream listens for who goes away: nobody does
            await anyio.sleep_forever()
        return waiting.pop()

    async def send(message):
        told.append(message)

    await APP(scope, receive, send)
    headers = [(name.decode().lower(), value.decode()) for name, value in told[0]["headers"]]
    cookies = SimpleCookie()
    for name, value in headers:
        if name == "set-cookie":
            cookies.load(value)
    content = b"".join(message.get("body", b"") for message in told[1:])
    return Answer(told[0]["status"], dict(headers), cookies, content)


def sign_in(people, password=PASSWORD, **headers):
    return ask("POST", "/sign-in", form={"login": people.accounts.staff.login, "password": password}, **headers)


def who_came_in(store, answer):
    return entrance.who_is_here(store, answer.cookies[here.SESSION_COOKIE].value, here.now())


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_gets(store, people):
    answer = sign_in(people)
    cookie = answer.cookies[here.SESSION_COOKIE]
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert cookie["httponly"] and cookie["samesite"] == "lax" and cookie["path"] == "/"
    assert not cookie["secure"]
    assert there(who_came_in(store, answer)).id == people.staff.id


@pytest.mark.parametrize("seen", [{"scheme": "https"}, {"x_forwarded_proto": "https"}])
def test_over_https_the_cookie_is_secure_and_no_neighbour_of_our_name_can_lay_one_under_us(store, people, seen):
    cookie = sign_in(people, **seen).cookies[f"__Host-{here.SESSION_COOKIE}"]
    assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
    known = {here.SESSION_COOKIE: session_of(store, people.staff)}
    assert ask("GET", "/export/cases.csv", cookies=known, **seen).status == 403
    assert (
        ask("GET", "/export/cases.csv", cookies={f"__Host-{here.SESSION_COOKIE}": cookie.value}, **seen).status == 200
    )


def test_signing_in_again_from_one_browser_ends_the_session_that_it_had(store, people):
    before = session_of(store, people.leader)
    answer = sign_in(people, cookies={here.SESSION_COOKIE: before})
    assert entrance.who_is_here(store, before, here.now()) is None and who_came_in(store, answer)


@pytest.mark.parametrize("form", ["i", "f"])
def test_a_link_ends_the_visit_that_this_browser_had_by_whichever_form_it_opens(store, people, form):
    before = ask("GET", f"/i/{an_invitation(store, people)}").cookies[here.SESSION_COOKIE].value
    answer = ask("GET", f"/{form}/{an_invitation(store, people)}", cookies={here.SESSION_COOKIE: before})
    assert entrance.who_is_here(store, before, here.now()) is None and who_came_in(store, answer)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_an_account_changes_their_own_password_on_a_page_without_scripts(store, people, role):
    token = session_of(store, getattr(people, role))
    known = {"cookies": {here.SESSION_COOKIE: token}, "accept_language": "en"}
    shown = ask("GET", "/password", **known).text
    assert "<script" not in shown and ("/language/ko" in shown) == (role == "enterprise")
    typed = {"current": PASSWORD, "new": "another-password", "again": "a-third-password"}
    assert "differ" in ask("POST", "/password", form=typed, **known).text
    forged = ask("POST", "/password", form=typed | {"again": typed["new"]}, sec_fetch_site="cross-site", **known)
    assert forged.status == 403 and here.SESSION_COOKIE not in forged.cookies
    answer = ask("POST", "/password", form=typed | {"again": typed["new"]}, **known)
    assert answer.status == 303 and there(who_came_in(store, answer)).id == getattr(people, role).id
    assert entrance.who_is_here(store, token, here.now()) is None
    login = getattr(people.accounts, role).login
    assert entrance.sign_in(store, login=login, password="another-password", address="-", at=here.now())


def test_a_visitor_has_no_password_to_change(store, people):
    assert ask("GET", "/password").headers["location"] == "/sign-in?next=/password"
    invited = ask("GET", f"/i/{an_invitation(store, people)}").cookies[here.SESSION_COOKIE].value
    assert ask("GET", "/password", cookies={here.SESSION_COOKIE: invited}).status == 403


def test_a_link_sets_a_password_by_its_own_page_and_opening_it_uses_nothing_up(store, people):
    account = people.accounts.town
    link = admin.reset_password(store, actor=people.admin, account_id=account.id, seen=account.seq, at=here.now())
    for _ in range(2):
        assert account.login in ask("GET", f"/reset/{link}。").text
    typed = {"new": "another-password", "again": "another-password"}
    assert ask("POST", f"/reset/{link}", form=typed, sec_fetch_site="cross-site").status == 403
    answer = ask("POST", f"/reset/{link}", form=typed)
    assert answer.status == 303 and there(who_came_in(store, answer)).id == account.id
    assert "已用过" in ask("GET", f"/reset/{link}", accept_language="zh").text
    assert ask("GET", "/reset/guessed").status == 403


def test_a_wrong_password_is_said_in_the_readers_language_and_sets_nothing(store, people):
    answer = sign_in(people, "<wrong>", accept_language="en-GB")
    assert answer.status == 403
    assert "not right" in answer.text and 'role="alert"' in answer.text
    assert here.SESSION_COOKIE not in answer.cookies
    assert "账号或密码不正确" in sign_in(people, "wrong", accept_language="zh-CN").text


def test_what_was_typed_comes_back_as_letters(store):
    answer = ask("POST", "/sign-in", form={"login": '"><script>alert(1)</script>', "password": "x"})
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": f"http://{HOST}.elsewhere.example"},
        {"origin": f"http://{HOST}", "sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_right_password(store, people, headers):
    answer = sign_in(people, **headers)
    assert answer.status == 403 and here.SESSION_COOKIE not in answer.cookies
    assert store.read(lambda con: accounts.sign_ins(con, limit=9)) == []
    code = ask("POST", f"/c/{new_code()}", form={"number": "2026-0001"}, **headers)
    assert code.status == 403
    assert store.read(lambda con: accounts.sign_ins(con, limit=9)) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": f"http://{HOST}"},
        {"origin": f"http://{HOST}", "sec_fetch_site": "same-origin"},
        {"origin": "null", "sec_fetch_site": "same-origin"},
        {"origin": "https://outer.example", "x_forwarded_host": "outer.example"},
    ],
)
def test_our_own_form_gets_in_also_behind_a_proxy(store, people, headers):
    assert sign_in(people, **headers).status == 303


def test_the_forms_page_lets_the_browser_say_where_a_post_comes_from(store):
    assert ask("GET", "/sign-in").headers["referrer-policy"] == "same-origin"


def test_signing_out_ends_the_session_and_takes_the_cookie(store, people):
    token = session_of(store, people.staff)
    answer = ask("POST", "/sign-out", cookies={here.SESSION_COOKIE: token}, sec_fetch_site="same-origin")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.cookies[here.SESSION_COOKIE]["max-age"] == "0"
    assert entrance.who_is_here(store, token, here.now()) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "same-origin", None])
def test_a_link_to_sign_out_only_asks_wherever_it_stands(store, people, site):
    token = session_of(store, people.staff)
    said = {"sec_fetch_site": site} if site else {}
    answer = ask("GET", "/sign-out", cookies={here.SESSION_COOKIE: token}, accept_language="en", **said)
    assert answer.status == 200 and "Do you want to sign out?" in answer.text
    assert here.SESSION_COOKIE not in answer.cookies
    assert there(entrance.who_is_here(store, token, here.now())).id == people.staff.id


@pytest.mark.parametrize("sends_the_cookie", [True, False])
def test_another_sites_form_signs_nobody_out(store, people, sends_the_cookie):
    """A browser keeps a lax cookie back from another site's form; an answer that takes it off would be obeyed."""
    token = session_of(store, people.staff)
    sent = {here.SESSION_COOKIE: token} if sends_the_cookie else {}
    answer = ask("POST", "/sign-out", cookies=sent, sec_fetch_site="cross-site")
    assert here.SESSION_COOKIE not in answer.cookies
    assert entrance.who_is_here(store, token, here.now())


@pytest.mark.parametrize(("code", "kept"), [("en", "en"), ("zh", "zh"), ("xx", "zh")])
def test_the_language_is_kept_in_a_cookie_and_leads_back(store, code, kept):
    answer = ask("GET", f"/language/{code}?next=/desk")
    assert (answer.status, answer.headers["location"]) == (303, "/desk")
    assert answer.cookies[here.LANGUAGE_COOKIE].value == kept
    assert answer.cookies[here.LANGUAGE_COOKIE]["httponly"]


def test_a_phone_neither_capitalises_nor_corrects_the_name_that_is_signed_in_with(store):
    box = ask("GET", "/sign-in").text.partition('<input id="login"')[2].partition(">")[0]
    assert 'autocapitalize="none"' in box and 'autocorrect="off"' in box


def test_a_change_of_language_comes_back_to_what_the_address_asked(store):
    next_ = "/desk?sector=C17&text=%E7%94%A8%E7%94%B5+%26"
    assert ask("GET", f"/language/en?{urlencode({'next': next_})}").headers["location"] == next_


@pytest.mark.parametrize(
    "next_",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "", "desk"],
)
def test_a_change_of_language_never_leads_to_another_site(store, next_):
    answer = ask("GET", f"/language/en?{urlencode({'next': next_})}")
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("next_", ["/\t/elsewhere.example", "/\n/elsewhere.example", "/%09/elsewhere.example"])
def test_nor_by_a_character_that_browsers_leave_out(store, next_):
    location = ask("GET", f"/language/en?{urlencode({'next': next_})}").headers["location"]
    assert not location.replace("\t", "").replace("\n", "").startswith("//")


def an_invitation(store, people, **changes):
    token, at = new_token(), here.now()
    facts = {
        "id": str(uuid4()),
        "token_hash": hashed(token),
        "enterprise_id": people.firm.id,
        "wave_id": None,
        "created_at": at,
        "expires_at": at + timedelta(days=1),
        "used_at": None,
        "revoked_at": None,
    }
    store.write(lambda con: invitations.add(con, [Invitation(**(facts | changes))]))
    return token


def test_an_invitation_becomes_a_cookie_and_the_token_leaves_the_address(store, people):
    token = an_invitation(store, people)
    answer = ask("GET", f"/i/{token}")
    assert (answer.status, answer.headers["location"]) == (303, "/raise")
    assert token not in answer.cookies[here.SESSION_COOKIE].value
    assert there(who_came_in(store, answer)).invitation_id
    survey = ask("GET", f"/i/{an_invitation(store, people, wave_id='w1')}")
    assert survey.headers["location"] == "/survey"


def test_a_link_that_opens_nothing_says_why_and_sets_nothing(store, people):
    for token in ("guessed", an_invitation(store, people, expires_at=here.now())):
        answer = ask("GET", f"/i/{token}", accept_language="en")
        assert answer.status == 403 and here.SESSION_COOKIE not in answer.cookies
        assert "link" in answer.text


def a_receipt(store, people):
    case = NewCase(
        id=str(uuid4()),
        kind="problem",
        category="finance",
        enterprise_id=people.firm.id,
        sector_code="C17",
        town_code="330603001",
        title="贷款续期难",
        text="银行要求先还后贷",
        channel="self",
        language="zh",
        notice_version=1,
    )
    code = new_code()

    def write(con):
        opened = open_case(con, case=case, actor=people.enterprise, at=here.now())
        invitations.add_follow_codes(con, {hashed(code): opened.id}, at=here.now())
        return opened

    return store.write(write).number, code


def test_a_receipts_code_asks_for_the_number_and_then_opens_the_case(store, people):
    number, code = a_receipt(store, people)
    form = ask("GET", f"/c/{code}")
    assert form.status == 200 and f'action="/c/{code}"' in form.text
    answer = ask("POST", f"/c/{code}", form={"number": number}, origin=f"http://{HOST}")
    assert (answer.status, answer.headers["location"]) == (303, "/case")
    assert there(who_came_in(store, answer)).way == "follow"


def test_the_receipts_qr_code_carries_the_number(store, people):
    number, code = a_receipt(store, people)
    assert ask("GET", f"/c/{code}?case={number}").status == 303


def test_a_wrong_number_opens_nothing_and_the_sixth_try_is_not_even_looked_at(store, people):
    number, code = a_receipt(store, people)
    for _ in range(throttle.MOST_UNDER_NAME):
        assert ask("POST", f"/c/{new_code()}", form={"number": number}).status == 403
    answer = ask("POST", f"/c/{code}", form={"number": number}, accept_language="en")
    assert answer.status == 403 and "Too many tries" in answer.text


@pytest.mark.parametrize("path", ["/sign-in", "/c/ABCD", "/i/guessed"])
def test_a_page_with_a_secret_is_never_cached_and_never_framed(store, path):
    headers = ask("GET", path).headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/c/ABCD", "/i/guessed", "/published", "/wall/guessed", "/arrive/guessed"]
)
def test_a_page_of_our_own_runs_nothing_but_its_own_file_and_its_sheets_by_their_digest(store, path):
    said = ask("GET", path).headers["content-security-policy"]
    assert "unsafe" not in said and "style-src 'self' 'sha256-" in said and "script-src 'self'" in said


def probed(store):
    return store.read(lambda con: sql.scalar(con, "SELECT value FROM setting WHERE name = 'probe'"))


def test_a_monitor_on_this_machine_asks_by_a_write_and_a_stranger_writes_nothing(store):
    assert ask("GET", "/readyz").status == 200
    assert probed(store) is None
    assert ask("GET", "/readyz", address="127.0.0.1").status == 200
    assert len(probed(store)) == settings.PROBE_SIZE


def test_readiness_is_asked_once_a_second_however_many_ask(store):
    asked = Readiness(writes=True)
    first = asked.answer(store, at=10.0)
    mark = probed(store)
    assert [asked.answer(store, at=10.0 + i / 100) for i in range(100)] == [first] * 100
    assert probed(store) == mark
    asked.answer(store, at=11.0)
    assert probed(store) != mark


def test_a_store_that_cannot_write_is_not_ready_and_the_process_answers(store, monkeypatch):
    def broken(_fn):
        raise OSError("no space left")

    monkeypatch.setattr(store, "write", broken)
    assert ask("GET", "/readyz", address="127.0.0.1").status == 503
    assert ask("GET", "/healthz").status == 200


@pytest.mark.of_a_file
@pytest.mark.parametrize("address", ["127.0.0.1", "198.51.100.7"])
def test_a_disk_with_less_than_the_floor_free_is_not_ready(store, monkeypatch, address):
    nearly = SimpleNamespace(free=ROOM - 1)
    monkeypatch.setattr("db.duck.shutil.disk_usage", lambda _path: nearly)
    assert ask("GET", "/readyz", address=address).status == 503
    assert probed(store) is None
