"""Two periods beside each other: only what was published for both, each kind of growth on a scale of its own."""

from datetime import date

import pytest

from insight.citing.said import plain_brush
from insight.economy.published import published
from insight.glance.compared import compared, month_choices
from tests.insight.world import publish
from tests.journeys.imports.test_import_pages import shown
from tests.there import there

NOW, BEFORE = date(2023, 9, 30), date(2022, 9, 30)


@pytest.fixture
def found(store):
    for code, growths in {"exports": (11.5, 9.0), "retail_sales": (4.0, 6.0), "gdp": (8.2, 5.0)}.items():
        for year, growth in zip((2023, 2022), growths, strict=True):
            publish(store, code, f"{year}-01-01", f"{year}-09-30", 100.0, growth, f"{year}-10-28")
    publish(store, "budget_revenue", "2023-01-01", "2023-09-30", 100.0, 3.0, "2023-10-28")
    return store.read(lambda con: published(con, date(2023, 11, 30)))


def test_what_was_published_for_both_stands_beside_with_its_move_in_points(found):
    chart = compared(found, NOW, BEFORE, plain_brush("zh"))
    assert chart.title == "2023年9月与2022年9月相比：3 项中 2 项增速加快"
    rows = {row[0]: row[1:] for row in chart.rows}
    assert rows["出口总额"] == ("+11.5%", "+9.0%", "+2.5 个百分点") and "一般公共预算收入" not in rows


def test_no_kind_of_growth_shares_a_scale_with_another(found):
    figure = there(compared(found, NOW, BEFORE, plain_brush("en")).figure)
    assert {(trace.xaxis, len(set(trace.y) - {None})) for trace in figure.data if trace.mode == "markers"} == {
        ("x", 1), ("x2", 2)}  # fmt: skip


def test_two_months_without_a_common_indicator_are_said_in_words(found):
    assert compared(found, NOW, date(2020, 1, 31), plain_brush("zh")).figure is None
    assert month_choices(found) == [NOW, BEFORE]


def test_a_leader_chooses_the_two_periods_on_the_page(found, people, open_page):
    page = open_page(people.leader, "economy", language="en")
    assert "Sep 2023 beside Sep 2022: 2 of 3 grow faster" in shown(page)
    page = page.selectbox(key="economy-compare-now").set_value(BEFORE).run()
    assert "Sep 2022 beside Sep 2022: 0 of 3" in shown(page)
