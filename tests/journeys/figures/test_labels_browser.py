"""Charts as a browser lays them out: no words run into each other, and what is said over a point leaves with Esc."""

import pytest

from tests.journeys.glance.test_glance_browser import BOXES, FOLLOWED, colliding

pytestmark = pytest.mark.browser

PHONE = 390
WIDTHS = (1440, 1920, PHONE)
# All that the region of what moved has said since the page began.
SAID = """window.f2fSaid = []
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  const said = document.querySelector(".f2f-moved[role=status]")?.textContent
  if (said && said !== f2fSaid[f2fSaid.length - 1]) f2fSaid.push(said)
}).observe(document.body, { childList: true, subtree: true, characterData: true }))"""


def opened(browse, path, language="zh-CN"):
    page = browse("leader", width=1440, language=language)
    page.visit(path)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    return page


def at_rest(page):
    """The words of charts once their layout stands."""
    page.wait_for_function(FOLLOWED)
    before = None
    for _ in range(40):
        page.wait_for_timeout(700)
        boxes = page.evaluate(BOXES)
        if boxes == before:
            return boxes
        before = boxes
    raise AssertionError("the charts never came to rest")


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("path", ["outcomes", "economy", "together", "results"])
def test_no_words_of_charts_collide_or_leave_their_chart(browse, path, language):
    page = opened(browse, path, language)
    for width in WIDTHS:
        if width == PHONE and path == "economy":  # it asks for the drawings of a phone by itself
            with page.expect_event("load"):
                page.set_viewport_size({"width": width, "height": 900})
            page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
        page.set_viewport_size({"width": width, "height": 900})
        assert colliding(at_rest(page)) == [], f"{path} {width}"
        assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth") <= width


def test_what_is_said_over_a_point_leaves_with_esc(browse):
    page = opened(browse, "together")
    at_rest(page)
    bar = page.locator(".js-plotly-plot .barlayer path").first.bounding_box()
    for part in (0.3, 0.5):
        page.mouse.move(bar["x"] + part * bar["width"], bar["y"] + 0.5 * bar["height"])
    said = page.locator(".hoverlayer .hovertext").first
    said.wait_for(state="visible")
    page.keyboard.press("Escape")
    said.wait_for(state="hidden")


def test_a_finding_that_changes_while_one_looks_is_said(browse):
    page = opened(browse, "outcomes")
    finding = page.locator(".f2f-finding").first
    finding.evaluate("e => { e.textContent = '已超期 99 件'; }")
    page.locator("[role=status].f2f-moved", has_text="已超期 99 件").wait_for(state="attached")


def test_what_was_drawn_when_the_page_opened_is_not_said_as_news(browse):
    page = browse("leader")
    page.add_init_script(SAID)
    page.visit("outcomes")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    finding = page.locator(".f2f-finding").first
    finding.evaluate("e => { e.textContent = '已超期 99 件'; }")
    page.locator("[role=status].f2f-moved", has_text="已超期 99 件").wait_for(state="attached")
    assert page.evaluate("window.f2fSaid") == ["已超期 99 件"]


def test_a_number_of_the_board_that_moves_is_said_though_it_has_no_sentence(browse):
    page = opened(browse, "dashboard")
    strip = page.locator(".st-key-card-glance-strip [role=figure]")
    strip.evaluate("e => e.setAttribute('aria-label', '未办结 99')")
    page.locator("[role=status].f2f-moved", has_text="未办结 99").wait_for(state="attached")


READ = ".js-plotly-plot[role=application]"
VOICE = "document.querySelector('[role=status].f2f-moved').textContent"


def at_chart(page, card):
    chart = page.locator(f".st-key-card-{card} {READ}")
    chart.wait_for()
    chart.focus()
    return chart


def test_the_points_of_a_chart_are_read_by_key_series_place_and_value(browse):
    page = opened(browse, "outcomes")
    chart = at_chart(page, "chart-flow")
    table = page.locator(".st-key-card-chart-flow table")
    first, second = (table.locator("tbody tr").nth(n).locator("th, td").all_text_contents() for n in (-1, -2))
    heard = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End", "Home"):
        page.keyboard.press(key)
        heard.append(page.evaluate(VOICE))
    last = heard.pop(3)  # a month that has just begun may have nothing to stand over
    assert [said.split(" ")[-1] for said in heard] == [first[1], second[1], second[2], first[2]]
    assert "收到" in heard[0] and "办结" in heard[2] and heard[3].split("　")[0] == heard[0].split("　")[0] != last
    chart.locator(".hoverlayer .hovertext").first.wait_for(state="visible")
    page.keyboard.press("Escape")
    chart.locator(".hoverlayer .hovertext").first.wait_for(state="hidden")
    assert chart.evaluate("one => one === document.activeElement")


def test_enter_on_a_point_of_the_board_is_a_press(browse):
    page = opened(browse, "dashboard")
    at_chart(page, "glance-backlog")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "End"):
        page.keyboard.press(key)
    assert page.evaluate(VOICE).split("　")[1].startswith("未办结 ")
    page.keyboard.press("Enter")
    page.locator("[role=dialog]", has_text="尚未办结").wait_for()


def test_what_is_printed_before_its_charts_are_drawn_has_their_numbers(browse):
    page = browse("leader")
    page.context.route("**/PlotlyChart*.js", lambda _route: None)  # is on its way for ever
    page.goto(f"{page.served}/outcomes")
    card = page.locator(".st-key-card-chart-flow")
    card.locator(".f2f-fold").wait_for()
    page.emulate_media(media="print")
    assert card.locator("table").is_hidden()
    page.wait_for_function("window.f2fChartsAre")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    said = page.locator(".f2f-undrawn", has_text="图还没有画好")
    assert said.is_visible()
    assert card.locator("table").is_visible() and card.locator("[data-testid=stSkeleton]").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert card.locator("table").is_hidden() and said.count() == 0


CUT = """() => { const right = (one) => one.getBoundingClientRect().right
  const within = (chart) => [...chart.querySelectorAll(".main-svg")].every((drawn) => right(drawn) <= right(chart) + 1)
  const all = [...document.querySelectorAll(".stPlotlyChart")]
  return all.filter((chart) => !within(chart)).map((chart) => chart.ariaLabel) }"""


# Chromium lays a sheet out anew without a script: what counts its columns by the window has those of the screen.
NARROW = """kind => { document.querySelector("[data-testid=stMainBlockContainer]").style.maxWidth = "703px"
  return [...document.querySelectorAll(kind)].filter((one) => one.clientWidth < 150).map((one) => one.innerText) }"""


@pytest.mark.parametrize(("path", "kind"), [
    ("outcomes", "[class*='st-key-card-figure'] button"), ("place", "[class*='st-key-card-figure'] button"),
    ("results", ".f2f-span-track"),
])  # fmt: skip
def test_on_paper_a_figure_has_room_for_its_number_and_an_interval_for_its_line(browse, path, kind):
    page = opened(browse, path)
    page.locator(kind).first.wait_for()
    page.emulate_media(media="print")
    assert page.evaluate(NARROW, kind) == []


def test_on_paper_a_chart_is_whole_its_values_too_and_no_heading_stands_over_nothing(browse):
    page = opened(browse, "results")
    page.locator(".st-key-card-chart-time-index .main-svg").first.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 within its margins
    assert page.evaluate(CUT) == []
    assert page.get_by_text("下载与发布").is_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("[data-f2f-drawn], .main-svg[viewBox]").count() == 0
