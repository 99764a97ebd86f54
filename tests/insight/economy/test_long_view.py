"""An indicator over the years beside its city and province; which figure comes next and which is late."""

from datetime import date

import pytest

from db import sql
from insight.economy.due import due
from insight.economy.long_view import long_view
from insight.economy.published import neighbours, published
from insight.glance.growth import multiples
from insight.glance.picture import SHEET
from tests.insight.economy.test_economy import brush
from tests.insight.world import publish
from tests.there import there, traces

DAY = date(2023, 12, 31)


def three_years(store):
    for year, growth in ((2021, -2.0), (2022, 9.1), (2023, 11.6)):
        publish(store, "exports", f"{year}-01-01", f"{year}-09-30", 900.0 + year, growth, f"{year}-10-20")
        publish(store, "exports", f"{year}-01-01", f"{year}-10-31", 1000.0 + year, growth, f"{year}-11-20")


def drawn(store, since=2019, day=DAY):
    (indicator,) = store.read(lambda con: published(con, day))
    chart = long_view(indicator, store.read(lambda con: neighbours(con, "exports", day)), since, brush("zh"))
    assert chart is not None
    return chart


def test_the_years_are_chosen_and_a_cumulative_series_begins_anew_each_january(store):
    three_years(store)
    chart = drawn(store)
    assert list(traces(chart.figure)[0].y) == [-2.0, -2.0, None, 9.1, 9.1, None, 11.6, 11.6]
    assert "最高 +11.6%" in chart.title and "最低 −2.0%" in chart.title
    axis = there(chart.figure).layout.yaxis
    assert axis.range[0] <= -2 and axis.range[1] >= 11.6 and axis.ticksuffix == "%"
    assert list(traces(drawn(store, since=2023).figure)[0].y) == [11.6, 11.6]


def test_the_citys_and_the_provinces_line_stand_beside_where_they_were_imported(store):
    three_years(store)
    assert len(traces(drawn(store).figure)) == 1
    three_years_of_the_city = "UPDATE observation SET geography = 'city' WHERE period_end = DATE '2023-10-31'"
    store.write(lambda con: sql.run(con, three_years_of_the_city))
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 7.0, "2023-11-20")
    chart = drawn(store)
    assert chart.title == "出口总额 2023年1—10月：本区 +7.0%，全市 +11.6%"
    assert [name for name, _ in chart.keys] == ["本区", "全市"] and chart.rows[0] == ("2023年1—10月", "+7.0%", "+11.6%")


@pytest.mark.parametrize(("day", "late"), [(date(2023, 12, 20), 0), (date(2023, 12, 25), 0), (date(2023, 12, 31), 11)])
def test_the_next_release_is_reckoned_from_the_last_ones_and_is_late_after_some_days(store, day, late):
    three_years(store)
    (one,) = due(store.read(lambda con: published(con, day)), day)
    assert (one.point.start, one.point.end, one.day) == (date(2023, 1, 1), date(2023, 11, 30), date(2023, 12, 20))
    assert one.late == late


def test_after_a_year_january_and_february_come_as_one(store):
    publish(store, "exports", "2023-01-01", "2023-12-31", 1400.0, 5.0, "2024-01-20")
    (one,) = due(store.read(lambda con: published(con, date(2024, 2, 1))), date(2024, 2, 1))
    assert one.point.end == date(2024, 12, 31), "one period alone says nothing of the next but a year"
    publish(store, "exports", "2023-01-01", "2023-11-30", 1300.0, 5.0, "2023-12-20")
    (one,) = due(store.read(lambda con: published(con, date(2024, 2, 1))), date(2024, 2, 1))
    assert one.point.end == date(2024, 2, 29)


def test_every_indicator_has_a_panel_also_one_that_is_only_counted(store):
    three_years(store)
    for year, value in ((2022, 20.0), (2023, 31.0)):
        publish(store, "talents", f"{year}-01-01", f"{year}-11-30", value, None, f"{year}-12-01")
    picture = multiples(store.read(lambda con: published(con, DAY)), brush("zh"), SHEET)
    assert [trace.ids[0].partition("#")[0] for trace in traces(picture.figure)] == [
        "economy:exports",
        "economy:talents",
    ]
    assert [row[0] for row in picture.rows] == ["出口总额", "国家级领军人才"] and picture.rows[1][2] == "—"
