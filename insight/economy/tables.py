"""The numbers under the charts of the economy: as published, and by month where a month is known."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go

import i18n
from db.indicators.indicators import Observation
from insight import wording
from insight.drawing.charts import Brush, Chart
from insight.economy.charts import SMALL, source
from insight.economy.marks import axis_decimals, first_two, footing, say_unit
from insight.economy.months import derived
from insight.economy.published import Indicator, Point


@dataclass(frozen=True)
class Revised:
    """Two vintages of one period, one after the other."""

    period: str
    before: Observation
    after: Observation


def numbers(indicator: Indicator, brush: Brush) -> list[list[str]]:
    """(period, value, growth, status, source with release) of this and the last year, the newest first."""
    kept = [p for p in indicator.points if p.end.year >= indicator.latest.end.year - 1]
    return [_row(indicator, point, brush) for point in reversed(kept)]


def _row(indicator: Indicator, point: Point, brush: Brush) -> list[str]:
    language = brush.language
    value = "—" if point.value is None else wording.amount(point.value, indicator.unit, point.decimals, language)
    growth = "—" if point.growth is None else wording.growth(point.growth, language)
    publisher = wording.publisher(point.source, language)
    released = brush.t("economy.source", source=publisher, day=i18n.day(point.vintage, language))
    period, status = wording.dated_period(indicator, point, language), brush.t(f"import.status.{point.status}")
    return [period, value, growth, status, released]


def data(indicator: Indicator, language: str) -> tuple[list[str], list[list[str | float | date | None]]]:
    """Columns and rows of everything that is known, for a file: numbers as numbers, in the indicator's own unit."""
    names = ("indicator", "period", "value", "unit", "yoy", "status", "released", "source")
    rows: list[list[str | float | date | None]] = [
        [indicator.say(language), wording.dated_period(indicator, point, language), point.value, indicator.unit,
         point.growth, i18n.text(f"import.status.{point.status}", language), point.vintage,
         wording.publisher(point.source, language)]
        for point in indicator.points
    ]  # fmt: skip
    return [i18n.text(f"import.field.{name}", language) for name in names], rows


def months(indicator: Indicator) -> dict[int, tuple[float, bool]]:
    """Month of the newest year → (value, whether derived): as published, else ytd(n) − ytd(n−1) where allowed."""
    if indicator.period_kind != "ytd_month" or not indicator.has_level or indicator.chart == "counter":
        return {}
    year = indicator.latest.end.year
    found = {month: (value, month != 2) for month, value in derived(indicator.this_year, footing(indicator)).items()}
    stated = {p.end.month: (p.value, False) for p in indicator.singles if p.end.year == year and p.value is not None}
    return {**found, **stated}


def monthly(indicator: Indicator, brush: Brush) -> Chart | None:
    """Columns of single months; derived ones are pale and said to be. None where no month is known."""
    known = months(indicator)
    if not known:
        return None
    p, language = brush.palette, brush.language
    every = range(min(known), max(known) + 1)
    scale, places = wording.axis_scale(indicator.unit, language), axis_decimals(indicator, brush)
    figure = go.Figure()
    figure.add_bar(
        x=[month_name(month, language) for month in every],
        y=[known[month][0] * scale if month in known else None for month in every],
        marker_color=[p.pale if m in known and known[m][1] else p.blue for m in every],
        customdata=[brush.number(known[m][0] * scale, places) if m in known else "" for m in every],
        hovertemplate="%{x}　%{customdata}<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(type="category", tickangle=0, tickfont_size=11)
    figure.update_yaxes(rangemode="tozero", tickformat=",")
    say_unit(figure, indicator, brush, "month")
    title = brush.t("economy.monthly", name=indicator.say(language), year=indicator.latest.end.year)
    said = brush.t("economy.derived") if any(by for _, by in known.values()) else ""
    stated = "".join([said, source(indicator, brush)])
    return Chart(title, stated, figure, height=SMALL, decimals=places)


def month_name(month: int, language: str) -> str:
    """January and February are one."""
    if month == 2:
        return first_two(language)
    return wording.tick("month", month, language)


def revisions(indicator: Indicator, stored: list[Observation], language: str) -> list[Revised]:
    """What a later vintage changed, the newest first. `stored` has the vintages of a period in their order."""
    pairs = pairwise(stored)
    changed = [(one, two) for one, two in pairs if one.place == two.place and one.geography == "district"]
    found = [
        Revised(wording.dated_period(indicator, _as_point(two), language), one, two)
        for one, two in changed
        if (one.value, one.yoy_published) != (two.value, two.yoy_published)
    ]
    return sorted(found, key=lambda r: r.after.vintage, reverse=True)


def _as_point(one: Observation) -> Point:
    return Point(one.period_start, one.period_end, one.value, one.yoy_published, one.decimals, one.vintage, one.source)
