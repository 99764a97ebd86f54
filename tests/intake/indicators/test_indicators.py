"""Indicators are imported as statistics are meant: all rows or none, every refusal with its row and reason."""

import io
import json
import subprocess
import sys
from datetime import date, datetime

import pytest
import xlsxwriter

import i18n
from access.actor import Actor
from db import events, sql
from db.indicators import indicators
from db.refused import Refused
from db.store import open_store
from intake.files.spreadsheets import Upload
from intake.indicators.breaks import mark_break
from intake.indicators.importing import check_indicators, import_indicators
from intake.indicators.terms.given import Supplement
from tests.paths import ROOT
from tests.there import there

AT = datetime(2024, 3, 1, 4, 0)
HEAD = "指标,时期,单位,数值,同比(%),发布日期,来源"


def upload(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> Upload:
    return Upload("指标.csv", "\n".join([head, *rows]).encode(encoding))


CLERK = Actor("clerk", "staff", "示例")


@pytest.fixture
def check(store):
    def checked(*rows, strict=True, **options):
        file = upload(*rows, **options)
        return check_indicators(store, actor=CLERK, upload=file, at=AT, strict=strict)

    return checked


@pytest.fixture
def bring(store):
    def brought(*rows, **options):
        return import_indicators(store, actor=CLERK, upload=upload(*rows, **options), at=AT)

    return brought


def codes(findings) -> list[tuple[int, str, str]]:
    return [(found.row, found.field, found.code) for found in findings]


def refusal(outcome) -> str:
    """The one reason for which row 2 was refused; it has words in both languages."""
    assert outcome.read == ()
    assert [found.row for found in outcome.refused] == [2]
    assert all(outcome.refused[0].reason(language) for language in i18n.LANGUAGES)
    return outcome.refused[0].code


GOOD = "规上工业总产值,2023年1-10月,亿元,1450.5,8.2,2023-11-20,区统计局"


def test_a_row_is_written_with_its_source_release_and_decimals(store, bring):
    assert bring(GOOD).written == 1
    (stored,) = store.read(lambda con: indicators.stored(con, ["industrial_output"]))
    assert (stored.period_start, stored.period_end) == (date(2023, 1, 1), date(2023, 10, 31))
    assert (stored.value, stored.yoy_published, stored.decimals) == (1450.5, 8.2, 1)
    assert (stored.vintage, stored.source, stored.status) == (date(2023, 11, 20), "区统计局", "preliminary")
    assert (stored.geography, stored.mark, stored.imported_at) == ("district", None, AT)


def test_english_headings_in_any_order_read_the_same(check):
    head = "Source,Released,YoY,Value,Unit,Period,Indicator"
    (read,) = check(
        'Bureau,20 Nov 2023,+8.2%,"1,450.50",CNY 100 million,Jan–Oct 2023,industrial_output', head=head
    ).read
    assert (read.indicator.code, float(read.value), float(read.yoy), read.decimals) == (
        "industrial_output", 1450.5, 8.2, 2
    )  # fmt: skip


@pytest.mark.parametrize(
    "head", [" 指标 ,时 期,单位,数值,同比（％）,发布日期,来源", "指标,时期,单位,数值,同比(%),发布日期,来源,状态,地区"]
)
def test_headings_may_be_full_width_and_spaced(check, head):
    assert check(GOOD, head=head).refused == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_read_the_same(check, encoding):
    assert check(GOOD, encoding=encoding).read[0].source == "区统计局"


@pytest.mark.parametrize("name", ["GDP", "地区生产总值", "Gross domestic product", " gdp "])
def test_an_indicator_is_known_by_code_and_by_name(check, name):
    assert check(f"{name},2023年,亿元,1800,6,2024-01-25,统计局").read[0].indicator.code == "gdp"


@pytest.mark.parametrize(
    ("name", "period", "start", "end"),
    [
        ("出口", "2023年1-10月", (1, 1), (10, 31)),
        ("出口", "2023年1—10月", (1, 1), (10, 31)),
        ("出口", "２０２３年１－１０月", (1, 1), (10, 31)),
        ("出口", "2023年1至10月份", (1, 1), (10, 31)),
        ("出口", "2023年1-2月", (1, 1), (2, 28)),
        ("出口", "2023-01..2023-10", (1, 1), (10, 31)),
        ("出口", "Jan–Oct 2023", (1, 1), (10, 31)),
        ("出口", "2023年", (1, 1), (12, 31)),
        ("出口", "2023年10月", (10, 1), (10, 31)),
        ("用电量", "2023年10月", (10, 1), (10, 31)),
        ("用电量", "2023年1月", (1, 1), (1, 31)),
        ("用电量", "2023-10", (10, 1), (10, 31)),
        ("用电量", "Oct 2023", (10, 1), (10, 31)),
        ("GDP", "2023年一季度", (1, 1), (3, 31)),
        ("GDP", "2023年上半年", (1, 1), (6, 30)),
        ("GDP", "2023年前三季度", (1, 1), (9, 30)),
        ("GDP", "2023Q3", (1, 1), (9, 30)),
        ("GDP", "2023", (1, 1), (12, 31)),
    ],
)
def test_periods_are_read_as_people_write_them(check, name, period, start, end):
    unit = "亿千瓦时" if name == "用电量" else "亿元"
    (read,) = check(f"{name},{period},{unit},50,1,2024-02-01,x").read
    assert (read.period.start, read.period.end) == (date(2023, *start), date(2023, *end))


@pytest.mark.parametrize(
    ("name", "period", "code"),
    [
        ("出口", "2023年1月", "january_alone"),
        ("出口", "2023年2月", "january_alone"),
        ("规上工业总产值", "2023年1-1月", "january_alone"),
        ("规上工业总产值", "2023年10月", "period_kind_ytd_month"),
        ("规上工业总产值", "2023年4-6月", "period_not_from_january"),
        ("规上工业总产值", "2023年下半年", "period_not_from_january"),
        ("GDP", "2023年1-8月", "period_kind_ytd_quarter"),
        ("GDP", "2023年三季度", "period_quarter_unclear"),
        ("用电量", "2023年1-10月", "period_kind_month"),
        ("出口", "2023年1-13月", "period_format"),
        ("出口", "2022年1月-2023年3月", "period_two_years"),
        ("出口", "去年", "period_format"),
        ("出口", "", "blank"),
    ],
)
def test_a_period_that_the_indicator_does_not_have_is_refused(check, name, period, code):
    unit = "亿千瓦时" if name == "用电量" else "亿元"
    assert refusal(check(f"{name},{period},{unit},100,1,2024-02-01,x")) == code


@pytest.mark.parametrize(
    ("name", "period", "unit", "value", "expected", "decimals"),
    [
        ("出口", "2023年", "万元", '"14,505,300"', 1450.53, 2),
        ("出口", "2023年", "元", "145053000000", 1450.53, 2),
        ("出口总额(美元)", "2023年", "万美元", "1200500", 120.05, 2),
        ("出口总额(美元)", "2023年", "USD bn", "12.005", 120.05, 2),
        ("新增经营主体", "2023年", "万户", "2.35", 23500, 0),
        ("新增大学毕业生", "2023年", "万人", "1.2", 12000, 0),
        ("用电量", "2023年10月", "万千瓦时", "123456", 12.3456, 4),
        ("出口", "2023年", "亿元", "1450.0", 1450, 1),
    ],
)
def test_units_convert_and_decimals_stay(check, name, period, unit, value, expected, decimals):
    (read,) = check(f"{name},{period},{unit},{value},1,2024-02-01,x").read
    assert (float(read.value), read.decimals) == (expected, decimals)


@pytest.mark.parametrize(
    ("name", "unit", "code"),
    [
        ("出口", "", "unit_missing"),
        ("出口", "吨", "unit_unknown"),
        ("出口", "亿美元", "unit_other"),
        ("出口", "%", "unit_other"),
        ("固定资产投资", "百分点", "unit_points"),
        ("固定资产投资", "亿元", "level_not_published"),
    ],
)
def test_a_unit_that_does_not_convert_is_refused(check, name, unit, code):
    assert refusal(check(f"{name},2023年,{unit},100,,2024-02-01,x")) == code


def test_percent_and_points_are_not_the_same(check):
    assert refusal(check("出口,2023年,亿元,100,0.3个百分点,2024-02-01,x")) == "growth_in_points"
    outcome = check(GOOD, head="指标,时期,单位,数值,同比(百分点),发布日期,来源")
    assert codes(outcome.refused) == [(1, "yoy", "growth_in_points")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("=B2*10", "formula"),
        ("约1450", "number_format"),
        ('"14,50"', "number_format"),
        ("1450亿元", "number_format"),
        ("1e5", "number_format"),
        ("NaN", "not_finite"),
        ("-inf", "not_finite"),
        ("8.2%", "number_is_percent"),
        ("-5", "negative_level"),
        ("9999999999999999", "number_too_large"),
    ],
)
def test_what_is_not_a_number_is_refused(check, value, code):
    assert refusal(check(f"出口,2023年,亿元,{value},1,2024-02-01,x")) == code


def test_a_formula_is_nobodys_source(check):
    assert refusal(check("出口,2023年,亿元,100,1,2024-02-01,=区统计局")) == "name_formula"


@pytest.mark.parametrize(
    ("value", "mark"),
    [("", "not_available"), ("n.a.", "not_available"), ("—", "not_applicable"), ("-", "not_applicable"),
     ("…", "rounds_to_zero"), ("......", "rounds_to_zero"), ("*", "suppressed")],
)  # fmt: skip
def test_missing_is_never_zero(store, bring, value, mark):
    assert bring(f"出口,2023年,亿元,{value},3.1,2024-02-01,x").written == 1
    (stored,) = store.read(lambda con: indicators.stored(con, ["exports"]))
    assert (stored.value, stored.yoy_published, stored.mark) == (None, 3.1, mark)


def test_zero_is_a_number(check):
    (read,) = check("出口,2023年,亿元,0.0,-100,2024-02-01,x").read
    assert (float(read.value), read.mark) == (0, None)


def test_growth_only_series_keep_no_level(check):
    (read,) = check("固定资产投资,2023年,%,,7.1,2024-02-01,x").read
    assert (read.value, float(read.yoy)) == (None, 7.1)
    outcome = check("固定资产投资,2023年,%,7.1,,2024-02-01,x")
    assert (outcome.read[0].value, float(outcome.read[0].yoy)) == (None, 7.1)
    assert codes(outcome.warnings) == [(2, "value", "growth_from_value")]
    assert refusal(check("固定资产投资,2023年,%,500,7.1,2024-02-01,x")) == "growth_twice"


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (",统计局", "released_missing"),
        ("2024-02-30,统计局", "released_format"),
        ("11/10/2023,统计局", "released_format"),
        ("2023-12-30,统计局", "released_before_end"),
        ("2024-03-02,统计局", "released_in_future"),
        ("2024-02-01,", "source_missing"),
    ],
)
def test_every_value_carries_its_source_and_release(check, rest, code):
    assert refusal(check(f"出口,2023年,亿元,100,1,{rest}")) == code


def test_a_missing_release_date_is_a_warning_where_the_file_is_only_checked(check):
    outcome = check("出口,2023年,亿元,100,1,,统计局", strict=False)
    assert (len(outcome.read), codes(outcome.warnings)) == (1, [(2, "released", "released_missing")])


def test_a_duplicate_is_refused_in_the_file_and_against_the_store(check, bring):
    assert codes(check(GOOD, GOOD).refused) == [(3, "period", "duplicate_in_file")]
    bring(GOOD)
    assert codes(check(GOOD).refused) == [(2, "released", "duplicate_stored")]


def test_a_later_release_is_a_new_vintage_and_says_what_it_changes(store, bring):
    bring(GOOD)
    outcome = bring("规上工业总产值,2023年1-10月,亿元,1460.0,8.9,2023-12-20,区统计局")
    assert codes(outcome.warnings) == [(2, "value", "revision")]
    assert "1,450.5 亿元 +8.2%" in outcome.warnings[0].reason("zh")
    assert [o.value for o in store.read(lambda con: indicators.stored(con, ["industrial_output"]))] == [1450.5, 1460.0]
    newest = store.read(lambda con: indicators.observations(con, code="industrial_output"))
    assert list(newest["value"]) == [1460.0]
    before = store.read(lambda con: indicators.observations(con, code="industrial_output", as_of=date(2023, 11, 30)))
    assert list(before["value"]) == [1450.5]


LATER_THAN_GOOD = "规上工业总产值,2023年1-10月,亿元,{value},{yoy},2023-12-20,区统计局"


@pytest.mark.parametrize(
    ("value", "yoy", "code"),
    [
        ("0", "8.2", "zero_for_figure"),
        ("0.0", "", "zero_for_figure"),
        ("", "", "nothing_for_figure"),
        ("", "8.9", "nothing_for_figure"),
        ("—", "", "nothing_for_figure"),
        ("1160.4", "8.9", "fall_of_figure"),
        ("1160.4", "", "fall_of_figure"),  # the growth that stands says that it rose
    ],
)
def test_a_newer_figure_that_vanishes_or_falls_against_its_growth_is_asked_about(store, bring, check, value, yoy, code):
    bring(GOOD)
    later = LATER_THAN_GOOD.format(value=value, yoy=yoy)
    outcome = bring(later)
    assert (codes(outcome.refused), outcome.written) == ([(2, "value", code)], None)
    assert "1,450.5 亿元" in outcome.refused[0].reason("zh") and "confirm" in outcome.refused[0].reason("en")
    assert [o.value for o in store.read(lambda con: indicators.stored(con, ["industrial_output"]))] == [1450.5]
    sure = import_indicators(store, actor=CLERK, upload=upload(later), at=AT, given=Supplement(sure=True))
    assert (sure.refused, sure.written, codes(sure.doubts)) == ((), 1, [(2, "value", code)])
    assert len(store.read(lambda con: indicators.stored(con, ["industrial_output"]))) == 2
    last = store.read(lambda con: sql.rows(con, "SELECT detail FROM event WHERE kind = 'import' ORDER BY n DESC"))[0]
    assert json.loads(last["detail"])["confirmed"] == 1


@pytest.mark.parametrize(
    ("value", "yoy"),
    [("1160.5", "8.9"), ("1000", "-30"), ("1460", "0")],  # less than a fifth; a fall that is published as one
)
def test_an_ordinary_revision_is_not_asked_about(bring, value, yoy):
    bring(GOOD)
    outcome = bring(LATER_THAN_GOOD.format(value=value, yoy=yoy))
    assert (outcome.refused, outcome.doubts, outcome.written) == ((), (), 1)


def test_an_older_release_without_a_figure_takes_nothings_place(bring):
    bring(GOOD)
    assert bring("规上工业总产值,2023年1-10月,亿元,0,,2023-11-10,区统计局").written == 1


def test_a_fall_of_a_fifth_on_last_year_against_a_published_rise_is_asked_about(store, bring):
    bring("规上工业总产值,2022年1-10月,亿元,2000,3,2022-11-20,区统计局")
    outcome = bring(GOOD)
    assert (codes(outcome.refused), outcome.written) == ([(2, "value", "fall_on_year")], None)
    assert "比上年同期的 2,000.0 亿元 低两成以上，而公布的同比是 +8.2%" in outcome.refused[0].reason("zh")
    assert import_indicators(store, actor=CLERK, upload=upload(GOOD), at=AT, given=Supplement(sure=True)).written == 1


def test_a_break_of_the_series_explains_the_fall(store, bring):
    bring("规上工业总产值,2022年1-10月,亿元,2000,3,2022-11-20,区统计局")
    said = {"code": "industrial_output", "starts_on": date(2023, 1, 1), "kind": "scope", "note": "四经普"}
    mark_break(store, actor=CLERK, at=AT, **said)
    assert bring(GOOD).written == 1


def test_a_single_month_beside_the_cumulative_stays_off_its_axis(store, bring):
    bring("出口,2023年1-10月,亿元,1000,1,2023-11-20,x", "出口,2023年10月,亿元,98,2,2023-11-20,x")
    assert list(store.read(lambda con: indicators.observations(con, code="exports"))["value"]) == [1000]


@pytest.mark.parametrize(
    ("unit", "value", "code", "likely"),
    [
        ("亿元", "14505000", "jump_unit", "万元"),
        ("万元", "1450.5", "jump_unit", "亿元"),
        ("亿元", "1450500000", "jump", ""),
    ],
)
def test_a_jump_of_a_thousand_and_more_is_refused_with_the_likely_unit(bring, check, unit, value, code, likely):
    bring(GOOD)
    outcome = check(f"规上工业总产值,2023年1-11月,{unit},{value},8,2023-12-20,x")
    assert outcome.read == ()
    assert codes(outcome.refused) == [(2, "value", code)]
    assert likely in outcome.refused[0].reason("zh")


def test_a_jump_within_one_file_is_found_too(check):
    rows = [f"出口,2023年1-{n}月,亿元,{n * 100},1,2024-02-01,x" for n in (3, 4, 5, 6)]
    outcome = check(*rows, "出口,2023年1-7月,亿元,7000000,1,2024-02-01,x")
    assert codes(outcome.refused) == [(6, "value", "jump_unit")]


@pytest.mark.parametrize(
    ("row", "country"),
    [
        ("出口,2023年1-10月,亿元,11900000,1,2023-11-20,x", "254,545 亿元"),
        ("用电量,2023年10月,亿千瓦时,45000,1,2023-11-20,x", "98,521 亿千瓦时"),
    ],
)
def test_a_first_import_is_held_against_what_the_whole_country_has(check, row, country):
    outcome = check(row, row.replace("2023年1-10月", "2023年1-9月").replace("2023年10月", "2023年9月"))
    assert codes(outcome.refused) == [(2, "value", "beyond_country"), (3, "value", "beyond_country")]
    assert country in outcome.refused[0].reason("zh")


@pytest.mark.parametrize(
    "row",
    ["社会消费品零售总额,2023年1-10月,亿元,0.0411,—,2023-11-20,x", "出口,2023年1-10月,元,11900000,—,2023-11-20,x"],
)
def test_a_first_figure_that_is_too_little_for_a_district_is_confirmed(store, check, row):
    asked = check(row).refused
    assert codes(asked) == [(2, "value", "far_below_country")] and "亿元" in asked[0].reason("zh")
    sure = import_indicators(store, actor=CLERK, upload=upload(row), at=AT, given=Supplement(sure=True))
    assert (sure.refused, sure.written) == ((), 1)
    assert check(row.replace("1-10月", "1-9月")).refused == ()  # there is one to compare with now


BULLETIN = {
    "地区生产总值": ("2023年前三季度", "亿元", 1400), "规上工业总产值": ("2023年1-10月", "亿元", 1860),
    "出口": ("2023年1-10月", "亿元", 1190), "出口(美元)": ("2023年1-10月", "亿美元", 168),
    "社零": ("2023年1-10月", "亿元", 540), "一般公共预算收入": ("2023年1-10月", "亿元", 112),
    "用电量": ("2023年10月", "亿千瓦时", 12.5), "新增经营主体": ("2023年1-10月", "户", 21000),
    "期末实有经营主体": ("2023年10月", "户", 165000),
}  # fmt: skip


@pytest.mark.parametrize("wrong", BULLETIN)
@pytest.mark.parametrize("factor", [10_000, 1_000, 100, 0.01, 0.001, 0.0001])
def test_a_first_bulletin_with_one_figure_noughts_off_is_asked_about_it(check, wrong, factor):
    rows = [f"{name},{period},{unit},{value * (factor if name == wrong else 1):.10g},1,2024-02-20,统计局"
            for name, (period, unit, value) in BULLETIN.items()]  # fmt: skip
    assert 2 + [*BULLETIN].index(wrong) in {one.row for one in check(*rows).refused}


@pytest.mark.parametrize("name", BULLETIN)
@pytest.mark.parametrize("factor", [10, 100, 1_000, 10_000, 1 / 10_000])
def test_one_figure_alone_with_noughts_too_many_is_never_taken_silently(check, name, factor):
    period, unit, value = BULLETIN[name]
    row = f"{name},{period},{unit},{{:.10g}},1,2024-02-20,统计局"
    assert check(row.format(value)).refused == ()
    (asked,) = check(row.format(value * factor)).refused
    assert asked.code in {"more_than_largest", "beyond_country", "far_below_country"}
    assert asked.reason("zh") != asked.reason("en")


PLACES = {  # of 2023, near enough, each asked about nothing: what is right is never kept out
    "本区": [(25, 10, 0.5, 0.07, 9, 2.5, 0.1, 600, 6_000), (5_380, 11_900, 4_900, 690, 1_750, 470, 28, 70_000, 420_000),
             (11_030, 3_600, 1_500, 210, 2_900, 530, 18, 65_000, 560_000)],
    "全市": [(7_791, 9_500, 3_700, 525, 2_790, 579, 48, 130_000, 790_000),
             (24_650, 44_300, 15_100, 2_140, 9_580, 2_456, 150, 330_000, 2_990_000),
             (130, 20, 0.6, 0.09, 35, 8, 0.4, 5_000, 30_000)],
    "全省": [(90_131, 101_000, 35_700, 5_070, 34_200, 8_600, 560, 1_680_000, 10_300_000),
             (135_673, 190_000, 54_400, 7_700, 47_500, 13_850, 800, 3_100_000, 18_000_000)],
    "全国": [(1_401_879, 1_450_000, 269_892, 37_700, 501_202, 216_000, 9_500, 28_000_000, 198_000_000)],
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_places_of_every_rank_are_not_asked_about_what_they_have(check, place):
    for values in PLACES[place]:
        rows = [f"{name},{period.replace('1-10月', '').replace('前三季度', '')},{unit},{value},1,2024-02-20,x,{place}"
                for (name, (period, unit, _)), value in zip(BULLETIN.items(), values, strict=True)]  # fmt: skip
        assert check(*rows, head=f"{HEAD},地区").refused == ()


def test_a_nought_too_many_of_a_city_or_province_alone_is_asked_about(check):
    for place, value in (("全市", 77_910), ("全省", 901_310)):
        asked = check(f"gdp,2023年,亿元,{value},1,2024-02-20,x,{place}", head=f"{HEAD},地区").refused
        assert codes(asked) == [(2, "value", "more_than_largest")]


@pytest.mark.parametrize(
    "row", ["gdp,2023年前三季度,亿元,1400,83", "规模以上工业增加值,2023年1-10月,%,,82",
            "规模以上工业增加值,2023年1-10月,%,,-81", "社零,2023年1-10月,亿元,540,134"],
)  # fmt: skip
def test_growth_that_has_lost_its_point_is_asked_about(check, row):
    assert codes(check(f"{row},2024-02-20,x").refused) == [(2, "yoy", "growth_wild")]


def test_a_first_bulletin_of_a_town_of_exporters_is_asked_nothing(store, check):
    """Yiwu's of 2023, near enough."""
    values = (1500, 1500, 4200, 595, 900, 110, 14, 180_000, 1_050_000)
    rows = [f"{name},{period},{unit},{value},1,2024-02-20,统计局"
            for (name, (period, unit, _)), value in zip(BULLETIN.items(), values, strict=True)]  # fmt: skip
    assert check(*rows).refused == ()
    slip = [row.replace("亿元,900,", "亿元,9,") for row in rows]
    (asked,) = check(*slip).refused
    assert (asked.code, asked.row) == ("out_of_line", 6)
    assert "1 : " in asked.reason("zh") and "亿元" in asked.reason("en")
    sure = import_indicators(store, actor=CLERK, upload=upload(*slip), at=AT, given=Supplement(sure=True))
    assert (sure.refused, sure.written) == ((), 9)


@pytest.mark.parametrize("last", ["11900", "21"])
def test_a_nought_too_many_in_a_series_is_asked_about(check, last):
    rows = [f"出口,2023年1-{n}月,亿元,{n * 119},,2024-02-01,x" for n in (3, 4, 5, 6, 7)]
    asked = check(*rows, f"出口,2023年1-8月,亿元,{last},,2024-02-01,x").refused
    assert codes(asked) == [(7, "value", "unlike_usual")]


def test_the_largest_district_of_the_country_is_not_refused(check):
    assert check("出口,2023年1-10月,亿元,7100,1,2023-11-20,x").refused == ()


def test_a_year_that_begins_small_is_no_jump(bring, check):
    bring("出口,2022年,亿元,12000,1,2023-01-20,x")
    assert check("出口,2023年1-2月,亿元,900,1,2023-03-20,x").refused == ()


def test_a_negative_month_and_growth_that_differs_are_warnings(check):
    outcome = check(
        "出口,2022年1-3月,亿元,300,1,2022-04-20,x",
        "出口,2023年1-3月,亿元,330,4,2023-04-20,x",
        "出口,2023年1-4月,亿元,320,4,2023-05-20,x",
    )
    assert outcome.refused == ()
    assert codes(outcome.warnings) == [(3, "yoy", "growth_differs"), (4, "value", "negative_month")]


def test_real_growth_is_never_recomputed(check):
    outcome = check("GDP,2022年,亿元,1800,5,2023-01-25,x", "GDP,2023年,亿元,2200,6,2024-01-25,x")
    assert outcome.warnings == ()


def test_with_anything_refused_nothing_is_written(store, bring):
    before = store.revision()
    outcome = bring(GOOD, "出口,2023年1月,亿元,1,1,2023-02-20,x")
    assert (outcome.written, len(outcome.read), len(outcome.refused)) == (None, 1, 1)
    assert store.revision() == before
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM observation")) == 0


def test_an_import_is_one_event_and_a_second_try_of_it_none(store):
    for _ in range(2):
        done = import_indicators(store, actor=CLERK, upload=upload(GOOD), at=AT, import_id="one")
        assert done.written == 1
    (event,) = store.read(lambda con: events.of_subject(con, "one"))
    assert (event["area"], event["kind"], event["detail"]["rows"]) == ("indicator", "import", 1)
    assert event["actor_id"] == CLERK.id
    assert store.read(events.verify) == []


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_import(store, role):
    with pytest.raises(Refused, match="forbidden"):
        import_indicators(store, actor=Actor("x", role, "示例"), upload=upload(GOOD), at=AT)


def test_a_workbook_with_a_formula_and_a_percentage(store):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEAD.split(","))
        for n in (1, 2):
            sheet.write_row(n, 0, ["出口", f"2023年1-{n + 8}月", "亿元", 1000.0 + n])
            sheet.write(n, 4, 0.082, percent)
            sheet.write_datetime(n, 5, datetime(2023, 11, 20), day)
            sheet.write(n, 6, "海关")
        sheet.write_formula(2, 3, "=D2+1", None, 1002)
    outcome = check_indicators(store, actor=CLERK, upload=Upload("x.xlsx", buffer.getvalue()), at=AT)
    assert [(r.row, float(there(r.value)), float(there(r.yoy))) for r in outcome.read] == [(2, 1001.0, 8.2)]
    assert codes(outcome.refused) == [(3, "value", "formula")]


def test_columns_that_are_missing_unknown_or_doubled_are_told(check):
    assert codes(check("1,2", head="甲,乙").refused) == [(1, "header", "columns_unknown")]
    missing = check("出口,2023年,1", head="指标,时期,数值")
    assert codes(missing.refused) == [(1, "unit", "column_missing"), (1, "source", "column_missing")]
    doubled = check(GOOD + ",1", head=HEAD + ",Value")
    assert codes(doubled.refused) == [(1, "value", "column_same_meaning")]
    extra = check(GOOD + ",备注", head=HEAD + ",备注")
    assert (extra.refused, codes(extra.warnings)) == ((), [(1, "header", "column_ignored")])
    assert codes(check().refused) == [(1, "file", "no_rows")]


# --- the command line --------------------------------------------------------------------------------------------


def run(tmp_path, content: bytes | None, *options: str) -> tuple[int, dict, str]:
    path = tmp_path / "in.csv"
    if content is not None:
        path.write_bytes(content)
    environment = {"STORE_URL": f"duckdb:{tmp_path / 'data/store.duckdb'}", "PATH": "", "LANG": "zh_CN.UTF-8"}
    command = [sys.executable, "-m", "intake", "import", "indicators", str(path), *options]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60)
    return ran.returncode, json.loads(ran.stdout), ran.stderr.decode()


def test_a_store_in_use_is_checked_without_and_the_answer_says_so(tmp_path):
    held = open_store(f"duckdb:{tmp_path / 'data/store.duckdb'}")
    held.migrate()
    code, answer, _ = run(tmp_path, upload("出口,2023年,亿元,100,1,2024-01-20,海关").content, "--check")
    held.close()
    assert code == 0
    assert [w["code"] for w in answer["warnings"]] == ["store_not_compared"]


def test_the_command_line_checks_without_a_store_and_then_imports(tmp_path):
    file = upload("出口,2023年,亿元,100,1,,海关", encoding="gb18030").content
    code, answer, _ = run(tmp_path, file, "--check")
    assert (code, len(answer["read"]), answer["refused"]) == (0, 1, [])
    assert [w["code"] for w in answer["warnings"]] == ["released_missing"]
    assert not (tmp_path / "data").exists()
    code, answer, _ = run(tmp_path, file)
    assert code == 1
    assert answer["refused"] == [
        {"row": 2, "field": "released", "code": "released_missing", "reason": answer["refused"][0]["reason"]}
    ]
    assert "发布日期" in answer["refused"][0]["reason"]
    assert run(tmp_path, upload(GOOD).content)[0] == 0
    code, answer, _ = run(tmp_path, upload(GOOD).content, "--check", "--language", "en")
    assert (code, answer["refused"][0]["code"]) == (1, "duplicate_stored")
    assert "imported already" in answer["refused"][0]["reason"]


@pytest.mark.parametrize(
    "content", [None, b"", b"PK\x03\x04broken", b"\xff\xfe\xfd", b"%PDF-1.4", b"a,b\n1,2\n", b"\0\0"]
)
def test_the_command_line_answers_to_anything(tmp_path, content):
    code, answer, errors = run(tmp_path, content, "--check")
    assert code == 1
    assert answer["refused"][0]["row"] in (0, 1)
    assert answer["refused"][0]["reason"]
    assert "Traceback" not in errors


@pytest.mark.of_a_file
def test_the_command_line_tells_when_the_store_is_in_use(tmp_path, store):
    path = tmp_path / "in.csv"
    path.write_bytes(upload(GOOD).content)
    environment = {"STORE_URL": f"duckdb:{tmp_path / 'store.duckdb'}", "PATH": ""}
    command = [sys.executable, "-m", "intake", "import", "indicators", str(path)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert (ran.returncode, json.loads(ran.stdout)["refused"][0]["code"]) == (1, "store_not_opened")
    ran = subprocess.run([*command, "--check"], cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert (ran.returncode, len(json.loads(ran.stdout)["read"])) == (0, 1)
    assert b"Traceback" not in ran.stderr
