"""axe-core over every page of every role: nothing of ours may be serious for those who cannot see or use a mouse.

One browser, one server. What Streamlit's own widgets bring and we cannot change is named in tests/reach/measured.py.
"""

import pytest

import i18n
from access.roles import PERMISSIONS
from tests.journeys.desk.test_desk_browser import raised
from tests.reach.measured import graves, small, structure
from tests.reach.views import firsts
from tests.settled import settle
from tests.spoken import foreign, listen

pytestmark = pytest.mark.browser

# What is typed there by the hundred begins in its field: the keyboard has no first stop of its own.
BEGINS_IN_A_FIELD = {"paper"}


def pages_of(role: str) -> list[str]:
    """Each page is looked at once, as the first role that has it; those of the menu and those behind it."""
    return [view.path for view in firsts() if view.role == role]


def skips(page, language: str) -> list[str]:
    """Where the first stop of the keyboard is no way past the head, in these words; it leads into the page itself."""
    page.keyboard.press("Tab")
    said = page.evaluate("document.activeElement.innerText?.trim()")
    if said not in (i18n.text("streamlit.skip", language), i18n.text("plain.skip", language)):
        return [f"the first stop is {said!r}"]
    page.keyboard.press("Enter")
    inside = page.evaluate("!!document.activeElement.closest('main, [role=main], [data-testid=stMain]')")
    return [] if inside else ["the way past the head leads nowhere"]


@pytest.mark.parametrize("role", PERMISSIONS)
def test_nothing_of_ours_is_a_serious_obstacle_and_no_widget_speaks_english(browse, role):
    browser = browse(role)
    grave, english = {}, {}
    for path in pages_of(role):
        browser.visit(path)
        stops = [] if path in BEGINS_IN_A_FIELD else skips(browser, "zh")
        if found := [*stops, *structure(browser), *graves(browser)]:
            grave[path] = found
        if found := foreign(browser, "zh"):
            english[path] = found
    assert (grave, english) == ({}, {})


@pytest.mark.parametrize("role", PERMISSIONS)
def test_on_a_phone_a_thumb_meets_whatever_is_pressed_on_every_page(browse, role):
    page, missed = browse(role, width=390), {}
    for path in pages_of(role):
        page.visit(path)
        if found := small(page):
            missed[path] = found
    assert missed == {}


def test_a_line_of_the_bell_is_met_by_a_thumb(browse):
    raised(browse, "用电")
    page = browse("staff", width=390)
    page.visit("inbox")
    assert page.locator(".st-key-list-inbox a").count() > 0
    assert small(page) == []


@pytest.mark.parametrize(("spoken", "language"), [("zh-CN", "zh"), ("en-GB", "en"), ("ko-KR", "ko")])
def test_the_way_past_the_head_is_in_the_reader_s_language(browse, spoken, language):
    page = browse("enterprise", language=spoken)
    for path in ("home", "raise", "f/raise", "published"):
        page.visit(path)
        assert skips(page, "en" if (path, language) == ("published", "ko") else language) == []


@pytest.mark.parametrize(("spoken", "language"), [("zh-CN", "zh"), ("en-GB", "en")])
def test_what_opens_and_what_is_announced_is_in_the_reader_s_language(browse, spoken, language):
    found = {}
    page = browse("staff", language=spoken)
    for path, box in (
        ("desk", ".stSelectbox input"),
        ("desk", ".stDateInput button"),
        ("letters", ".stMultiSelect input"),
    ):
        page.visit(path)
        listen(page)
        page.locator(box).first.click()
        page.wait_for_selector("[role=listbox], [role=dialog]")
        page.keyboard.press("ArrowDown")
        settle(page)
        if said := foreign(page, language):
            found[path, box] = said
    assert found == {}


@pytest.mark.parametrize(
    ("role", "path"), [("staff", "letters"), ("enterprise", "raise"), ("leader", "dashboard"), ("admin", "accounts")]
)
def test_nothing_is_too_pale_in_the_dark_nor_in_the_way_on_a_phone(browse, role, path):
    browser = browse(role, width=390, language="en-GB", scheme="dark")
    browser.visit(path)
    assert graves(browser) == []
