"""What may be said of a change? The difference of two figures with its 95 % interval: whoever says one asks here."""

from dataclasses import dataclass, replace
from math import ceil, floor, isnan, sqrt
from typing import Literal

import i18n
from insight.measures import Measure
from insight.survey.estimates import Estimate, change, wilson

Z = 1.959964  # the normal quantile of 95 %
FEWEST = 5  # in either group; below, a difference is not spoken of
Way = Literal["up", "down", "same", "unknown"]
Ends = tuple[float, float, float]  # a figure and its interval


@dataclass(frozen=True)
class Moved:
    """`by` is now less before, `low` to `high` its interval (ints where it is told in whole numbers), `n` how many are
    in the newer group."""

    now: float
    before: float
    low: float
    high: float
    n: int

    @property
    def by(self) -> float:
        return self.now - self.before

    @property
    def matters(self) -> bool:
        """Chance alone would hardly bring it."""
        return surely(self.low, self.high)


def surely(low: float | None, high: float | None) -> bool:
    """The interval leaves zero out, its ends as they are written: one that reads 0.0 to 2.3 does not."""
    return low is not None and high is not None and (i18n.rounded(low, 1) > 0 or i18n.rounded(high, 1) < 0)


def way(moved: Moved | None) -> Way:
    """What a title or a sentence may say of it: 'same' where chance may have brought it, 'unknown' without interval."""
    if moved is None:
        return "unknown"
    return "same" if not moved.matters else "up" if moved.by > 0 else "down"


def shares(part: int, whole: int, part_before: int, whole_before: int) -> Moved | None:
    """Two shares in percent. Newcombe's interval, made of Wilson's two: fair to small groups and to shares near 100."""
    if min(whole, whole_before) < FEWEST:
        return None
    return _apart(_share(part, whole), _share(part_before, whole_before), whole)


def measured(now: Measure, before: Measure) -> Moved | None:
    """Two measures: counts of everything are sure, estimates have intervals, shares of counted cases Newcombe's."""
    if now.value is None or before.value is None:
        return None
    if None not in (now.low, now.high, before.low, before.high):
        ends = [(one.value or 0, one.low or 0, one.high or 0) for one in (now, before)]
        return _apart(ends[0], ends[1], now.n)
    if now.unit == "%":
        parts = [int(i18n.rounded((one.value or 0) * one.n / 100)) for one in (now, before)]
        return shares(parts[0], now.n, parts[1], before.n)
    if isinstance(now.value, int):
        return Moved(now.value, before.value, now.value - before.value, now.value - before.value, now.n)
    return None


def estimated(now: Estimate, before: Estimate) -> Moved | None:
    """Two estimates of different answers. Where one is told in whole numbers, so is the change."""
    if not (now.whole or before.whole):
        _, low, high = change(now, before)
        return Moved(now.value, before.value, low, high, now.n)
    if any(isnan(end) for one in (now, before) for end in (one.value, one.low, one.high)):
        return None
    moved = _apart(_whole(now), _whole(before), now.n)
    return replace(moved, low=floor(moved.low), high=ceil(moved.high))


def decimals(by: float) -> int:
    """With which a change is written: beside a whole number none, for they would be those that it does not tell."""
    return 0 if isinstance(by, int) else 1


def _whole(one: Estimate) -> Ends:
    return int(i18n.rounded(one.value)), one.low, one.high


def _share(part: int, whole: int) -> Ends:
    low, high = wilson(part / whole, whole, Z)
    return 100 * part / whole, 100 * low, 100 * high


def _apart(now: Ends, before: Ends, n: int) -> Moved:
    """Two figures of different groups, each with its interval: the squares of what each may be off add up."""
    by = now[0] - before[0]
    low = by - sqrt((now[0] - now[1]) ** 2 + (before[2] - before[0]) ** 2)
    high = by + sqrt((now[2] - now[0]) ** 2 + (before[0] - before[1]) ** 2)
    return Moved(now[0], before[0], low, high, n)
