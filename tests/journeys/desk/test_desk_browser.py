"""The desk in a browser: a colleague's link, a dispatch in the drawer, a phone that nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import settle
from tests.there import there

pytestmark = pytest.mark.browser
SLOW = 30_000  # ms: a fresh browser fetches each widget's script when it first draws one


def first_case(page):
    return page.locator('[class*="st-key-open-"] button').first


def test_a_link_with_filters_opens_that_list_and_a_case_is_dispatched_in_the_drawer(browse):
    page = browse("staff")
    page.visit("/desk?state=accepted&sort=newest")
    accepted = page.locator(".f2f-under")
    expect(accepted.first).to_be_visible(timeout=SLOW)
    before = accepted.count()
    assert before == page.locator(".f2f-state", has_text="已受理").count() > 0

    number = first_case(page).inner_text().split()[-1]
    first_case(page).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text(f"事项 {number}")).to_be_visible(timeout=SLOW)
    assert re.search(r"[?&]case=[0-9a-f-]{36}", page.url)
    assert "state=accepted" in page.url
    drawer.locator("[class*=st-key-offer-lead-] button").first.click()  # nothing fills in by itself
    settle(page)
    drawer.get_by_label("交办意见（可不填）").fill("请三个工作日内联系企业。")
    drawer.get_by_role("button", name="交办", exact=True).last.click()
    settle(page)
    head = drawer.locator(".f2f-drawer-head")
    expect(head.first).to_contain_text("已交办", timeout=SLOW)
    expect(head).to_have_count(1)  # while it is drawn anew, the old one stands beside it
    expect(drawer.locator(".f2f-history li").first).to_contain_text("请三个工作日内联系企业。")
    drawer.get_by_role("button", name="关闭").click()
    settle(page)
    expect(accepted).to_have_count(before - 1)
    assert "case=" not in page.url


def test_what_a_search_left_is_said_while_the_focus_stays_in_its_field(browse):
    page = browse("staff")
    page.visit("/desk")
    said = page.locator("[role=status].f2f-moved")
    assert said.text_content() == "", "a page that opens says its name alone"
    number = first_case(page).inner_text().split()[-1]
    page.get_by_role("searchbox").fill(number)
    page.keyboard.press("Enter")
    expect(said).to_have_text("共 1 件", timeout=SLOW)
    assert page.evaluate("document.activeElement.type") == "search"


SAID = """() => { window.said = []
  new MutationObserver((changes) => changes.forEach(({ target }) => said.push(target.textContent)))
    .observe(document.querySelector("[role=status].f2f-moved"), { childList: true }) }"""


def test_an_arrow_chooses_what_is_done_it_is_said_once_and_after_the_last_row_the_focus_is_on_the_page_s_name(browse):
    number = raised(browse, "夜班公交太少")
    page = browse("staff")
    page.visit("/desk?state=submitted")
    page.get_by_role("searchbox").fill(number)
    page.keyboard.press("Enter")
    expect(page.locator("[role=status].f2f-moved")).to_have_text("共 1 件", timeout=SLOW)
    page.evaluate(SAID)
    first_case(page).press("Enter")
    drawer = page.get_by_role("dialog")
    acts = drawer.locator("[class*=st-key-do-] [role=radio]")
    acts.first.focus(timeout=SLOW)
    page.keyboard.press("ArrowRight")
    expect(acts.nth(1)).to_have_attribute("aria-checked", "true")
    page.keyboard.press("ArrowLeft")
    expect(acts.first).to_have_attribute("aria-checked", "true")
    settle(page)
    drawer.locator("[class*=st-key-submit-] button").press("Enter")
    expect(drawer.locator(".f2f-drawer-head")).to_contain_text("已受理", timeout=SLOW)
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=SLOW)  # while it stood there it was not said again
    settle(page)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_be_focused(timeout=SLOW)
    assert page.evaluate("said").count(f"{number} 已受理") == 1


def test_j_walks_through_the_list_and_the_drawer_follows(browse):
    page = browse("staff")
    page.visit("/desk?state=open")
    expect(page.get_by_role("button", name="逐件查看")).to_be_visible(timeout=SLOW)
    page.keyboard.press("j")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible(timeout=SLOW)
    first = page.url
    expect(drawer.get_by_role("button", name="下一件")).to_be_visible(timeout=SLOW)
    page.keyboard.press("j")
    page.wait_for_url(lambda address: address != first)
    settle(page)
    expect(drawer).to_be_visible(timeout=SLOW)
    assert "case=" in page.url


def test_on_a_phone_rows_are_cards_and_nothing_scrolls_sideways(browse):
    page = browse("department", width=390, language="en-US")
    page.visit("/desk")
    expect(first_case(page)).to_be_visible(timeout=SLOW)
    assert page.locator(".f2f-case-head").is_hidden()
    assert page.locator(".st-key-desk-more").is_hidden()
    page.get_by_text("More filters").click()
    expect(page.locator(".st-key-desk-more")).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")


def test_the_next_page_begins_after_the_last_row_of_this_one_and_the_address_says_which(browse):
    page = browse("staff")
    page.visit("/desk?sort=newest")
    expect(first_case(page)).to_be_visible(timeout=SLOW)
    first = shown(page)
    turn(page, "下一页", "2")
    assert re.search(r"[?&]after=[^&]*" + first[-1], page.url) and "page=" not in page.url
    second = shown(page)
    assert len(second) == 25 and not set(second) & set(first)
    turn(page, "第 3 页", "3")
    assert re.search(r"[?&]after=[^&]*" + second[-1], page.url)
    turn(page, "上一页", "2")
    assert re.search(r"[?&]before=", page.url) and "after=" not in page.url
    assert shown(page) == second
    last = page.get_by_test_id("stPaginationPage").last.inner_text()
    turn(page, f"第 {last} 页", last)
    assert f"page={last}" in page.url and "before=" not in page.url


def shown(page):
    return [name.split()[-1] for name in page.locator('[class*="st-key-open-"] button').all_inner_texts()]


def raised(browse, title):
    """The number of a case of its own: what other tests left in the served store is theirs to use up."""
    page = browse("enterprise")
    page.goto(f"{page.served}/f/raise")
    page.locator("[name=kind]").first.check(force=True)
    page.locator("[name=title]").fill(title)
    page.locator("[name=text]").fill("已有两周，夜班工人出行不便。")
    page.locator("select[name=category]").select_option(index=1)
    page.locator("button[value=send]").click()
    return there(re.search(r"\d{4}-\d{4}", page.locator("main", has_text="查询码").inner_text()))[0]


def turn(page, to, then):
    before = page.url
    page.get_by_role("button", name=to, exact=True).click()
    page.wait_for_url(lambda address: address != before)  # the browser marks the page before the server has drawn it
    expect(page.get_by_test_id("stPaginationPageActive")).to_have_text(then, timeout=SLOW)
    settle(page)


@pytest.mark.parametrize(("language", "hint"), [("zh-CN", "年-月-日"), ("en-GB", "yyyy-mm-dd")])
def test_an_empty_day_hints_its_form_in_the_readers_language(browse, language, hint):
    page = browse("staff", language=language)
    page.visit("desk")
    field = page.locator("[data-testid=stDateInputField] [role=group]").first
    page.wait_for_function(
        "([e, hint]) => e.innerText.replace(/\\s/g, '') === hint", arg=[field.element_handle(), hint]
    )
    assert field.locator("[data-type=year]").get_attribute("aria-valuetext") == ("Empty" if hint[0] == "y" else "未填")
    field.locator("[data-type=year]").click()
    page.keyboard.type("20261005")
    page.locator("h1").first.click()  # left, it is taken
    page.wait_for_url(lambda address: "submitted_from=2026-10-05" in address)


def test_what_is_typed_stays_while_the_enterprise_s_story_is_read(browse):
    page = browse("staff")
    page.visit("/desk?state=accepted&sort=newest")
    first_case(page).click()
    drawer = page.get_by_role("dialog")
    words = drawer.get_by_label("交办意见（可不填）")
    words.fill("先读一读这家企业的来龙去脉。")
    words.blur()
    settle(page)
    drawer.get_by_role("link", name="的历程").first.click()
    page.wait_for_url("**/story**")
    settle(page)
    page.go_back()
    settle(page)
    expect(words).to_have_value("先读一读这家企业的来龙去脉。", timeout=SLOW)


def test_when_the_opened_row_has_left_the_list_the_next_one_has_the_focus(browse):
    follows, gone = raised(browse, "厂区路灯不亮"), raised(browse, "厂区积水")
    page = browse("staff")
    page.visit("/desk?state=submitted&sort=newest")
    expect(first_case(page)).to_be_visible(timeout=SLOW)
    assert shown(page)[:2] == [gone, follows]
    first_case(page).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="受理", exact=True).last.click()
    settle(page)
    expect(drawer.locator(".f2f-drawer-head").first).to_contain_text("已受理", timeout=SLOW)
    voice = page.locator("[role=status]", has_text=f"{gone} 已受理")  # politely, and heard though a drawer is open
    expect(voice).to_have_count(1)
    assert voice.evaluate("one => !one.closest('[aria-hidden=true], [inert]')")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.wait_for_function("number => document.activeElement.innerText?.endsWith(number)", arg=follows)
    assert gone not in shown(page) and page.locator("[class*=st-key-open-] button:focus").count() == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_a_row_is_pressed_wherever_it_is_touched_and_a_chosen_one_is_shaded_whole(browse, width):
    page = browse("staff", width=width)
    page.visit("/desk?state=open")
    page.locator(".st-key-many-begin button").click()
    settle(page)
    assert covered(page, "[class*=st-key-open-out-] button") == [True] * page.locator(".f2f-under").count()
    row = page.locator(".f2f-under").first
    row.click(position={"x": 150, "y": row.bounding_box()["height"] - 4}, force=True)
    settle(page)
    assert covered(page, ".st-key-desk-list > [class*=st-key-open-in-]") == [True]


def covered(page, over):
    """Of each that lies over a row, whether it covers the row but for the line on its top."""
    return page.evaluate(
        """over => {
          const rows = [...document.querySelectorAll(".f2f-under")].map(row => row.getBoundingClientRect())
          return [...document.querySelectorAll(over)].map(one => one.getBoundingClientRect()).map(one =>
            rows.some(row => one.top <= row.top + 2 && one.top >= row.top - 2 && one.bottom >= row.bottom - 2))
        }""",
        over,
    )
