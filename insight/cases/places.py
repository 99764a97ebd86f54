"""One town or sector beside the others: ranks in which those that chance cannot tell apart are tied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan

from db.figures.case_figures import PlaceShare
from db.indicators import indicators
from db.indicators.indicators import IndicatorDefinition, Observation
from db.sql import Connection
from insight.cases.board import Board
from insight.noise import FEWEST, Z
from insight.survey.estimates import Estimate, ranks, wilson

DAYS = 365
COLUMNS = {"town": "town_code", "sector": "sector_code"}


@dataclass(frozen=True)
class Ranked:
    """Of the cases dispatched in a year, with seven full days to answer: the share settled within 7 days, in percent,
    with Wilson's interval.

    `first` to `last` are the ranks it may have; both None where there were fewer than 5.
    """

    code: str
    n: int
    share: float | None
    low: float | None
    high: float | None
    first: int | None
    last: int | None


def ranking(shares: Sequence[PlaceShare], codes: Sequence[str]) -> list[Ranked]:
    """Every place of `codes`, the best first, then those with too few cases to rank."""
    counts = {one.code: (one.prompt, one.n) for one in shares}
    enough = [code for code in codes if counts.get(code, (0, 0))[1] >= FEWEST]
    found = [_share(*counts[code]) for code in enough]
    ranked = [
        Ranked(code, one.n, one.value, one.low, one.high, *place)
        for code, one, place in zip(enough, found, ranks(found), strict=True)
    ]
    few = [Ranked(c, counts.get(c, (0, 0))[1], None, None, None, None, None) for c in codes if c not in set(enough)]
    return sorted(ranked, key=lambda one: (-(one.share or 0), one.code)) + few


def local_indicators(con: Connection, code: str, as_of: date) -> list[tuple[IndicatorDefinition, Observation]]:
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


def topics(board: Board) -> list[Topic]:
    """The categories of unsettled cases, those that concern most enterprises first."""
    waiting = [Topic(one.code, one.waiting) for one in board.groups["category"] if one.waiting]
    return sorted(waiting, key=lambda one: (-one.enterprises, one.code))
