"""In a real browser: an account is added and used, a forum planned, each by its dialog."""

import pytest

from tests.conftest import PASSWORD, settle

pytestmark = pytest.mark.browser


def choose(page, key, words):
    page.locator(f".st-key-{key} input").fill(words)  # a long list draws only what is in sight
    page.get_by_role("option", name=words, exact=True).click()
    settle(page)


def test_an_added_account_shows_its_password_once_and_it_works_and_so_does_a_new_one_by_a_link(browse, served):
    page = browse("admin")
    page.visit("accounts")
    page.locator(".st-key-add-account button").click()
    page.locator(".st-key-new-login input").fill("browser-made")
    page.locator(".st-key-new-name input").fill("新同事")
    choose(page, "new-role", "承办部门")
    choose(page, "new-place-body_code", "区税务局")
    page.locator(".st-key-new-save button").click()
    password = page.locator(".f2f-secret").inner_text()
    assert len(password) == 19
    assert page.locator("[role=dialog] .st-key-new-save").count() == 0, "one button, to close it"
    page.locator(".st-key-password-done button").click()
    settle(page)
    assert password not in page.content()

    newcomer = browse()
    newcomer.goto(f"{served.url}/sign-in")
    newcomer.fill("#login", "browser-made")
    newcomer.fill("#password", password)
    newcomer.click("button[type=submit]")
    newcomer.wait_for_url(lambda address: "/sign-in" not in address)

    page.visit("accounts?text=browser-made")
    page.locator("[class*='st-key-change-'] button").click()
    page.locator(".st-key-edit-reset button").click()
    link = page.locator(".f2f-secret").inner_text()
    assert link.startswith(f"{served.url}/reset/"), "whole, whether the site has an address of its own or not"
    newcomer.goto(link)
    for box in ("#new", "#again"):
        newcomer.fill(box, "another-password")
    newcomer.click("button[type=submit]")
    newcomer.wait_for_url(lambda address: "/reset" not in address)

    page.visit("accounts?text=browser-made")
    page.locator("[class*='st-key-change-'] button").click()
    page.locator(".st-key-edit-turn button").click()
    page.get_by_text("停用", exact=True).last.wait_for()
    newcomer.visit("desk")
    assert newcomer.get_by_text("请先登录").is_visible()


def test_staff_plan_a_forum_and_it_stands_in_the_series(browse):
    page = browse("staff", width=390)
    page.visit("forums")
    page.locator(".st-key-plan-forum button").click()
    for key, words in {
        "forum.theme-zh": "浏览器专场",
        "forum.theme-en": "Browsers",
        "forum.place-zh": "会议厅",
        "forum.place-en": "Hall",
    }.items():
        page.locator(f".st-key-{key.replace('.', '-')} input").fill(words)
    page.locator(".st-key-plan-save button").click()
    page.get_by_text("请选择日期").wait_for()
    page.locator(".st-key-plan-day input").first.fill("2031-05-15")
    page.keyboard.press("Enter")
    settle(page)
    page.locator(".st-key-plan-save button").click()
    page.get_by_role("heading", name="浏览器专场").wait_for()
    assert "forum=" in page.url
    page.locator(".st-key-forum-back button").click()
    page.locator(".f2f-forum", has_text="浏览器专场").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_a_signed_in_person_finds_the_way_to_their_password_and_where_they_are_signed_in(browse):
    other, page = browse("leader"), browse("leader")
    page.visit("notices_mine")
    page.get_by_role("link", name="修改密码").click()
    page.locator(".held").get_by_text("本机").wait_for()
    page.fill("#current", PASSWORD + "-wrong")
    for box in ("#new", "#again"):
        page.fill(box, "another-password")
    page.get_by_role("button", name="修改密码").click()
    page.get_by_text("当前密码不正确").wait_for()
    page.get_by_role("button", name="结束").first.click()
    other.visit("dashboard")
    assert other.get_by_text("请先登录").is_visible()
