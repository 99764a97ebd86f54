"""The glance fits one screen: what only a browser can measure."""

import pytest

pytestmark = pytest.mark.browser

QUESTIONS = 5


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_five_answers_stand_on_one_screen_without_scrolling(browse, language):
    leader = browse("leader", language=language)
    leader.visit("dashboard")
    leader.locator(".f2f-said").nth(QUESTIONS - 1).wait_for()
    leader.wait_for_timeout(500)
    main = leader.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollHeight") <= 900
    leader.set_viewport_size({"width": 390, "height": 844})
    assert main.evaluate("e => e.scrollWidth") <= 390
