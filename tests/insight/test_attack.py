"""An attack by another hand: every number that leaves the house, as equations over single answers.

The reader is stronger than any real one: knows who answered, where each belongs, when each came, which are doubtful and
how much each weighs; only what they said is unknown. A linear programme asks how far each hidden cell is pinned.
"""

import io
import random
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from db import sql, surveys
from insight.answers import read_sample
from insight.protection import FEWEST
from insight.report import Report, chosen, from_json, report, to_json
from insight.report_files import to_parquet
from insight.wave_numbers import INDEX, compute
from tests.insight.world import add_answers, add_wave, noon

ITEMS = {"policy": "P1", "finance": "F1", "labour": "L1", "costs": "C1", "regulation": "R1", "law": "J1",
         "infrastructure": "I1", "service": "S1", "foreign": "X1"}  # fmt: skip
TOWNS = ["330603001", "330603011", "330603012", "330603105", "330603108"]
DIVISIONS = ("C17", "C28", "F51", "F52", "I65", "M73")
ROUNDED = 0.005  # two decimals
PINNED = 10  # points: a hidden cell's mean has to stay at least so uncertain


HOME = dict(zip(DIVISIONS, (0, 1, 2, 2, 3, 3), strict=True))


def wave_of(store, seed, *, nested=False):
    """A wave with crowded and thin cells, a few doubtful answers, and a dimension that hardly anybody is asked.
    `nested`: each trade sits in one town, with few exceptions."""
    chance = random.Random(seed)
    wave_id = add_wave(store, 1, "2023-11-01")
    for n in range(chance.choice((60, 110, 160))):
        town, division = chance.choices(TOWNS, (40, 25, 8, 4, 2))[0], chance.choices(DIVISIONS, (40, 6, 20, 3, 4, 2))[0]
        if nested and chance.random() < 0.93:
            town = TOWNS[HOME[division]]
        size = chance.choices(("large", "medium", "small", "micro"), (2, 6, 20, 20))[0]
        told = {item: float(25 * chance.randrange(5)) for name, item in ITEMS.items() if name != "foreign"}
        if chance.random() < 0.1:
            told["X1"] = float(25 * chance.randrange(5))
        if chance.random() < 0.1:
            told = dict.fromkeys(told, float(25 * chance.randrange(5)))
        add_answers(store, wave_id, f"2023-11-{2 + n % 20:02d}", [told], sector=division, town=town, size=size)
    return store.read(lambda con: surveys.wave(con, wave_id))


class Reader:
    """Equations over y[response, dimension], from what is written in the files and on the pages."""

    def __init__(self, sample, found: Report, doubtful: np.ndarray) -> None:
        self.sample, self.found, self.rows = sample, found, sample.rows
        self.names = [name for name, _ in sample.questions.dimensions]
        self.given = np.stack([~np.isnan(sample.dimension(name)) for name in self.names], axis=1)
        self.place = {cell: i for i, cell in enumerate(zip(*np.nonzero(self.given), strict=True))}
        self.known: list[tuple[np.ndarray, float, float]] = []
        self.doubtful = doubtful
        self._read_files()
        self._read_splits()

    def _read_files(self) -> None:
        told = pd.read_parquet(io.BytesIO(to_parquet(self.found)))
        for row in told[told["value"].notna()].itertuples():
            if row.figure in (*self.names, INDEX):
                self.learn(row.figure, self.inside(row.table, row.group), row.value, row.n)

    def _read_splits(self) -> None:
        if self.found.late:
            late = self._late()
            self.learn(INDEX, late, self.found.late.value, self.found.late.n)
            self.learn(INDEX, ~late, self.found.late.value - self.found.late.by, None, 2 * ROUNDED)
        if self.found.without:
            self.learn(INDEX, ~self.doubtful, self.found.without.value, self.found.without.n)

    def _late(self) -> np.ndarray:
        at = self.rows["submitted_at"].to_numpy()
        return at > np.sort(at)[(len(at) - 1) // 2]

    def inside(self, table: str, group: str) -> np.ndarray:
        if not table:
            return np.ones(len(self.rows), dtype=bool)
        column = {"town": "town_code", "size": "size"}.get(table, "sector_code")
        codes = self.rows[column].str[:1] if table == "section" else self.rows[column]
        return (codes == group).to_numpy()

    def coefficients(self, figure: str, members: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of the weighted mean over `members` as a sum of answers, and who of them has the figure."""
        has = members & (self.given.any(axis=1) if figure == INDEX else self.given[:, self.names.index(figure)])
        made, total = np.zeros(len(self.place)), weight[has].sum()
        for i in np.flatnonzero(has):
            own = np.flatnonzero(self.given[i]) if figure == INDEX else [self.names.index(figure)]
            for d in own:
                made[self.place[i, d]] += weight[i] / total / len(own)
        return made, has

    def learn(self, figure: str, members: np.ndarray, value: float, n: int | None, off: float = ROUNDED) -> None:
        made, has = self.coefficients(figure, members, self.sample.design.weight)
        assert n is None or has.sum() == n, f"{figure}: {has.sum()} and not {n}"
        self.known.append((made, value - off, value + off))

    def range_of(self, figure: str, members: np.ndarray) -> float:
        """How uncertain the plain mean of these answers stays, in points."""
        aim, has = self.coefficients(figure, members, np.ones(len(self.rows)))
        if not has.any():
            return np.inf
        a = csr_matrix(np.stack([row for row, _, _ in self.known] + [-row for row, _, _ in self.known]))
        b = np.array([high for _, _, high in self.known] + [-low for _, low, _ in self.known])
        ends = [linprog(sign * aim, A_ub=a, b_ub=b, bounds=(0, 100), method="highs") for sign in (1, -1)]
        assert all(end.status == 0 for end in ends)
        return -ends[1].fun - ends[0].fun


def computed(store, wave):
    sample = store.read(lambda con: read_sample(con, wave))
    return sample, compute(sample, {}, reminders=[], withdrawn=[])


@pytest.mark.parametrize(("seed", "nested"), [(0, False), (1, False), (2, False), (2, True), (3, True), (5, True)])
def test_nothing_that_leaves_the_house_pins_a_hidden_cell(store, seed, nested):
    sample, numbers = computed(store, wave_of(store, seed, nested=nested))
    found = from_json(to_json(chosen(report(numbers, None), ("dimensions", "town", "section", "division", "size"))))
    reader, tried = Reader(sample, found, numbers.integrity.doubtful), 0
    for table, cells in numbers.tables.items():
        for code in cells.hidden:
            members = reader.inside(table, code)
            if members.sum() < FEWEST:
                for figure in (INDEX, *reader.names):
                    assert reader.range_of(figure, members) >= PINNED, f"{figure} of {table} {code}, {members.sum()}"
                tried += 1
    assert tried > 2
    rare = reader.given[:, reader.names.index("foreign")]
    if rare.sum() < FEWEST:
        assert reader.range_of("foreign", rare) >= PINNED


def test_the_reader_finds_what_is_given_away(store):
    """The same programme, told one hidden town's complement."""
    sample, numbers = computed(store, wave_of(store, 1))
    reader = Reader(sample, report(numbers, None), numbers.integrity.doubtful)
    code = min(numbers.tables["town"].hidden, key=numbers.tables["town"].counts.__getitem__)
    members = reader.inside("town", code)
    before = reader.range_of(INDEX, members)
    others = ~members
    true = np.nanmean(np.stack([sample.dimension(name) for name in reader.names], axis=1), axis=1)
    weight = sample.design.weight
    reader.learn(INDEX, others, float((weight * true)[others].sum() / weight[others].sum()), None)
    assert reader.range_of(INDEX, members) < before / 2


def test_a_wave_watched_while_paper_is_keyed_shows_nothing(store):
    """The first figures are the last ones: nobody can look before and after a form."""
    from db import estimates as stored

    wave = wave_of(store, 2)
    unit = {"wave_id": wave.id, "enterprise_id": "e", "stratum": "s", "size": "small", "sector_code": "C17",
            "town_code": TOWNS[0], "drawn": True, "serial": 1}  # fmt: skip
    store.write(lambda con: sql.insert(con, "sample_unit", unit))
    days = [wave.closes_at + timedelta(days=n) for n in range(15)]
    seen = [len(store.read(lambda con, at=at: stored.closed_waves(con, at))) for at in days]
    assert seen == [0] * 14 + [1] and noon("2023-11-01") < days[0]
