"""A number that says what it is worth."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Measure:
    """`value` is None where there is nothing to compute it from, or where it is `suppressed` (under 10 answers).

    `unit` is a code of `unit.<code>`; `n` the records behind it; `low` and `high` a 95 % interval where it is an
    estimate, `effective` and `deff` what its n is worth; `as_of` the last Shanghai day that counts.
    """

    code: str
    value: float | None
    unit: str
    n: int
    low: float | None
    high: float | None
    as_of: date
    suppressed: bool = False
    effective: float | None = None
    deff: float | None = None


def count(code: str, value: float, unit: str, as_of: date) -> Measure:
    """A full count: it is its own n and has no interval."""
    return Measure(code, int(value), unit, int(value), None, None, as_of)


def untold(measure: Measure) -> Measure:
    """The same with its n alone: too few are behind it."""
    return replace(measure, value=None, low=None, high=None, suppressed=True)


def ratio(code: str, part: int, whole: int, as_of: date) -> Measure:
    """A share in percent, unrounded; None of nothing."""
    return Measure(code, 100 * part / whole if whole else None, "%", whole, None, None, as_of)
