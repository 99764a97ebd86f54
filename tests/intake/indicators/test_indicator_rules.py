"""The twelve rules of statistics, one test a rule, named after it; the rulebook says what each refuses and warns of."""

from datetime import date, datetime

import pytest

import i18n
from access.actor import Actor
from db.events import Event
from db.indicators import indicators
from db.indicators.indicators import Break
from insight.economy import published as economy
from insight.economy.charts import economy as drawn
from insight.economy.months import derived
from insight.economy.published import Point
from intake.files.spreadsheets import Upload
from intake.indicators.importing import check_indicators, import_indicators
from intake.indicators.rules import rulebook
from tests.insight.economy.test_economy import brush
from tests.there import traces

CLERK = Actor("clerk", "staff", "示例")
AT = datetime(2024, 3, 1, 4, 0)
HEAD = "指标,时期,单位,数值,同比(%),发布日期,来源"
LATER = "2024-02-01,区统计局"


def file(*rows: str, head: str = HEAD) -> Upload:
    return Upload("指标.csv", "\n".join([head, *rows]).encode())


@pytest.fixture
def check(store):
    return lambda *rows, **head: check_indicators(store, actor=CLERK, upload=file(*rows, **head), at=AT)


@pytest.fixture
def bring(store):
    return lambda *rows: import_indicators(store, actor=CLERK, upload=file(*rows), at=AT)


def refused_by(rule: int, outcome) -> bool:
    """Everything in it was refused, by this rule alone, with words in both languages."""
    assert all(found.reason(language) for found in outcome.refused for language in i18n.LANGUAGES)
    return {rulebook.number_of(found.code) for found in outcome.refused} == {rule} and outcome.read == ()


def warned_by(rule: int, outcome) -> bool:
    return outcome.refused == () and {rulebook.number_of(found.code) for found in outcome.warnings} == {rule}


def test_rule_1_a_ytd_period_starts_on_1_january(check):
    assert refused_by(1, check(f"出口,2023年2-10月,亿元,100,1,{LATER}"))
    assert refused_by(1, check(f"GDP,2023年三季度,亿元,100,1,{LATER}"))
    assert check(f"出口,2023年1-10月,亿元,100,1,{LATER}").read[0].period.start == date(2023, 1, 1)


def test_rule_2_january_and_february_do_not_stand_alone(check):
    for period in ("2023年1月", "2023年2月", "2023-02"):
        assert refused_by(2, check(f"社会消费品零售总额,{period},亿元,50,1,{LATER}"))
    assert check(f"社会消费品零售总额,2023年1-2月,亿元,100,1,{LATER}").refused == ()


def point(month: int, value: float, revised: int = 0) -> Point:
    return Point(date(2023, 1, 1), date(2023, month, 28), value, None, 1, date(2023, 12, 1), "x", revised=revised)


def test_rule_3_a_month_is_derived_within_one_vintage_and_one_scope():
    year = {2: point(2, 180.0), 3: point(3, 300.3), 4: point(4, 420.0), 6: point(6, 600.0)}
    assert derived(year, ()) == {2: 180.0, 3: 120.3, 4: 119.7}, "March is ytd3 − ytd2; June has no May"
    assert derived({**year, 4: point(4, 421.0, revised=1)}, ()) == {2: 180.0, 3: 120.3}
    assert derived(year, (date(2023, 4, 1),)) == {2: 180.0, 3: 120.3}


def test_rule_4_a_negative_derived_month_is_a_warning(check):
    fell = check(f"出口,2023年1-3月,亿元,330,4,{LATER}", f"出口,2023年1-4月,亿元,320,4,{LATER}")
    assert warned_by(4, fell)
    assert len(fell.read) == 2


def test_rule_5_published_growth_wins_and_is_recomputed_only_within_a_nominal_series_of_one_scope(store, check, bring):
    bring("出口,2022年,亿元,1000,1,2023-01-20,x", "GDP,2022年,亿元,1000,1,2023-01-20,x")
    differing = "出口,2023年,亿元,1100,15.5,2024-01-20,x"
    assert warned_by(5, check(differing))
    assert float(check(differing).read[0].yoy) == 15.5
    assert check("GDP,2023年,亿元,1100,15.5,2024-01-20,x").warnings == (), "real growth"
    marked = Break("exports", "district", date(2023, 1, 1), "scope", "口径调整", AT)
    store.write(lambda con: indicators.mark_break(con, marked, event=Event(AT, "indicator", "break", "exports", 1)))
    assert check(differing).warnings == (), "another scope"


def test_rule_6_no_level_is_derived_from_growth(store, check, bring):
    assert refused_by(6, check(f"固定资产投资,2023年,亿元,500,7.1,{LATER}"))
    bring(f"固定资产投资,2023年,%,,7.1,{LATER}", f"GDP,2023年,亿元,1800,6,{LATER}")
    found = {one.code: one for one in store.read(lambda con: economy.published(con, date(2024, 3, 1)))}
    assert found["fixed_investment"].latest.value is None
    assert found["gdp"].last_year == {}, "last year's level is not growth taken back"


def test_rule_7_percent_and_points_are_apart(check):
    assert refused_by(7, check(f"出口,2023年,亿元,100,0.3个百分点,{LATER}"))
    assert refused_by(7, check(f"固定资产投资,2023年,百分点,7.1,,{LATER}"))
    assert refused_by(7, check(f"出口,2023年,亿元,7.1%,,{LATER}"))


def test_rule_8_units_convert_explicitly_and_a_jump_of_ten_thousand_is_refused(check, bring):
    assert float(check(f"出口,2023年,万元,11900000,1,{LATER}").read[0].value) == 1190
    bring("出口,2022年,亿元,1000,1,2023-01-20,x")
    assert refused_by(8, check(f"出口,2023年,亿元,11900000,1,{LATER}"))
    assert refused_by(8, check(f"出口,2023年,亿美元,170,1,{LATER}"))


def test_rule_9_parts_need_not_sum(check):
    parts = [
        "出口,2023年,亿元,100.0,1,{},柯桥街道",
        "出口,2023年,亿元,100.0,1,{},华舍街道",
        "出口,2023年,亿元,200.1,1,{},本区",
    ]
    outcome = check(*(row.format(LATER) for row in parts), head=HEAD + ",地区")
    assert (outcome.refused, outcome.warnings) == ((), ())
    assert [float(r.value) for r in outcome.read] == [100.0, 100.0, 200.1], "nothing is repaired"


def test_rule_10_periods_of_different_kinds_share_no_axis(store, check, bring):
    assert refused_by(10, check(f"全社会用电量,2023年1-10月,亿千瓦时,120,1,{LATER}"))
    bring(f"出口,2023年1-10月,亿元,1000,1,{LATER}", f"出口,2023年10月,亿元,98,2,{LATER}")
    (exports,) = store.read(lambda con: economy.published(con, date(2024, 3, 1)))
    figure = drawn(exports, brush("zh")).figure
    assert 98 not in [y for trace in traces(figure) for y in trace.y]


@pytest.mark.parametrize(
    ("cell", "mark"), [("", "not_available"), ("—", "not_applicable"), ("*", "suppressed"), ("…", "rounds_to_zero")]
)
def test_rule_11_missing_is_not_zero_and_has_four_marks(check, cell, mark):
    (read,) = check(f"出口,2023年,亿元,{cell},1,{LATER}").read
    assert (read.value, read.mark) == (None, mark)


def test_rule_12_every_point_carries_source_and_release_and_no_duplicate_without_a_vintage(check, bring):
    assert refused_by(12, check("出口,2023年,亿元,100,1,2024-02-01,"))
    assert refused_by(12, check("出口,2023年,亿元,100,1,,统计局"))
    bring(f"出口,2023年,亿元,100,1,{LATER}")
    assert refused_by(12, check(f"出口,2023年,亿元,101,1,{LATER}"))
    assert warned_by(12, check("出口,2023年,亿元,101,1,2024-02-20,统计局"))


def test_the_rulebook_has_twelve_rules_with_words_and_each_code_has_its_own():
    assert [rule.number for rule in rulebook.RULES] == list(range(1, 13))
    for rule in rulebook.RULES:
        for language in i18n.LANGUAGES:
            assert i18n.text(f"rule.{rule.number}", language)
            names = ("value", "n", "other", "day", "end", "released", "before", "after", "power", "unit", "likely",
                     "wanted", "published", "computed", "yoy", "line", "as_fraction", "as_percent", "year",
                     "country", "times")  # fmt: skip
            facts = dict.fromkeys(names, "x")
            assert all(i18n.text(f"error.{c}", language, **facts | {"n": 1}) for c in (*rule.refuses, *rule.warns))
