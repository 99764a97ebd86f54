"""No single answer is known by who knows all else, and by two decimals it was (enumerator: known.py)."""

from dataclasses import replace

import numpy as np
import pytest

from db.survey import estimates as stored
from insight.survey.answers import read_sample
from insight.survey.cells import SCORED, estimate, told
from insight.survey.estimates import Estimate, SurveyDesign
from insight.survey.nonresponse import cell_codes
from insight.survey.report import kept, report
from insight.survey.wave_numbers import INDEX, columns_of, compute, index_of
from pages.shared import here
from tests.insight.survey.known import Asked, Told, known_of_all
from tests.insight.survey.test_attack import wave_of

LEVELS = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
STEPS = 25.0 * np.arange(-4, 5)
WRITTEN = ("value", "low", "high", "n", "effective", "deff")
OF_ONE = {"satisfied": ("satisfied", "top2", "top3"), "nps": ("nps",), "diffusion": ("diffusion",)}


def itself(x: np.ndarray) -> np.ndarray:
    return x


def written(one: Estimate) -> Told:
    """As files have it: at most two decimals."""
    return tuple(None if np.isnan(x := getattr(one, name)) else kept(name, x) for name in WRITTEN)


class Cells:
    """A wave's cells, and what would be written of one if its enterprises had answered otherwise."""

    def __init__(self, sample) -> None:
        self.sample, self.design = sample, sample.design
        self.numbers = compute(sample, {}, reminders=[], withdrawn=[])
        self.columns = columns_of(sample, {})
        self.rng = np.random.default_rng(sample.n)
        self.tables = report(self.numbers, None).tables
        self.least = (sum(always > 0 for _, always in sample.questions.dimensions) + 1) // 2

    def inside(self, table: str, code: str) -> np.ndarray:
        return (cell_codes(self.sample.rows, table) == code).to_numpy()

    def told(self, figure: str, column: np.ndarray, where: np.ndarray) -> Told:
        return written(told(estimate(self.design, figure, column, where), figure))

    def looked_at(self, table: str) -> dict[str, set[str]]:
        """The figures that are written of each cell; what is written of one is what this test thinks it is."""
        made: dict[str, set[str]] = {}
        for figure, rows in self.tables[table].items():
            for row in rows:
                made.setdefault(row.code, set()).add(figure)
                known = tuple(getattr(row, name) for name in WRITTEN)
                assert known == self.told(figure, self.columns[figure], self.inside(table, row.code))
        return made

    def dimension(self, name: str, where: np.ndarray, figures: set[str]) -> np.ndarray:
        """Beside it the index, which is made of it."""
        column = self.columns[name]
        members = np.flatnonzero(where & ~np.isnan(column))
        both = {INDEX, name} & figures
        before = {figure: self.told(figure, self.columns[figure], where) for figure in both}

        def same(changed: np.ndarray) -> bool:
            columns = {code: self.columns[code] for code in self.numbers.dimensions}
            columns[name] = column.copy()
            columns[name][members] = changed
            columns[INDEX] = index_of({code: columns[code] for code in self.numbers.dimensions}, {}, self.least)
            return all(self.told(figure, columns[figure], where) == before[figure] for figure in both)

        def options(x: float) -> np.ndarray:
            return x + STEPS[(x + STEPS >= 0) & (x + STEPS <= 100)]

        asked = Asked(column[members], self.design.weight[members], options, [(itself, 0.6)], same)
        return asked.unknown(itself, self.rng)

    def question(self, name: str, where: np.ndarray, figures: set[str]) -> list[np.ndarray]:
        """A question's figures together: of each, whose part in it is unknown."""
        of = [figure for figure in OF_ONE[name] if figure in figures]
        column = self.columns[name]
        members = np.flatnonzero(where & ~np.isnan(column))
        levels = {"nps": np.array([-100.0, 0, 100]), "diffusion": np.array([0.0, 50, 100])}.get(name, LEVELS)
        scores = {f: itself if f == name else SCORED[f][1] for f in of}
        before = {figure: self.told(figure, self.columns[figure], where) for figure in of}

        def same(changed: np.ndarray) -> bool:
            whole = column.copy()
            whole[members] = changed
            return all(self.told(figure, scores[figure](whole), where) == before[figure] for figure in of)

        nearly = [(scores[figure], 0.006 if figure in ("top2", "top3") else 0.6) for figure in of]
        asked = Asked(column[members], self.design.weight[members], lambda _: levels, nearly, same)
        return [asked.unknown(scores[figure], self.rng) for figure in of]


def attacked(cells: Cells) -> tuple[int, list[tuple]]:
    """How many answers to how many figures were tried, and which are known."""
    tried, known = 0, []
    for table in cells.tables:
        for code, figures in cells.looked_at(table).items():
            where = cells.inside(table, code)
            found = {name: [cells.dimension(name, where, figures)] for name in cells.numbers.dimensions}
            found |= {name: cells.question(name, where, figures) for name in OF_ONE if name in figures}
            for name, of in found.items():
                tried += sum(map(len, of))
                known += [(table, code, name, int((~free).sum())) for free in of if not free.all()]
    return tried, known


def sample_of(store, seed, number=1):
    """With a weight of its own for everybody: equal ones tell nobody apart."""
    wave = wave_of(store, seed, number=number)
    sample = store.read(lambda con: read_sample(con, wave))
    weight = np.random.default_rng(seed).lognormal(0, 0.5, sample.n)
    return replace(sample, design=SurveyDesign(weight, sample.design.stratum))


@pytest.mark.parametrize("seed", [11, 12])
def test_no_answer_of_any_cell_of_a_wave_is_known(store, seed):
    tried, known = attacked(Cells(sample_of(store, seed)))
    assert known == [] and tried > 500


def test_no_answer_of_any_cell_of_the_demonstration_is_known(demonstration):
    tried = 0
    for wave in demonstration.read(lambda con: stored.closed_waves(con, here.now())):
        n, known = attacked(Cells(demonstration.read(lambda con, w=wave: read_sample(con, w))))
        assert known == [], wave.title_en
        tried += n
    assert tried > 2000


def test_two_decimals_give_single_answers_away(store):
    """What was written until decision 0020: the same reader, and shares of cells of ten to thirteen answers."""
    found = 0
    for number, seed in enumerate((11, 12), start=1):
        cells = Cells(sample_of(store, seed, number))
        for table, breakdown in cells.numbers.tables.items():
            for code in breakdown.shown:
                where = cells.inside(table, code)
                if where.sum() <= 13:
                    found += sum(known_before(cells, where, figure) for figure in ("top2", "top3"))
    assert found > 0


def known_before(cells: Cells, where: np.ndarray, figure: str) -> int:
    column, members = cells.columns[figure], np.flatnonzero(where)
    before = estimate(cells.design, figure, column, where)

    def same(hits: np.ndarray) -> bool:
        changed = column.copy()
        changed[members] = hits
        return written(estimate(cells.design, figure, changed, where)) == written(before)

    if not 0 < before.value < 100:
        return 0
    low, high = ((before.value + off) / 100 for off in (-0.011, 0.011))
    return int(known_of_all((0.0, 1.0), cells.design.weight[members], low, high, same).sum())
