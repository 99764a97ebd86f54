"""An issue on a phone: a reload in the middle, a receipt, then its code alone in somebody else's browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import held_line, let_go, settle
from tests.intake.issue.test_attachments import PDF
from tests.there import there

pytestmark = pytest.mark.browser

HEAVY = re.compile(r"plotly|vega|dataframe|glide|deck", re.IGNORECASE)
TITLE = "锅炉改造补贴一直没有兑现"
PICTURE = "img[src*=outside]"


def type_into(page, selector, words):
    page.locator(selector).fill(words)
    page.keyboard.press("Tab")
    settle(page)


def press(page, selector):
    page.locator(selector).click()
    settle(page)


def choose_category(page):
    field = page.locator(".st-key-issue_category")
    field.scroll_into_view_if_needed()
    settle(page)  # a list that opens while the page still moves closes again
    field.locator("input").click()
    page.get_by_role("option").first.click()
    settle(page)


def fits(page):
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth")


def test_raised_on_a_phone_with_a_reload_then_followed_by_its_code(browse, served):
    page = browse("enterprise", width=390)
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.visit("/raise")
    press(page, ".st-key-issue_submit button")
    assert page.locator(".f2f-field-error").count() == 4 == page.locator(".f2f-gaps a").count()
    assert page.locator("[role=alert]:visible").count() == 1
    assert page.locator(".st-key-issue_title input[aria-required=true][aria-invalid=true]").count() == 1
    press(page, ".st-key-issue_kind button >> nth=0")
    type_into(page, ".st-key-issue_title input", TITLE)
    type_into(page, ".st-key-issue_text textarea", "去年12月验收合格。![x](http://outside.invalid/x.png)")

    page.reload()
    settle(page)
    expect(page.locator(".st-key-issue_title input")).to_have_value(TITLE)
    expect(page.locator(".st-key-issue_kind button[aria-checked=true]")).to_have_count(1)
    choose_category(page)
    expect(
        page.get_by_role("button", name="选择照片或文件", exact=True)
    ).to_be_visible()  # Streamlit itself says Upload
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]",
                         [{"name": "验收单.pdf", "mimeType": "application/pdf", "buffer": PDF}])  # fmt: skip
    page.get_by_text("验收单.pdf").wait_for()
    settle(page)
    assert fits(page)
    press(page, ".st-key-issue_submit button")

    page.locator(".f2f-receipt").wait_for()
    page.wait_for_function("document.activeElement.id === 'f2f-receipt'")
    assert "已收到，编号" in there(page.locator(".f2f-receipt").get_attribute("aria-label"))
    said = page.locator(".f2f-receipt").inner_text()
    number, code = there(re.search(r"\d{4}-\d{4}", said))[0], there(re.search(r"\b[2-9A-Z]{16}\b", said))[0]
    assert page.locator("img.f2f-qr").count() == 1 and fits(page)
    assert not [url for url in fetched if HEAVY.search(url) or not url.startswith(served.url)]

    other = browse(width=390, language="en-GB")
    other.goto(f"{served.url}/c/{code}")
    other.fill("#number", number)
    other.click("button[type=submit]")
    other.locator("h1.f2f-case-title").wait_for()
    settle(other)
    assert other.locator("h1.f2f-case-title").inner_text() == TITLE
    assert "Received. The programme office takes it up by" in other.locator(".f2f-says").first.inner_text()
    assert "![x](http://outside.invalid/x.png)" in other.locator(".st-key-narrow").inner_text()
    assert other.locator(PICTURE).count() == 0 and fits(other)
    with other.expect_download() as download:
        other.get_by_role("link", name="验收单.pdf").click()
    assert download.value.suggested_filename == "验收单.pdf"
    assert download.value.path().read_bytes() == PDF


@pytest.mark.parametrize(
    ("language", "button", "why"),
    [
        ("zh-CN", "选择照片或文件", ["不是 PDF、JPG、PNG 或 HEIC，没有收下", "没有传完，请移除后重新选择",
         "超过 5 MB，没有收下"]),
        ("en-GB", "Choose photos or files", ["Not a PDF, JPG, PNG or HEIC: not taken",
         "Not sent to its end: remove it and choose it again", "Over 5 MB: not taken"]),
    ],
)  # fmt: skip
def test_a_file_s_button_has_one_name_and_a_file_that_is_not_taken_says_why(browse, language, button, why):
    page = browse("enterprise", width=390, language=language)
    page.visit("/raise")
    page.route("**/upload_file/**", lambda route: route.abort())
    files = [
        ("表.docx", "application/msword", b"PK"),
        ("断.pdf", "application/pdf", PDF),
        ("大.pdf", "application/pdf", PDF.ljust(6_000_000)),
    ]
    for name, kind, content in files:
        choose = page.get_by_role("button", name=button, exact=True)
        expect(choose).to_have_count(1)
        with page.expect_file_chooser() as asked:
            choose.click()
        asked.value.set_files({"name": name, "mimeType": kind, "buffer": content})
        page.locator(f'.stFileChip[aria-invalid="true"] [title="{name}"]').wait_for()
    said = page.locator(".stFileChip[aria-invalid=true]")
    assert sorted(said.get_by_role("alert").all_inner_texts()) == sorted(why)
    for name, *_ in files:
        said.filter(has=page.get_by_title(name, exact=True)).get_by_role("button").click()
    expect(said).to_have_count(0)
    expect(page.get_by_role("button", name=button, exact=True)).to_have_count(1)


def test_no_word_is_lost_where_many_arrive_at_once_after_a_stall(browse):
    page = browse("enterprise", width=390)
    line = held_line(page)
    page.visit("/raise")
    for turn in range(10):
        line.holds = True
        for box in ("input", "textarea"):
            field = page.locator(f".st-key-issue_{'title' if box == 'input' else 'text'} {box}")
            field.fill(f"{box} {turn}")
            field.blur()
        page.locator(".st-key-issue_kind button").nth(turn % 2).click()
        let_go(line)
        settle(page)
        page.visit("/raise")
        expect(page.locator(".st-key-issue_title input")).to_have_value(f"input {turn}")
        expect(page.locator(".st-key-issue_text textarea")).to_have_value(f"textarea {turn}")
        expect(page.locator(".st-key-issue_kind button").nth(turn % 2)).to_have_attribute("aria-checked", "true")


def test_a_check_of_nothing_says_what_is_missing_and_goes_there(browse):
    page = browse("enterprise", width=390)
    page.visit("/verify")
    fields = page.locator(":is(.st-key-verify-number, .st-key-verify-mark) input")
    assert [one.get_attribute("aria-required") for one in fields.all()] == ["true", "true"]
    press(page, ".st-key-verify-check button")
    page.wait_for_function("document.activeElement.closest('.st-key-verify-number') !== null")
    assert [one.get_attribute("aria-invalid") for one in fields.all()] == ["true", "true"]
    described = [page.locator(f"#{one.get_attribute('aria-describedby')}").inner_text() for one in fields.all()]
    assert described == ["请填写回执上的编号。", "请填写回执上的存证码。"]
    assert page.locator("[role=alert]:visible").count() == 1 and page.locator(".f2f-gaps a").count() == 2
    fields.first.fill("2026-0001")
    press(page, ".st-key-verify-check button")
    page.wait_for_function("document.activeElement.closest('.st-key-verify-mark') !== null")
    expect(fields.first).to_have_value("2026-0001")


def test_a_press_anywhere_on_an_own_case_opens_it(browse):
    page = browse("enterprise", width=390)
    page.visit("/my_cases")
    at = there(page.locator("[class*=st-key-card-line-] .f2f-says").first.bounding_box())
    page.mouse.click(at["x"] + 40, at["y"] + at["height"] / 2)  # the link lies over it
    page.wait_for_url("**/case?id=*")


def test_a_wrong_number_with_a_right_looking_code_opens_nothing(browse, served):
    page = browse(width=390)
    page.goto(f"{served.url}/c/ABCDEFGH23456789")
    page.fill("#number", "2026-0001")
    page.click("button[type=submit]")
    assert page.locator(".refused").count() == 1
    page.visit("/case")
    assert page.locator("h1.f2f-case-title").count() == 0


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_what_an_officer_may_do_stands_below_an_enterprise_and_leaves_its_name_the_width(browse, language):
    page = browse("officer", language=language)
    page.visit("care")
    cards = page.locator("[class*='st-key-card-care-']").all()
    assert cards
    for card in cards:
        name = card.locator(":scope > :first-child")
        assert name.bounding_box()["width"] > 0.9 * card.bounding_box()["width"] - 40, name.inner_text()


def test_who_judges_by_keys_is_led_on_and_hears_a_rating_by_its_words_not_by_its_face(browse):
    page = browse("enterprise", width=390)
    page.visit("/my_cases")
    page.locator("[class*=st-key-card-line-]", has_text="请您评判").first.locator("a").click()
    page.wait_for_url("**/case?id=*")
    settle(page)
    page.locator("[class*=to-not] button").press("Enter")
    expect(page.locator("[class*=reject-words] textarea")).to_be_focused()
    press(page, "[class*=st-key-case-][class*=back] button")
    page.locator("[class*=to-solved] button").press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    for words in ("非常满意", "满意", "基本满意", "不满意", "非常不满意"):
        expect(page.get_by_role("radio", name=words, exact=True)).to_have_count(1)
    page.get_by_role("radio", name="满意", exact=True).press("Space")
    settle(page)
    page.get_by_role("button", name="提交评价").press("Enter")
    expect(page.locator("#f2f-case")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="谢谢您的评价")).to_be_visible()
