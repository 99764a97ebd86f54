"""The closed loop in three figures that are never mixed: answered at all, solved, and the enterprise satisfied.

A quick answer may solve nothing, and what a department calls solved may satisfy nobody: each figure has its own
records, its own denominator and its own rows.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from insight.cases.facts import Facts
from insight.frames import Column, Frame, how_many
from insight.measures import Measure, ratio

_TOP2 = ("very_satisfied", "satisfied")
SATISFIED = (*_TOP2, "fairly_satisfied")
SOLVES = ("solved", "fulfilled")

Rows = Callable[[Frame, np.datetime64], Column]


def _dispatched(cases: Frame, _day: np.datetime64) -> Column:
    return cases["dispatched"].notna()


def _asked_until(cases: Frame, day: np.datetime64) -> Column:
    """The first dispatch's deadline has come: who was late to answer stays in it, answered or not."""
    return cases["dispatched"].notna() & (cases["answer_due"] <= day)


def _answered(cases: Frame, _day: np.datetime64) -> Column:
    """An answer stands: nobody has sent it back."""
    return cases["answered_as"].notna()


def _rated(cases: Frame, _day: np.datetime64) -> Column:
    """The enterprise itself gave a rating. What was said by telephone is no rating and never in here."""
    return cases["rating"].notna()


def _promised(cases: Frame, day: np.datetime64) -> Column:
    return cases["promised_on"] <= day


# code → (of which cases, those that count). Both see the cases as they stood on the day.
SHARES: Mapping[str, tuple[Rows, Rows]] = MappingProxyType(
    {
        "response_share": (_dispatched, lambda cases, _: cases["responded"].notna()),
        "response_in_time": (_asked_until, lambda cases, _: cases["responded"] <= cases["answer_due"]),
        "solution_share": (_answered, lambda cases, _: cases["answered_as"].isin(SOLVES)),
        "explained_share": (_answered, lambda cases, _: cases["answered_as"] == "explained"),
        "committed_share": (_answered, lambda cases, _: cases["answered_as"] == "committed"),
        "promises_kept": (_promised, lambda cases, _: cases["settled"] <= cases["promised_on"]),
        "satisfaction_top2": (_rated, lambda cases, _: cases["rating"].isin(_TOP2)),
        "satisfaction_top3": (_rated, lambda cases, _: cases["rating"].isin(SATISFIED)),
    }
)


def loop_measures(facts: Facts) -> list[Measure]:
    cases, day = facts.cases, np.datetime64(facts.as_of)
    found = []
    for code, (of, counts) in SHARES.items():
        whole = of(cases, day)
        found.append(ratio(code, how_many(whole & counts(cases, day)), how_many(whole), facts.as_of))
    return found


def behind(facts: Facts, code: str) -> Frame:
    """The cases of the share's denominator with `counts`: whether each is in its numerator."""
    day = np.datetime64(facts.as_of)
    of, counts = SHARES[code]
    cases = facts.cases[of(facts.cases, day)]
    return cases.assign(counts=counts(cases, day))
