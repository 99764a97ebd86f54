"""The glance as a person sees it: what only a browser can measure."""

import re
from itertools import combinations, product

import pytest

pytestmark = pytest.mark.browser

PICTURES = 6
SIZES = ((1440, 900), (1920, 1080))
BETWEEN = (768, 1160, 1366)
WALLS = ((1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
# The words outside of charts that a reader sees; the words of charts with their boxes on the screen.
UNSEEN = (
    ".js-plotly-plot, .f2f-header, style, script, [class*=st-key-f2f-of-], [class*=st-key-open-numbers], "
    ".f2f-foot span:last-child"
)
OUTSIDE = """unseen => { const all = document.querySelector('[data-testid=stMainBlockContainer]').cloneNode(true);
    all.querySelectorAll(unseen).forEach(e => e.remove());
    return all.textContent.replace(/\\s+/g, ' ').trim(); }"""
BOXES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => [...chart.querySelectorAll('svg text')]
    .filter(e => e.textContent.trim() && e.closest('g.hoverlayer') === null).map(e => {
        const box = e.getBoundingClientRect(), edge = chart.getBoundingClientRect();
        return {words: e.textContent, x0: box.left, x1: box.right, y0: box.top, y1: box.bottom,
                out: box.left < edge.left - 2 || box.right > edge.right + 2 || box.top < edge.top - 2
                    || box.bottom > edge.bottom + 2}; }))"""

# Charts follow the window some time after it: whether each is as large as the place that it has.
FOLLOWED = """() => [...document.querySelectorAll('.js-plotly-plot')].every(chart => {
    const place = chart.closest('[data-testid=stPlotlyChart]').getBoundingClientRect();
    const drawn = chart.querySelector('.main-svg')?.getBoundingClientRect();
    const off = (side) => Math.abs(place[side] - drawn[side]) >= 2;
    return !place.width || drawn && !off('width') && !off('height'); })"""

# Of the charts of a board those that are wider or higher than the card that holds them.
CUT = """() => [...document.querySelectorAll('[class*=st-key-card-glance]')].filter(card => {
    const edge = card.getBoundingClientRect(), drawn = card.querySelector('.main-svg')?.getBoundingClientRect();
    return drawn && (drawn.right > edge.right + 1 || drawn.bottom > edge.bottom + 1); }).map(card => card.className)"""

# Of its card's width a chart takes; the least of all.
FILLED = """all => Math.min(...all.map(e => e.getBoundingClientRect().width
    / e.closest('[class*=st-key-card-wall]').getBoundingClientRect().width))"""


def looked_at(browse, language="zh-CN", width=1440, height=None, path="dashboard", pictures=PICTURES):
    page = browse("leader", width=width, language=language)
    if height:
        page.set_viewport_size({"width": width, "height": height})
    page.visit(path)
    stands(page, pictures)
    return page


def stands(page, pictures=PICTURES):
    """The words of a board with all of its pictures, which nothing moves any more."""
    page.locator(".js-plotly-plot .main-svg").nth(2 * pictures - 1).wait_for(state="attached")
    page.wait_for_function(FOLLOWED)
    return at_rest(page, page.locator(".js-plotly-plot"), pictures)


def at_rest(page, shown, pictures):
    """The words of a board that stands: while one turns into the next, charts of both are on their way."""
    before = None
    for _ in range(120):
        boxes = page.evaluate(BOXES) if shown.count() == pictures == page.locator(".js-plotly-plot").count() else []
        if boxes and all(boxes) and boxes == before:
            return boxes
        before = boxes
        page.wait_for_timeout(500)
    raise AssertionError("the board never came to rest")


def colliding(charts):
    """Pairs of words that run into each other by more than a hair, and words that leave their chart."""
    found = []
    for words in charts:
        found += [one["words"] for one in words if one["out"]]
        for a, b in combinations(words, 2):
            across, down = min(a["x1"], b["x1"]) - max(a["x0"], b["x0"]), min(a["y1"], b["y1"]) - max(a["y0"], b["y0"])
            if across > 2 and down > 4:  # a line's box is higher than its letters
                found.append(f"{a['words']} / {b['words']}")
    return found


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_board_stands_on_one_screen_of_pictures_and_few_words(browse, language):
    page = looked_at(browse, language)
    assert page.locator(".js-plotly-plot").count() == PICTURES <= 8
    assert page.locator(".f2f-sketch").count() == 0
    assert len(page.evaluate(OUTSIDE, UNSEEN)) <= 600
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert colliding(stands(page)) == []
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("e => e.scrollHeight") <= height and main.evaluate("e => e.scrollWidth") <= width


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_on_a_phone_the_pictures_stand_below_each_other_and_no_words_collide(browse, language):
    page = looked_at(browse, language, width=390)
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth") <= 390
    charts = page.locator(".js-plotly-plot")
    lefts = charts.evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
    assert len(set(map(round, lefts))) == 1
    assert colliding(page.evaluate(BOXES)) == []
    assert "12" in page.locator(".st-key-card-glance-strip").inner_text(), "a label keeps its period"


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_on_a_tablet_and_a_small_laptop_no_words_collide(browse, language):
    page = looked_at(browse, language, width=BETWEEN[0])
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 900})
        assert colliding(stands(page)) == [], width
        assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth") <= width


def press(page, code, at):
    """A place of a picture, in shares of its width and height."""
    chart = page.locator(f".st-key-card-glance-{code} .js-plotly-plot")
    box = chart.bounding_box()
    x, y = box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.wait_for_function("chart => chart._hoverdata?.length", arg=chart.element_handle())
    page.mouse.click(x, y)


LEADS = (
    ("strip", (0.03, 0.5), "/desk?state=unsettled"),
    ("strip", (0.2, 0.5), "/desk?overdue=late"),
    ("towns", (0.7, 0.3), "/desk?town=330603001&state=unsettled"),
    ("forums", (0.97, 0.8), "/forums?forum="),
)


def test_what_is_pressed_leads_to_the_cases_behind_it(browse):
    page = looked_at(browse)
    for code, at, leads in LEADS:
        press(page, code, at)
        page.wait_for_url(lambda address, leads=leads: leads in address)
        page.go_back()
        stands(page)


def test_a_point_opens_its_drawer_and_opens_it_again(browse):
    page = looked_at(browse)
    for _ in range(2):
        press(page, "economy", (0.1, 0.75))
        page.get_by_role("dialog").get_by_text("原样引用").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
        stands(page)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_wall_shows_everything_on_two_boards_and_cuts_nothing_on_any_screen(browse, language):
    page = looked_at(browse, language, 1920, 1080, "screen", pictures=3)
    for place, (width, height) in product((0, 1), WALLS):
        page.set_viewport_size({"width": width, "height": height})
        shown = page.locator(f".st-key-f2f-wall-{place} .js-plotly-plot")
        assert colliding(at_rest(page, shown, 3)) == [], (width, height)
        assert shown.evaluate_all(FILLED) >= 0.9, (width, height)
        cards = page.locator("[class*=st-key-card-wall]")
        assert cards.evaluate_all("all => all.filter(e => e.scrollHeight > e.clientHeight + 2).length") == 0
        assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollHeight") <= height


def test_a_window_that_is_narrowed_gets_the_drawing_of_its_width(browse):
    page = browse("leader")
    page.visit("/dashboard")
    second = "() => { const one = document.querySelector('.js-plotly-plot');"
    second += " return one && one.layout && one.layout.xaxis2 ? one.layout.xaxis2.domain[1] : 0 }"
    page.wait_for_function(f"() => {{ const end = ({second})(); return end > 0 && end < 0.5 }}")
    page.set_viewport_size({"width": 900, "height": 1100})  # a tablet has a phone's drawings, two beside each other
    page.wait_for_function(f"() => ({second})() > 0.9")
    cards = page.locator("[class*=st-key-card-glance]").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect().x)"
    )
    assert len({round(left) for left in cards}) == 2


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1440), ("en-US", 1920), ("en-US", 1200), ("zh-CN", 800)])
def test_the_board_is_printed_on_one_sheet_as_it_stands_and_printing_draws_nothing_anew(browse, language, width):
    page, loads = looked_at(browse, language, width), []
    page.on("load", lambda _: loads.append(page.url))
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    assert loads == []
