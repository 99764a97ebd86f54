"""Which figure is released next, and which is late: reckoned from how long the last ones took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from insight.economy.published import Indicator, Point

RELEASES = 12  # whose days from period to release are looked at
GRACE = timedelta(days=5)  # a release may slip over a weekend or a holiday


@dataclass(frozen=True)
class NextRelease:
    """The next period of an indicator ends on `end`; its release is due about `day`. `late`: days since then, or 0."""

    indicator: Indicator
    point: Point
    day: date
    late: int


def due(found: Sequence[Indicator], as_of: date) -> list[NextRelease]:
    """The longest late first, then the next."""
    return sorted((_next(one, as_of) for one in found), key=lambda one: (-one.late, one.day, one.indicator.position))


def _next(one: Indicator, as_of: date) -> NextRelease:
    first = {(p.start, p.end): p for p in reversed(one.points) if not p.revised}.values() or one.points
    took = median_low((p.vintage - p.end).days for p in list(first)[:RELEASES])
    start, end = _period_after(one)
    day = end + timedelta(days=took)
    late = (as_of - day).days if as_of > day + GRACE else 0
    return NextRelease(one, Point(start, end, None, None, 0, day, one.source), day, late)


def _period_after(one: Indicator) -> tuple[date, date]:
    """As far on as the newest is from the one before; January and February of a cumulative series are one."""
    last = one.latest
    ends = [p.end for p in one.points[-2:]]
    months = (ends[-1].year - ends[0].year) * 12 + ends[-1].month - ends[0].month if len(ends) > 1 else 12
    if one.period_kind == "ytd_month":
        months = 12 if months >= 12 else 2 if last.end.month == 12 else 1
    count = last.end.year * 12 + last.end.month - 1 + months
    end = (date(count // 12, count % 12 + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    cumulative = one.period_kind in ("ytd_month", "ytd_quarter", "year")
    return date(end.year, 1, 1) if cumulative else end.replace(day=1), end
