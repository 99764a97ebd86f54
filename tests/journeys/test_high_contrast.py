"""High contrast: the reader's own colours take the place of ours; no choice and no mark is a background alone."""

import pytest

from tests.conftest import wall_token
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


def test_a_row_s_hidden_button_covers_no_word_and_a_chart_keeps_its_paper(theirs):
    page, own = theirs("staff", "desk")
    row = page.locator("[class*=st-key-open-] button").first
    assert row.evaluate("one => getComputedStyle(one).color") == "rgba(0, 0, 0, 0)"
    assert painted(row) == "rgba(0, 0, 0, 0)"
    assert painted(page.locator(".f2f-state").first, "::before") != own["Canvas"]
    page.visit("dashboard")
    assert painted(page.locator(".stPlotlyChart").first) == "rgb(255, 255, 255)"
