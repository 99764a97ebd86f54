"""How long cases take from their first dispatch to the answer that stands, in calendar and in working days."""

from collections.abc import Mapping
from datetime import date

from insight.cases.facts import Facts
from insight.cases.survival import km_quantile
from insight.measures import Measure

# the beginning of the codes → the clock that is read, and its unit
CLOCKS: dict[str, tuple[str, str]] = {
    "handling_days": ("days", "day"),
    "handling_days_working": ("working", "working_day"),
}
Counts = Mapping[int, int]  # days → how many cases


def duration_measures(facts: Facts) -> list[Measure]:
    """Of the settled: mean, median, nine in ten. With the open ones as unfinished (Kaplan–Meier): half, nine in ten."""
    found = []
    for code, (clock, unit) in CLOCKS.items():
        settled, waiting = (_counted(facts, clock, settled=which) for which in (True, False))
        n = sum(settled.values())
        values = {"mean": _mean(settled), "median": _median(settled), "p90": _part(settled, 0.9)} if n else {}
        found += [_days(f"{code}_{name}", values.get(name), unit, n, facts.as_of) for name in ("mean", "median", "p90")]
        n += sum(waiting.values())
        shares = {"km": 0.5, "km_p90": 0.9}
        found += [_days(f"{code}_{name}", km_quantile(settled, waiting, share), unit, n, facts.as_of)
                  for name, share in shares.items()]  # fmt: skip
    return found


def _counted(facts: Facts, clock: str, *, settled: bool) -> Counts:
    counts: dict[int, int] = {}
    for one in facts.lasted:
        if one.settled == settled:
            counts[getattr(one, clock)] = counts.get(getattr(one, clock), 0) + one.n
    return dict(sorted(counts.items()))


def _mean(counts: Counts) -> float:
    return sum(days * n for days, n in counts.items()) / sum(counts.values())


def _median(counts: Counts) -> float:
    """The middle one, or halfway between the middle two."""
    n = sum(counts.values())
    return (_at(counts, (n + 1) // 2) + _at(counts, n // 2 + 1)) / 2


def _part(counts: Counts, share: float) -> float:
    """The number of days within which so many were settled: one that occurred, never in between."""
    n = sum(counts.values())
    return float(_at(counts, -(-n * round(100 * share) // 100)))


def _at(counts: Counts, place: int) -> int:
    """The days of the one at this place, counted from 1."""
    for days, n in counts.items():
        place -= n
        if place <= 0:
            return days
    raise IndexError(place)


def _days(code: str, value: float | None, unit: str, n: int, at: date) -> Measure:
    return Measure(code, None if value is None else float(value), unit, n, None, None, at)
