"""A series that the list lacks is added with its meaning, and then read, kept and drawn as its kind asks."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from access.actor import Actor
from db import events
from db.indicators import indicators
from db.refused import Refused
from insight.drawing.charts import Brush, CodeNames
from insight.economy import published as economy
from insight.economy.charts import economy as drawn
from intake.indicators.importing import import_indicators
from intake.indicators.new_series import PERIODS, NewIndicator, add_indicator
from intake.indicators.terms.given import Supplement
from intake.indicators.typed import pasted
from pages.shared.look import palette

CLERK = Actor("clerk", "staff", "示例")
AT = datetime(2024, 3, 1, 4, 0)
PROFITS = NewIndicator(
    "规上工业利润总额", "Profits of industry", "亿元", "ytd_month", "current", "nominal", has_level=True
)
GIVEN = Supplement("区统计局", "2023-11-27")
TABLE = "2023年1-10月\t\t\n指标\t累计（亿元）\t同比±%\n规模以上工业利润总额\t88.5\t-3.3\n"


def test_a_new_series_is_read_kept_and_drawn(store):
    assert import_indicators(store, actor=CLERK, upload=pasted(TABLE), at=AT, given=GIVEN).written is None
    added = add_indicator(store, actor=CLERK, new=PROFITS, at=AT)
    (event,) = store.read(lambda con: events.of_subject(con, f"indicator:{added.code}"))
    assert (event["kind"], event["detail"]["name_zh"]) == ("define", "规上工业利润总额")
    assert import_indicators(store, actor=CLERK, upload=pasted(TABLE), at=AT, given=GIVEN).written == 1
    (shown,) = store.read(lambda con: economy.published(con, date(2024, 3, 1)))
    chart = drawn(shown, Brush(palette(dark=False), CodeNames(), "zh"))
    assert (chart.title, added.chart) == ("规上工业利润总额（2023年1—10月）：88.5 亿元，同比 −3.3%", "columns_growth")


@pytest.mark.parametrize("kind", PERIODS)
def test_every_kind_of_period_has_a_chart(store, kind):
    added = add_indicator(store, actor=CLERK, new=replace(PROFITS, period_kind=kind), at=AT)
    period = {"month": "2023年10月", "quarter": "2023年7-9月", "year": "2022年", "ytd_quarter": "2023年1-9月"}
    table = f"指标\t{period.get(kind, '2023年1-10月')}（亿元）\n规上工业利润总额\t88.5\n"
    assert import_indicators(store, actor=CLERK, upload=pasted(table), at=AT, given=GIVEN).written == 1
    (shown,) = store.read(lambda con: economy.published(con, date(2024, 3, 1)))
    assert shown.code == added.code
    assert drawn(shown, Brush(palette(dark=False), CodeNames(), "en")).title.startswith("Profits of industry")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(PROFITS, name_zh="规上工业总产值"), "indicator_exists"),
        (replace(PROFITS, name_en=" "), "indicator_names"),
        (replace(PROFITS, name_zh="=利润总额"), "name_formula"),
        (replace(PROFITS, has_level=False), "indicator_growth_unit"),
        (replace(PROFITS, unit="吨"), "indicator_unknown"),
    ],
)
def test_a_name_that_is_taken_and_what_does_not_fit_are_refused(store, new, code):
    with pytest.raises(Refused) as refusal:
        add_indicator(store, actor=CLERK, new=replace(new), at=AT)
    assert refusal.value.code == code
    assert all(not one.code.startswith("own_") for one in store.read(indicators.indicators))


def test_who_may_not_import_adds_nothing(store):
    with pytest.raises(Refused):
        add_indicator(store, actor=Actor("x", "leader", "x"), new=PROFITS, at=AT)
