"""The forms outside Streamlit: all that is wrong is said at once, above, with a way to each field that it speaks of."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from access import admin, second_factor
from access.tokens import new_code
from pages.shared import here
from tests.access.test_links import wall_of_a_forum
from tests.access.test_routes import ask
from tests.conftest import PASSWORD, session_of

NEW = "another-password"


def read(html):
    """.summary: (field it leads to, words) of each line; .wrong: the marked fields; .first: the focused one; .values:
    what stands in each; .heard: what is read with a field; .needed; .title."""
    found = _Reader()
    found.feed(html)
    lines = {line: "".join(words).strip() for line, words in found.words.items()}
    return SimpleNamespace(
        summary=[(to, lines[line]) for line, to in found.ways.items()],
        heard={name: [lines[one] for one in ids.split()] for name, ids in found.described.items()},
        wrong=found.wrong, first=found.first, values=found.values, needed=found.needed, title=found.title,
        alerts=found.alerts,
    )  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.ways, self.described, self.values = {}, {}, {}, {}
        self.wrong, self.first, self.needed = [], [], []
        self.line, self.title, self.inside, self.alerts = "", "", "", 0

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.inside = tag
        self.alerts += facts.get("role") == "alert"
        if tag == "li":
            self.line = facts.get("id", "")
        elif tag == "a" and self.line:
            self.ways[self.line] = (facts["href"] or "").removeprefix("#")
        elif tag == "input" and facts.get("type") != "hidden":
            self._field(facts["name"], facts)

    def _field(self, name, facts):
        self.values[name] = facts.get("value", "")
        if facts.get("aria-invalid") == "true":
            self.wrong.append(name)
            self.described[name] = facts["aria-describedby"]
        self.first += [name] * ("autofocus" in facts)
        self.needed += [name] * (facts.get("aria-required") == "true")

    def handle_endtag(self, tag):
        self.line, self.inside = ("" if tag == "li" else self.line), ""

    def handle_data(self, data):
        if self.line:
            self.words.setdefault(self.line, []).append(data)
        if self.inside == "title":
            self.title += data


@pytest.fixture
def at(store, people):
    """at(form) → its address and who is there; made the way people come to it."""

    def to(form):
        known = {here.SESSION_COOKIE: session_of(store, people.enterprise)}
        if form == "reset":
            account = people.accounts.town
            link = admin.reset_password(
                store, actor=people.admin, account_id=account.id, seen=account.seq, at=here.now()
            )
            return f"/reset/{link}", {}
        if form == "code":
            second_factor.ask_second_factor(store, actor=people.admin, wanted=True, at=here.now())
            half = ask("POST", "/sign-in", form={"login": people.accounts.staff.login, "password": PASSWORD})
            return "/sign-in/code", {here.SESSION_COOKIE: half.cookies[here.SESSION_COOKIE].value}
        if form == "arrive":
            return f"/arrive/{wall_of_a_forum(store, people, here.now()).token}", {}
        return {"sign-in": ("/sign-in", {}), "password": ("/password", known), "follow": (f"/c/{new_code()}", {})}[form]

    return to


FORMS = {
    "sign-in": ["login", "password"],
    "code": ["code"],
    "password": ["current", "new", "again"],
    "reset": ["new", "again"],
    "follow": ["number"],
    "arrive": ["name", "organisation"],
}


@pytest.mark.parametrize("form", FORMS)
def test_what_has_to_be_filled_says_so_and_stops_no_browser(at, form):
    path, cookies = at(form)
    answer = ask("GET", path, cookies=cookies)
    shown = read(answer.text)
    assert (shown.needed, shown.wrong, shown.alerts) == (FORMS[form], [], 0)
    assert "novalidate" in answer.text and " required" not in answer.text


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_form_says_of_every_field_what_it_lacks(store, at, form):
    path, cookies = at(form)
    shown = read(ask("POST", path, form={"country": "CN"}, cookies=cookies, accept_language="zh").text)
    assert shown.wrong == FORMS[form] and shown.first == FORMS[form][:1] and shown.alerts == 1
    assert [shown.heard[name] != [] for name in shown.wrong] == [True] * len(shown.wrong)
    assert {words for said in shown.heard.values() for words in said} == {words for _, words in shown.summary}
    assert {to for to, _ in shown.summary} <= set(shown.wrong)
    assert shown.title.startswith(f"有 {len(shown.summary)} 处要改")


@pytest.mark.parametrize(("typed", "wrong", "said"), [
    ({"current": "guessed", "new": "kurz7", "again": "anders8"}, ["current", "new", "again"],
     ["当前密码不正确。", "密码至少 10 个字符。", "两次输入的新密码不一致。"]),
    ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, ["new", "again"], ["新密码与当前密码相同，请换一个。"]),
    ({"current": "", "new": NEW, "again": NEW}, ["current"], ["请填写密码。"]),
    ({"current": PASSWORD, "new": NEW, "again": "anders8"}, ["new", "again"], ["两次输入的新密码不一致。"]),
])  # fmt: skip
def test_a_new_password_says_all_that_is_wrong_at_once_and_shows_none_of_it(at, typed, wrong, said):
    path, cookies = at("password")
    answer = ask("POST", path, form=typed, cookies=cookies, accept_language="zh")
    shown = read(answer.text)
    assert answer.status == 403 and here.SESSION_COOKIE not in answer.cookies
    assert (shown.wrong, [words for _, words in shown.summary]) == (wrong, said)
    assert set(shown.values.values()) == {""}
    assert not any(one in answer.text for one in typed.values() if one)


def test_the_login_and_the_number_stay_and_both_fields_of_a_refused_sign_in_are_marked(at):
    shown = read(ask("POST", "/sign-in", form={"login": "staff-1", "password": "guessed"}, accept_language="en").text)
    assert shown.values == {"login": "staff-1", "password": ""} and shown.wrong == ["login", "password"]
    assert shown.heard["login"] == shown.heard["password"] == ["The account or the password is not right."]
    path, _ = at("follow")
    shown = read(ask("POST", path, form={"number": "2026-9999"}).text)
    assert shown.values == {"number": "2026-9999"} and shown.wrong == ["number"]


def test_an_empty_field_is_no_try(store, people):
    for _ in range(9):
        assert ask("POST", "/sign-in", form={"login": people.accounts.staff.login, "password": ""}).status == 403
    assert ask("POST", "/sign-in", form={"login": people.accounts.staff.login, "password": PASSWORD}).status == 303
