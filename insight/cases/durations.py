"""How long cases take from their first dispatch to the answer that stands, in calendar and in working days."""

from datetime import date

import numpy as np
import pandas as pd

from db.workdays import is_working_day
from insight.cases.facts import Facts
from insight.cases.survival import km_quantile
from insight.frames import Column, Frame
from insight.measures import Measure

# the beginning of the codes → the column that is measured, and its unit
CLOCKS: dict[str, tuple[str, str]] = {
    "handling_days": ("calendar", "day"),
    "handling_days_working": ("working", "working_day"),
}


def handled(facts: Facts) -> Frame:
    """The dispatched cases with `calendar` and `working` days: to the standing answer where `is_settled`, else so far.

    The day of dispatch is day 0; a working day counts from the next one on.
    """
    cases = facts.cases[facts.cases["dispatched"].notna()]
    until = cases["settled"].where(cases["is_settled"], pd.Timestamp(facts.as_of))
    return cases.assign(calendar=(until - cases["dispatched"]).dt.days, working=_worked(cases["dispatched"], until))


def duration_measures(facts: Facts) -> list[Measure]:
    """Of the settled: mean, median, nine in ten. With the open ones as unfinished (Kaplan–Meier): half, nine in ten."""
    cases = handled(facts)
    found = []
    for code, (column, unit) in CLOCKS.items():
        settled, waiting = cases[column][cases["is_settled"]], cases[column][~cases["is_settled"]]
        found += _of_settled(code, unit, settled, facts.as_of) + _of_all(code, unit, settled, waiting, facts.as_of)
    return found


def _of_settled(code: str, unit: str, settled: Column, at: date) -> list[Measure]:
    n = len(settled)
    values = {"mean": settled.mean(), "median": settled.median(), "p90": _p90(settled)} if n else {}
    return [_days(f"{code}_{name}", values.get(name), unit, n, at) for name in ("mean", "median", "p90")]


def _of_all(code: str, unit: str, settled: Column, waiting: Column, at: date) -> list[Measure]:
    days, n = (settled.tolist(), waiting.tolist()), len(settled) + len(waiting)
    shares = {"km": 0.5, "km_p90": 0.9}
    return [_days(f"{code}_{name}", km_quantile(*days, share), unit, n, at) for name, share in shares.items()]


def _p90(days: Column) -> float:
    """The number of days within which nine in ten were settled: one that occurred, never in between."""
    return float(np.percentile(days, 90, method="inverted_cdf"))


def _worked(since: Column, until: Column) -> Column:
    """Working days after `since` up to and with `until`."""
    if since.empty:
        return (until - since).dt.days
    every = pd.date_range(since.min(), until.max())
    so_far = pd.Series([is_working_day(day.date()) for day in every], index=every).cumsum()
    return until.map(so_far) - since.map(so_far)


def _days(code: str, value: float | None, unit: str, n: int, at: date) -> Measure:
    return Measure(code, None if value is None else float(value), unit, n, None, None, at)
