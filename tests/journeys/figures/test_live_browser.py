"""Two browsers: an enterprise raises an issue on a phone while a leader looks at the outcomes."""

import pytest
from playwright.sync_api import expect

from tests.conftest import settle
from tests.journeys.issue.test_issue_browser import choose_category, press, type_into
from tests.journeys.survey.test_survey_browser import line_of

pytestmark = pytest.mark.browser

ISSUES = ".st-key-card-figure-large-issues p > strong"
SLOW = 120_000  # ms: a limit for what never comes; a cold server computes ahead before it draws
TITLE = "夜班公交线路覆盖不到厂区"


def raise_an_issue(browse):
    enterprise = browse("enterprise", width=390)
    enterprise.visit("/raise")
    press(enterprise, ".st-key-issue_kind button >> nth=0")
    type_into(enterprise, ".st-key-issue_title input", TITLE)
    type_into(enterprise, ".st-key-issue_text textarea", "末班车七点就没有了,夜班工人回不了家。")
    choose_category(enterprise)
    press(enterprise, ".st-key-issue_submit button")
    enterprise.locator(".f2f-receipt").wait_for()


def looking(browse, path):
    """A leader on the page, the card whose figure will move, and the loads of a page from now on."""
    leader = browse("leader")
    line, loads = line_of(leader), []
    leader.visit(path)
    leader.on("load", lambda _: loads.append(leader.url))
    card = leader.locator(ISSUES)
    card.wait_for()
    return leader, line, card, loads


def test_what_an_enterprise_submits_moves_the_leaders_page_without_a_reload_and_leaves_what_was_chosen(browse):
    leader, _, card, loads = looking(browse, "outcomes")
    leader.locator(".st-key-board-period input").click()
    leader.get_by_role("option").nth(1).click()
    leader.wait_for_url("**/outcomes?period=*")
    settle(leader)
    chosen, before = leader.url, card.inner_text()
    raise_an_issue(browse)
    expect(card).not_to_have_text(before, timeout=SLOW)
    assert (loads, leader.url) == ([], chosen)


def test_a_page_whose_line_was_dead_meanwhile_is_drawn_when_it_is_back(browse):
    _, line, card, loads = looking(browse, "outcomes")
    before = card.inner_text()
    line.dead = True
    raise_an_issue(browse)
    assert card.inner_text() == before
    line.dead = False
    line.ends[-1].close()
    expect(card).not_to_have_text(before, timeout=SLOW)
    assert loads == []


INKS = """[...new Set([...document.querySelectorAll(".stPlotlyChart text")].map((one) => getComputedStyle(one).fill))]
  .sort().join()"""


def test_when_the_reader_s_system_turns_dark_the_charts_that_stand_there_are_drawn_in_its_colours(browse):
    by_night, page = browse("leader", scheme="dark"), browse("leader")
    for one in (by_night, page):
        one.visit("dashboard")
    assert page.evaluate(INKS) != by_night.evaluate(INKS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"inks => {INKS} === inks", arg=by_night.evaluate(INKS))


ASKS = """() => { window.asks = []
  addEventListener("f2f-back", () => asks.push(document.querySelector("[role=dialog]") ? "over a dialog" : "alone"))
  const dark = matchMedia("(prefers-color-scheme: dark)")
  return { told: new Promise((done) => dark.addEventListener("change", done, { once: true })) } }"""


def test_what_is_typed_in_a_dialog_stays_when_the_reader_s_system_turns_dark(browse):
    page = browse("officer")
    page.visit("care")
    page.locator("[class*=st-key-visit-] button").first.click()
    box = page.get_by_role("dialog").locator("textarea")
    box.fill("谈了用工")
    asks = page.evaluate_handle(ASKS)
    page.emulate_media(color_scheme="dark")
    asks.evaluate("({ told }) => told.then(() => null)")
    assert page.evaluate("asks") == [] and box.input_value() == "谈了用工"
    page.keyboard.press("Escape")
    page.wait_for_function("asks.length")
    assert page.evaluate("asks") == ["alone"]
