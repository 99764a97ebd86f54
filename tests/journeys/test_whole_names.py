"""Whose name or number stands whole on which page and in which file: each is decided here, and a new one fails."""

# ruff: noqa: S608 - the statements are put together from this file

import io
import zipfile

import pytest

from access.actor import Actor
from access.roles import ROLES
from db import sql
from db.people import accounts
from pages.shared.here import SESSION_COOKIE
from tests.access.test_authority import ROUTES_ANSWER, address, attached
from tests.access.test_routes import ask
from tests.conftest import session_of
from tests.journeys.test_typed_words import addresses

# What is put in the place of everybody who is no person of the house, by whom it is.
CONTACT, GUEST, SPEAKER, CALLER, HOLDER = (f"完整姓名{one}" for one in "甲乙丙丁戊")
NUMBER, CALLED_FROM = "13912345678", "13987654321"
MARKS = {CONTACT: "contact", NUMBER: "contact", GUEST: "guest", SPEAKER: "speaker", CALLER: "caller",
         CALLED_FROM: "caller", HOLDER: "holder"}  # fmt: skip
PUT = (
    f"UPDATE enterprise SET contact_name = '{CONTACT}', contact_phone = '{NUMBER}'",
    f"UPDATE attendance SET person_name = '{GUEST}' WHERE kind IN ('entrepreneur', 'financial')",
    f"UPDATE agenda_item SET speaker = '{SPEAKER}'",
    f"""UPDATE event SET detail = regexp_replace(detail, '"(caller)":"[^"]*"', '"\\1":"{CALLER}"', 'g')
        WHERE kind = 'submit'""",
    f"""UPDATE event SET detail = regexp_replace(detail, '"(phone)":"[^"]*"', '"\\1":"{CALLED_FROM}"', 'g')
        WHERE kind = 'submit'""",
    f"UPDATE account SET name = '{HOLDER}' WHERE role = 'enterprise'",
)
# (page, whose) → to whom it stands there whole, and why. Everywhere else it is masked, or not there.
PAGES = {
    ("forum_day", "speaker"): ({"staff", "leader"}, "the programme, which is read out in the room"),
    ("accounts", "holder"): ({"admin"}, "whose account it is that is given, changed and ended"),
}
# of routes and what they send, by which way it leaves the house
FILES = {
    ("/agenda/{id}.{kind}", "speaker"): "the programme on paper",
    ("/minutes/{id}.{kind}", "guest"): "the record of a forum, which says who came",
}
FIGURE = "/export/figure/{code}.{kind}"
OF_PEOPLE = ("entrepreneurs", "entrepreneur_attendances")


@pytest.fixture
def marked(demonstration):
    demonstration.write(lambda con: [sql.run(con, one) for one in PUT])
    return demonstration


def found_in(words):
    return {whose for mark, whose in MARKS.items() if mark in words}


@pytest.mark.parametrize("login", ROLES)
def test_nobody_stands_whole_on_a_page_that_is_not_decided_about(open_demo, marked, login):
    called = "SELECT id FROM cases WHERE channel = 'hotline' ORDER BY id LIMIT 1"
    more = [("desk", {"case": marked.read(lambda con: sql.scalar(con, called))}), ("accounts", {"role": "enterprise"})]
    shown = set()
    for path, query in [*marked.read(lambda con: list(addresses(con))), *more]:
        page = open_demo(login, path, **query)
        shown |= seen(page, path)
        for code in OF_PEOPLE if page.selectbox and path == "figures" else ():
            shown |= seen(page.selectbox(key="figure-code").set_value(code).run(), path)
    decided = {one for one, (who, _) in PAGES.items() if login in who}
    assert {one for one in shown if login != "enterprise" or one[1] != "holder"} == decided, (
        "one's own name is one's own"
    )


def seen(page, path):
    return {(path, whose) for said in sent(page._tree) for whose in found_in(said)}


def sent(node):
    """All that goes to the browser, tables too."""
    proto = getattr(node, "proto", None)
    if proto is not None and hasattr(proto, "SerializeToString"):
        yield proto.SerializeToString().decode(errors="replace")
    for child in getattr(node, "children", {}).values():
        yield from sent(child)


def test_nobody_stands_whole_in_a_file_that_is_not_decided_about(marked):
    marked.write(attached)
    shown = set()
    asked = [(path, address(marked, path), may) for path, may in ROUTES_ANSWER.items()]
    for path, there, may in [
        *asked,
        *((FIGURE, f"/export/figure/{one}.csv", ROUTES_ANSWER[FIGURE]) for one in OF_PEOPLE),
    ]:
        for role in may & set(ROLES) - {"enterprise"}:  # one's own name is one's own
            account = marked.read(lambda con, login=role: accounts.by_login(con, login))
            token = session_of(marked, Actor(account.id, role, account.name))
            answer = ask("GET", there, cookies={SESSION_COOKIE: token})
            shown |= {(path, whose) for whose in found_in(unpacked(answer.content))}
    assert shown == set(FILES)


def unpacked(content):
    """The letters of a file; of a workbook or a document, of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(one).decode("utf-8", "replace") for one in packed.namelist())
