"""No single answer is known by who knows all else, and by two decimals it was (enumerator: known.py)."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from db.store import Store
from db.survey import estimates as stored
from db.survey.kinds import LEVELS as KIND
from insight.survey.answers import Sample, read_sample
from insight.survey.cells import SCORED, STEP, digit, estimate, of_whole, told
from insight.survey.estimates import Estimate, SurveyDesign
from insight.survey.nonresponse import cell_codes
from insight.survey.protection import FEWEST
from insight.survey.report import kept, report
from insight.survey.wave_numbers import INDEX, columns_of, compute, index_of
from pages.shared import here
from tests.insight.survey.known import Asked, Mean, Scoring, known_of_all
from tests.insight.survey.test_attack import wave_of
from tests.there import there

LEVELS = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
WRITTEN = ("value", "low", "high", "n", "effective", "deff")
OF_ONE = {"satisfied": ("satisfied", "top2", "top3"), "nps": ("nps",), "diffusion": ("diffusion",)}
LARGEST = 20  # cells of more answers say no more figures


def itself(x: np.ndarray) -> np.ndarray:
    return x


def written(one: Estimate) -> tuple[float | None, ...]:
    """As files have it: at most two decimals."""
    return tuple(None if np.isnan(x := getattr(one, name)) else kept(name, x) for name in WRITTEN)


def between(one: Estimate, step: int) -> tuple[float, float]:
    """Where a mean lies of which a cell tells so much."""
    return (one.low, one.high) if np.isnan(one.value) else (one.value - step / 2, one.value + step / 2)


class Cells:
    """A wave's cells, and what would be written of one if its enterprises had answered otherwise."""

    def __init__(self, sample: Sample) -> None:
        self.sample, self.design = sample, sample.design
        self.numbers = compute(sample, {})
        self.columns = columns_of(sample, {})
        self.rng = np.random.default_rng(sample.n)
        self.seen: dict[tuple[str, bytes, tuple[float | None, ...]], float] = {}  # patterns come again and again
        self.tables = report(self.numbers, None).tables
        self.least = (sum(always > 0 for _, always in sample.questions.dimensions) + 1) // 2

    def inside(self, table: str, code: str) -> np.ndarray:
        return (cell_codes(self.sample.rows, table) == code).to_numpy()

    def told(self, figure: str, column: np.ndarray, where: np.ndarray) -> Estimate:
        return told(self.design, figure, column, where)

    def looked_at(self, table: str) -> dict[str, set[str]]:
        """The figures that are written of each cell; what is written of one is what this test thinks it is."""
        made: dict[str, set[str]] = {}
        for figure, rows in self.tables[table].items():
            for row in rows:
                made.setdefault(row.code, set()).add(figure)
                known = tuple(getattr(row, name) for name in WRITTEN)
                assert known == written(self.told(figure, self.columns[figure], self.inside(table, row.code)))
        return made

    def off(self, figure: str, column: np.ndarray, where: np.ndarray, before: tuple[float | None, ...]) -> float:
        """0 if what is told is written as before; how far the interval lies from what was written tells the way."""
        key = figure, column[where].tobytes(), before
        if key not in self.seen:
            self.seen[key] = self._off(figure, column, where, before)
        return self.seen[key]

    def _off(self, figure: str, column: np.ndarray, where: np.ndarray, before: tuple[float | None, ...]) -> float:
        if written(self.told(figure, column, where)) == before:
            return 0.0
        one, (_, low, high, *_) = estimate(self.design, figure, column, where), before
        ends = [(one.low - there(low), STEP), (there(high) - one.high, STEP)] if low is not None else []
        return 1 + sum(max(-by, by - step, 0.0) for by, step in ends if not np.isnan(by))

    def mean(self, figure: str, where: np.ndarray, part: np.ndarray, scored: Scoring = itself) -> Mean:
        column = self.columns[figure]
        step = digit(figure, self.design.weight[where & ~np.isnan(column)])
        return Mean(scored, part, *between(self.told(figure, column, where), step))

    def dimensions(self, where: np.ndarray, figures: set[str]) -> tuple[np.ndarray, np.ndarray]:
        """Of each answer to a dimension, told here or not: which it is, and whether it is unknown. Beside them the
        index, which is made of them."""
        names = self.numbers.dimensions
        values = np.stack([self.columns[name] for name in names], axis=1)
        row, asked = np.nonzero(where[:, None] & ~np.isnan(values))
        weight, said = self.design.weight, (~np.isnan(values)).sum(axis=1)
        indexed = where & ~np.isnan(self.columns[INDEX])
        of_index = weight[row] * indexed[row] / said[row] / weight[indexed].sum()
        means = [self.mean(INDEX, where, of_index)]
        for place, name in enumerate(names):
            part = weight[row] * (asked == place)
            means += [self.mean(name, where, part / part.sum())] if name in figures else []
        before = {figure: written(self.told(figure, self.columns[figure], where)) for figure in figures}

        def off(changed: np.ndarray, places: np.ndarray) -> float:
            whole = values.copy()
            whole[row, asked] = changed
            columns = dict(zip(names, whole.T, strict=True))
            touched = {names[place] for place in asked[places]} & figures
            columns[INDEX] = index_of(columns, {}, self.least)
            return sum(self.off(one, columns[one], where, before[one]) for one in (INDEX, *touched))

        items = [
            sum(one.dimension == name for one in self.sample.questions.items if one.kind == KIND) for name in names
        ]
        levels = [np.linspace(0, 100, 4 * n + 1) for n in items]  # means of all its items
        given = Asked(values[row, asked], lambda place: levels[asked[place]], asked, means, off)
        return asked, given.unknown(itself, self.rng)

    def question(self, name: str, where: np.ndarray, figures: set[str]) -> list[np.ndarray]:
        """A question's figures together: of each, whose part in it is unknown."""
        of = [figure for figure in OF_ONE[name] if figure in figures]
        column = self.columns[name]
        members = np.flatnonzero(where & ~np.isnan(column))
        levels = {"nps": np.array([-100.0, 0, 100]), "diffusion": np.array([0.0, 50, 100])}.get(name, LEVELS)
        scores = {f: itself if f == name else SCORED[f][1] for f in of}
        before = {figure: written(self.told(figure, self.columns[figure], where)) for figure in of}

        def off(changed: np.ndarray, _: np.ndarray) -> float:
            whole = column.copy()
            whole[members] = changed
            return sum(self.off(f, scores[f](whole), where, before[f]) for f in of)

        part = self.design.weight[members] / self.design.weight[members].sum()
        means = [self.mean(f, where, part * (100 if f in ("top2", "top3") else 1), scores[f]) for f in of]
        asked = Asked(column[members], lambda _: levels, np.zeros(len(members)), means, off)
        return [asked.unknown(scores[figure], self.rng) for figure in of]


class Whole(Cells):
    """The same of a wave that has no more answers than a cell."""

    def __init__(self, sample: Sample) -> None:
        super().__init__(sample)
        found = report(self.numbers, None)
        rows = [row for row in (*found.figures, *found.dimensions) if row.told]
        self.tables = {"": {row.code: (replace(row, code=""),) for row in rows}}

    def inside(self, table: str, code: str) -> np.ndarray:
        return np.ones(self.sample.n, dtype=bool)

    def told(self, figure: str, column: np.ndarray, where: np.ndarray) -> Estimate:
        return told(self.design, figure, column)


def attacked(cells: Cells) -> tuple[int, list[tuple]]:
    """How many answers to how many figures were tried, and which are known."""
    tried, known = 0, []
    for table in cells.tables:
        for code, figures in cells.looked_at(table).items():
            where = cells.inside(table, code)
            if where.sum() > LARGEST:
                continue
            asked, free = cells.dimensions(where, figures)
            found = {name: [free[asked == place]] for place, name in enumerate(cells.numbers.dimensions)}
            found |= {name: cells.question(name, where, figures) for name in OF_ONE if name in figures}
            for name, of in found.items():
                tried += sum(map(len, of))
                known += [(table, code, name, int((~one).sum())) for one in of if not one.all()]
    return tried, known


def sample_of(store: Store, seed: int, many: tuple[int, ...] = (60, 85, 110)) -> Sample:
    """With a weight of its own for everybody: equal ones tell nobody apart."""
    wave = there(wave_of(store, seed, even=True, many=many))
    sample = store.read(lambda con: read_sample(con, wave))
    weight = np.random.default_rng(seed).lognormal(0, 0.5, sample.n)
    return replace(sample, design=SurveyDesign(weight, sample.design.stratum))


@pytest.mark.parametrize("seed", range(11, 21))
def test_no_answer_of_any_cell_of_a_wave_is_known(store, seed):
    tried, known = attacked(Cells(sample_of(store, seed)))
    assert known == [] and tried > 200


@pytest.mark.parametrize("seed", range(31, 36))
def test_no_answer_of_a_whole_wave_of_few_is_known(store, seed):
    tried, known = attacked(Whole(sample_of(store, seed, many=(10, 12, 15, 20))))
    assert known == [] and tried > 60


def test_no_answer_of_any_cell_of_the_demonstration_is_known(demonstration):
    tried = 0
    for wave in demonstration.read(lambda con: stored.closed_waves(con, here.now())):
        n, known = attacked(Cells(demonstration.read(lambda con, w=wave: read_sample(con, w))))
        assert known == [], wave.title_en
        tried += n
    assert tried > 2000


def test_two_decimals_give_single_answers_away(demonstration):
    """What was written until decision 0020, of the same cells: the same reader knows most answers of ten to twelve."""
    found = {}
    for wave in demonstration.read(lambda con: stored.closed_waves(con, here.now())):
        cells = Cells(demonstration.read(lambda con, w=wave: read_sample(con, w)))
        for table, breakdown in cells.numbers.tables.items():
            for code in breakdown.shown:
                where = cells.inside(table, code)
                if where.sum() <= 13:
                    found[wave.number, code] = max(known_before(cells, where, figure) for figure in ("top2", "top3"))
    assert all(n >= 10 for n in found.values()) and {code for _, code in found} >= {"C28", "C35"}


def known_before(cells: Cells, where: np.ndarray, figure: str) -> int:
    column = cells.columns[figure]
    members = np.flatnonzero(where & ~np.isnan(column))
    before = estimate(cells.design, figure, column, where)

    def same(hits: np.ndarray) -> bool:
        changed = column.copy()
        changed[members] = hits
        return written(estimate(cells.design, figure, changed, where)) == written(before)

    part = 100 * cells.design.weight[members] / cells.design.weight[members].sum()
    return int(known_of_all((0.0, 1.0), Mean(itself, part, before.value - 0.011, before.value + 0.011), same).sum())


STRATA = {1.0: 5, 4 / 3: 45, 1.62: 37}  # weight → answers: of a park whose five large firms all answered


@pytest.mark.parametrize("apart", [0.0, 0.0005, 0.01])
def test_a_whole_of_few_different_weights_does_not_count_who_of_each_said_yes(apart):
    """With two decimals it did: no other numbers of the three strata come to the same share. Nor do they where raking
    has left those of a stratum nearly the same weight."""
    weight, first = np.repeat(list(STRATA), list(STRATA.values())), np.repeat([0, 5, 50], list(STRATA.values()))
    weight = weight * np.random.default_rng(5).uniform(1 - apart, 1 + apart, len(weight))
    place = np.arange(len(weight)) - first
    design = SurveyDesign(weight, np.zeros(len(weight), dtype=int), cautious=True)

    def said(*yes: int) -> Estimate:
        found = of_whole(design, "top2", (place < np.repeat(yes, list(STRATA.values()))).astype(float))
        assert found is not None
        return found

    seen, share = written(said(5, 30, 20)), said(5, 30, 20).value
    shares = {yes: 100 * np.dot(yes, list(STRATA)) / weight.sum() for yes in product(range(6), range(46), range(38))}
    near = [yes for yes, value in shares.items() if abs(value - share) < 1]
    assert {large for large, *others in near if written(said(large, *others)) == seen} >= {0, 2, 5}


@pytest.mark.parametrize(("n", "squares"), [(60, 0.14), (120, 0.04)])
def test_an_interval_does_not_tell_what_the_heaviest_said(n, squares):
    """Of a cell and of a whole: another answer there, made up for by the others, leaves all that is told as it was."""
    chance = np.random.default_rng(n)
    others = chance.lognormal(0, 0.1, n - 1)
    weight = np.append(others, np.sqrt(squares / (1 - squares) * (others @ others)))
    yes = np.append(chance.random(n - 1) < 0.2, True).astype(float)
    otherwise = yes.copy()
    otherwise[-1] = 0
    for place in np.flatnonzero(yes == 0)[:-1]:
        if otherwise @ weight < yes @ weight - others.min() / 2:
            otherwise[place] = 1
    assert abs(otherwise @ weight - yes @ weight) < 0.01 * weight.sum()
    design = SurveyDesign(weight, np.zeros(n, dtype=int), cautious=True)
    both = [of_whole(design, "top3", one) for one in (yes, otherwise)]
    assert both[0] is not None and both[0].n == n - FEWEST
    assert len({written(one)[1:] for one in both if one is not None}) == 1


@pytest.mark.parametrize(("n", "odd"), [(31, 1.42), (39, 2.6), (48, 1.65), (58, 2.75), (66, 0.4)])
def test_a_whole_number_does_not_tell_what_the_one_of_another_weight_said(n, odd):
    """Of 39 who weigh the same but one, 49 % are 16 of the others and the one: with any other number it was known."""
    weight = np.append(np.ones(n - 1), odd)
    design = SurveyDesign(weight, np.zeros(n, dtype=int), cautious=True)
    for figure, scores in (("top2", (0.0, 1.0)), ("nps", (-100.0, 0.0, 100.0)), ("approvals", LEVELS)):
        said: dict[tuple, set[float]] = {}
        reached = np.linspace(scores[0], scores[-1], (len(scores) - 1) * (n - 1) + 1)  # means of the others
        for mean, own in product(reached, scores):
            rest = np.full(n - 1, mean)
            column = np.append(_spread(rest, np.array(scores)), own)
            found = told(design, figure, column)
            if not np.isnan(found.value):
                said.setdefault((found.value,), set()).add(own)
        assert said and min(map(len, said.values())) > 1, figure


def _spread(means: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Answers on the scale with the same sum."""
    step = scores[1] - scores[0]
    steps = round((means - scores[0]).sum() / step)
    return scores[0] + step * (steps // len(means) + (np.arange(len(means)) < steps % len(means)))


def test_who_outweighs_ten_is_not_known_to_be_none_of_them():
    """That a whole has its digits says that ten at least are no 100: they weigh less than nine and the heaviest."""
    chance = np.random.default_rng(2)
    weight = np.append(np.sort(chance.uniform(0.8, 1.2, 299)), 4.0)
    design = SurveyDesign(weight, np.zeros(300, dtype=int), cautious=True)
    for missed, digits in ((10, False), (16, True)):
        found = of_whole(design, "approvals", 100.0 * (np.arange(300) >= missed))
        assert found is not None and found.whole != digits


def test_only_figures_told_with_all_digits_have_an_importance(store):
    """Of a dimension that all called the best there was none, and so everybody's answer was known."""
    sample = sample_of(store, 11, many=(85,))
    assert {"law", "policy"} <= compute(sample, {}).importance.keys()
    place = [name for name, _ in sample.questions.dimensions].index("law") + 1
    for same in (100.0, np.where(np.arange(sample.n) < 3, 50.0, 100.0)):
        one = compute(replace(sample, rows=sample.rows.assign(**{f"d{place}": same})), {})
        assert "law" in one.figures and "policy" in one.importance and "law" not in one.importance
        whole = compute(replace(sample, rows=sample.rows.assign(satisfied=same)), {})
        assert "law" in whole.figures and not whole.importance
