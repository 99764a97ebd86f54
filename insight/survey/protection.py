"""What may not be shown, decided for a wave's whole system of tables at once.

The page offers one-way tables only (by town, by section and the divisions within it, by size), never a crossing, for a
wave that has closed. Within such a system four rules are enough (docs/decisions, attacked in tests/insight):

1. A cell under 10 is hidden, and then the next smallest ones until what is hidden together is 10 or more, and until
   the others weigh enough: whoever subtracts finds a group that could have been shown itself, and in it no cell under
   10 that outweighs the others so far that the group's mean would be its own. So is a larger cell that is told as
   little: nearly all of it, by weight, is one answer, or a cell under 10 of another table.
2. A hidden section hides its divisions; within a shown one rule 1 holds again.
3. All figures of a table hide the same cells, for the index is made of the dimensions. A figure that would need
   others is not broken down by that table at all.
4. Where a trade sits in one town, rows of different tables can be subtracted, nearly or exactly: then a whole table
   is left out.

Each figure is asked the same of its own answers: hidden cells that nearly all said the same are known by that.

The splits of the whole by time and by doubt stand beside the tables only where the same is true of both together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from insight.survey.dependence import SCALE, Cells, gives_away

FEWEST = 10
ROOM = 15  # points within which a hidden cell's mean stays uncertain, whatever its answers weigh
TABLES = ("town", "section", "division", "size")
IN, OUT = 1, 0  # of a split
DROPPED = ("division", "size", "section", "town")  # in this order, where tables give something away together


@dataclass(frozen=True)
class Portion:
    """What a cell has of a figure: answers, what they weigh, and their weighted mean from 0 to 100. `outweighed`: by
    one answer, or by a cell under ten of another table, so far that its mean would be theirs."""

    n: int
    weight: float
    mean: float = SCALE / 2
    outweighed: bool = False

    def told(self, fewest: int) -> bool:
        return self.n >= fewest and not self.outweighed


@dataclass(frozen=True)
class Breakdown:
    """One breakdown: responses by cell, and the groups of hidden cells that a reader could find by subtraction."""

    counts: Mapping[str, int]
    groups: tuple[frozenset[str], ...]
    fewest: int = FEWEST

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset().union(*self.groups)

    @property
    def shown(self) -> list[str]:
        return sorted(code for code, n in self.counts.items() if n and code not in self.hidden)

    def carries(self, parts: Mapping[str, Portion]) -> bool:
        """Whether a figure that has these of its answers by cell may be broken down by this table."""
        kept_back = [[parts[code] for code in group if code in parts] for group in self.groups]
        enough = all(code in parts and parts[code].told(self.fewest) for code in self.shown)
        return bool(self.shown) and enough and all(_roomy(group, self.fewest) for group in kept_back)


def hidden(parts: Mapping[str, Portion], fewest: int = FEWEST) -> frozenset[str]:
    """The cells of a breakdown that may not be shown: the small ones, and more until rule 1 holds."""
    ordered = sorted((one.told(fewest), one.n, code) for code, one in parts.items() if one.n > 0)
    small = sum(not told for told, *_ in ordered)
    groups = (ordered[:size] for size in range(small, len(ordered) + 1))
    kept_back = next((one for one in groups if _roomy([parts[code] for *_, code in one], fewest)), ordered)
    return frozenset(code for *_, code in kept_back)


def _roomy(group: Sequence[Portion], fewest: int) -> bool:
    """Whether hidden cells protect one another, of which their mean together is known; none do."""
    answers, total = sum(one.n for one in group), sum(one.weight for one in group)
    reached = sum(one.weight * one.mean for one in group)
    return answers == 0 or (answers >= fewest and all(_room(one, total, reached) >= ROOM for one in group))


def _room(one: Portion, total: float, reached: float) -> float:
    """Between which means of this cell the group's comes out, answers being 0 to 100; all if it is no small one."""
    most, least = reached / one.weight, SCALE - (SCALE * total - reached) / one.weight
    return SCALE if one.told(FEWEST) else min(SCALE, most) - max(0.0, least)


def protect(cells: Cells, weight: Sequence[float] | np.ndarray, fewest: int = FEWEST) -> dict[str, Breakdown]:
    """The tables of one wave. `cells` gives each response's town, section, division and size, `weight` its weight."""
    weight = np.asarray(weight, dtype=float)
    parts = {name: _parts(cells, name, weight, np.full(len(weight), SCALE / 2)) for name in TABLES}
    groups = {name: _one(hidden(parts[name], fewest)) for name in TABLES if name != "division"}
    groups["division"] = _within(parts["division"], frozenset().union(*groups["section"]), fewest)
    counts = {name: {code: one.n for code, one in parts[name].items()} for name in TABLES}
    return _apart(cells, weight, {name: Breakdown(counts[name], groups[name], fewest) for name in TABLES})


def by_figure(
    tables: Mapping[str, Breakdown], cells: Cells, weight: np.ndarray, values: np.ndarray
) -> dict[str, Breakdown]:
    """The `tables` as a figure may be broken down by them that has these `values` (0 to 100, NaN none)."""
    known = ~np.isnan(values)
    here = {name: np.asarray(cells[name])[known] for name in TABLES}
    parts = {name: _parts(here, name, weight[known], values[known]) for name in TABLES}
    carried = {name: table if table.carries(parts[name]) else _none(table) for name, table in tables.items()}
    return carried if known.all() else _apart(here, weight[known], carried)


def _parts(cells: Cells, name: str, weight: np.ndarray, values: np.ndarray) -> dict[str, Portion]:
    codes = np.asarray(cells[name], dtype=str)
    weights, reached, most = weighed(codes, weight), weighed(codes, weight * values), _heaviest(cells, codes, weight)
    counts = _counted(codes)
    return {
        code: Portion(n, weights[code], reached[code] / weights[code], leaves(weights[code], most[code]) < ROOM)
        for code, n in counts.items()
    }


def leaves(total: float, one: float) -> float:
    """The points within which the mean of a part that weighs `one` stays uncertain by that of a `total`."""
    return SCALE * (total - one) / one


def _heaviest(cells: Cells, codes: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    """What weighs most in each cell: one answer, or all of a cell under ten of any table that lies within it."""
    found, place = np.unique(codes, return_inverse=True)
    heaviest = np.zeros(len(found))
    np.maximum.at(heaviest, place, weight)
    most = dict(zip(found.tolist(), heaviest.tolist(), strict=True))
    for name in TABLES:
        of = np.asarray(cells[name], dtype=str)
        for small in (code for code, n in _counted(of).items() if n < FEWEST):
            inside = np.unique(codes[of == small])
            if len(inside) == 1:
                most[str(inside[0])] = max(most[str(inside[0])], float(weight[of == small].sum()))
    return most


def _counted(codes: Sequence[str] | np.ndarray) -> dict[str, int]:
    found = pd.Series(codes, dtype=object if not len(codes) else None).value_counts()
    return {str(code): int(n) for code, n in found.items()}


def weighed(codes: Sequence[str] | np.ndarray, weight: Sequence[float] | np.ndarray) -> dict[str, float]:
    """What the responses of each cell weigh."""
    found, place = np.unique(np.asarray(codes, dtype=str), return_inverse=True)
    totals = np.bincount(place, np.asarray(weight, dtype=float), len(found))
    return {str(code): float(total) for code, total in zip(found, totals, strict=True)}


def _apart(cells: Cells, weight: np.ndarray, tables: dict[str, Breakdown]) -> dict[str, Breakdown]:
    """Rule 4: the fewest tables are left out, the finest first, until the others give nothing away together."""
    for n in range(len(DROPPED) + 1):
        for dropped in combinations(DROPPED, n):
            without = set(dropped) | ({"division"} if "section" in dropped else set())
            kept = {name: tables[name].shown for name in tables if name not in without}
            if n == len(DROPPED) or not gives_away(cells, weight, kept, _rooms(tables["town"].fewest)):
                return {name: _none(table) if name in without else table for name, table in tables.items()}
    return tables


def _rooms(fewest: int) -> dict[int, float]:
    return {fewest: 0.0} | {FEWEST: ROOM}


def _none(table: Breakdown) -> Breakdown:
    return replace(table, groups=_one(frozenset(code for code, n in table.counts.items() if n)))


def parted(parts: Sequence[np.ndarray]) -> bool:
    """Whether parts of a whole (early and late, doubtful and the rest) may be shown beside it, by what the answers of
    each weigh."""
    return all(len(weight) >= FEWEST and not outweighed(weight) for weight in parts)


def outweighed(weight: np.ndarray) -> bool:
    """Whether one answer outweighs all others so far that their mean would be its own."""
    return leaves(float(weight.sum()), float(weight.max())) < ROOM


def beside(
    cells: Cells,
    weight: np.ndarray,
    shown: Mapping[str, Sequence[str]],
    splits: Mapping[str, np.ndarray],
) -> frozenset[str]:
    """Which `splits` of the whole may be shown beside the rows `shown`: where a town's forms all came late, the late
    half less the town is a handful. The first ones are given up first."""
    marked = {name: np.where(members, IN, OUT) for name, members in splits.items()}
    for n in range(len(splits) + 1):
        for dropped in combinations(splits, n):
            kept = [name for name in splits if name not in dropped]
            rows = {**shown, **{name: (IN, OUT) for name in kept}}
            parted_too = {**cells, **{name: marked[name] for name in kept}}
            if not kept or not gives_away(parted_too, weight, rows, _rooms(FEWEST)):
                return frozenset(kept)
    return frozenset()


def _within(parts: Mapping[str, Portion], sections: frozenset[str], fewest: int) -> tuple[frozenset[str], ...]:
    """The divisions of hidden sections together, and of each shown section those that rule 1 hides."""
    groups = _one(frozenset(code for code in parts if code[:1] in sections))
    for section in sorted({code[:1] for code in parts} - sections):
        groups += _one(hidden({code: one for code, one in parts.items() if code[:1] == section}, fewest))
    return groups


def _one(group: frozenset[str]) -> tuple[frozenset[str], ...]:
    return (group,) if group else ()
