"""The survey in a real browser as wide as a phone: reload, Back and sleep lose nothing; no chart library is fetched."""

import re
from types import SimpleNamespace

import pytest

from tests.conftest import copied, held_line, let_go, serving, settle, url_of, wall_token
from tests.settled import LISTENS

pytestmark = pytest.mark.browser

# What fell into a dead line is sent again by a toggle that nobody sees.
HEARS_AGAIN = """() => document.addEventListener("click", ({ target }) => {
    if (target.closest("[class*=st-key-f2f-of-]")) window.f2fAgain = true
}, true)"""
HEAVY = re.compile(r"plotly|vega|dataframe|glide|deck", re.IGNORECASE)


def tap(page, key, n):
    page.locator(f".st-key-{key} [data-testid=stRadioOption]").nth(n).click()
    settle(page)


def answer_screen(page):
    """Tap the first choice of whatever is open, also of what that brings with it."""
    while True:
        groups = page.locator("[data-testid=stRadioGroup]").all()
        still_open = [group for group in groups if group.locator("input:checked").count() == 0]
        if not still_open:
            break
        still_open[0].locator("[data-testid=stRadioOption]").first.click()
        settle(page)
    for number in page.locator("[class*=st-key-f2f-number] input").all():
        if not number.input_value():
            number.fill("6")
            number.blur()
            settle(page)


def go_on(page):
    before = name_of_screen(page)
    page.locator(".st-key-survey-next button").click()
    page.wait_for_function(
        "name => document.querySelector('.f2f-screen-name')?.innerText !== name", arg=before, timeout=30_000
    )
    settle(page)


def back_to(page, name):
    """The browser's Back: the screen before is drawn."""
    page.go_back()
    page.wait_for_function("name => document.querySelector('.f2f-screen-name')?.innerText === name", arg=name)
    settle(page)


def slowed(page, times):
    """A phone whose processor is that much slower than this machine."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def passer_by(browse, served):
    """Somebody who scanned the code on the wall and has begun: each browser is another, with answers of its own."""
    page = browse(width=390)
    page.visit(f"s/{wall_token(served)}")
    page.locator(".st-key-survey-start button").click()
    settle(page)
    return page


def name_of_screen(page):
    return page.locator(".f2f-screen-name").inner_text()


def place(page):
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


def smallest_target(page):
    targets = page.locator("[data-testid=stRadioOption], [data-testid=stMain] .stButton button, .f2f-header a")
    return min(box["height"] for target in targets.all() if (box := target.bounding_box()))


def too_wide(page):
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > window.innerWidth")


def cut_off(page, said):
    """The network goes and comes back: a band says so meanwhile, in the language of the page."""
    band = page.locator(".f2f-offline")
    assert not band.is_visible()
    page.context.set_offline(True)
    band.wait_for(state="visible")
    assert said in band.inner_text()
    page.context.set_offline(False)
    band.wait_for(state="hidden")


def line_of(page):
    """The page's connection, in our hands: while it is `dead`, whatever is sent falls into nothing."""
    line = SimpleNamespace(dead=False, ends=[])

    def carry(end):
        server = end.connect_to_server()
        line.ends.append(end)
        end.on_message(lambda message: None if line.dead else server.send(message))
        server.on_message(lambda message: None if line.dead else end.send(message))

    page.route_web_socket(re.compile("_stcore/stream"), carry)
    page.add_init_script(LISTENS)
    return line


def tap_into_a_dead_line(page, line, option, words):
    """The phone shows the tap and the words; nobody has received them when the line breaks and comes back."""
    line.dead = True
    option.click()
    page.wait_for_function("() => window.f2fRun")
    page.locator("[class*=st-key-f2f-number] input").first.press_sequentially(words)
    page.evaluate(HEARS_AGAIN)
    line.ends[-1].close()
    page.wait_for_selector('[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])')
    line.dead = False
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]')
    page.wait_for_function("() => window.f2fAgain")
    settle(page)


def type_and_reload(page):
    """Words are kept without leaving their box, and whoever types is not interrupted."""
    box = page.locator(".st-key-f2f-text-O5 textarea")
    box.fill("not left")
    page.wait_for_function("() => window.f2fRun")  # it is kept after a pause
    settle(page)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.reload()
    settle(page)
    assert box.input_value() == "not left"


@pytest.fixture
def alone(demo_file, tmp_path):
    """A server of its own: whose survey is answered there is still to be answered where others look."""
    with serving(url_of(copied(demo_file, tmp_path / "store.duckdb"))) as server:
        yield server


def test_a_manager_answers_on_a_phone_with_a_reload_in_the_middle(browse, alone):
    page = browse("enterprise", width=390, at=alone)
    fetched, line = [], line_of(page)
    page.on("request", lambda request: fetched.append(request.url))
    page.visit("survey")
    page.locator(".st-key-survey-start button").click()
    settle(page)
    tap(page, "f2f-level5-P1", 1)
    tap(page, "f2f-yes_no-QP", 1)
    tap(page, "f2f-yes_no-QA", 0)
    assert smallest_target(page) >= 44, "a thumb needs 44 px"
    tap_into_a_dead_line(page, line, page.locator(".st-key-f2f-level5-A1 [data-testid=stRadioOption]").nth(5), "12")
    page.reload()
    settle(page)
    assert page.locator("input:checked").count() == 4, "the reload lost an answer"
    assert page.locator("[class*=st-key-f2f-number] input").first.input_value() == "12"
    cut_off(page, "网络已断开")
    answer_screen(page)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 9999")
    go_on(page)
    assert name_of_screen(page) == "融资与成本"
    assert place(page) == 0, "a new screen begins at its top"
    back_to(page, "政策与审批")
    page.goto(page.url.split("/survey")[0] + "/language/en?next=/survey")
    settle(page)
    assert name_of_screen(page) == "Finance and costs", "another language goes on where one was"
    cut_off(page, "You are offline")
    for _ in range(5):
        answer_screen(page)
        if page.locator(".st-key-f2f-text-O5").count():
            type_and_reload(page)
        assert not too_wide(page)
        go_on(page)
    page.locator(".st-key-survey-submit button").dblclick()
    page.locator(".f2f-number").wait_for(timeout=30_000)
    settle(page)
    number = page.locator(".f2f-number").inner_text()
    assert re.fullmatch(r"S-\d{4}-\d{9}", number)
    assert page.locator("img.f2f-qr").get_attribute("src").startswith("data:image/png;base64,")
    page.reload()
    settle(page)
    assert page.locator(".f2f-number").inner_text() == number
    assert not too_wide(page)
    assert [url for url in fetched if HEAVY.search(url)] == []


def test_on_a_slow_phone_each_screen_begins_at_its_top_and_back_leads_to_the_one_before(browse, served):
    page = passer_by(browse, served)
    for key, n in (("f2f-level5-P1", 1), ("f2f-yes_no-QP", 1), ("f2f-yes_no-QA", 1)):  # which bring no more questions
        tap(page, key, n)
    slowed(page, 8)
    for _ in range(3):
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 9999")
        go_on(page)
        assert place(page) == 0, "a new screen begins at its top"
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 9999")
        back_to(page, "政策与审批")
        assert place(page) == 0, "and so does the one before"


def told_wrong(page):
    """The field that has the focus: whether it is said to be wrong, by which words, and how far below the top."""
    return page.evaluate("""() => {
        const field = document.activeElement
        return [field.getAttribute('aria-invalid'),
                document.getElementById(field.getAttribute('aria-describedby'))?.innerText,
                field.getBoundingClientRect().top]
    }""")


def test_next_leads_to_the_gap_and_tells_readers_of_it(browse, served):
    page = passer_by(browse, served)
    gap = page.locator(".st-key-f2f-question-P1")
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 9999")
    page.locator(".st-key-survey-next button").click()
    page.locator(".f2f-gaps").wait_for()
    settle(page)
    invalid, words, top = told_wrong(page)
    assert (invalid, words) == ("true", "请选择或填写这一题。")
    assert 0 < top < 500, "the gap is in sight"
    assert gap.locator("input:focus").count() == 1
    gap.locator("[data-testid=stRadioOption]").first.click()
    gap.locator(".f2f-wrong").wait_for(state="detached")
    page.wait_for_function("() => !document.querySelector('.st-key-f2f-question-P1 [aria-invalid]')")
    page.locator(".st-key-survey-next button").click()
    page.wait_for_function("() => document.activeElement.closest('.st-key-f2f-question-QP')")


def reads(page, place):
    """Waits until the focus, and with it a reader's voice, is there."""
    page.wait_for_function("place => document.activeElement.matches(place)", arg=place)


def test_a_new_screen_s_name_is_read_and_what_is_wrong_is_said_once_with_a_way_to_each(browse, served):
    page = passer_by(browse, served)
    reads(page, "h1#screen-0")
    assert page.locator(".st-key-f2f-question-P1 [role=radiogroup][aria-required=true]").count() == 1
    page.locator(".st-key-survey-next button").click()
    reads(page, ".st-key-f2f-question-P1 input")
    gaps = page.locator(".f2f-gaps")
    assert gaps.get_by_role("link").count() == page.locator(".f2f-wrong").count() > 1
    assert page.locator("[role=alert]:visible").count() == 1
    gaps.get_by_role("link").last.click()
    reads(page, "[class*=st-key-f2f-question-]:has(.f2f-wrong) input")
    assert page.locator(".st-key-f2f-question-P1 input:focus").count() == 0
    for group in page.locator("[data-testid=stRadioGroup]").all():
        group.locator("[data-testid=stRadioOption]").last.click()
        settle(page)
    page.locator(".st-key-survey-next button").click()
    reads(page, "h1#screen-1")
    page.reload()  # who only opens it begins at its beginning
    settle(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.testid") == "stSkipToContent"


def test_a_question_is_read_without_the_marks_that_keep_its_words_letters(browse, served):
    page = browse(width=390, language="en-GB")
    page.visit(f"s/{wall_token(served)}")
    page.locator(".st-key-survey-start button").click()
    settle(page)
    while page.get_by_role("radiogroup", name="foreign").count() == 0:
        answer_screen(page)
        go_on(page)
    assert page.get_by_role("radiogroup", name="Is your enterprise foreign-invested?", exact=True).count() == 1


def tapped(page, line, turn):
    """Four answers and Next during a stall, each other than the turn before; all of it arrives at once."""
    line.holds, chosen = True, []
    for n, group in enumerate(page.locator("[data-testid=stRadioGroup]").all()[:4]):
        chosen.append((turn + n) % 5)
        group.locator("[data-testid=stRadioOption]").nth(chosen[-1]).click()
    page.locator(".st-key-survey-next button").click()
    let_go(line)
    return chosen


def second_screen(page):
    """Loaded anew, with the four questions that are looked at."""
    page.goto(page.url.split("/survey")[0] + "/survey?step=2")
    page.locator("[data-testid=stRadioGroup]").nth(3).wait_for()
    settle(page)


def shown_answers(page):
    return page.evaluate("""() => [...document.querySelectorAll('[data-testid=stRadioGroup]')].slice(0, 4).map(
        (group) => [...group.querySelectorAll('input')].findIndex((input) => input.checked))""")


def test_no_tap_is_lost_where_many_arrive_at_once_after_a_stall(browse, served):
    page = passer_by(browse, served)
    line = held_line(page)
    lost = []
    second_screen(page)
    for turn in range(10):
        chosen = tapped(page, line, turn)
        page.wait_for_url("**/survey?step=3")
        second_screen(page)
        if shown_answers(page) != chosen:
            lost.append((turn, chosen, shown_answers(page)))
    assert not lost


def test_the_pages_of_the_survey_are_closed_to_others(browse):
    page = browse("staff")
    page.visit("survey")
    assert page.get_by_text("这个页面不对您开放").count() == 1
    page = browse("enterprise", width=390)
    page.visit("surveys")
    assert page.get_by_text("这个页面不对您开放").count() == 1
    assert page.get_by_text("已收答卷").count() == 0
