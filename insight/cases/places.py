"""One town or sector beside the others: ranks in which those that chance cannot tell apart are tied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan

import pandas as pd

from db import indicators
from db.indicators import Indicator, Observation
from db.sql import Connection
from insight.cases.facts import Facts
from insight.cases.views import PROMPT
from insight.noise import FEWEST, Z
from insight.survey.estimates import Estimate, ranks, wilson

DAYS = 365
COLUMNS = {"town": "town_code", "sector": "sector_code"}


@dataclass(frozen=True)
class Ranked:
    """The share settled within 7 days in the last year, in percent, with Wilson's interval.

    `first` to `last` are the ranks it may have; both None where fewer than 5 cases were settled.
    """

    code: str
    n: int
    share: float | None
    low: float | None
    high: float | None
    first: int | None
    last: int | None


def ranking(facts: Facts, kind: str, codes: Sequence[str]) -> list[Ranked]:
    """Every place of the kind, the best first, then those with too few cases to rank."""
    cases = facts.cases[facts.cases["days"].notna()]
    recent = cases[(pd.Timestamp(facts.as_of) - cases["settled"]).dt.days < DAYS]
    counts = {
        str(code): (int((days <= PROMPT).sum()), len(days)) for code, days in recent.groupby(COLUMNS[kind])["days"]
    }
    enough = [code for code in codes if counts.get(code, (0, 0))[1] >= FEWEST]
    found = [_share(*counts[code]) for code in enough]
    ranked = [
        Ranked(code, one.n, one.value, one.low, one.high, *place)
        for code, one, place in zip(enough, found, ranks(found), strict=True)
    ]
    few = [Ranked(c, counts.get(c, (0, 0))[1], None, None, None, None, None) for c in codes if c not in set(enough)]
    return sorted(ranked, key=lambda one: (-(one.share or 0), one.code)) + few


def local_indicators(con: Connection, code: str, as_of: date) -> list[tuple[Indicator, Observation]]:
    """What is published for a town itself, the newest of each."""
    newest = indicators.latest(con, geography=code)
    return [(one, newest[one.code]) for one in indicators.indicators(con)
            if one.code in newest and newest[one.code].vintage <= as_of]  # fmt: skip


def _share(part: int, whole: int) -> Estimate:
    low, high = wilson(part / whole, whole, Z)
    return Estimate(100 * part / whole, nan, 100 * low, 100 * high, whole, whole, 1.0, whole - 1)


@dataclass(frozen=True)
class Topic:
    """A category among what is not settled: how many enterprises, not cases, wait."""

    code: str
    enterprises: int


def topics(facts: Facts) -> list[Topic]:
    """The categories of open cases, those that concern most enterprises first."""
    waiting = facts.cases[facts.cases["is_open"]].groupby("category")["enterprise_id"].nunique()
    return sorted(
        (Topic(str(code), int(n)) for code, n in waiting.items()), key=lambda one: (-one.enterprises, one.code)
    )
