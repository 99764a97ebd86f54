"""The economy beside the forums: an association on one axis of time."""

from datetime import date

from db.figures.figures import EVERYTHING
from db.scope import ALL
from insight.cases.board import read_board
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.economy.published import published
from insight.economy.together import side_by_side, together
from tests.conftest import words
from tests.insight.cases.test_dashboard import asked
from tests.insight.world import add_forum, publish
from tests.there import there, traces

DAY = date(2023, 11, 30)


def drawn(store):
    board = store.read(lambda con: read_board(con, scope=ALL, filters=EVERYTHING, as_of=DAY))
    (indicator,) = store.read(lambda con: published(con, DAY))
    return together(indicator, board, Brush(palette(dark=False), CodeNames(), "zh"))


def test_every_forum_is_a_mark_and_the_growth_is_the_published_one(store):
    add_forum(store, 50, "2023-09-20")
    add_forum(store, 51, "2023-11-02")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-20")
    chart = drawn(store)
    growth, _, strip = traces(chart.figure)
    assert len(strip.x) == 2 and not there(chart.figure).layout.shapes, (
        "a stroke a forum in a strip, no line through all"
    )
    assert list(growth.y) == [11.6] and "相关不等于因果" in chart.source


def test_the_title_says_how_each_stands_and_the_axis_of_growth_begins_at_zero(store):
    add_forum(store, 51, "2023-11-02")
    publish(store, "exports", "2022-01-01", "2022-10-31", 1066.3, 9.1, "2022-11-20")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-20")
    chart = drawn(store)
    assert "出口总额2023年1—10月 +11.6%，上年同期 +9.1%" in chart.title and "近12个月面对面 1 场" in chart.title
    layout = there(chart.figure).layout
    assert layout.yaxis2.range[0] == 0 and layout.yaxis2.range[1] > 11.6 and layout.yaxis2.ticksuffix == "%"
    assert layout.xaxis.range[1] >= DAY, "the axis of time reaches the day"


def test_a_new_year_of_a_cumulative_series_is_not_joined_to_the_old(store):
    publish(store, "exports", "2022-01-01", "2022-12-31", 1300.0, 5.0, "2023-11-20")
    publish(store, "exports", "2023-01-01", "2023-02-28", 200.0, 9.0, "2023-11-20")
    assert list(traces(drawn(store).figure)[0].y) == [5.0, None, 9.0]


def test_the_page_says_that_it_is_no_cause(store, people, open_page):
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-20")
    assert "不说明因果" in words(asked(open_page(people.leader, "together"), i="exports"))


def test_the_numbers_stand_under_the_chart_month_by_month(store):
    add_forum(store, 50, "2023-09-20")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-20")
    board = store.read(lambda con: read_board(con, scope=ALL, filters=EVERYTHING, as_of=DAY))
    (indicator,) = store.read(lambda con: published(con, DAY))
    _, rows = side_by_side(indicator, board, Brush(palette(dark=False), CodeNames(), "zh"))
    assert rows == [["2023年10月", "+11.6% (1—10月)", "—", "—"], ["2023年9月", "—", "—", "第 50 场"]]
