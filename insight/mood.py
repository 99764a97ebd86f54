"""Satisfaction by dimension: a response's mean over its answered items, then the mean over responses.

Simple means, unweighted. Under 10 responses nothing is shown; and where what is hidden in a breakdown could be found by
subtraction, the next smallest cell is hidden too. A filter is one cell of such a breakdown and follows the same rule.
"""

from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from db import figures
from db.figures import Filters
from db.sql import Connection
from insight.frames import Column, Frame
from insight.measures import Measure

FEWEST = 10
# The letter that begins an item's code → the dimension.
DIMENSIONS = {
    "O": "overall",
    "P": "policy",
    "A": "approvals",
    "F": "finance",
    "L": "labour",
    "C": "costs",
    "R": "regulation",
    "J": "law",
    "I": "infrastructure",
    "S": "service",
    "X": "foreign",
}


@dataclass(frozen=True)
class Score:
    """A dimension's mean from 0 to 100, and its `change` in points on the wave before, where both may be shown."""

    dimension: str
    measure: Measure
    change: float | None


@dataclass(frozen=True)
class Mood:
    """The newest wave (None: no survey yet) with a score for every dimension that anybody answered."""

    wave: dict[str, object] | None
    before: dict[str, object] | None
    scores: tuple[Score, ...]


def read_mood(con: Connection, *, filters: Filters, as_of: date) -> Mood:
    """The newest wave that had opened by the end of the period, and the one before it."""
    day = min(as_of, filters.until) if filters.until else as_of
    waves = figures.waves_until(con, day)
    if not waves:
        return Mood(None, None, ())
    cells = [figures.mood_cells(con, wave["id"], day) for wave in waves[:2]]
    place = replace(filters, since=None, until=None)
    found = scores(cells[0], cells[1] if len(cells) > 1 else None, place, as_of)
    return Mood(waves[0], waves[1] if len(waves) > 1 else None, found)


def scores(cells: Frame, before: Frame | None, filters: Filters, as_of: date) -> tuple[Score, ...]:
    """`cells` and `before` are figures.mood_cells of the newest wave and of the one before it."""
    asked = [letter for letter in DIMENSIONS if (cells["letter"] == letter).any()]
    return tuple(_scored(letter, cells, before, filters, as_of) for letter in asked)


def hidden(counts: dict[str, int]) -> frozenset[str]:
    """The cells of a breakdown that may not be shown: those under 10, and more until what is hidden sums to 10."""
    ordered = sorted((n, code) for code, n in counts.items() if n > 0)
    kept_back: list[tuple[int, str]] = [cell for cell in ordered if cell[0] < FEWEST]
    while kept_back and sum(n for n, _ in kept_back) < FEWEST and len(kept_back) < len(ordered):
        kept_back.append(ordered[len(kept_back)])
    return frozenset(code for _, code in kept_back)


def _scored(letter: str, cells: Frame, before: Frame | None, filters: Filters, as_of: date) -> Score:
    now = measure(letter, cells, filters, as_of)
    then = measure(letter, before, filters, as_of) if before is not None else None
    known = then is not None and now.value is not None and then.value is not None
    return Score(DIMENSIONS[letter], now, now.value - then.value if known else None)  # type: ignore[operator, union-attr]


def measure(letter: str, cells: Frame, filters: Filters, as_of: date) -> Measure:
    """One dimension under the filters, with a 95 % interval by the normal approximation."""
    cells = cells[cells["letter"] == letter]
    chosen = _matching(cells, filters)
    n, code = int(chosen["n"].sum()), f"mood.{DIMENSIONS[letter]}"
    if n < FEWEST or _is_hidden(cells, filters):
        return Measure(code, None, "points", n, None, None, as_of, suppressed=n > 0)
    mean = float(chosen["total"].sum()) / n
    spread = sqrt(max(float(chosen["squares"].sum()) / n - mean * mean, 0) / n)
    return Measure(code, mean, "points", n, max(mean - 1.96 * spread, 0), min(mean + 1.96 * spread, 100), as_of)


def _matching(cells: Frame, filters: Filters) -> Frame:
    found = cells
    if filters.sector:
        found = found[found["sector_code"].str.startswith(filters.sector)]
    return found[found["town_code"] == filters.town] if filters.town else found


def _is_hidden(cells: Frame, filters: Filters) -> bool:
    towns = _counts(_matching(cells, Filters(sector=filters.sector)), "town_code")
    in_town = _matching(cells, Filters(town=filters.town))
    sections = _counts(in_town.assign(section=in_town["sector_code"].str[:1]), "section")
    siblings = in_town[in_town["sector_code"].str[:1] == filters.sector[:1]]
    divisions = _counts(siblings, "sector_code") if len(filters.sector) > 1 else {}
    return (
        filters.town in hidden(towns) or filters.sector[:1] in hidden(sections) or filters.sector in hidden(divisions)
    )


def _counts(cells: Frame, column: str) -> dict[str, int]:
    totals: Column = cells.groupby(column)["n"].sum()
    return {str(code): int(n) for code, n in totals.items()}
