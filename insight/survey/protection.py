"""What may not be shown, decided for a wave's whole system of tables at once.

The page offers one-way tables only (by town, by section and the divisions within it, by size), never a crossing, for a
wave that has closed. Within such a system four rules are enough (docs/decisions, attacked in tests/insight):

1. A cell under 10 is hidden, and then the next smallest ones until what is hidden together is 10 or more, and until
   the others weigh enough: whoever subtracts finds a group that could have been shown itself, and in it no cell under
   10 that outweighs the others so far that the group's mean would be its own, and no answer so heavy that the next
   answer on its scale would be seen. So is a larger cell of which the same is not true, or nearly all of which, by
   weight, is a cell under 10 of another table.
2. A hidden section hides its divisions; within a shown one rule 1 holds again.
3. All figures of a table hide the same cells, for the index is made of the dimensions. A figure that would need
   others is not broken down by that table at all.
4. Where a trade sits in one town, rows of different tables can be subtracted, nearly or exactly: then a whole table
   is left out.

Each figure is asked the same of its own answers: hidden cells that nearly all said the same are known by that, and so
is, by the rows of all tables together, who is nearer an end of the scale than a cell would tell. That a table is
missing for what was said tells where on the scale its hidden cells are: then no other table of the figure is there to
tell it better.

The splits of the whole by time and by doubt stand beside the tables only where the same is true of both together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

import i18n
from insight.survey.dependence import SCALE, Cells, central, gives_away

FEWEST = 10
SURE = 30  # answers from which a figure of one question is told
ROOM = 15  # points within which a hidden cell's mean stays uncertain, whatever its answers weigh
EDGE = 10  # points: within so many of an end of its scale a cell tells that it is there and no number
STEP = {FEWEST: 25.0, SURE: 100.0}  # points from an answer to the next: of five levels, of two
MOVED = 8  # points that a step of one answer may move a mean: those at the ends, less what the other answers need
TABLES = ("town", "section", "division", "size")
IN, OUT = 1, 0  # of a split
DROPPED = ("division", "size", "section", "town")  # in this order, where tables give something away together


@dataclass(frozen=True)
class Portion:
    """What a cell has of a figure: answers, what they weigh and the heaviest of them, and their weighted mean from 0 to
    100. `few`: what the heaviest answer weighs, or cell under ten of any table that lies within it; `outweighed`: by
    that, so far that its mean would be that one's."""

    n: int
    weight: float
    mean: float = SCALE / 2
    heaviest: float = 0.0
    few: float = 0.0
    outweighed: bool = False

    def told(self, fewest: int) -> bool:
        return self.n >= fewest and not self.outweighed and light(self.heaviest, self.weight, fewest)


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


def so_many(n: int, of: int, fewest: int) -> int:
    """How many answered, as it is told: so many at least, in tens, and never that hardly one of them all did not. Of a
    question behind another it counts who said yes to that one, of any other who did not say that it does not apply."""
    return max(min(n, of - FEWEST) // 10 * 10, fewest)


def light(heaviest: float, total: float, fewest: int) -> bool:
    """Whether a step of the heaviest answer is not seen in the mean of all."""
    return heaviest * STEP[fewest] <= MOVED * total


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
    heaviest = max((one.heaviest for one in group), default=0.0)
    from_ends = min(reached, SCALE * total - reached)
    # two steps: of a table that is missing for less than one, every answer would be known by that
    enough = answers >= fewest and light(heaviest, total, fewest) and 2 * STEP[fewest] * heaviest <= from_ends
    return answers == 0 or (enough and all(_room(one, total, reached) >= ROOM for one in group))


def _room(one: Portion, total: float, reached: float) -> float:
    """Between which means of this cell, or of the few in a larger, the group's comes out, of answers from 0 to 100."""
    weight = one.few if one.told(FEWEST) else one.weight
    if not weight:
        return SCALE
    most, least = reached / weight, SCALE - (SCALE * total - reached) / weight
    return min(SCALE, most) - max(0.0, least)


def protect(cells: Cells, weight: Sequence[float] | np.ndarray, fewest: int = FEWEST) -> dict[str, Breakdown]:
    """The tables of one wave. `cells` gives each response's town, section, division and size, `weight` its weight."""
    weight = np.asarray(weight, dtype=float)
    parts = _parts(cells, weight, np.full(len(weight), SCALE / 2))
    groups = {name: _one(hidden(parts[name], fewest)) for name in TABLES if name != "division"}
    groups["division"] = _within(parts["division"], frozenset().union(*groups["section"]), fewest)
    counts = {name: {code: one.n for code, one in parts[name].items()} for name in TABLES}
    return _apart(cells, weight, {name: Breakdown(counts[name], groups[name], fewest) for name in TABLES})


def by_figure(
    tables: Mapping[str, Breakdown], cells: Cells, weight: np.ndarray, values: np.ndarray, grain: float = 1.0
) -> dict[str, Breakdown]:
    """The `tables` as a figure may be broken down by them that has these `values` (0 to 100, NaN none); `grain` are the
    points of a whole number of it."""
    known = ~np.isnan(values)
    here = {name: np.asarray(cells[name])[known] for name in TABLES}
    parts, any_values = (_parts(here, weight[known], said) for said in (values[known], np.full(known.sum(), SCALE / 2)))
    able = {name for name in TABLES if tables[name].carries(any_values[name])}
    told = able if all(tables[name].carries(parts[name]) for name in able) else set()
    carried = {name: table if name in told else _none(table) for name, table in tables.items()}
    found = carried if known.all() else _apart(here, weight[known], carried)
    said = {(name, code): _said(parts[name][code].mean, grain) for name in TABLES for code in found[name].shown}
    if central(here, weight[known], values[known], said, EDGE):
        return found
    return {name: _none(table) for name, table in found.items()}


def _said(mean: float, grain: float) -> tuple[float, float]:
    """Between which means of a cell it is told as it is: to half a `grain`, or as near an end."""
    said = grain * i18n.rounded(mean / grain)
    if said < EDGE:
        return 0.0, float(EDGE)
    return (SCALE - EDGE, SCALE) if said > SCALE - EDGE else (said - grain / 2, said + grain / 2)


def _parts(cells: Cells, weight: np.ndarray, values: np.ndarray) -> dict[str, dict[str, Portion]]:
    """By table and cell."""
    codes = {name: np.asarray(cells[name], dtype=str) for name in TABLES}
    counts = {name: _counted(codes[name]) for name in TABLES}
    few = [codes[name] == code for name in TABLES for code, n in counts[name].items() if n < FEWEST]
    return {name: _portions(codes[name], counts[name], few, weight, values) for name in TABLES}


def _portions(
    codes: np.ndarray, counts: Mapping[str, int], few: Sequence[np.ndarray], weight: np.ndarray, values: np.ndarray
) -> dict[str, Portion]:
    weights, reached = weighed(codes, weight), weighed(codes, weight * values)
    single, group = (_heaviest(codes, weight, some) for some in ((), few))
    return {
        code: Portion(n, weights[code], reached[code] / weights[code], single[code], group[code],
                      leaves(weights[code], group[code]) < ROOM)
        for code, n in counts.items()
    }  # fmt: skip


def leaves(total: float, one: float) -> float:
    """The points within which the mean of a part that weighs `one` stays uncertain by that of a `total`."""
    return SCALE * (total - one) / one


def _heaviest(codes: np.ndarray, weight: np.ndarray, few: Sequence[np.ndarray]) -> dict[str, float]:
    """What weighs most in each cell: one answer, or all of a cell under ten of any table that lies within it."""
    found, place = np.unique(codes, return_inverse=True)
    heaviest = np.zeros(len(found))
    np.maximum.at(heaviest, place, weight)
    for members in few:
        inside = np.unique(place[members])
        if len(inside) == 1:
            heaviest[inside] = np.maximum(heaviest[inside], weight[members].sum())
    return dict(zip(found.tolist(), heaviest.tolist(), strict=True))


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
    """The points that a group under so many answers needs: one answer two steps, one of them to either side."""
    return {fewest: 0.0} | {FEWEST: ROOM} | {2: 2 * STEP[FEWEST]}


def _none(table: Breakdown) -> Breakdown:
    return replace(table, groups=_one(frozenset(code for code, n in table.counts.items() if n)))


def parted(parts: Sequence[np.ndarray], fewest: int = FEWEST) -> bool:
    """Whether parts of a whole (early and late, doubtful and the rest) may be shown beside it, or the whole by itself,
    by what the answers of each weigh."""
    return all(len(weight) >= fewest and light(weight.max(), weight.sum(), fewest) for weight in parts)


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
