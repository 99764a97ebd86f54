"""The economy as published: newest vintages, gaps that stay gaps, amounts in the reader's units."""

from datetime import date

import i18n
from insight import wording
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.economy import published as economy
from insight.economy.charts import economy as drawn
from tests.insight.world import publish
from tests.there import layout, traces


def published(store, as_of=date(2023, 12, 31)):
    return {one.code: one for one in store.read(lambda con: economy.published(con, as_of))}


def test_the_newest_vintage_by_the_date_is_shown(store):
    publish(store, "gdp", "2023-01-01", "2023-09-30", 1450, 8.2, "2023-10-28")
    publish(store, "gdp", "2023-01-01", "2023-09-30", 1452, 8.3, "2023-12-20")
    assert published(store)["gdp"].latest.value == 1452
    assert published(store, date(2023, 11, 30))["gdp"].latest.value == 1450
    assert published(store, date(2023, 10, 1)) == {}


def test_january_and_february_are_one_point_and_a_missing_month_is_a_gap(store):
    publish(store, "exports", "2023-01-01", "2023-02-28", 180, 5.0, "2023-03-20")
    publish(store, "exports", "2023-01-01", "2023-04-30", 400, 6.0, "2023-05-20")
    exports = published(store)["exports"]
    assert exports.months == [2, 3, 4]
    figure = drawn(exports, brush("zh")).figure
    assert list(traces(figure)[1].y) == [180, None, 400]
    assert layout(figure).yaxis2.overlaying is None, "growth has a panel of its own, not a second axis"


def test_a_growth_only_series_shows_growth_and_no_level(store):
    publish(store, "fixed_investment", "2023-01-01", "2023-10-31", None, 4.1, "2023-11-18")
    chart = drawn(published(store)["fixed_investment"], brush("en"))
    assert chart.title == "Fixed-asset investment, Jan–Oct 2023: +4.1% on the year"
    assert list(traces(chart.figure)[1].y) == [4.1]


def test_last_year_is_what_was_published_and_never_derived(store):
    publish(store, "gdp", "2023-01-01", "2023-09-30", 1450, 8.2, "2023-10-28")
    figure = drawn(published(store)["gdp"], brush("zh")).figure
    assert list(traces(figure)[0].y) == [None]


def test_a_chart_says_its_period_basis_source_and_release(store):
    publish(store, "gdp", "2023-01-01", "2023-09-30", 1450, 8.2, "2023-10-28")
    chart = drawn(published(store)["gdp"], brush("zh"))
    assert chart.title == "地区生产总值（2023年前三季度）：1,450.0 亿元，同比 +8.2%"
    for said in ("2023年前三季度", "现价", "按可比价", "示例来源", "2023年10月28日"):
        assert said in chart.source


def test_amounts_are_written_in_each_reader_s_units():
    assert wording.amount(1450, "亿元", 0, "zh") == "1,450 亿元"
    assert wording.amount(1450, "亿元", 0, "en") == "CNY 145.0 bn"
    assert wording.amount(23000, "户", 0, "zh") == "2.3 万户"
    assert wording.amount(23000, "户", 0, "en") == "23,000"
    assert wording.amount(31, "人", 0, "zh") == "31 人"


def test_periods_are_named_as_they_are_published():
    named = [
        wording.period(kind, date(2023, 1, 1), date(2023, end, 28), language)
        for kind, end in (("ytd_quarter", 9), ("ytd_month", 10), ("ytd_month", 2))
        for language in i18n.everywhere()
    ]
    assert named == ["前三季度", "Q1–Q3", "1—10月", "Jan–Oct", "1—2月", "Jan–Feb"]


def brush(language):
    return Brush(palette(dark=False), CodeNames(), language)
