"""The designer in a real browser, which keeps what stands in a box by the box's key."""

import pytest

from tests.conftest import settle

pytestmark = pytest.mark.browser


def test_a_question_opened_after_another_shows_its_own_words_and_keeps_them(browse):
    page = browse("staff")
    page.visit("questionnaires?q=satisfaction&v=1")
    page.locator(".st-key-designer-next button").click()
    for code in ("P1", "P2"):
        page.locator(f".st-key-edit_{code} button").click()
        page.wait_for_selector(f".st-key-card_editor_{code}")
        settle(page)
    own = page.locator(".st-key-card_editor_P2")
    assert own.locator("[class*=words-zh] textarea").input_value() == "应享政策及时足额兑现"
    hint = own.locator("[class*=hint-zh] textarea")
    hint.fill("以最近一年为准")
    hint.blur()
    page.wait_for_function(
        "document.querySelector('.st-key-designer-item-P2').innerText.includes('应享政策及时足额兑现')"
    )
    settle(page)
    assert "应享政策及时足额兑现" in page.locator(".st-key-designer-line-P2").inner_text()
