"""Tables as statistics bureaus lay them out are read cell by cell: form is forgiven, meaning never."""

import io
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from access.actor import Actor
from db.indicators import indicators
from intake.files.upload import Upload
from intake.indicators.importing import check_indicators, import_indicators
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.known import name_of

pytestmark = pytest.mark.usefixtures("read_here")

CLERK = Actor("clerk", "staff", "示例")
AT = datetime(2024, 3, 1, 4, 0)
GIVEN = Supplement(source="区统计局", released="2023-11-20")

BULLETIN = """2023年1-10月主要经济指标,,,,,
,,,单位：亿元、%,,
指标名称,单位,10月,同比±%,1—10月累计,同比±%
一、地区生产总值（前三季度）,亿元,—,—,1450.0,8.2
  #第二产业,亿元,,,700,7.1
二、规模以上工业总产值,亿元,190.2,5.1,"1,860.0",…
规模以上工业增加值,%,—,7.7,—,8.8
三、固定资产投资,%,,,,１２．６
  其中：民间投资,%,,,,5.5
五、进出口总额,亿元,,,1300.1,10.1
其中：出口,亿元,110.2,9.9,1190.0,11.6
一般公共预算收入,万元,102345,3.1,1201345,6.8
全社会用电量,亿千瓦时,11.2,5.5,120.5,6.1
注：1.规模以上工业按年主营业务收入2000万元以上统计。
数据来源：区统计局　发布日期：2023年11月20日
"""


def csv(text: str, name: str = "x.csv", encoding: str = "utf-8") -> Upload:
    return Upload(name, text.encode(encoding))


def xlsx(*fill, name: str = "x.xlsx") -> Upload:
    """One sheet for each function, named as it says."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for title, draw in fill:
            draw(book, book.add_worksheet(title))
    return Upload(name, buffer.getvalue())


@pytest.fixture
def check(store):
    def checked(upload, given=GIVEN, **options):
        file = csv(upload) if isinstance(upload, str) else upload
        return check_indicators(store, actor=CLERK, upload=file, at=AT, given=given, **options)

    return checked


def read(outcome) -> dict[tuple, tuple]:
    """(indicator, first month, last month) → (value, growth) of the district in its one year."""
    return {
        (r.indicator.code, r.period.start.month, r.period.end.month): (
            None if r.value is None else float(r.value), None if r.yoy is None else float(r.yoy)
        )
        for r in outcome.read
    }  # fmt: skip


def codes(findings) -> list[tuple[str, str]]:
    return [(found.cell, found.code) for found in findings]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_monthly_bulletin_is_read_with_month_and_cumulative_side_by_side(check, encoding):
    outcome = check(csv(BULLETIN, encoding=encoding), Supplement())
    assert outcome.refused == ()
    assert read(outcome) == {
        ("gdp", 1, 9): (1450.0, 8.2),
        ("industrial_output", 1, 10): (1860.0, None),
        ("industrial_value_added", 10, 10): (None, 7.7),
        ("industrial_value_added", 1, 10): (None, 8.8),
        ("fixed_investment", 1, 10): (None, 12.6),
        ("exports", 10, 10): (110.2, 9.9),
        ("exports", 1, 10): (1190.0, 11.6),
        ("budget_revenue", 1, 10): (120.1345, 6.8),
        ("electricity", 10, 10): (11.2, 5.5),
    }
    assert {(r.source, r.released) for r in outcome.read} == {("区统计局", date(2023, 11, 20))}
    assert [one.name for one in outcome.unknown] == ["第二产业", "民间投资", "进出口总额"]


def test_every_reading_names_its_cells_and_those_that_said_what_it_is(check):
    exports = next(r for r in check(BULLETIN).read if r.indicator.code == "exports" and r.period.months == 10)
    assert (exports.row, exports.cell, exports.growth_cell) == (11, "E11", "F11")
    assert exports.said["months"] == "E3"
    assert exports.said["year"] == "A1"
    assert exports.said["unit"] == "A11 B11"


def two_levels(book, sheet) -> None:
    sheet.merge_range(0, 0, 0, 5, "2023年10月主要经济指标完成情况")
    sheet.merge_range(1, 0, 2, 0, "指标")
    sheet.merge_range(1, 1, 1, 2, "本月")
    sheet.merge_range(1, 3, 1, 4, "累计")
    sheet.merge_range(1, 5, 2, 5, "全市位次")
    sheet.write_row(2, 1, ["绝对值", "增速（%）", "绝对值", "增速（%）"])
    sheet.write_row(3, 0, ["规上工业总产值（亿元）", 190.2, 5.1, 1860, 8.1, 3])
    sheet.write_row(4, 0, ["出口总额（万元）", 1102000, 9.9, 11900000, 11.6, 2])
    sheet.write_row(5, 0, ["限上社会消费品零售额（亿元）", 10, 9.9, 90, 11.6, 2])


def test_merged_headings_of_two_levels_are_read_and_ranks_left_out(check):
    outcome = check(xlsx(("10月", two_levels)))
    assert read(outcome) == {
        ("industrial_output", 1, 10): (1860.0, 8.1),
        ("exports", 10, 10): (110.2, 9.9),
        ("exports", 1, 10): (1190.0, 11.6),
    }
    assert ("10月!F4", "left_rank") in codes(outcome.warnings)
    assert [one.name for one in outcome.unknown] == ["限上社会消费品零售额"], "a part is never taken for the whole"


def test_headings_without_merges_hold_until_the_next(check):
    outcome = check("指标,2023年1-9月,,2023年1-10月,\n,总量,增幅(%),总量,增幅(%)\n出口总额(亿元),1080,11,1190,11.6\n")
    assert read(outcome) == {("exports", 1, 9): (1080.0, 11.0), ("exports", 1, 10): (1190.0, 11.6)}


def test_periods_stand_in_the_names_of_sheet_and_file(check):
    def table(value):
        def draw(book, sheet):
            sheet.write_row(0, 0, ["指标", "单位", "总量", "增长"])
            sheet.write_row(1, 0, ["出口总额", "亿元", value])
            sheet.write(1, 3, 0.055, book.add_format({"num_format": "0.0%"}))

        return draw

    book = xlsx(("1-2月", table(100.5)), ("1-3月", table(170.5)), name="2023年主要指标.xlsx")
    assert read(check(book)) == {("exports", 1, 2): (100.5, 5.5), ("exports", 1, 3): (170.5, 5.5)}


def test_months_across_and_towns_down(check):
    outcome = check(
        "2023年各镇街规上工业总产值（累计）,,,\n镇街,单位,1-2月,1-3月\n合计,亿元,250.1,420.0\n"
        "柯桥街道,亿元,20.5,31\n华舍,亿元,20,-\n经济技术开发区,亿元,9,9\n"
    )
    assert [(r.geography, r.period.end.month, r.value and float(r.value), r.mark) for r in outcome.read] == [
        ("district", 2, 250.1, None), ("district", 3, 420.0, None), ("330603001", 2, 20.5, None),
        ("330603001", 3, 31.0, None), ("330603003", 2, 20.0, None), ("330603003", 3, None, "not_applicable"),
    ]  # fmt: skip
    assert [one.name for one in outcome.unknown] == ["经济技术开发区"], "a platform is no 17th town"


def test_years_across_with_growth_in_a_row_of_its_own(check):
    outcome = check("柯桥区地区生产总值,,,\n,2021年,2022年,2023年\n"
        "地区生产总值（亿元）,1747.3,1901.0,2035.5\n  增长（%）,9.1,4.5,7.1\n",
                    Supplement("区统计局", "2024-02-01"))  # fmt: skip
    assert [(r.period.start.year, float(r.value), float(r.yoy)) for r in outcome.read] == [
        (2021, 1747.3, 9.1), (2022, 1901.0, 4.5), (2023, 2035.5, 7.1)
    ]  # fmt: skip


def test_years_and_months_down_the_side_repeat_where_they_are_blank(check):
    outcome = check(
        "年份,月份,出口总额,,社会消费品零售总额,\n,,总量（亿元）,增速%,总量（万元）,增速%\n"
        "2022年,1-2月,170,1,900000,2\n2023年,1-2月,180.1,5.5,950000,6.1\n,1-3月,300,6.6,1500000,7.1\n"
    )
    assert [(r.indicator.code, r.period.start.year, r.period.end.month, float(r.value)) for r in outcome.read] == [
        ("exports", 2022, 2, 170.0), ("retail_sales", 2022, 2, 90.0), ("exports", 2023, 2, 180.1),
        ("retail_sales", 2023, 2, 95.0), ("exports", 2023, 3, 300.0), ("retail_sales", 2023, 3, 150.0),
    ]  # fmt: skip


def test_dates_that_a_spreadsheet_made_of_months_are_months(check):
    def draw(book, sheet):
        sheet.write_row(0, 0, ["全社会用电量（亿千瓦时）"])
        sheet.write(1, 0, "地区")
        for n in (1, 2):
            sheet.write_datetime(1, n, datetime(2023, n, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
        sheet.write_row(2, 0, ["全区", 10.1, 9.1])

    assert read(check(xlsx(("用电量", draw)))) == {
        ("electricity", 1, 1): (10.1, None),
        ("electricity", 2, 2): (9.1, None),
    }


def test_quarter_words_of_every_kind(check):
    outcome = check(
        "指标,2023年一季度,,2023年上半年,,2023年1-3季度,\n,绝对值(亿元),增速(%),绝对值(亿元),增速(%),绝对值(亿元),增速(%)\n"
        "地区生产总值,450,7.1,930,8,1450,8.2\n"
    )
    assert list(read(outcome)) == [("gdp", 1, 3), ("gdp", 1, 6), ("gdp", 1, 9)]


def test_dollars_are_a_series_of_their_own_beside_the_same_name(check):
    outcome = check("2023年1-10月,,,\n指标,单位,累计,比上年同期增减（％）\n"
        '外贸出口总额,万元,"11,900,000.0",１１．６％\n外贸出口总额,万美元,"1,700,000",5.5\n')  # fmt: skip
    assert read(outcome) == {("exports", 1, 10): (1190.0, 11.6), ("exports_usd", 1, 10): (170.0, 5.5)}


def test_a_budget_is_kept_as_the_year_s_target(store, check):
    table = (
        "2023年1-10月财政收支,,,,\n单位：万元,,,,\n项目,年初预算数,累计收入,完成预算%,同比增减%\n"
        "一般公共预算收入,1480000,1201345,81.2,6.8\n"
    )
    outcome = check(table)
    assert read(outcome) == {("budget_revenue", 1, 10): (120.1345, 6.8)}
    assert codes(outcome.warnings) == [("D4", "left_progress")]
    import_indicators(store, actor=CLERK, upload=csv(table), at=AT, given=GIVEN)
    assert store.read(indicators.targets)["budget_revenue", 2023].value == 148.0


def test_last_year_s_figures_beside_are_left_out_and_said(check):
    outcome = check("2023年1-10月,,,\n指标,本年累计,上年同期,增减%\n出口总额(亿元),1190,1066.3,11.6\n")
    assert read(outcome) == {("exports", 1, 10): (1190.0, 11.6)}
    assert codes(outcome.warnings) == [("C3", "left_last_year")]


def test_two_tables_below_one_another_keep_their_own_headings(check):
    outcome = check(
        "2023年1-10月,,\n指标,单位,累计\n出口总额,亿元,1190\n\n"
        "2023年1-9月财政,,\n项目,收入（万元）,同比±%\n一般公共预算收入,1000000,3.1\n"
    )
    assert read(outcome) == {("exports", 1, 10): (1190.0, None), ("budget_revenue", 1, 9): (100.0, 3.1)}


def test_an_english_table(check):
    outcome = check(
        "Main indicators, Jan-Oct 2023,,\nIndicator,Unit,Value,Growth (%)\nExports,CNY billion,119.0,+11.6\n"
    )
    assert read(outcome) == {("exports", 1, 10): (1190.0, 11.6)}


@pytest.mark.parametrize(
    "table",
    [
        "2023年1-10月,出口总额（亿元）,规模以上工业总产值（亿元）\n累计,1190,1860\n同比增长%,11.6,8.1\n",
        "项目（2023年1-10月）,累计（亿元）,同比%\n出口总额,1190,11.6\n规模以上工业总产值,1860,8.1\n",
        "指标\\2023年,1-10月（亿元）,同比%\n出口总额,1190,11.6\n规模以上工业总产值,1860,8.1\n",
    ],
)
def test_a_period_in_the_corner_holds_for_the_whole_table(check, table):
    expected = {("exports", 1, 10): (1190.0, 11.6), ("industrial_output", 1, 10): (1860.0, 8.1)}
    assert read(check(table)) == expected


def test_a_place_in_the_corner_is_heard(check):
    outcome = check("杭州市2023年1-10月,累计（亿元）,同比%\n出口总额,1190,11.6\n")
    assert {code for _, code in codes(outcome.refused)} == {"other_place"}


def test_a_year_that_nothing_states_is_refused_and_never_guessed(check):
    outcome = check("指标,单位,1-10月\n出口总额,亿元,1190\n")
    assert outcome.read == ()
    assert codes(outcome.refused) == [("C2", "period_year_missing")]


def test_two_different_figures_for_one_place_are_refused_and_a_repeated_one_is_read_once(check):
    table = "2023年1-10月,,\n指标,单位,累计\n出口总额,亿元,1190\n外贸出口,亿元,{}\n"
    assert len(check(table.format(1190)).read) == 1
    outcome = check(table.format(1191))
    assert codes(outcome.refused) == [("C4", "duplicate_in_table")]
    assert "C3" in outcome.refused[0].reason("zh")


def test_a_level_beside_growth_of_a_growth_only_series_is_left_out_and_alone_refused(check):
    outcome = check("2023年1-10月,,\n指标,绝对值（亿元）,增速（%）\n固定资产投资,500,12.6\n")
    assert (read(outcome), codes(outcome.warnings)) == (
        {("fixed_investment", 1, 10): (None, 12.6)}, [("B3", "left_level")]
    )  # fmt: skip
    assert codes(check("2023年1-10月,\n指标,绝对值（亿元）\n固定资产投资,500\n").refused) == [
        ("B3", "level_not_published")
    ]


def test_a_name_that_is_not_known_is_mapped_once_for_its_source(store, check):
    table = "2023年1-{}月,,\n指标,单位,累计\n自营外贸,亿元,{}\n其他指标,亿元,5\n出口总额,亿元,{}\n"
    said = Supplement("区统计局", "2023-11-20", {name_of("自营外贸"): "exports_usd", name_of("其他指标"): ""})
    dollars = table.replace("自营外贸,亿元", "自营外贸,亿美元")
    outcome = import_indicators(store, actor=CLERK, upload=csv(dollars.format(10, 170, 1190)), at=AT, given=said)
    assert (outcome.written, outcome.unknown) == (2, ())
    later = check(dollars.format(9, 150, 1080), Supplement("区统计局", "2023-12-20"))
    assert read(later) == {("exports_usd", 1, 9): (150.0, None), ("exports", 1, 9): (1080.0, None)}
    assert (later.remembered, later.unknown) == (2, ())
    again = check(dollars.format(9, 150, 1080), Supplement("海关", "2023-12-20"))
    assert len(again.unknown) == 2, "of that source only"


def test_a_later_release_of_a_table_is_a_revision_with_its_difference(store, check):
    table = "2023年1-10月,,\n指标,单位,累计,同比±%\n出口总额,亿元,{},11.6\n"
    import_indicators(store, actor=CLERK, upload=csv(table.format(1190)), at=AT, given=GIVEN)
    outcome = check(table.format(1191), Supplement("区统计局", "2023-12-20"))
    assert codes(outcome.warnings) == [("C3", "revision")]
    assert "1,190 亿元 +11.6% 改为 1,191 亿元 +11.6%" in outcome.warnings[0].reason("zh")


def test_without_a_source_or_release_a_table_is_only_checked(check):
    table = "2023年1-10月,,\n指标,单位,累计\n出口总额,亿元,1190\n"
    assert {found.code for found in check(table, Supplement()).refused} == {"source_missing", "released_missing"}
    outcome = check(table, Supplement(), strict=False)
    assert (len(outcome.read), outcome.refused) == (1, ())
    assert [(found.row, found.code) for found in outcome.warnings] == [(0, "released_missing"), (0, "source_missing")]


def test_a_computed_cell_is_refused_where_it_stands(check):
    def draw(book, sheet):
        sheet.write(0, 0, "2023年1-10月")
        sheet.write_row(1, 0, ["指标", "单位", "累计"])
        sheet.write_row(2, 0, ["出口总额", "亿元"])
        sheet.write_formula(2, 2, "=1000+190", None, 1190)

    assert codes(check(xlsx(("表", draw))).refused) == [("表!C3", "formula")]


def test_a_formula_that_no_program_has_worked_out_is_refused_and_not_passed_over(check):
    book = openpyxl.Workbook()  # which saves no results
    sheet = book.create_sheet("表", 0)
    for row in (["2023年1-10月"], ["指标", "单位", "累计", "同比%"], ["出口总额", "亿元", "=1000+190", 11.6]):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    assert codes(check(Upload("x.xlsx", made.getvalue())).refused) == [("表!C3", "formula")]


def test_what_the_long_format_does_not_say_is_taken_as_it_was_given(check):
    outcome = check("指标,单位,时间,数值,同比\n出口总额,亿元,2023年1-10月,1190,11.6\n")
    assert (read(outcome), outcome.refused) == ({("exports", 1, 10): (1190, 11.6)}, ())
    assert {(one.source, one.released) for one in outcome.read} == {("区统计局", date(2023, 11, 20))}
    missing = check("指标,单位,时间,数值,同比\n出口总额,亿元,2023年1-10月,1190,11.6\n", Supplement())
    assert [one.code for one in missing.refused] == ["column_missing"]


BARE = (
    "累计",
    "累计增长",
    "累计增长%",
    "累计同比",
    "累计同比%",
    "累计/增长%",
    "累计增速(%)",
    "累计±%",
    "本年累计同比增长(%)",
)
NAMES = ("2023年10月", "2023_10", "2023.10", "202310", "2023年1-10月")


@pytest.mark.parametrize("stated", ["title", "file"])
@pytest.mark.parametrize("side", ["left", "right", "left, month before", "only the month"])
@pytest.mark.parametrize("heading", BARE[1:])
def test_growth_that_says_no_month_is_of_the_column_beside_it_and_never_of_the_title_s_month(
    check, heading, side, stated
):
    beside = {
        "left": ("1-9月累计", "410.5"), "right": ("1-9月累计", "410.5"),
        "left, month before": ("9月,1-9月累计", "48.2,410.5"), "only the month": ("9月,累计", "48.2,410.5"),
    }[side]  # fmt: skip
    order = reversed if side == "right" else list
    heads, cells = ",".join(order([beside[0], heading])), ",".join(order([beside[1], "-4.9"]))
    for name in NAMES:
        title = f"{name}主要经济指标,,,,\n" if stated == "title" else ""
        table = f"{title}指标,单位,{heads}\n社会消费品零售总额,亿元,{cells}\n"
        outcome = check(csv(table, f"{name}.csv" if stated == "file" else "x.csv"))
        assert read(outcome) == {("retail_sales", 1, 9): (410.5, -4.9)}, (name, codes(outcome.refused))


@pytest.mark.parametrize("heading", BARE[1:])
def test_growth_under_an_upper_heading_and_in_a_row_is_of_what_stands_beside_it_too(check, heading):
    table = f"2023年10月,,,\n指标,单位,社会消费品零售总额,\n,,1-9月累计,{heading}\n本区,亿元,410.5,-4.9\n"
    assert read(check(table)) == {("retail_sales", 1, 9): (410.5, -4.9)}
    table = f"2023年10月主要经济指标,\n指标,数值\n社会消费品零售总额1-9月累计（亿元）,410.5\n{heading},-4.9\n"
    assert read(check(table)) == {("retail_sales", 1, 9): (410.5, -4.9)}


@pytest.mark.parametrize("heading", ["增长%", "同比±%", "增速（%）"])
def test_growth_that_stands_before_its_column_says_no_month_of_its_own_either(check, heading):
    table = f"2023年10月主要经济指标,,,\n指标,单位,{heading},1-9月累计\n社会消费品零售总额,亿元,-4.9,410.5\n"
    assert read(check(table)) == {("retail_sales", 1, 9): (410.5, -4.9)}


def test_a_lone_cumulative_column_still_takes_the_month_of_title_or_name(check):
    table = "指标,单位,累计,累计增长%\n社会消费品零售总额,亿元,450.5,-4.9\n"
    for file in (csv(f"2023年10月主要经济指标,,,\n{table}"), csv(table, "2023_10.csv")):
        assert read(check(file)) == {("retail_sales", 1, 10): (450.5, -4.9)}


def test_an_amount_is_no_growth_because_a_file_s_name_speaks_of_growth(check):
    for name in ("growth_lags_a_month.csv", "2023年9月增长情况.csv"):
        file = csv("指标,单位,2023年1-9月累计,累计增长%\n社会消费品零售总额,亿元,410.5,-4.9\n", name)
        assert read(check(file)) == {("retail_sales", 1, 9): (410.5, -4.9)}


MONTH = (
    "2022_11", "2022-11", "2022.11", "202211", "2022 11", "2022年11月", "2022年11月份", "2022年十一月",
         "二〇二二年十一月", "22年11月", "2022-11月", "202211月", "11-2022", "11_2022", "11月_2022", "Nov 2022",
         "2022 Nov",
         "2022M11",
         "主要经济指标_202211_终稿", "2022.11主要经济指标(1)", "2022.11 (2)", "主要指标 2022年11月 最终版2",
         "2022年11月(2022-12-20发布)", "2022年11月月报", "2022年1-11月", "2022年1—11月", "2022年1至11月",
         "2022年一至十一月",
         "2022.1-11", "2022年1-11", "2022_1-11", "2022.1-11月", "202201-11", "202201-202211", "2022.01-2022.11",
         "2022年1月-11月", "2022年1月-2022年11月", "Jan-Nov 2022")  # fmt: skip
QUARTER = (
    "2022年前三季度",
    "2022前三季度",
    "2022年1-3季度",
    "2022年一至三季度",
    "2022Q1-Q3",
    "2022Q1-3",
    "2022年1-9月",
)
ONE_QUARTER = ("2022Q1", "2022_Q1", "2022-Q1", "Q1 2022", "1Q2022", "2022年一季度", "2022年第一季度", "2022年1季度")
HALF = ("2022H1", "2022_H1", "2022h1", "H1 2022", "1H2022", "2022年上半年", "2022上半年", "2022_上半年", "2022年半年度")
YEAR = ("2022", "2022年", "2022年度", "2022年报", "统计月报2022年第11期")
DAY = (
    "(2023-1-10)",
    "主要指标(2023-1-10)",
    "2023-01-10",
    "2023.1.10",
    "2023_1_10",
    "20230110",
    "2023年1月10日",
    "2022-11-30",
)
CUMULATIVE = "主要经济指标,,,\n指标,单位,累计,同比增长%\n{name},亿元,101.3,3.2\n"


@pytest.mark.parametrize(
    ("names", "indicator", "last"),
    [(MONTH, "budget_revenue", 11), (QUARTER, "gdp", 9), (ONE_QUARTER, "gdp", 3), (HALF, "gdp", 6)],
)
def test_a_month_a_quarter_and_a_half_are_read_in_a_file_s_name_however_an_office_writes_them(
    check, names, indicator, last
):
    label = {"gdp": "地区生产总值", "budget_revenue": "一般公共预算收入"}[indicator]
    table = CUMULATIVE.format(name=label)
    found = {name: read(check(csv(table, f"{name}.csv"))) for name in names}
    assert found == {name: {(indicator, 1, last): (101.3, 3.2)} for name in names}


@pytest.mark.parametrize(("names", "code"), [(YEAR, "period_month_missing"), (DAY, "period_year_missing")])
def test_a_year_alone_or_a_day_of_publication_is_no_period_of_a_cumulative_column(check, names, code):
    for name in names:
        outcome = check(csv(CUMULATIVE.format(name="一般公共预算收入"), f"{name}.csv"))
        assert (outcome.read, codes(outcome.refused)) == ((), [("C3", code), ("D3", code)]), name


def test_a_year_alone_beside_a_cumulative_column_is_asked_and_goes_on_with_the_month_that_is_said(check):
    table = csv("指标,单位,累计,同比增长%,本月\n出口总额,亿元,101.3,3.2,9.5\n", "2022年.csv")
    assert check(table).open_years == (2022,)
    for said in ("2022-11", "2022年11月", "202211"):
        outcome = check(table, Supplement("海关", "2023-01-20", periods=(said,)))
        assert (outcome.refused, outcome.open_years) == ((), (2022,))
        assert read(outcome) == {("exports", 1, 11): (101.3, 3.2), ("exports", 11, 11): (9.5, None)}


def test_a_month_that_is_said_of_another_year_answers_nothing_and_one_that_is_none_is_refused(check):
    table = csv(CUMULATIVE.format(name="一般公共预算收入"), "2022年.csv")
    other = check(table, Supplement("财政局", "2023-01-20", periods=("2023-11",)))
    assert (other.read, {code for _, code in codes(other.refused)}) == ((), {"period_month_missing"})
    for said in ("2022-13", "2022", "2022年1-11月", "x"):
        wrong = check(table, Supplement("财政局", "2023-01-20", periods=(said,)))
        assert (wrong.read, [one.code for one in wrong.refused]) == ((), ["period_month_format"]), said


def test_each_year_that_stands_alone_is_asked_for_its_own_month(check):
    table = csv("指标,单位,2022年累计,2021年累计\n出口总额,亿元,101.3,98.2\n")
    assert check(table).open_years == (2021, 2022)
    outcome = check(table, Supplement("海关", "2023-01-20", periods=("2022-11", "2021-12")))
    said = {(r.period.start, r.period.end): float(r.value) for r in outcome.read}
    assert said == {
        (date(2022, 1, 1), date(2022, 11, 30)): 101.3,
        (date(2021, 1, 1), date(2021, 12, 31)): 98.2,
    }


def test_a_year_alone_is_a_whole_year_where_no_column_is_cumulative(check):
    table = "指标,单位,绝对值,同比增长%\n一般公共预算收入,亿元,101.3,3.2\n"
    assert read(check(csv(table, "2022年度.csv"))) == {("budget_revenue", 1, 12): (101.3, 3.2)}


def test_the_day_on_which_a_table_was_printed_is_not_its_month(check):
    table = "2023年主要经济指标,,,\n,,,2023年11月15日\n指标,单位,1-10月,同比%\n社会消费品零售总额,亿元,410.5,4.9\n"
    assert read(check(table)) == {("retail_sales", 1, 10): (410.5, 4.9)}


NUMBERED = """2020年1-6月主要统计指标,,,
1、地区生产总值,,,
,6月,1-6月累计,累计
,,,增长%
地区生产总值(亿元),——,1389.32,-6.5
2、国内贸易,,,
,5月,1-5月累计,累计
,,,增长%
社会消费品零售总额(亿元),98.7,446.97,-14.9
3、财政,,,
{heads}
一般公共预算收入(亿元),32.1,146.12,0.4
"""
OF_JUNE = ",6月,1-6月累计,累计\n,,,增长%"


def test_the_year_of_a_sheet_s_first_title_holds_for_all_its_blocks(check):
    outcome = check(NUMBERED.format(heads=OF_JUNE), Supplement("区统计局", "2020-07-20"))
    assert outcome.refused == ()
    assert read(outcome) == {
        ("gdp", 1, 6): (1389.32, -6.5), ("retail_sales", 1, 5): (446.97, -14.9), ("budget_revenue", 1, 6): (146.12, 0.4)
    }  # fmt: skip
    assert {one.period.end.year for one in outcome.read} == {2020}
    retail = next(one for one in outcome.read if one.indicator.code == "retail_sales")
    assert (retail.said["year"], retail.said["months"]) == ("A1", "C7")


def test_the_first_title_s_year_yields_to_a_block_s_own_and_goes_before_the_file_s_name(check):
    table = NUMBERED.format(heads=OF_JUNE).replace("3、财政", "3、2019年财政")
    outcome = check(csv(table, "统计2021.csv"), Supplement("区统计局", "2020-07-20"))
    years = {one.indicator.code: one.period.end.year for one in outcome.read}
    assert years == {"gdp": 2020, "retail_sales": 2020, "budget_revenue": 2019}


def test_the_first_title_lends_no_month_to_a_block_that_states_none(check):
    bare = check(NUMBERED.format(heads=",绝对值,计划,增长%"), Supplement("区统计局", "2020-07-20"))
    assert {code for _, code in codes(bare.refused)} == {"period_year_missing"}
    cumulative = check(NUMBERED.format(heads=",本月,累计,累计增长%"), Supplement("区统计局", "2020-07-20"))
    assert {code for _, code in codes(cumulative.refused)} == {"period_month_missing"}


LINE = "{line}\n{below}指标名称,本月,同比%,累计,同比%\n出口总额,110.2,9.9,1190,11.6\n"
READ_OF_OCTOBER = {("exports", 10, 10): (110.2, 9.9), ("exports", 1, 10): (1190.0, 11.6)}


@pytest.mark.parametrize("below", ["单位：亿元,,,,\n", ""])
@pytest.mark.parametrize(
    "line",
    ["全区,,,,2023年10月", ",,,,2023年10月", "（亿元）,,,,（2023年10月）", "单位：亿元,,,,2023年10月",
     "制表单位：统计局,,2023年10月,,单位：亿元",     "2023年10月,,,,单位：亿元"],
)  # fmt: skip
def test_a_line_above_the_headings_that_says_when_and_in_which_unit_is_the_table_s(check, line, below):
    table = LINE.format(line=line, below=below)
    table = table if "单位" in table else table.replace("出口总额", "出口总额(亿元)")
    outcome = check(f"主要指标,,,,\n{table}")
    assert (codes(outcome.refused), read(outcome)) == ([], READ_OF_OCTOBER)


def test_the_place_of_such_a_line_is_that_of_every_column(check):
    outcome = check(LINE.format(line="全市,,,,2023年10月", below="单位：亿元,,,,\n"))
    assert {one.geography for one in outcome.read} == {"city"} and read(outcome) == READ_OF_OCTOBER


def test_a_year_over_the_last_column_beside_a_title_of_another_year_is_that_column_s(check):
    table = "2023年1-10月出口,,,\n,,,2022年1-10月\n指标,绝对值,同比%,绝对值\n出口总额(亿元),1190,11.6,1066.3\n"
    outcome = check(table)
    said = {one.period.end.year: float(one.value) for one in outcome.read if one.value is not None}
    assert (codes(outcome.refused), said) == ([], {2023: 1190.0, 2022: 1066.3})


@pytest.mark.parametrize("said", ["时间：2023年1-10月", "（2023.10）", "统计时间：2023年10月"])
def test_the_month_at_the_right_may_be_called_so_or_stand_in_brackets(check, said):
    table = f"财政收支,,\n单位：亿元,,{said}\n指标,累计,同比%\n一般公共预算收入,120,6.8\n"
    assert read(check(table)) == {("budget_revenue", 1, 10): (120.0, 6.8)}


def test_a_month_at_the_right_is_of_its_block_and_the_year_is_the_sheets(check):
    table = (
        "2023年主要经济指标,,\n一、财政,,1-6月\n指标,累计(亿元),增长(%)\n一般公共预算收入,120,6.8\n"
        "外贸,,1-7月\n指标,累计(亿元),增长(%)\n出口总额,1000,2.5\n"
    )
    outcome = check(table)
    assert outcome.refused == () and not outcome.unknown
    assert read(outcome) == {("budget_revenue", 1, 6): (120.0, 6.8), ("exports", 1, 7): (1000.0, 2.5)}


def test_the_currency_in_the_brackets_of_a_name_is_not_its_unit(check):
    table = "2023年1-10月,,\n指标,单位,累计\n出口总额（美元）,亿美元,15\n"
    assert read(check(table)) == {("exports_usd", 1, 10): (15.0, None)}
    unsaid = check("2023年1-10月,\n指标,累计\n出口总额（美元）,15\n")
    assert codes(unsaid.refused) == [("B3", "unit_missing")]


def test_a_month_over_the_last_column_fills_in_only_what_no_title_says(check):
    table = "2023年1-10月出口,,,\n,,,2023年10月\n指标,绝对值,同比%\n出口总额(亿元),1190,11.6\n"
    assert read(check(table)) == {("exports", 1, 10): (1190.0, 11.6)}


def of_a_database(book, sheet):
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    names = [
        "全区:出口总额:人民币:累计值",
        "全区:出口总额:累计同比",
        "全社会用电量:当月值",
        "出口总额:当月同比",
    ]
    heads = (["国家", *["中国"] * 4], ["指标名称", *names], ["频率", *"月月月月"], ["指标ID", "M1", "M2", "M3", "M4"],
             ["单位", "亿元", "%", "亿千瓦时", "%"])  # fmt: skip
    for r, row in enumerate(heads):
        sheet.write_row(r, 0, row)
    for r, (month_end, *numbers) in enumerate(
        ((date(2023, 9, 30), 900, 2.4, 10.5, 1), (date(2023, 10, 31), 1000, 2.5, 11.5, 3))
    ):
        sheet.write_datetime(5 + r, 0, datetime(*month_end.timetuple()[:3]), day)
        sheet.write_row(5 + r, 1, numbers)
    sheet.write_row(7, 0, ["数据来源", *("统计局",) * 4])


def test_series_of_a_database_have_their_measure_behind_colons_and_their_months_by_the_last_day(check):
    outcome = check(xlsx(("Sheet1", of_a_database)))
    assert outcome.refused == () and not outcome.unknown
    assert read(outcome) == {
        ("exports", 1, 9): (900.0, 2.4), ("exports", 9, 9): (None, 1.0), ("electricity", 9, 9): (10.5, None),
        ("exports", 1, 10): (1000.0, 2.5), ("exports", 10, 10): (None, 3.0), ("electricity", 10, 10): (11.5, None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"), [("社会消费品零售总额", "retail_sales"), ("规模以上工业总产值", "industrial_output")]
)
def test_a_databases_series_of_single_months_is_read_beside_the_cumulative(check, name, code):
    measures = ("当月值", "当月同比", "累计值", "累计同比")
    outcome = check(
        f"指标名称,{','.join(f'{name}:{one}' for one in measures)}\n频率,月,月,月,月\n单位,亿元,%,亿元,%\n"
        "2023-02-28,,,60,3.5\n2023-03-31,35,5.1,95,4.2\n数据来源,统计局,统计局,统计局,统计局\n"
    )
    assert outcome.refused == () and outcome.warnings == ()
    assert read(outcome) == {(code, 1, 2): (60.0, 3.5), (code, 1, 3): (95.0, 4.2), (code, 3, 3): (35.0, 5.1)}


def test_a_databases_series_of_single_months_stands_alone_and_along_a_row(check):
    alone = "指标名称,柯桥区:社会消费品零售总额:当月同比,一般公共预算收入:当期值\n单位,%,亿元\n2023-03-31,5.1,9\n"
    march = {("retail_sales", 3, 3): (None, 5.1), ("budget_revenue", 3, 3): (9.0, None)}
    assert read(check(alone)) == march
    along = "指标名称,单位,2023-03\n社会消费品零售总额:当月同比,%,5.1\n一般公共预算收入：当期值,亿元,9\n"
    assert read(check(along)) == march
    listed = "指标,时间,单位,数值,来源,发布日期\n一般公共预算收入:当月值,2023-03-31,亿元,9,x,2023-11-20\n"
    assert read(check(listed)) == {("budget_revenue", 3, 3): (9.0, None)}


LISTED = (
    ("出口总额:当月值", "亿元", "2023-03-31", 35), ("出口总额:当月同比", "%", "2023-03-31", 5.1),
    ("出口总额:累计值", "亿元", "2023-03-31", 95), ("出口总额：累计同比", "%", "2023-03-31", 4.2),
    ("社会消费品零售总额:当月同比", "%", "2023-03-31", 6.1), ("一般公共预算收入:当期值", "亿元", "2023-03-31", 9),
    ("固定资产投资完成额:累计同比", "%", "2023-02-28", -3.5),
)  # fmt: skip
OF_LISTED = {
    ("exports", 3, 3): (35.0, 5.1), ("exports", 1, 3): (95.0, 4.2), ("retail_sales", 3, 3): (None, 6.1),
    ("budget_revenue", 3, 3): (9.0, None), ("fixed_investment", 1, 2): (None, -3.5),
}  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "line"),
    [
        ("指标名称,时间,单位,数值", "{name},{day},{unit},{value}"),
        ("指标名称,日期,单位,数值", "{name},{day},{unit},{value}"),
        ("日期,指标名称,值,单位", "{day},{name},{value},{unit}"),
        ("指标名称,单位,频率,来源,时间,数值", "{name},{unit},月,海关,{day},{value}"),
        (
            "指标ID,指标名称,单位,频率,更新时间,来源,日期,值",
            "M001,{name},{unit},月,2023-04-30,海关,{day},{value}",
        ),
        ("国家,指标代码,指标名称,报告期,计量单位,指标值", "中国,2046,{name},{day},{unit},{value}"),
    ],
)
def test_a_databases_series_listed_one_value_a_row_are_read_by_their_own_names(check, heads, line):
    rows = [line.format(name=name, unit=unit, day=day, value=value) for name, unit, day, value in LISTED]
    outcome = check("\n".join([heads, *rows]))
    assert outcome.refused == () and not outcome.unknown
    assert read(outcome) == OF_LISTED


def test_a_listed_series_names_whose_it_is_and_its_row_who_published_it_and_when(check):
    listed = check(
        "指标名称,单位,来源,发布日期,状态,时间,数值\n浙江:绍兴:柯桥区:出口总额:累计值,亿元,海关,2023-04-20,初步,2023-03-31,95\n"
        "柯桥区:出口总额:累计同比,%,海关,2023-04-20,,2023-03-31,4.2\n中国:出口总额:累计值,亿元,总署,2023-04-18,,2023-03-31,29000\n"
        "柯桥区:出口总额:累计值,亿元,海关,2023-11-20,修订,2023-03-31,96\n",
        Supplement(),
    )
    assert listed.refused == ()
    assert [
        (one.geography, float(one.value or 0), one.yoy and float(one.yoy), one.source, one.released, one.status)
        for one in listed.read
    ] == [
        ("district", 95.0, 4.2, "海关", date(2023, 4, 20), "preliminary"),
        ("nation", 29000.0, None, "总署", date(2023, 4, 18), "preliminary"),
        ("district", 96.0, None, "海关", date(2023, 11, 20), "revised"),
    ]


def test_of_listed_series_one_that_is_not_known_is_told_and_a_level_without_a_unit_refused(check):
    listed = check(
        "指标名称,时间,数值\n出口总额:累计同比,2023-03-31,4.2\n出口总额:累计值,2023-03-31,95\n工业企业:利润总额:累计值,2023-03-31,7\n"
    )
    assert codes(listed.refused) == [("C3", "unit_missing")]
    assert [one.name for one in listed.unknown] == ["工业企业:利润总额"]


def in_numbers(months, along):
    def draw(book, sheet):
        line = ["指标", *months], ["全社会用电量（亿千瓦时）", *range(9, 9 + len(months))]
        for n, row in enumerate(line):
            (sheet.write_row if along else sheet.write_column)(*((n, 0) if along else (0, n)), row)

    return xlsx(("Sheet1", draw))


@pytest.mark.parametrize("along", [True, False])
@pytest.mark.parametrize(
    ("months", "meant"),
    [
        ((2023.8, 2023.9, 2023.1, 2023.11), [8, 9, 10, 11]),
        ((2023.11, 2023.1, 2023.9), [11, 10, 9]),
        ((2023.1, 2023.2, 2023.3), [1, 2, 3]),
        ((2022.12, 2023.1), [12, 1]),
    ],
)
def test_a_month_written_as_a_number_is_january_or_october_as_those_beside_it_say(check, along, months, meant):
    outcome = check(in_numbers(months, along), Supplement(source="x", released="2024-02-20"))
    assert outcome.refused == ()
    assert [one.period.end.month for one in outcome.read] == meant


@pytest.mark.parametrize("along", [True, False])
def test_a_number_that_may_be_january_or_october_is_refused(check, along):
    assert [one.code for one in check(in_numbers((2023.1,), along)).refused] == ["period_month_unclear"]


@pytest.mark.parametrize(
    ("months", "codes"),
    [("2023.1", ["period_month_unclear"]), ("2023.1 2023.10", []), ("2023.01", []), ("2023.9 2023.1 2023.11", [])],
)
def test_a_csv_does_not_say_how_a_month_was_typed(check, months, codes):
    rows = [f"用电量,{month},亿千瓦时,10,x,2023-12-20" for month in months.split()]
    outcome = check("\n".join(["指标,时间,单位,数值,来源,发布日期", *rows]))
    assert [one.code for one in outcome.refused] == codes
    assert len({one.period for one in outcome.read}) == (0 if codes else len(rows))


@pytest.mark.parametrize(
    "written",
    ["11.900.000", "1.190,5", "1190,5", "11'900'000", "1190,0000", "1.19E+7", "1190.0-", "１１９０，５"],
)
def test_what_stands_for_a_number_and_is_written_as_none_is_refused_where_its_whole_column_is(check, written):
    heads = "2023年1-10月;;;\n指标;单位;累计;同比%"
    table = f"{heads}\n出口总额;亿元;{written};11.6\n一般公共预算收入;亿元;{written};4.1\n"
    assert codes(check(table).refused) == [("C3", "number_format"), ("C4", "number_format")]


def test_a_file_of_decimal_commas_alone_says_so_of_each_number(check):
    outcome = check("2023年1-10月;;;\n指标;单位;累计;同比%\n出口总额;亿元;1190,5;11,6\n")
    assert codes(outcome.refused) == [("C3", "number_format"), ("D3", "number_format")]


@pytest.mark.parametrize(
    "rows",
    [
        "指标,分项,累计（亿元）\n出口总额,一般贸易,500",
        "类别,指标,累计（亿元）\n限额以上,社会消费品零售总额,50",
        "指标,累计（亿元）\n限额以上,\n社会消费品零售总额,50",
        "预计完成情况,\n指标,累计（亿元）\n出口总额,1190",
    ],
)
def test_a_part_and_an_expected_figure_are_never_taken_for_the_published_whole(check, rows):
    outcome = check(f"2023年1-10月,,\n{rows}\n用电量（亿千瓦时）,,\n")
    assert outcome.read == () and len(outcome.unknown) == 1


def test_who_is_responsible_is_no_name_of_a_figure(check):
    table = "2023年1-10月,,,\n责任单位,指标,累计（亿元）,同比%\n商务局,出口总额,1190,11.6\n"
    assert read(check(table)) == {("exports", 1, 10): (1190.0, 11.6)}


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [("同比%", "+123.4亿元", "left_change"), ("同比(上年=100)", "111.6", "left_index")],
)
def test_an_amount_and_an_index_in_the_place_of_growth_are_none(check, heading, cell, code):
    outcome = check(f"2023年1-10月,,,\n指标,单位,累计,{heading}\n出口总额,亿元,1190,{cell}\n")
    assert read(outcome) == {("exports", 1, 10): (1190.0, None)}
    assert codes(outcome.warnings) == [("D3", code)]


def test_growth_that_is_all_about_a_hundred_is_confirmed_first(check):
    table = "2023年1-10月,,,\n指标,单位,累计,同比%\n出口总额,亿元,1190,111.6\n社会消费品零售总额,亿元,410,103\n"
    assert codes(check(table).refused) == [("D3", "growth_index"), ("D4", "growth_index")]
    assert check(table, Supplement("x", "2023-11-20", sure=True)).refused == ()


def test_a_range_of_months_that_became_a_day_is_no_whole_year(check):
    def draw(book, sheet):
        sheet.write_row(0, 0, ["2023年主要指标"])
        sheet.write_row(1, 0, ["指标", "单位"])
        sheet.write_datetime(1, 2, datetime(2026, 1, 9), book.add_format({"num_format": 'm"月"d"日"'}))
        sheet.write_row(2, 0, ["出口总额", "亿元", 1000])

    assert check(xlsx(("Sheet1", draw))).read == ()


def test_headings_repeated_on_each_page_and_months_as_a_csv_keeps_them_are_read(check):
    table = "指标,单位,2023/9/1,2023/10/1\n出口总额,亿元,99,119\n指标,单位,2023/9/1,2023/10/1\n用电量,亿千瓦时,10,11\n"
    assert read(check(table)) == {
        ("exports", 9, 9): (99.0, None), ("exports", 10, 10): (119.0, None),
        ("electricity", 9, 9): (10.0, None), ("electricity", 10, 10): (11.0, None),
    }  # fmt: skip


def test_a_month_that_only_a_heading_says_is_none_of_a_cumulative_series(check):
    outcome = check("2023年3月,,\n指标,当月,累计\n社会消费品零售总额(亿元),35,95\n")
    assert read(outcome) == {("retail_sales", 1, 3): (95.0, None)}
    assert [one.code for one in outcome.warnings] == ["left_period"]


@pytest.mark.parametrize("written", ["2023-10-31", "2023/10/31", "2023年10月31日", "2023.10.31"])
def test_a_months_last_day_in_the_long_format_is_that_month_and_cumulative_where_the_name_says_so(check, written):
    outcome = check(
        "指标,时间,单位,数值,来源,发布日期\n"
        f"出口总额：累计值,{written},亿元,1000,x,2023-11-20\n用电量:当月值,{written},亿千瓦时,10,x,2023-11-20\n"
    )
    assert outcome.refused == ()
    assert [(one.indicator.code, one.period.start, one.period.end) for one in outcome.read] == [
        ("exports", date(2023, 1, 1), date(2023, 10, 31)),
        ("electricity", date(2023, 10, 1), date(2023, 10, 31)),
    ]


def test_another_day_of_a_month_is_no_period(check):
    outcome = check("指标,时间,单位,数值,来源,发布日期\n用电量,2023-10-30,亿千瓦时,10,x,2023-11-20\n")
    assert [one.code for one in outcome.refused] == ["period_format"]


@pytest.mark.parametrize("word", ["下降", "增长"])
@pytest.mark.parametrize("heads", ["升降,幅度%", "增减,同比%", "方向,增速%"])
def test_a_word_beside_growth_says_which_way_it_goes_and_is_no_measure_of_the_level(check, word, heads):
    table = f"2023年1-10月,,,,\n指标,单位,累计,{heads}\n社会消费品零售总额,亿元,345.6,{word},4.5\n"
    outcome = check(table)
    assert outcome.refused == ()
    assert read(outcome) == {("retail_sales", 1, 10): (345.6, -4.5 if word == "下降" else 4.5)}


@pytest.mark.parametrize(("word", "cell"), [("↓", "4.5"), ("▲", "4.5"), ("下降", "-4.5")])
def test_a_mark_beside_growth_that_leaves_its_sign_unsure_is_refused_with_it(check, word, cell):
    outcome = check(f"2023年1-10月,,,,\n指标,单位,累计,同比%,升降\n社会消费品零售总额,亿元,345.6,{cell},{word}\n")
    assert codes(outcome.refused) == [("D3", "number_format")]


@pytest.mark.parametrize("written", ["1190左右", "突破1190", "1190.0（含保税区）", "逾1190", "1190余", "120家", "4.9‰"])
def test_what_is_nearly_a_number_is_told_where_it_stands_alone(check, written):
    outcome = check(f"指标,2023年1-10月（亿元）\n出口总额,{written}\n社会消费品零售总额,345.6\n")
    assert [cell for cell, _ in codes(outcome.refused)] == ["B2"]
    assert read(outcome) == {("retail_sales", 1, 10): (345.6, None)}


def test_quarters_in_roman_numbers_are_quarters(check):
    assert read(check("2023年,,\n指标,单位,Ⅰ季度\n地区生产总值,亿元,420\n")) == {("gdp", 1, 3): (420.0, None)}


RATE_WORDS = ["收窄", "缩小", "扩大", "回落", "加快", "放缓", "提高", "提升"]


@pytest.mark.parametrize("heads", ["同比%,", "同比,", "升降,幅度%"])
def test_a_word_for_how_a_rate_changed_is_no_growth_and_is_refused(check, heads):
    """跌幅收窄2.1 is better than before, 增速回落0.3 is in points: neither is growth of -2.1% or -0.3%."""
    forms = ["{},2.1"] if heads.startswith("升降") else ["{}2.1,", "{}2.1%,", "{}2.1个百分点,"]
    for number in (form.format(word) for form in forms for word in RATE_WORDS):
        outcome = check(f"2023年1-10月,,,,\n指标,单位,累计,{heads}\n社会消费品零售总额,亿元,345.6,{number}\n")
        code = "growth_in_points" if "百分点" in number else "number_format"
        assert codes(outcome.refused) == [("D3" if number.endswith(",") else "E3", code)], number
        assert all(yoy is None for _, yoy in read(outcome).values())


@pytest.mark.parametrize("written", ["{}2.1", "{}2.1%", "{}-2.1", "降幅{}2.1个百分点"])
def test_a_word_for_how_a_rate_changed_is_told_where_it_stands_alone(check, written):
    for cell in (written.format(word) for word in RATE_WORDS):
        outcome = check(f"指标,2023年1-10月同比（%）\n出口总额,{cell}\n社会消费品零售总额,3.5\n")
        assert [where for where, _ in codes(outcome.refused)] == ["B2"], cell
        assert read(outcome) == {("retail_sales", 1, 10): (None, 3.5)}


@pytest.mark.parametrize(
    ("table", "growth"),
    [
        ("2023年1-10月,,,\n指标,单位,累计,同比%\n社会消费品零售总额,亿元,345.6,下降4.9\n", -4.9),
        ("2023年1-10月,,,\n指标,单位,累计,同比%\n社会消费品零售总额,亿元,345.6,同比增４.9\n", 4.9),
        ("2023年1-10月,,,\n指标,单位,累计,同比\n社会消费品零售总额,亿元,345.6,下滑4.9%\n", -4.9),
        ("2023年1-10月,\n社会消费品零售总额（亿元）,345.6\n增速（%）,下降4.9\n", -4.9),
        (
            "指标,时间,单位,数值,同比(%),来源\n社会消费品零售总额,2023年1-10月,亿元,345.6,下降4.9,x\n",
            -4.9,
        ),
        ("2023年1-10月,,,\n指标,单位,累计,同比\n社会消费品零售总额,亿元,345.6,下降4.9\n", None),
        ("2023年1-10月,,,,\n指标,单位,累计,方向,同比\n社会消费品零售总额,亿元,345.6,下降,4.9\n", None),
        (
            "指标,时间,单位,数值,同比增长,来源\n社会消费品零售总额,2023年1-10月,亿元,345.6,下降4.9,x\n",
            None,
        ),
    ],
)
def test_growth_in_words_is_a_percentage_where_it_or_its_heading_says_so(check, table, growth):
    outcome = check(table)
    assert [one.code for one in outcome.refused] == ([] if growth else ["number_format"])
    assert read(outcome) == ({("retail_sales", 1, 10): (345.6, growth)} if growth else {})
