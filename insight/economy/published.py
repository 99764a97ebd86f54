"""The economy as published: the newest vintage of every period, this year's beside last year's, nothing derived."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from db.indicators.indicators import (
    DISTRICT,
    Break,
    IndicatorDefinition,
    TargetRow,
    breaks,
    indicators,
    observations,
    targets,
)  # fmt: skip
from db.sql import Connection

YEARS = 6  # of one period, side by side
NEIGHBOURS = ("city", "province")
BESIDE = "beside"  # a series without a chart of its own
STOCK_OF = {"new_entities": "entities_stock"}  # flow → stock, drawn under it


@dataclass(frozen=True)
class Point:
    """One published observation. `growth` is the published one, in percent; None is not published, never 0."""

    start: date
    end: date
    value: float | None
    growth: float | None
    decimals: int
    vintage: date
    source: str
    status: str = "preliminary"
    revised: int = 0  # how many releases changed it
    was_value: float | None = None  # before the last change
    was_growth: float | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator(IndicatorDefinition):
    """An indicator with the points of its newest year and of the year before, each by the month of its end, and the
    points of up to six years for the same period as the newest. A point has its own source."""

    latest: Point
    this_year: dict[int, Point]
    last_year: dict[int, Point]
    same_period: tuple[Point, ...]
    points: tuple[Point, ...] = ()  # of all years
    breaks: tuple[Break, ...] = ()  # where it stands on another footing than before
    target: TargetRow | None = None  # the budget of the newest year
    beside: tuple[Point, ...] = ()  # the stock that belongs to a flow
    singles: tuple[Point, ...] = ()  # single months published beside the cumulative

    @property
    def months(self) -> list[int]:
        """The ends of periods along the axis: every one that either year has, and what is missing between."""
        found = sorted({*self.this_year, *self.last_year})
        step = 3 if "quarter" in self.period_kind else 1
        return list(range(found[0], found[-1] + 1, step)) if found else []


def published(con: Connection, as_of: date) -> tuple[Indicator, ...]:
    """Every indicator that has anything published by `as_of`, in the order of the list; a stock with its flow."""
    found = _points(con, as_of, main=True)
    singles = _points(con, as_of, main=False)
    listed = [defined for defined in indicators(con) if defined.code in found and defined.chart != BESIDE]
    marked, budgets = breaks(con, [defined.code for defined in listed]), targets(con)
    return tuple(
        _indicator(
            defined,
            found[defined.code],
            breaks=tuple(one for one in marked if one.indicator_code == defined.code and one.geography == DISTRICT),
            target=budgets.get((defined.code, found[defined.code][-1].end.year)),
            beside=tuple(found.get(STOCK_OF.get(defined.code, ""), ())),
            singles=tuple(singles.get(defined.code, ())),
        )
        for defined in listed
    )


def neighbours(con: Connection, code: str, as_of: date) -> dict[str, list[Point]]:
    """The same series of the city and of the province, where it was imported."""
    found = {place: observations(con, code=code, geography=place, as_of=as_of) for place in NEIGHBOURS}
    return {place: [_point(row) for row in rows.to_dict("records")] for place, rows in found.items()}


def _points(con: Connection, as_of: date, *, main: bool) -> dict[str, list[Point]]:
    observed = observations(con, as_of=as_of, main=main)
    return {
        str(code): [_point(row) for row in rows.to_dict("records")] for code, rows in observed.groupby("indicator_code")
    }


def _indicator(defined: IndicatorDefinition, points: list[Point], **more: Any) -> Indicator:  # noqa: ANN401
    latest = points[-1]
    return Indicator(
        **vars(defined),
        **more,
        latest=latest,
        this_year=_of_year(points, latest.end.year),
        last_year=_of_year(points, latest.end.year - 1),
        points=tuple(points),
        same_period=tuple(p for p in points if (p.start.month, p.end.month) == (latest.start.month, latest.end.month))[
            -YEARS:
        ],
    )


def _of_year(points: list[Point], year: int) -> dict[int, Point]:
    return {point.end.month: point for point in points if point.end.year == year}


def _point(row: dict[str, object]) -> Point:
    return Point(
        start=_day(row["period_start"]),
        end=_day(row["period_end"]),
        value=_known(row["value"]),
        growth=_known(row["yoy_published"]),
        decimals=int(str(row["decimals"])),
        vintage=_day(row["vintage"]),
        source=str(row["source"]),
        status=str(row["status"]),
        revised=int(str(row["changes"])),
        was_value=_known(row["was_value"]),
        was_growth=_known(row["was_growth"]),
    )


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def _known(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))  # type: ignore[arg-type]
