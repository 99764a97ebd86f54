"""High contrast: the reader's own colours take the place of ours; no choice and no mark is a background alone."""

import pytest

from tests.conftest import wall_token
from tests.journeys.desk.test_desk_browser import raised
from tests.reach.measured import unseen

pytestmark = pytest.mark.browser

TOLD = """name => { const one = document.body.appendChild(document.createElement("i")); one.style.color = name
    return getComputedStyle(one).color }"""
PAINTED = "(one, part) => getComputedStyle(one, part).backgroundColor"


def painted(place, part=None):
    return place.evaluate(PAINTED, part)


@pytest.fixture
def theirs(browse):
    """theirs(login, path) → the page in forced colours, and what the reader's own ones are."""

    def opened(login, path, **how):
        page = browse(login, forced=True, **how)
        page.visit(path)
        return page, {name: page.evaluate(TOLD, name) for name in ("Canvas", "Highlight")}

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_answer_its_face_and_the_kind_of_an_issue_are_seen(theirs, served, scheme):
    page, own = theirs("enterprise", "raise", width=390, scheme=scheme)
    kinds = page.locator(".st-key-issue_kind button")
    kinds.first.click()
    page.wait_for_selector(".st-key-issue_kind button[aria-checked=true]")
    assert painted(kinds.first) == own["Highlight"] != painted(kinds.last)
    assert painted(page.locator(".f2f-bell"), "::before") not in (own["Canvas"], "rgba(0, 0, 0, 0)")
    wall = f"s/{wall_token(served)}"  # a form of its own: another test may have sent the enterprise's
    page, own = theirs(None, wall, width=390, scheme=scheme)
    page.locator(".st-key-survey-start button").click()
    tiles = page.locator("[class*=st-key-f2f-level5-]").first.locator("[data-testid=stRadioOption]")
    tiles.nth(1).click()
    page.wait_for_selector("[data-testid=stRadioOption]:has(input:checked)")
    assert painted(tiles.nth(1)) == own["Highlight"] != painted(tiles.first)
    assert all(painted(tiles.nth(n), "::before") != painted(tiles.nth(n)) for n in (0, 1))


@pytest.mark.parametrize(("login", "path"), [("enterprise", "my_cases"), ("officer", "care"), ("leader", "outcomes")])
def test_no_word_has_the_colour_of_what_is_behind_it(theirs, login, path):
    page, _ = theirs(login, path)
    assert unseen(page) == []


def test_a_dialog_has_an_edge_and_what_is_pressed_is_told_from_plain_words(theirs):
    page, _ = theirs("staff", "desk")
    page.locator(".st-key-view-edit button").click()
    page.get_by_role("dialog").wait_for()
    assert unseen(page) == []
    page, _ = theirs(None, "sign-in")
    assert unseen(page) == []


def test_a_row_s_hidden_button_covers_no_word_and_a_chart_keeps_its_paper(theirs):
    page, own = theirs("staff", "desk")
    row = page.locator("[class*=st-key-open-] button").first
    assert row.evaluate("one => getComputedStyle(one).color") == "rgba(0, 0, 0, 0)"
    assert painted(row) == "rgba(0, 0, 0, 0)"
    assert painted(page.locator(".f2f-state").first, "::before") != own["Canvas"]
    page.visit("dashboard")
    assert painted(page.locator(".stPlotlyChart").first) == "rgb(255, 255, 255)"


def test_the_number_at_the_bell_is_seen(theirs, browse):
    raised(browse, "用电")
    page, _ = theirs("staff", "desk", width=390)
    assert page.locator(".f2f-bell b").is_visible()
    assert unseen(page) == []


RATIO = """one => { const { color, backgroundColor } = getComputedStyle(one), light = (told) => {
    const [r, g, b] = told.match(/[0-9.]+/g).slice(0, 3).map((n) => n / 255)
      .map((n) => n > .04045 ? ((n + .055) / 1.055) ** 2.4 : n / 12.92)
    return .2126 * r + .7152 * g + .0722 * b + .05 }
  const [low, high] = [light(color), light(backgroundColor)].sort((a, b) => a - b)
  return high / low }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_is_read_under_a_mouse_too(browse, scheme):
    page = browse("staff", scheme=scheme)
    page.visit("policies")
    button = page.locator(".st-key-policy-add button")
    assert button.evaluate(RATIO) >= 4.5
    button.hover()
    page.wait_for_function(
        "one => one.matches(':hover') && one.getAnimations().length === 0", arg=button.element_handle()
    )
    assert button.evaluate(RATIO) >= 4.5
