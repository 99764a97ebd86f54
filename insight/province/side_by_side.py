"""A figure in every district that shows it: rows, median and spread.

Nobody is told more than the districts have published: what one does not tell is in no file, so nothing here is reckoned
with it. Two rules keep it so for who knows more than this page. A median and a spread are of three districts at least:
of two, either tells the other. A total is formed only where every district tells: of all but one, whoever knows the
whole from elsewhere has the one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

import i18n
from i18n.writing import MAIN
from insight.citing.said import CitedPoint, Statement, say
from insight.province.sent import DistrictFigures, SentFigure

LEAST = 3  # districts
LATE = timedelta(days=3)  # a district sends every day


@dataclass(frozen=True)
class SideRow:
    """One district: `point` None where it tells nothing of the period. `apart`: it counts by another definition or in
    another unit than most, and is left out of what is reckoned."""

    sent: DistrictFigures
    figure: SentFigure
    point: CitedPoint | None
    apart: bool
    late: bool

    @property
    def value(self) -> float | None:
        return value_of(self.figure.said, self.point) if self.point else None


@dataclass(frozen=True)
class SideBySide:
    """`period` None: each district's newest. `rows`: the greatest first, then those that tell nothing. `median`, `low`
    and `high` None of fewer than LEAST; `total` None besides where one does not tell, or of what is not `counts`."""

    key: str
    said: Statement
    period: date | None
    rows: tuple[SideRow, ...]
    median: float | None
    low: float | None
    high: float | None
    total: float | None
    counts: bool

    @property
    def telling(self) -> list[SideRow]:
        return [row for row in self.rows if row.value is not None and not row.apart]


def value_of(said: Statement, point: CitedPoint) -> float | None:
    return point.growth if said.drawn == "growth" else point.value


def is_late(sent: DistrictFigures, at: datetime) -> bool:
    return at - sent.at > LATE


def keys(found: Sequence[DistrictFigures]) -> list[str]:
    """Every figure that any district shows: those of cases first, and within a kind those that most show."""
    shown = Counter(key for one in found for key in one.figures)
    return sorted(shown, key=lambda key: (key.partition(":")[0] != "cases", -shown[key], key))


def periods(found: Sequence[DistrictFigures], key: str) -> list[date]:
    """The ends of which any district tells, the newest first."""
    return sorted({end for one in found if key in one.figures for end in _told(one.figures[key].said)}, reverse=True)


def usual_period(found: Sequence[DistrictFigures], key: str) -> date | None:
    """Of a published series the newest period that half of the districts tell; of cases each one's newest day."""
    figures = [one.figures[key] for one in found if key in one.figures]
    if not figures or figures[0].kind == "cases":
        return None
    tell = Counter(end for one in figures for end in _told(one.said))
    return max((end for end, n in tell.items() if 2 * n >= len(figures)), default=max(tell, default=None))


def side_by_side(found: Sequence[DistrictFigures], key: str, period: date | None, at: datetime) -> SideBySide:
    """Raises KeyError for a figure that nobody shows."""
    shown = [(one, one.figures[key]) for one in found if key in one.figures]
    if not shown:
        raise KeyError(key)
    usual = Counter(_counted(figure.said) for _, figure in shown).most_common(1)[0][0]
    said = next(figure.said for _, figure in shown if _counted(figure.said) == usual)
    rows = [
        SideRow(one, figure, _point(figure.said, period), _counted(figure.said) != usual, is_late(one, at))
        for one, figure in shown
    ]
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0), row.sent.code))
    told = [row.value for row in rows if row.value is not None and not row.apart]
    enough = len(told) >= LEAST
    counts = all(_is_count(row.figure.said) for row in rows)
    return SideBySide(
        key, said, period, tuple(rows), median(told) if enough else None, min(told) if enough else None,
        max(told) if enough else None, sum(told) if counts and enough and len(told) == len(rows) else None, counts,
    )  # fmt: skip


def named(one: SideBySide, language: str) -> str:
    """With what its numbers are: their unit, or the growth over a year before."""
    name = say(one.said.name, language)
    if one.said.drawn == "growth":
        what = i18n.text("province.growth", language)
    else:
        what = "" if one.said.most is not None else say(one.said.unit, language).strip()
    return name + i18n.LANGUAGES[language].aside.format(what) if what else name


def number(one: SideBySide, value: float, language: str) -> str:
    """As the districts write it, in their unit."""
    digits = i18n.number(value, language, 0 if float(value).is_integer() else 1)
    return f"{digits}%" if one.said.drawn == "growth" or one.said.most is not None else digits


def _counted(said: Statement) -> tuple[str, str, str]:
    return said.drawn, said.unit[MAIN], said.definition[MAIN]


def _is_count(said: Statement) -> bool:
    """A full count is its own n (insight.measures.count)."""
    return said.drawn == "value" and all(point.value == point.n for point in said.points)


def _told(said: Statement) -> list[date]:
    return [point.end for point in said.points if value_of(said, point) is not None]


def _point(said: Statement, period: date | None) -> CitedPoint | None:
    if period is None:
        return said.last
    return next((point for point in said.points if point.end == period), None)
