"""A case that is open at the desk, on paper: all of it, once, without the list below it."""

import re

import pytest

from tests.settled import settle

pytestmark = pytest.mark.browser


def test_an_opened_case_is_printed_whole_and_without_the_list(browse):
    page = browse("staff")
    page.visit("/desk")
    page.locator("[class*=st-key-open-] button").first.click()
    settle(page)
    drawer = page.locator("[role=dialog]")
    page.emulate_media(media="print")
    assert drawer.is_visible() and not page.locator("#root").is_visible()
    assert drawer.locator(".st-key-desk-actions").count() == 1 and drawer.locator(".st-key-desk-actions").is_hidden()
    assert page.locator("[role=dialog] > button").is_hidden()
    assert (
        drawer.locator(".stPageLink").count()
        and not drawer.locator("a.f2f-button:visible, .stPageLink:visible").count()
    )
    held = drawer.locator("> div").evaluate("(e) => [e.clientHeight >= e.scrollHeight, e.closest('.stDialog')].map("
                                            "(one) => one === true || getComputedStyle(one).position)")  # fmt: skip
    assert held == [True, "static"]
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 4
