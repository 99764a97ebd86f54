"""What the next forum should be about: until candidates are scored, what most enterprises wait for."""

from dataclasses import dataclass

import pandas as pd

from insight.board import Board
from insight.charts import Brush
from insight.facts import Facts
from insight.glance_answer import Answer
from insight.noise import apart
from insight.sketch import BarRow, bars

ROWS = 4


@dataclass(frozen=True)
class Candidate:
    """A category among what is not settled: how many enterprises (not cases) wait, and how many cases are late."""

    code: str
    enterprises: int
    cases: int
    late: int


def next_answer(board: Board, brush: Brush) -> Answer:
    found = candidates(board.facts)
    if not found:
        return Answer("next", brush.t("glance.next.nothing"), "", ("issues",))
    first = found[0]
    said = brush.t(
        "glance.next.said", name=_name(first, brush), enterprises=first.enterprises, late=first.late, n=first.cases
    )
    rows = [
        BarRow(
            _name(one, brush), brush.t("glance.next.row", n=one.enterprises),
            ((float(one.enterprises), "blue" if one is first else "pale"),),
        )
        for one in found[:ROWS]
    ]  # fmt: skip
    return Answer("next", said, _worth(found, brush), ("issues",), bars(rows))


def candidates(facts: Facts) -> list[Candidate]:
    """The categories of open cases, those that concern most enterprises first."""
    cases = facts.cases[facts.cases["is_open"]]
    late = cases["due_on"] < pd.Timestamp(facts.as_of)
    grouped = cases.assign(late=late).groupby("category")
    counted = [
        Candidate(str(code), int(rows["enterprise_id"].nunique()), len(rows), int(rows["late"].sum()))
        for code, rows in grouped
    ]
    return sorted(counted, key=lambda one: (-one.enterprises, -one.late, one.code))


def _worth(found: list[Candidate], brush: Brush) -> str:
    if len(found) < 2:
        return ""
    key = "clear" if apart(found[0].enterprises, found[1].enterprises) else "close"
    return brush.t(f"glance.next.{key}", name=_name(found[1], brush), n=found[1].enterprises)


def _name(one: Candidate, brush: Brush) -> str:
    return brush.names.of("category", one.code)
