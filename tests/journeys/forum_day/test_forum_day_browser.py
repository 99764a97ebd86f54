"""A forum's issues are recorded by the keyboard alone, while the wall moves by itself."""

import pytest
from playwright.sync_api import expect

from tests.conftest import settle

pytestmark = pytest.mark.browser

SAVE = "[role=dialog] .st-key-record-save"
SLOW = 20_000  # a busy machine


def hung(page):
    """The address of the wall that staff hang up."""
    page.visit("forum_day?view=wall")
    page.locator(".st-key-wall-hang button").click()
    link = page.locator("[data-testid=stLinkButton] a")
    expect(link).to_be_visible(timeout=SLOW)
    return link.get_attribute("href")


def say(page, key, recorded, words, *, day=None):
    """One key opens the form; the day of a promise and the words are typed; Enter records. Returns how many keys that
    took beside the words."""
    settle(page)
    page.keyboard.press(key)
    expect(page.locator(SAVE)).to_be_visible(timeout=SLOW)
    expect(page.get_by_label("承诺日期" if day else "答复要点").first).to_be_visible(timeout=SLOW)
    keys = [key, "Tab", "Tab"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    if day:
        page.keyboard.type(day)
        page.keyboard.press("Tab")
        keys += [*day, "Tab"]
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(SAVE)).to_have_count(0, timeout=SLOW)
    expect(page.locator(".st-key-table-keys")).to_contain_text(f"已记录 {recorded} / 14", timeout=SLOW)
    return len(keys) + 1


def test_three_issues_without_a_mouse_and_the_wall_follows(browse, served):
    page, wall = browse("staff"), browse()
    wall.goto(served.url + hung(page))
    expect(wall.locator("#answered")).to_have_text("0 / 14")
    page.visit("forum_day")
    expect(page.locator(".st-key-say-solved")).to_be_visible(timeout=SLOW)
    assert say(page, "1", 1, "已降到位") == 4
    assert say(page, "2", 2, "下月改造", day="+20") == 8
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert say(page, "3", 3, "按规定办理") == 4
    expect(wall.locator("#answered")).to_have_text("3 / 14", timeout=SLOW)
    assert [wall.locator("li").nth(n).get_attribute("data-said") for n in range(4)] == [
        "solved", "committed", "explained", "",
    ]  # fmt: skip
