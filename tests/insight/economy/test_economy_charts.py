"""Each kind of series has the chart that suits it; what is preliminary, broken, missing or derived shows as such."""

from datetime import date, datetime

from db import sql
from db.events import Event
from db.indicators import indicators
from db.indicators.indicators import Break, TargetRow
from insight.economy import published as economy
from insight.economy import tables as economy_tables
from insight.economy.charts import KINDS, kind_of
from insight.economy.charts import economy as drawn
from tests.insight.economy.test_economy import brush
from tests.insight.world import publish
from tests.there import layout, there, traces

AT = datetime(2023, 12, 1, 4, 0)


def shown(store, code: str):
    return next(one for one in store.read(lambda con: economy.published(con, date(2023, 12, 31))) if one.code == code)


def mark_break(store, code: str, day: date) -> None:
    marked = Break(code, "district", day, "scope", "规模标准调整", AT)
    store.write(lambda con: indicators.mark_break(con, marked, event=Event(AT, "indicator", "break", code, 1)))


def test_every_indicator_of_the_list_has_a_chart(store):
    listed = store.read(indicators.indicators)
    assert {one.chart for one in listed} - {economy.BESIDE} == set(KINDS)


ENDS = {"ytd_quarter": "2023-09-30", "month": "2023-10-31"}
PERIODS = {"ytd_quarter": ("2023年前三季度", "Q1–Q3 2023"), "month": ("2023年10月", "Oct 2023")}
FOOTINGS = {
    ("current", "real"): (("现价", "可比价"), ("current prices", "comparable prices")),
    ("current", "nominal"): (("现价", "名义增速"), ("current prices", "nominal growth")),
    ("none", "real"): (("可比价",), ("comparable prices",)),
    ("none", "nominal"): (("名义增速",), ("nominal growth",)),
    ("none", "quantity"): (("实物量",), ("growth in quantity",)),
    ("none", "count"): (("按户数或人数",), ("by count",)),
}


def test_every_chart_names_its_period_price_basis_vintage_and_source_in_both_languages(store):
    for one in store.read(indicators.indicators):
        end, value = ENDS.get(one.period_kind, "2023-10-31"), 100 if one.has_level else None
        start = "2023-10-01" if one.period_kind == "month" else "2023-01-01"
        for day, growth in (("2023-11-20", 5.4), ("2023-12-20", 5.5)):
            publish(store, one.code, start, end, value, growth, day)
    known = store.read(lambda con: economy.published(con, date(2023, 12, 31)))
    assert {kind_of(one) for one in known} >= set(KINDS) - {"bullet"}
    for one in known:
        for n, day, vintage in ((0, "2023年12月20日", "第 2 版"), (1, "20 Dec 2023", "vintage 2")):
            made = brush(("zh", "en")[n])
            period = PERIODS.get(one.period_kind, ("2023年1—10月", "Jan–Oct 2023"))[n]
            charts = [drawn(one, made), economy_tables.monthly(one, made)]
            for chart in (chart for chart in charts if chart is not None):
                footing = FOOTINGS[one.price_basis, one.growth_basis][n]
                missing = {words for words in (period, *footing, day, vintage, "示例来源") if words not in chart.source}
                assert missing == set(), one.code
            assert period in charts[0].title


def test_growth_stands_in_a_panel_of_its_own_and_never_on_a_second_axis(store):
    publish(store, "gdp", "2023-01-01", "2023-06-30", 930, 8.0, "2023-07-20")
    publish(store, "gdp", "2023-01-01", "2023-09-30", 1450, 8.2, "2023-10-28")
    figure = drawn(shown(store, "gdp"), brush("zh")).figure
    assert list(traces(figure)[-1].y) == [8.0, 8.2]
    assert traces(figure)[-1].yaxis == "y2"
    assert layout(figure).yaxis2.overlaying is None
    assert layout(figure).yaxis2.domain[1] < layout(figure).yaxis.domain[0], "the panels do not overlap"


def test_january_and_february_are_named_together(store):
    publish(store, "exports", "2023-01-01", "2023-02-28", 180, 5.0, "2023-03-20")
    publish(store, "exports", "2023-01-01", "2023-03-31", 300, 6.0, "2023-04-20")
    exports = shown(store, "exports")
    assert list(traces(drawn(exports, brush("zh")).figure)[1].x) == ["1—<br>2月", "3月"]
    assert list(traces(drawn(exports, brush("en")).figure)[1].x) == ["Jan–<br>Feb", "Mar"]


def test_preliminary_values_are_told_and_no_bar_is_hatched(store):
    publish(store, "gdp", "2023-01-01", "2023-03-31", 500.0, 5.0, "2023-04-20", status="verified")
    publish(store, "gdp", "2023-01-01", "2023-06-30", 1000.0, 5.0, "2023-07-20")
    chart = drawn(shown(store, "gdp"), brush("zh"))
    assert traces(chart.figure)[1].marker.pattern.shape is None and "初步数" in chart.source
    assert ["初步数" in said for said in traces(chart.figure)[1].customdata] == [False, True]


def test_the_same_figures_again_revise_nothing_and_a_change_is_seen_on_the_chart(store):
    for day, value in (("2023-11-18", 1189.0), ("2023-11-22", 1190.0), ("2023-12-20", 1190.0)):
        publish(store, "exports", "2023-01-01", "2023-10-31", value, 11.6, day)
    point = shown(store, "exports").latest
    assert (point.revised, point.was_value) == (1, 1189.0)
    chart = drawn(shown(store, "exports"), brush("zh"))
    (mark,) = (one for one in traces(chart.figure) if one.type == "scatter" and one.marker.symbol == "diamond-open")
    assert list(mark.y) == [1189.0] and "修订前 1,189.0 亿元" in mark.customdata[0]
    assert "第 2 版" in chart.source and "第 3 版" not in chart.source


def test_a_break_is_marked_and_named(store):
    publish(store, "industrial_output", "2023-01-01", "2023-02-28", 250, 5.0, "2023-03-20")
    publish(store, "industrial_output", "2023-01-01", "2023-03-31", 400, 6.0, "2023-04-20")
    mark_break(store, "industrial_output", date(2023, 3, 1))
    chart = drawn(shown(store, "industrial_output"), brush("zh"))
    assert [shape.x0 for shape in layout(chart.figure).shapes] == [0.5], "between Jan–Feb and March"
    assert "规模标准调整" in chart.source
    assert economy_tables.months(shown(store, "industrial_output")) == {2: (250.0, False)}, "nothing derived across it"


def test_budget_revenue_is_a_bullet_against_the_year_s_budget(store):
    publish(store, "budget_revenue", "2023-01-01", "2023-10-31", 120.0, 6.8, "2023-11-18")
    assert kind_of(shown(store, "budget_revenue")) == "columns", "without a budget"
    target = {**vars(TargetRow("budget_revenue", "district", 2023, 150.0, 0, "区财政局")), "imported_at": AT}
    store.write(lambda con: sql.insert(con, "indicator_target", target))
    chart = drawn(shown(store, "budget_revenue"), brush("zh"))
    assert [list(trace.x) for trace in traces(chart.figure)] == [[150.0], [120.0]]
    assert "完成年度预算的 80.0%" in chart.title


def test_electricity_has_one_line_a_year_over_the_months(store):
    for year in (2021, 2022, 2023):
        publish(store, "electricity", f"{year}-01-01", f"{year}-01-31", 10.0 + year - 2021, 1.0, f"{year}-02-15")
    chart = drawn(shown(store, "electricity"), brush("zh"))
    assert [trace.y[0] for trace in traces(chart.figure)] == [10.0, 11.0, 12.0]
    assert [word for word, _ in chart.keys] == ["2023", "2022", "2021"]
    assert list(traces(chart.figure)[0].y[1:]) == [None] * 11, "a missing month is a gap"


def test_the_stock_of_entities_stands_below_the_flow(store):
    publish(store, "new_entities", "2023-01-01", "2023-02-28", 3000, 1.0, "2023-03-20")
    publish(store, "entities_stock", "2023-02-28", "2023-02-28", 180000, None, "2023-03-20")
    found = store.read(lambda con: economy.published(con, date(2023, 12, 31)))
    assert [one.code for one in found] == ["new_entities"], "the stock has no chart of its own"
    figure = drawn(found[0], brush("zh")).figure
    assert (list(traces(figure)[-1].y), traces(figure)[-1].yaxis) == ([180000], "y2")


def test_months_are_published_or_derived_and_say_which(store):
    for month, value in ((2, 180.0), (3, 300.0), (4, 420.5)):
        publish(store, "exports", "2023-01-01", f"2023-0{month}-28", value, 5.0, f"2023-0{month + 1}-20")
    publish(store, "exports", "2023-04-01", "2023-04-28", 119.9, 5.0, "2023-05-20")
    exports = shown(store, "exports")
    assert economy_tables.months(exports) == {2: (180.0, False), 3: (120.0, True), 4: (119.9, False)}
    assert "推算" in there(economy_tables.monthly(exports, brush("zh"))).source


def test_the_numbers_under_a_chart_and_the_file_are_what_was_published(store):
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-22")
    exports = shown(store, "exports")
    assert economy_tables.numbers(exports, brush("zh"))[0][:3] == ["2023年1—10月", "1,190.0 亿元", "+11.6%"]
    columns, rows = economy_tables.data(exports, "en")
    assert (len(columns), rows[0][2:5]) == (8, [1190.0, "亿元", 11.6])


def test_a_revision_shows_before_and_after(store):
    publish(store, "gdp", "2022-01-01", "2022-12-31", 1856.0, 4.4, "2023-01-28")
    publish(store, "gdp", "2022-01-01", "2022-12-31", 1862.3, 4.5, "2023-09-28")
    stored = store.read(lambda con: indicators.stored(con, ["gdp"]))
    (found,) = economy_tables.revisions(shown(store, "gdp"), stored, "zh")
    assert (found.period, found.before.value, found.after.value) == ("2022年全年", 1856.0, 1862.3)
