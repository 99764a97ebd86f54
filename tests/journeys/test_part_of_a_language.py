"""A language in part (docs/languages.md): what an enterprise reads is in it, marked as unreviewed; what the house reads
is in the language that stands in for it. Written from right to left it is right in the plain form."""

from collections.abc import Iterator

import pytest

import i18n
from db.system import settings
from i18n.names import said
from pages.shared import here
from tests import pseudo
from tests.access.test_routes import ask
from tests.conftest import person_of, session_of
from tests.journeys.test_third_language import (
    Data,
    Words,
    calendar,  # noqa: F401 - a fixture
    opened,  # noqa: F401
    shown,
    strange,
    told,
    visits,
)
from tests.plain import PlainBrowser
from tests.reach.measured import cut

APART = """() => { const all = [...document.querySelectorAll("header nav a")].map((one) => one.getBoundingClientRect())
  const gap = (a, b) => Math.max(a.left - b.right, b.left - a.right, b.top >= a.bottom || a.top >= b.bottom ? 99 : -1)
  return Math.min(...all.slice(1).map((one, n) => gap(all[n], one))) }"""  # between the languages of the switch
PLAIN = ("/f", "/f?step=1", "/f?step=7", "/f/raise", "/f/cases", "/f/visits")


@pytest.fixture
def language(tmp_path) -> Iterator[str]:
    i18n.add(pseudo.write(tmp_path, part=True, direction="rtl"))
    yield pseudo.CODE
    pseudo.forget()


@pytest.fixture
def plain(language, demonstration) -> PlainBrowser:
    """Of the enterprise."""
    return PlainBrowser(language=language, session=session_of(demonstration, person_of(demonstration, "enterprise")))


def foreign(texts, data, months) -> set[str]:
    """Names are said in the language that stands in for it, where there is one."""
    return {words for words in strange(texts, data, months) if words not in data.english}


def test_an_enterprise_reads_no_word_of_another_language(demonstration, opened, calendar, plain):  # noqa: F811
    data, found = demonstration.read(Data), {}
    visit = opened("enterprise")
    for path, query in demonstration.read(lambda con: list(visits(con, "enterprise"))):
        found[f"{path} {query}"] = foreign(shown(visit(path, **query)), data, calendar)
    for path in PLAIN:
        found[path] = foreign(Words(plain.open(path).answer.text).found, data, calendar)
    for path in (
        "/sign-in",
        "/password",
        "/sign-out",
        "/c/guessed",
        "/i/guessed",
        "/s/guessed",
        "/arrive/guessed",
        "/reset/guessed",
    ):
        found[path] = foreign(Words(ask("GET", path, cookies=dict(plain.cookies)).text).found, data, calendar)
    assert not told(found), told(found)


def test_every_page_of_it_says_that_nobody_has_looked_through_it(language, opened, plain):  # noqa: F811
    mark = i18n.text("header.unreviewed", language)
    assert any(mark in text for text in shown(opened("enterprise")("raise")))
    assert mark in plain.open("/f/raise").page.text
    assert mark in ask("GET", "/sign-in", cookies={here.LANGUAGE_COOKIE: language}).text
    assert i18n.text("header.unreviewed", "en") not in ask("GET", "/sign-in", cookies={here.LANGUAGE_COOKIE: "en"}).text


@pytest.mark.parametrize("role", ["officer", "department", "town", "staff", "leader", "admin"])
def test_the_house_reads_its_pages_in_the_language_that_stands_in(language, opened, role):  # noqa: F811
    page = opened(role)("inbox")
    said_there, markup = " ".join(shown(page)), " ".join(str(getattr(one, "value", "")) for one in page.main)
    assert i18n.text("page.inbox", "en") in said_there and "⟦" not in said_there
    assert "/language/zh" in markup and f"/language/{language}" not in markup


def test_what_is_published_is_in_the_language_that_stands_in(language, demonstration):
    page = ask("GET", "/published", cookies={here.LANGUAGE_COOKIE: language}).text
    assert '<html lang="en"' in page and "⟦" not in page


def test_a_name_is_its_book_s_else_that_of_the_language_that_stands_in(demonstration):
    assert said({"zh": "柯桥街道", "en": "Keqiao"}, "ko") == "커차오 가도"
    assert said({"zh": "云锦", "en": "Yunjin"}, "ko") == "Yunjin"
    assert said({"zh": "云锦", "en": ""}, "ko") == "云锦"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1440])
def test_from_right_to_left_the_plain_form_begins_at_the_right_and_loses_nothing(plain, browse, width):
    page = browse(width=width)
    for path in PLAIN:
        drawn = plain.open(path).answer.text
        page.set_content(drawn)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert cut(page) == []
        for way in ("rtl", "ltr"):
            page.evaluate("way => { document.documentElement.dir = way }", way)
            assert page.evaluate(APART) >= 8, (path, way)
        page.evaluate("document.documentElement.dir = 'rtl'")
        heading, main = (page.locator(place).bounding_box() for place in ("h1", "main"))
        assert heading["x"] + heading["width"] == pytest.approx(main["x"] + main["width"], abs=40)
        for tile in page.locator(".o:has(input)").all()[:4]:
            box, words = (tile.locator(part).first.bounding_box() for part in ("input", "span"))
            assert box["x"] >= words["x"] + words["width"]  # the circle stands before its words


@pytest.mark.parametrize("path", ["/screen-link/guessed", "/attachments/guessed", "/reset/guessed"])
def test_a_refusal_offers_the_house_no_language_that_it_does_not_have(demonstration, path):
    for login, offered in (("staff", False), ("enterprise", True)):
        session = session_of(demonstration, person_of(demonstration, login))
        page = ask("GET", path, cookies={here.SESSION_COOKIE: session}).text
        assert "/language/en" in page
        assert ("/language/ko" in page) is offered, login


def test_the_demo_s_people_have_english_names(opened, demonstration):  # noqa: F811
    economy = "Liaison, Bureau of Economy and Information Technology"
    for login, page, query, name in (
        ("staff", "inbox", {}, "Programme staff"), ("admin", "accounts", {"text": "经信"}, economy),
    ):  # fmt: skip
        assert name in " ".join(str(getattr(one, "value", "")) for one in opened(login)(page, **query).main), page
    known = demonstration.read(settings.spoken)[1]["en"]
    everybody = demonstration.read(lambda con: [name for (name,) in con.execute(
        "SELECT name FROM account UNION SELECT contact_name FROM enterprise UNION SELECT person_name FROM attendance"
    ).fetchall() if name])  # fmt: skip
    assert [name for name in everybody if name not in known] == []
