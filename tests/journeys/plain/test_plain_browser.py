"""The plain form in a real browser: by eye and ear, thumb and keyboard, with the line cut between any two taps."""

import json

import pytest

from tests.conftest import wait_for, wall_token
from tests.reach.measured import graves

pytestmark = pytest.mark.browser

TARGETS = "main button, main .o, main input:not([type=hidden]):not([type=radio]):not([type=checkbox]), a:not(.skip)"


def wall(served):
    return f"/f/s/{wall_token(served)}"


@pytest.fixture
def passer_by(browse, served):
    """passer_by(…) → a page of somebody who scanned the code on the wall and has begun, each another browser."""

    def begun(**how):
        page = browse(width=how.pop("width", 390), **how)
        page.goto(served.url + wall(served))
        page.get_by_role("button", name="开始").or_(page.get_by_role("button", name="Start")).click()
        page.wait_for_url("**step=1*")
        return page

    return begun


def choose(page):
    """The first tile of each question on the page, and a number in each line for one."""
    for line in page.locator("main input[inputmode]").all():
        line.fill("6")
    for name in page.evaluate(
        "[...new Set([...document.querySelectorAll('main input[type=radio]')].map(i => i.name))]"
    ):
        page.locator(f'input[name="{name}"]').first.check()


def kept_on_the_phone(page, store="outbox"):
    return page.evaluate(
        """name => new Promise(done => { const asked = indexedDB.open("f2f", 1); asked.onsuccess = () => {
        const all = asked.result.transaction(name).objectStore(name).getAllKeys();
        all.onsuccess = () => { asked.result.close(); done(all.result) } } })""",
        store,
    )


@pytest.mark.parametrize(("language", "scheme", "width"), [("zh-CN", "light", 360), ("en-GB", "dark", 1440)])
def test_no_page_of_it_is_an_obstacle(passer_by, language, scheme, width):
    page = passer_by(language=language, scheme=scheme, width=width)
    found = {"a screen": graves(page)}
    page.locator("button[value=next]").click()
    page.wait_for_url("**check=1*")
    found["with mistakes"] = graves(page)
    page.goto(page.url.partition("?")[0] + "?step=7")
    found["the last look"] = graves(page)
    assert found == {"a screen": [], "with mistakes": [], "the last look": []}


def test_what_is_wrong_is_heard_first_and_leads_to_its_field(passer_by):
    page = passer_by()
    page.locator("button[value=next]").click()
    page.wait_for_url("**check=1*")
    assert page.evaluate("document.activeElement.id") == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name").startswith("a.")
    assert page.title().startswith("有 3 处要改")


def test_the_keyboard_alone_fills_a_page_in(passer_by):
    page = passer_by()
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate("[document.activeElement.type, document.activeElement.value]")
        if at[0] == "radio":
            page.keyboard.press("Space")
        if at == ["submit", "next"]:
            page.keyboard.press("Enter")
            break
    page.wait_for_url("**more=1*")  # what these answers bring stands below
    assert page.title().startswith("政策与审批")


def test_large_letters_on_a_narrow_phone_lose_nothing_and_a_thumb_meets_every_target(passer_by):
    page = passer_by(width=360)
    page.add_init_script("document.addEventListener('DOMContentLoaded', () => {"
                         "document.documentElement.style.fontSize = '24px' })")  # fmt: skip
    for step in ("1&check=1", "2", "3", "6", "7"):
        page.goto(page.url.partition("?")[0] + f"?step={step}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        boxes = [one.bounding_box() for one in page.locator(TARGETS).all()]
        assert [box for box in boxes if box and box["height"] < 44] == []


def test_what_is_pressed_without_a_line_is_kept_and_arrives_once_it_is_back(passer_by):
    page = passer_by()
    choose(page)
    page.context.set_offline(True)
    page.locator("button[value=next]").click()
    page.locator("#line", has_text="已存在这部手机上").wait_for()
    assert len(kept_on_the_phone(page)) == 1 and "step=1" in page.url
    page.context.set_offline(False)
    page.wait_for_url("**more=1*")
    assert kept_on_the_phone(page) == []
    choose(page)
    page.locator("button[value=next]").click()
    page.wait_for_url("**step=2")


def test_what_was_typed_and_not_sent_is_there_after_a_reload(passer_by):
    page = passer_by(language="en-GB")
    page.locator('input[name="a.P1"]').nth(2).check()
    page.wait_for_function("document.querySelector('#line')")
    assert len(kept_on_the_phone(page, "typed")) == 1
    page.reload()
    page.locator("#line", has_text="is back").wait_for()
    assert page.locator('input[name="a.P1"]').nth(2).is_checked()


# The phone's own store opens when it is told to.
OPENS_LATE = """const open = IDBFactory.prototype.open, told = new Promise(done => { window.f2fOpen = done })
IDBFactory.prototype.open = function (...asked) {
  const opening = open.apply(this, asked)
  Object.defineProperty(opening, "onsuccess", {
    set: then => opening.addEventListener("success", event => told.then(() => then(event))) })
  return opening
}"""


def test_what_is_typed_before_the_phone_has_looked_for_more_stays(passer_by):
    page = passer_by(language="en-GB")
    page.locator('input[name="a.P1"]').nth(2).check()
    page.locator('input[name="a.QP"]').first.check()
    page.wait_for_function("document.querySelector('#line')")
    assert len(kept_on_the_phone(page, "typed")) == 1
    page.add_init_script(OPENS_LATE)
    page.reload()
    page.locator('input[name="a.P1"]').nth(4).check()
    page.evaluate("f2fOpen()")
    page.locator("#line", has_text="is back").wait_for()
    assert page.locator('input[name="a.P1"]').nth(4).is_checked()
    assert page.locator('input[name="a.QP"]').first.is_checked()


def test_a_page_that_was_closed_while_it_was_sent_is_sent_when_it_is_opened_again(passer_by, served):
    page = passer_by()
    choose(page)
    lost = []
    page.route(
        "**/f/s/*",
        lambda route: (lost.append(1), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    page.locator("button[value=next]").click()
    page.locator("#line", has_text="没有送到").wait_for()
    again = page.context.new_page()
    page.close()
    again.goto(served.url + wall(served))
    again.wait_for_url("**more=1*")
    assert again.locator('input[name="a.P1"]').first.is_checked() and lost


def test_two_windows_of_one_form_know_of_each_other(passer_by):
    one = passer_by()
    two = one.context.new_page()
    two.goto(one.url)
    for page in (one, two):
        page.locator("#line", has_text="别的窗口").wait_for()


def test_the_answers_are_received_once_and_the_words_come_first(passer_by, served):
    """Nothing is fetched for the words but the page itself, and one press is one response however often it arrives."""
    page = passer_by()
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url.partition("?")[0])))
    for step in range(1, 7):
        while f"step={step}" in page.url and f"step={step + 1}" not in page.url:
            before = page.url
            choose(page)
            page.locator("button[value=next]").click()
            page.wait_for_url(lambda url, before=before: url != before)
    posts = [one for one in asked if one[0] == "POST"]
    page.locator("button[value=send]").click()
    page.locator(".number").wait_for()
    number = page.locator(".number").inner_text()
    with page.expect_download() as copied:
        page.locator("button[value=copy]").click()
    assert copied.value.suggested_filename == "answers.txt"
    page.reload()
    assert page.locator(".number").inner_text() == number
    assert {url.rpartition("/")[2] for method, url in asked if method == "GET"} <= {
        wall(served).rpartition("/")[2],
        "plain.js",
    }
    assert len(posts) >= 6 and json.dumps(kept_on_the_phone(page)) == "[]"


@pytest.mark.parametrize(("language", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
def test_the_way_of_an_issue_is_no_obstacle_either(browse, served, language, scheme):
    page = browse("enterprise", width=390, language=language, scheme=scheme)
    page.goto(served.url + "/f/cases")
    found = {"cases": graves(page)}
    page.locator("main section a").first.click()
    page.wait_for_url("**/f/case?id=*")
    found["a case"] = graves(page)
    page.goto(served.url + "/f/raise")
    page.locator("button[value=send]").click()
    page.locator("#errors").wait_for()
    found["raising"] = graves(page)
    assert (
        page.evaluate("document.activeElement.id") == "errors"
        and page.evaluate("document.documentElement.scrollWidth") <= 390
    )
    assert found == {"cases": [], "a case": [], "raising": []}


def test_while_an_issue_is_typed_what_may_answer_it_stands_there_and_a_lapsed_session_leads_nowhere(browse, served):
    page = browse("enterprise", width=390)
    page.goto(served.url + "/f/raise")
    page.fill("[name=title]", "贷款贴息怎么申请")
    page.locator("[name=text]").fill("设备贷款能不能申请贴息")
    page.locator("[name=text]").blur()
    page.locator("#offers a[href^='/guidance/']").first.wait_for()
    page.context.clear_cookies()
    with page.expect_request("**/f/raise") as asked:
        page.fill("[name=title]", "用能指标不够")
        page.locator("[name=title]").blur()
    assert asked.value.headers["x-f2f-script"] == "1"
    page.locator("#offers a").first.wait_for(state="detached")
    assert page.input_value("[name=title]") == "用能指标不够" and page.url == f"{served.url}/f/raise"


# How many answers the page's own script has asked for, and read to their end, and what it does with them done.
COUNTS_ANSWERS = """window.f2fAsked = window.f2fRead = 0
const fetched = window.fetch
window.fetch = (...asked) => ++window.f2fAsked && fetched(...asked).then((answer) => {
  const text = answer.text.bind(answer)
  answer.text = () => text().then((words) => { setTimeout(() => ++window.f2fRead, 0); return words })
  return answer
})"""


def test_an_answer_that_comes_late_offers_nothing_for_words_that_stand_there_no_more(browse, served):
    page, held = browse("enterprise", width=390), []
    page.add_init_script(COUNTS_ANSWERS)
    page.goto(served.url + "/f/raise")
    page.route("**/f/raise", lambda route: held.append(route))
    page.select_option("[name=category]", index=0)  # a draft of somebody else's test may be here
    for field, words in (("text", ""), ("title", "贷款贴息怎么申请"), ("title", "")):
        page.fill(f"[name={field}]", words)
        page.locator(f"[name={field}]").blur()
    assert wait_for(lambda: page.evaluate("window.f2fAsked") == len(held) >= 2)
    for read, one in enumerate(reversed(held), start=1):
        one.continue_()
        page.wait_for_function("read => window.f2fRead === read", arg=read)
    assert page.locator("#offers section").count() == 0


# Chrome 111 as its scripts see it.
BEFORE_112 = """window.RegExp = new Proxy(RegExp, { construct(known, [words, flags = ""]) {
  if (String(flags).includes("v")) throw new SyntaxError("Invalid flags supplied to RegExp constructor")
  return new known(words, flags) } })"""


@pytest.mark.parametrize(
    ("login", "path", "there"),
    [("enterprise", "survey", "/f"), ("enterprise", "raise", "/f/raise"), ("enterprise", "case?id=7", "/f/case?id=7")],
)
def test_a_browser_too_old_for_streamlit_is_led_to_the_same_in_the_plain_form(browse, served, login, path, there):
    page = browse(login, language="en-GB")
    page.add_init_script(BEFORE_112)
    page.goto(f"{served.url}/{path}")
    page.wait_for_url(served.url + there)


def test_where_there_is_no_plain_page_an_old_browser_says_what_to_do_in_the_reader_s_language(browse, served):
    for language, words in (("zh-CN", "这个浏览器太旧"), ("en-GB", "This browser is too old")):
        page = browse("staff", language=language)
        page.add_init_script(BEFORE_112)
        page.goto(f"{served.url}/desk")
        assert words in page.locator("#f2f-old").inner_text()
        assert page.locator("#f2f-old a").count() == 0, "who works at the desk has no plain form"
        page.goto(served.url)
        assert page.locator("#f2f-old a").get_attribute("href") == "/f"
