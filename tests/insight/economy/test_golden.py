"""Published figures, typed with their sources, come through the product's own import and are shown unchanged."""

import csv
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from access.actor import Actor
from db.indicators import indicators
from insight.drawing.charts import Brush, CodeNames
from insight.economy import published as economy
from insight.economy.charts import economy as drawn
from intake.files.upload import Upload
from intake.indicators.importing import check_indicators, import_indicators
from intake.indicators.terms.given import Supplement
from pages.shared.look import palette

FILE = Path(__file__).parent / "golden/published.csv"
CLERK = Actor("clerk", "staff", "示例")


@pytest.fixture
def golden(store):
    upload = Upload(FILE.name, FILE.read_bytes())
    outcome = import_indicators(store, actor=CLERK, upload=upload, at=datetime(2024, 3, 5, 4, 0))
    assert outcome.refused == ()
    assert outcome.written == len(FILE.read_text(encoding="utf-8").splitlines()) - 1
    return store


def stored(store, geography="district") -> dict[tuple[str, date], list]:
    known = store.read(lambda con: indicators.stored(con, [one.code for one in indicators.indicators(con)]))
    found: dict[tuple[str, date], list] = {}
    for one in known:
        if one.geography == geography:
            found.setdefault((one.indicator_code, one.period_end), []).append(one)
    return found


def test_every_figure_is_stored_as_it_was_published(golden):
    known = [
        one for place in ("district", "province", "nation") for found in stored(golden, place).values() for one in found
    ]
    with FILE.open(encoding="utf-8", newline="") as file:
        typed = sorted((row["数值"], row["同比(%)"], row["来源"], row["发布日期"]) for row in csv.DictReader(file))
    kept = sorted(
        (
            "" if one.value is None else f"{one.value:.{one.decimals}f}",
            "" if one.yoy_published is None else f"{one.yoy_published:.1f}",
            one.source,
            one.vintage.isoformat(),
        )
        for one in known
    )
    assert kept == typed


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("gdp", "地区生产总值（2023年前三季度）：1,450.0 亿元，同比 +8.2%",
         "Gross domestic product, Q1–Q3 2023: CNY 145.0 bn, +8.2% on the year"),
        ("industrial_output", "规模以上工业总产值（2023年1—10月）：1,860.0 亿元",
         "Output of above-scale industry, Jan–Oct 2023: CNY 186.0 bn"),
        ("exports", "出口总额（2023年1—10月）：1,190.0 亿元，同比 +11.6%",
         "Exports, Jan–Oct 2023: CNY 119.0 bn, +11.6% on the year"),
        ("new_entities", "新增经营主体（2023年1—11月）：2.3 万户", "New market entities, Jan–Nov 2023: 23,000"),
        ("talents", "国家级领军人才（2023年1—11月）：31 人", "National-level leading talents, Jan–Nov 2023: 31"),
        ("graduates", "新增大学毕业生（2023年1—11月）：3.98 万人", "New university graduates, Jan–Nov 2023: 39,800"),
    ],
)  # fmt: skip
def test_the_account_s_figures_are_shown_with_their_source(golden, code, zh, en):
    found = {one.code: one for one in golden.read(lambda con: economy.published(con, date(2023, 11, 30)))}
    for language, words in (("zh", zh), ("en", en)):
        chart = drawn(found[code], Brush(palette(dark=False), CodeNames(), language))
        assert chart.title == words
        assert "潮新闻2023年12月报道" in chart.source


def test_the_final_count_of_2022_is_a_vintage_beside_the_first(golden):
    first, final = stored(golden, "nation")["gdp", date(2022, 12, 31)]
    assert (first.value, first.status, final.value, final.status) == (1210207, "preliminary", 1204724, "verified")
    as_of = {
        day: golden.read(lambda con, d=day: indicators.observations(con, code="gdp", geography="nation", as_of=d))
        for day in (date(2023, 12, 1), date(2023, 12, 31))
    }
    year = [frame[frame["period_end"].astype(str).str.startswith("2022-12-31")] for frame in as_of.values()]
    assert [float(frame["value"].iloc[0]) for frame in year] == [1210207, 1204724]


@pytest.mark.parametrize(
    ("year", "first", "final"), [(2019, (990865, 6.1), (986515, 6.0)), (2021, (1143670, 8.1), (1149237, 8.4))]
)
def test_first_and_final_counts_of_the_nation_stay_apart_with_their_growth(golden, year, first, final):
    found = stored(golden, "nation")["gdp", date(year, 12, 31)]
    assert [(one.value, one.yoy_published) for one in found] == [first, final]


def test_another_county_s_published_table_is_refused_until_somebody_says_whose_it_is(store):
    """Kunshan's year 2022, as its government published it on 29 January 2023 (jiangsu.gov.cn, art_33718_10736636)."""
    table = "昆山市2022年主要经济指标\n指标,单位,绝对值,比上年增长（%）\n地区生产总值,亿元,5006.7,1.8\n"
    table += "新增经营主体,万家,5.7,\n"
    upload, at = Upload("昆山.csv", table.encode("gb18030")), datetime(2024, 3, 1, 4, 0)
    given = Supplement("昆山市政府办公室", "2023-01-29")
    assert {one.code for one in check_indicators(store, actor=CLERK, upload=upload, at=at, given=given).refused} == {
        "other_place"
    }
    import_indicators(store, actor=CLERK, upload=upload, at=at, given=replace(given, place="district"))
    found = stored(store)
    (gdp,), (entities,) = found["gdp", date(2022, 12, 31)], found["new_entities", date(2022, 12, 31)]
    assert (gdp.value, gdp.yoy_published, entities.value) == (5006.7, 1.8, 57000)
