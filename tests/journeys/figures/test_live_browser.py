"""Two browsers: an enterprise raises an issue on a phone while a leader looks at the outcomes."""

import pytest
from playwright.sync_api import expect

from tests.journeys.issue.test_issue_browser import choose_category, press, type_into

pytestmark = pytest.mark.browser

ISSUES = ".st-key-card-figure-large-issues"
TITLE = "夜班公交线路覆盖不到厂区"


def test_what_an_enterprise_submits_moves_the_leaders_page_without_a_reload(browse):
    leader = browse("leader")
    leader.visit("outcomes")
    loads = []
    leader.on("load", lambda _: loads.append(leader.url))
    card = leader.locator(ISSUES)
    card.wait_for()
    before = card.inner_text()

    enterprise = browse("enterprise", width=390)
    enterprise.visit("/raise")
    press(enterprise, ".st-key-issue_kind button >> nth=0")
    type_into(enterprise, ".st-key-issue_title input", TITLE)
    type_into(enterprise, ".st-key-issue_text textarea", "末班车七点就没有了,夜班工人回不了家。")
    choose_category(enterprise)
    press(enterprise, ".st-key-issue_submit button")
    enterprise.locator(".f2f-receipt").wait_for()

    expect(card).not_to_have_text(before, timeout=30_000)
    assert loads == []
