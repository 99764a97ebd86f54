"""The frame around every page, in a real browser: the door, the language, nothing from outside."""

from io import BytesIO

import pytest
from google.protobuf.message import Message
from google.protobuf.text_format import MessageToString
from PIL import Image, ImageOps

from access.roles import ROLES
from bench.client import tab
from pages.sitemap import HOME, SITE
from tests.conftest import PASSWORD, awaited, settle
from tests.there import there

pytestmark = pytest.mark.browser

CLOSED = [row for row in SITE if row.permission != "anyone"]


def test_nobody_sees_a_page_without_signing_in(served):
    """All that the server sends of each: a browser has nothing else to draw."""

    async def sent(path: str) -> list[tuple[str, Message]]:
        async with tab(served.url, {}) as page:
            return (await page.open(path)).shown

    for row in CLOSED:
        shown = awaited(sent(row.path))
        words = "".join(MessageToString(element, as_utf8=True) for _, element in shown)
        assert "请先登录" in words and "<table" not in words, row.path
        assert not {kind for kind, _ in shown} & {"plotly_chart", "table", "arrow_table", "arrow_data_frame"}, row.path


@pytest.mark.parametrize("role", ROLES)
def test_each_role_signs_in_and_opens_with_its_own_page(browse, served, role):
    page = browse()
    page.goto(f"{served.url}/sign-in")
    page.fill("#login", role)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: address.rstrip("/").endswith("/" + HOME[role]), timeout=30_000)
    page.get_by_text("演示数据").first.wait_for()
    settle(page)
    assert page.get_by_text("这个页面不对您开放").count() == 0


def test_signing_out_ends_what_the_cookie_could_do(browse, served):
    page = browse("staff")
    kept = [cookie for cookie in page.context.cookies() if cookie["name"] == "f2f_session"]
    assert kept[0]["httpOnly"] and kept[0]["sameSite"] == "Lax"
    page.visit("desk")
    page.get_by_role("button", name="退出").click()
    page.wait_for_selector("text=企业说")
    page.context.add_cookies(kept)
    page.visit("desk")
    assert page.get_by_text("请先登录").is_visible()


def test_the_language_follows_the_browser_and_a_choice_is_kept(browse):
    page = browse(language="en-GB")
    page.visit("welcome")
    assert page.get_by_role("heading", name="You speak, we act, you judge").is_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("link", name="中文").click()
    page.wait_for_selector("text=企业说")
    page.visit("welcome")
    assert page.get_by_text("企业说").first.is_visible()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_an_unknown_address_is_answered_in_the_readers_language(browse, served):
    page = browse()
    answer = page.goto(f"{served.url}/no-such-page")
    assert answer.status == 404
    assert page.get_by_text("没有这个页面").is_visible()


@pytest.mark.parametrize("role", ["enterprise", "staff", "leader", "admin"])
def test_nothing_is_asked_of_another_host_and_no_policy_is_violated(browse, served, role):
    page = browse(role)
    outside, violations = [], []
    page.on("request", lambda request: None if served.url in request.url else outside.append(request.url))
    page.on("console", lambda m: violations.append(m.text) if "Content Security Policy" in m.text else None)
    page.visit(HOME[role])
    assert [address for address in outside if not address.startswith(("data:", "blob:", "ws://127.0.0.1"))] == []
    assert violations == []
    (said,) = {answer.headers["content-security-policy"] for answer in [page.request.get(f"{served.url}/{HOME[role]}")]}
    scripts = next(part for part in said.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in said.replace("style-src 'self' 'unsafe-inline'", "") and "sha256-" in scripts


def test_an_icon_stands_in_the_middle_of_its_place(browse):
    page = browse("staff")
    page.visit("desk")
    icon = page.get_by_test_id("stIconMaterial").get_by_text("inbox", exact=True)  # as high above its middle as below
    icon.evaluate("one => one.style.color = '#000'")
    box = there(icon.locator("..").bounding_box())
    around = {**box, "y": box["y"] - 8, "height": box["height"] + 16}
    drawn = ImageOps.invert(Image.open(BytesIO(page.screenshot(clip=around))).convert("L"))
    _, top, _, bottom = there(drawn.point([0] * 128 + [255] * 128).getbbox())
    assert abs((top + bottom) / 2 - drawn.height / 2) <= 1
