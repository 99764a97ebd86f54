"""An attack by another hand: every number that leaves the house, as equations over single answers.

The reader is stronger than any real one: knows who answered, where each belongs, when each came, which are doubtful and
how much each weighs; only what they said is unknown. A linear programme asks how far each hidden cell is pinned; that
answers spread no further than an interval says is a cone, which it is given plane by plane.
"""

import io
import random
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pytest
from docx import Document
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from db import sql
from db.survey import surveys
from insight.drawing.charts import CodeNames
from insight.survey.answers import read_sample
from insight.survey.estimates import SurveyDesign, quantile
from insight.survey.protection import FEWEST, TABLES
from insight.survey.report import Report, ReportRow, chosen, from_json, report, to_json
from insight.survey.report_files import to_word
from insight.survey.report_words import Speech
from insight.survey.scores import at_least
from insight.survey.wave_numbers import INDEX, SCORED, compute
from pages.results.files import content
from tests.insight.world import add_each, add_wave, noon
from tests.there import there

ITEMS = {"policy": "P1", "finance": "F1", "labour": "L1", "costs": "C1", "regulation": "R1", "law": "J1",
         "infrastructure": "I1", "service": "S1", "foreign": "X1"}  # fmt: skip
TOWNS = ["330603001", "330603011", "330603012", "330603105", "330603108"]
DIVISIONS = ("C17", "C28", "F51", "F52", "I65", "M73")
ROUNDED, WHOLE = 0.011, 0.5  # two decimals, cut where a page would round them up; a cell of a table
SAY = Speech("en", CodeNames())  # towns and sectors stay codes
OPEN = "open"
ASKED = ("satisfied", "top2", "top3")  # figures of one item, in every table
PLANES = 12  # rounds in which cones are cut closer
PINNED = 10  # points: a hidden cell's mean has to stay at least so uncertain


HOME = dict(zip(DIVISIONS, (0, 1, 2, 2, 3, 3), strict=True))


def wave_of(store, seed, *, nested=False, batch=False, even=False, number=1, by_link=0, many=(60, 85, 110)):
    """A wave with crowded and thin cells, a few doubtful answers, and a dimension that hardly anybody is asked.
    `nested`: each trade sits in one town, with few exceptions. `batch`: the largest town's forms come last, so that
    the later half is nearly that town. `even`: all cells have about ten. `by_link`: so many by a wall's open code.
    `many`: how many answered, one of these."""
    chance = random.Random(seed)
    wave_id, month = add_wave(store, number, f"2023-{10 + number}-01"), f"2023-{10 + number}"
    made = [_answered(chance, nested=nested, even=even) for _ in range(chance.choice(many))]
    if batch:
        made.sort(key=lambda one: one["town"] == TOWNS[0])
    days = [f"{month}-{2 + 20 * n // len(made) if batch else 2 + n % 20:02d}" for n in range(len(made))]
    came = [(day, one.pop("told"), one) for day, one in zip(days, made, strict=True)]
    for _ in range(by_link):
        told = {item: float(25 * chance.randrange(5)) for item in (*ITEMS.values(), "O1")}
        came.append((f"{month}-05", told, {"source": "open", "town": TOWNS[0]}))
    add_each(store, wave_id, came)
    return store.read(lambda con: surveys.wave(con, wave_id))


def _answered(chance: random.Random, *, nested: bool, even: bool) -> dict:
    towns, divisions = ((1,) * 5, (1,) * 6) if even else ((40, 25, 8, 4, 2), (40, 6, 20, 3, 4, 2))
    town, division = chance.choices(TOWNS, towns)[0], chance.choices(DIVISIONS, divisions)[0]
    if nested and chance.random() < 0.93:
        town = TOWNS[HOME[division]]
    size = chance.choices(("large", "medium", "small", "micro"), (2, 6, 20, 20))[0]
    told = {item: float(25 * chance.randrange(5)) for name, item in ITEMS.items() if name != "foreign"}
    told["O1"] = float(25 * chance.randrange(5))
    if chance.random() < 0.1:
        told["X1"] = float(25 * chance.randrange(5))
    if chance.random() < 0.1:
        told = dict.fromkeys(told, float(25 * chance.randrange(5)))
    return {"town": town, "sector": division, "size": size, "told": told}


Facts = dict[tuple[str, str, str], tuple[float, int, float | None]]  # table, group, figure → value, n, change


def in_parquet(content: bytes) -> Facts:
    told = pd.read_parquet(io.BytesIO(content))
    rows: Any = told[told["value"].notna()].itertuples()
    return {(row.table, row.group, row.figure): (row.value, row.n, _none(row.by)) for row in rows}


def in_sheet(told: pd.DataFrame) -> Facts:
    """The first sheet of a workbook, or a CSV: words, which are turned back into codes."""
    tables = {SAY.word("file.whole"): "", SAY.word("file.open"): OPEN} | {SAY.word(f"where.{t}"): t for t in TABLES}
    figures = {SAY.figure(code): code for code in (INDEX, *SCORED, *ITEMS, "approvals")}
    sizes = {SAY.group("size", code): code for code in ("large", "medium", "small", "micro")}
    rows = told.to_numpy().tolist()
    return {(tables[row[0]], "" if pd.isna(row[1]) else sizes.get(str(row[1]), str(row[1])), figures[row[2]]):
            (float(row[3]), int(row[6]), _none(row[9])) for row in rows if not pd.isna(row[3])}  # fmt: skip


def in_word(content: bytes) -> set[tuple[str, float]]:
    """Names and values of every table."""
    rows = [[cell.text for cell in row.cells] for table in Document(io.BytesIO(content)).tables for row in table.rows]
    return {(row[0], float(row[1].replace("−", "-"))) for row in rows if re.fullmatch(r"[−-]?[\d.]+", row[1])}


def _none(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def facts_of(found: Report) -> Facts:
    """Every number that the files hold, read from their bytes; all of them say the same."""
    facts = in_parquet(content(found, "parquet", SAY))
    book = pd.read_excel(io.BytesIO(content(found, "xlsx", SAY)), engine="calamine", dtype={"Group": str})
    assert (
        in_sheet(book) == in_sheet(pd.read_csv(io.BytesIO(content(found, "csv", SAY)), dtype={"Group": str})) == facts
    )
    known = {(key[1] or key[2], round(value, 1)) for key, (value, *_) in facts.items()}
    names = {SAY.figure(code): code for code in (INDEX, *SCORED, *ITEMS)} | {
        SAY.group("size", code): code for code in ("large", "medium", "small", "micro")}  # fmt: skip
    for name, value in in_word(to_word(found, SAY, issuer="", at=noon("2024-01-01"))):
        assert any(code == names.get(name, name) and abs(value - told) < 0.11 for code, told in known), (
            f"{name} {value}"
        )
    return facts


class Reader:
    """Equations over y[response, dimension], from what is written in the files and on the pages."""

    def __init__(self, sample, found: Report, doubtful: np.ndarray, *, before: Report | None = None, table="") -> None:
        """`table` OPEN: of those who came by a wall's code, whose `sample` it is then."""
        self.table, self.sample, self.found, self.rows = table, sample, found, sample.rows
        self.dimensions = [name for name, _ in sample.questions.dimensions]
        self.names = [*self.dimensions, *ASKED]
        answered = [sample.dimension(name) for name in self.dimensions] + 3 * [sample.values("satisfied")]
        self.given = ~np.isnan(np.stack(answered, axis=1))
        self.place = {cell: i for i, cell in enumerate(zip(*np.nonzero(self.given), strict=True))}
        self.known: list[tuple[np.ndarray, float, float]] = []
        self.doubtful = doubtful
        self.facts = facts_of(found)
        self._read_files(facts_of(before) if before else {})
        self._read_splits()
        self._one_item()
        self.cones: list[Cone] = []
        self._read_intervals()

    def _read_files(self, before: Facts) -> None:
        for (table, group, figure), (value, n, by) in self.facts.items():
            if figure not in (*self.names, INDEX) or (table == OPEN) != (self.table == OPEN):
                continue
            whole = self.told[table, group, figure].whole
            self.learn(figure, self.inside(table, group), value, n, WHOLE if whole else ROUNDED)
            if by is not None and not whole:  # the wave before and the change tell the value a second time
                then = before[table, group, figure][0]
                self.learn(figure, self.inside(table, group), then + by, n, 2 * ROUNDED)

    @cached_property
    def told(self) -> dict[tuple[str, str, str], ReportRow]:
        rows = {("", "", row.code): row for row in (*self.found.figures, *self.found.dimensions)}
        rows |= {(OPEN, "", row.code): row for row in self.found.open}
        return rows | {
            (t, row.code, f): row for t, of in self.found.tables.items() for f, told in of.items() for row in told
        }

    def _read_splits(self) -> None:
        if self.found.late and not self.table:
            late, told = self.late(), self.found.late
            self.learn(INDEX, late, there(told.value), told.n, WHOLE if told.whole else ROUNDED)
            self.learn(INDEX, ~late, there(told.value) - there(told.by), None, WHOLE if told.whole else 2 * ROUNDED)
        if (told := self.found.without) and told.value is not None and not self.table:
            self.learn(INDEX, ~self.doubtful, told.value, told.n, WHOLE if told.whole else ROUNDED)

    @cached_property
    def truth(self) -> np.ndarray:
        said = [self.sample.dimension(name) for name in self.dimensions]
        satisfied = self.sample.values("satisfied")
        both = [satisfied, 100 * at_least(satisfied, 75), 100 * at_least(satisfied, 50)]
        return np.stack([*said, *both], axis=1)[self.given]

    def _read_intervals(self) -> None:
        """Of the figures that are attacked: their variance is a sum of squares of what was said."""
        rows = self.told | ({("late", "", INDEX): self.found.late} if self.found.late else {})
        for (table, group, figure), row in rows.items() if not self.table else ():
            if figure in ("policy", "satisfied", INDEX) and row.value is not None and row.low is not None:
                members = self.late() if table == "late" else self.inside(table, group)
                off = WHOLE if row.whole else ROUNDED
                ends = [end for end in (there(row.high) - row.value, row.value - row.low)]
                clipped = (row.high == 100, row.low == 0)
                half = min((end + 2 * off for end, cut in zip(ends, clipped, strict=True) if not cut), default=np.inf)
                if np.isfinite(half):
                    self.cones.append(self._cone(figure, members, half, whole=not table))

    def _cone(self, figure: str, members: np.ndarray, half: float, *, whole: bool) -> "Cone":
        made, has = self.coefficients(figure, members, self.sample.design.weight)
        design, at = self.sample.design, np.flatnonzero(has)
        each = np.zeros((len(self.rows), len(self.place)))
        for i, (row, _) in enumerate(self.place):
            each[row, i] = made[i] * design.weight[has].sum() / design.weight[row]
        linear = np.zeros_like(each)
        linear[at] = (each[at] - made) / design.weight[has].sum()
        raked = whole and design.margins
        parts = np.stack([design.residuals(x) for x in linear.T], axis=1) if raked else design.weight[:, None] * linear
        return Cone(self._root @ parts, half / quantile(design.freedom(len(at))))

    @cached_property
    def _root(self) -> np.ndarray:
        """The design's variance of weighted parts as the square of a matrix."""
        unit, variance = np.eye(len(self.rows)), self.sample.design.variance
        alone = np.array([variance(one) for one in unit])
        both = np.array([[variance(a + b) for b in unit] for a in unit])
        size, way = np.linalg.eigh((both - alone - alone[:, None]) / 2)
        kept = size > 1e-12 * size[-1]
        return np.sqrt(size[kept])[:, None] * way[:, kept].T

    def _one_item(self) -> None:
        """What the level, top-2 and top-3 of one answer have to do with each other: 75 and more, 50 and more."""
        first = len(self.dimensions)
        for i in np.flatnonzero(self.given[:, first]):
            level, top2, top3 = (self.place[i, first + n] for n in range(3))
            for top, part, low in (
                (top2, 0.5, 0),
                (top2, 0.75, 0),
                (top3, 0.5, 0),
                (top3, 0.75, -25),
            ):
                row = np.zeros(len(self.place))
                row[[level, top]] = 1, -part
                self.known.append((row, low, low + 50))

    def late(self) -> np.ndarray:
        return self.rows["late"].to_numpy(dtype=bool)

    def inside(self, table: str, group: str) -> np.ndarray:
        if table in ("", OPEN):
            return np.ones(len(self.rows), dtype=bool)
        column = {"town": "town_code", "size": "size"}.get(table, "sector_code")
        codes = self.rows[column].str[:1] if table == "section" else self.rows[column]
        return (codes == group).to_numpy()

    def coefficients(self, figure: str, members: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of the weighted mean over `members` as a sum of answers, and who of them has the figure."""
        asked = self.given[:, : len(self.dimensions)]
        has = members & (asked.any(axis=1) if figure == INDEX else self.given[:, self.names.index(figure)])
        made, total = np.zeros(len(self.place)), weight[has].sum()
        for i in np.flatnonzero(has):
            own = np.flatnonzero(asked[i]) if figure == INDEX else [self.names.index(figure)]
            for d in own:
                made[self.place[i, d]] += weight[i] / total / len(own)
        return made, has

    def learn(self, figure: str, members: np.ndarray, value: float, n: int | None, off: float = ROUNDED) -> None:
        made, has = self.coefficients(figure, members, self.sample.design.weight)
        assert n is None or has.sum() >= n, f"{figure}: {has.sum()} and not {n}"
        self.known.append((made, value - off, value + off))

    @cached_property
    def left(self) -> csr_matrix:
        rows = csr_matrix(np.stack([row for row, _, _ in self.known]))
        return csr_matrix(vstack([rows, -rows]))

    @cached_property
    def right(self) -> np.ndarray:
        return np.array([high for _, _, high in self.known] + [-low for _, low, _ in self.known])

    def range_of(self, figure: str, members: np.ndarray) -> float:
        """How uncertain the plain mean of these answers stays, in points: two sets of answers that fit all that is
        known, cones too, are so far apart at least."""
        aim, has = self.coefficients(figure, members, np.ones(len(self.rows)))
        return self._reached(aim) + self._reached(-aim) if has.any() else np.inf

    def _reached(self, aim: np.ndarray) -> float:
        """How far above the truth; a plane is added at each cone that the programme left."""
        best = 0.0
        planes: list[np.ndarray] = []
        limits: list[float] = []
        for _ in range(PLANES):
            left = vstack([self.left, csr_matrix(np.array(planes))]) if planes else self.left
            found = linprog(-aim, A_ub=left, b_ub=[*self.right, *limits], bounds=(0, 100), method="highs")
            assert found.status == 0
            away = found.x - self.truth
            inside = min((cone.until(self.truth, away) for cone in self.cones), default=1.0)
            best = max(best, inside * float(aim @ away))
            broken = [cone for cone in self.cones if cone.spread(found.x) > cone.most * (1 + 1e-6)]
            if best >= PINNED or not broken:
                break
            planes += [cone.plane(found.x) for cone in broken]
            limits += [cone.most for cone in broken]
        return best


@dataclass(frozen=True)
class Cone:
    """That what was said, times `root`, is no longer than `most`: an interval's half by the quantile."""

    root: np.ndarray
    most: float

    def spread(self, said: np.ndarray) -> float:
        return float(np.linalg.norm(self.root @ said))

    def plane(self, said: np.ndarray) -> np.ndarray:
        return (self.root @ said) @ self.root / self.spread(said)

    def until(self, truth: np.ndarray, away: np.ndarray) -> float:
        """Which part of the way one may go and stay inside."""
        at, by = self.root @ truth, self.root @ away
        a, b, c = by @ by, at @ by, at @ at - self.most**2
        assert c <= 1e-6 * self.most**2, f"{np.sqrt(at @ at)} is no interval of {self.most}"
        return 1.0 if a + 2 * b + c <= 0 else max(float((-b + np.sqrt(max(b * b - a * c, 0))) / a), 0.0)


PARTS = ("dimensions", "town", "section", "division", "size")


def computed(store, wave, *, uneven=0.0, draw=1):
    """`uneven`: each answer with a weight of its own, `draw` which; how far they lie apart."""
    sample = store.read(lambda con: read_sample(con, wave))
    if uneven:
        weight = np.random.default_rng(draw).lognormal(0, uneven, sample.n)
        sample = replace(sample, design=SurveyDesign(weight, sample.design.stratum))
    return sample, compute(sample, {})


def published(numbers, before=None) -> Report:
    return from_json(to_json(chosen(report(numbers, before), PARTS)))


def attacked(reader: Reader, numbers) -> int:
    """Every hidden cell under 10, and a dimension that so few were asked: how many there were."""
    tried, town = 0, reader.inside("town", TOWNS[0])
    for table, cells in numbers.tables.items():
        for code in cells.hidden:
            members = reader.inside(table, code)
            if members.sum() < FEWEST:
                for figure in (INDEX, "policy", "satisfied", "top2"):  # the other dimensions are like policy
                    assert reader.range_of(figure, members) >= PINNED, f"{figure} of {table} {code}, {members.sum()}"
                tried += 1
    late = reader.late()
    for group in (late & ~town, town & ~late):
        if 0 < group.sum() < FEWEST:
            assert reader.range_of(INDEX, group) >= PINNED, f"{group.sum()} who came at another time than their town"
    rare = reader.given[:, reader.names.index("foreign")]
    if 0 < rare.sum() < FEWEST:
        assert reader.range_of("foreign", rare) >= PINNED
    return tried


@pytest.mark.parametrize(
    ("seed", "more"),
    [(0, {}), (1, {}), (2, {}), (2, {"nested": True}), (3, {"nested": True}), (5, {"nested": True}),
     (1, {"batch": True}), (4, {"batch": True})],
)  # fmt: skip
def test_nothing_that_leaves_the_house_pins_a_hidden_cell(store, seed, more):
    sample, numbers = computed(store, wave_of(store, seed, **more))
    reader = Reader(sample, published(numbers), numbers.integrity.doubtful)
    assert attacked(reader, numbers) > 1


@pytest.mark.parametrize(("seed", "uneven", "draw"), [(1, 1.5, 1), (3, 2.0, 1), (3, 2.0, 275)])
def test_nor_does_it_where_one_answer_weighs_many_times_another(store, seed, uneven, draw):
    """By the last one's weights the interval of the late half, and that of the whole, left one answer 1.5 points."""
    sample, numbers = computed(store, wave_of(store, seed), uneven=uneven, draw=draw)
    assert attacked(Reader(sample, published(numbers), numbers.integrity.doubtful), numbers) > 1


def test_nor_do_two_waves_and_the_change_between_them(store):
    earlier = computed(store, wave_of(store, 1))
    later = computed(store, wave_of(store, 0, number=2))
    before = published(earlier[1])
    found = published(later[1], earlier[1])
    assert any(by is not None for *_, by in facts_of(found).values())
    assert attacked(Reader(later[0], found, later[1].integrity.doubtful, before=before), later[1]) > 1


@pytest.mark.parametrize(("links", "figures"), [(10, 1), (30, 1 + len(ASKED))])
def test_nor_is_an_answer_by_an_open_link_found_among_ten(store, links, figures):
    sample, numbers = computed(store, wave_of(store, 2, by_link=links))
    reader = Reader(sample.of_open(), published(numbers), np.zeros(links, dtype=bool), table=OPEN)
    assert len([key for key in reader.facts if key[0] == OPEN]) == figures
    for i in range(3):
        for figure in (INDEX, *ASKED):
            assert reader.range_of(figure, np.arange(links) == i) >= PINNED, f"{figure} of answer {i}"


def test_response_rates_tell_of_no_cell_that_the_results_hide(store):
    """Who knows who answered learns nothing from them; who does not, learns no count of a hidden cell."""
    _, numbers = computed(store, wave_of(store, 1))
    book = pd.read_excel(io.BytesIO(content(published(numbers), "xlsx", SAY)), sheet_name=1, engine="calamine")
    named = {str(group) for group in book.iloc[1:, 1]}
    hidden = {SAY.group(name, code) for name in ("town", "section", "size") for code in numbers.tables[name].hidden}
    assert named and hidden and not named & hidden
    for name in ("town", "section", "size"):
        answered = book[book.iloc[:, 0] == SAY.word(f"where.{name}")].iloc[:, 2].sum()
        left = numbers.answered - answered
        assert left == 0 or left >= FEWEST or answered == 0


def test_the_reader_finds_what_is_given_away(store):
    """The same programme, told one hidden town's complement."""
    sample, numbers = computed(store, wave_of(store, 1))
    found, doubtful = published(numbers), numbers.integrity.doubtful
    plain, told = Reader(sample, found, doubtful), Reader(sample, found, doubtful)
    code = min(numbers.tables["town"].hidden, key=numbers.tables["town"].counts.__getitem__)
    members = plain.inside("town", code)
    true = np.nanmean(np.stack([sample.dimension(name) for name in plain.dimensions], axis=1), axis=1)
    weight = sample.design.weight
    told.learn(INDEX, ~members, float((weight * true)[~members].sum() / weight[~members].sum()), None)
    assert told.range_of(INDEX, members) < plain.range_of(INDEX, members) / 2


def test_a_wave_watched_while_paper_is_keyed_shows_nothing(store):
    """The first figures are the last ones: nobody can look before and after a form."""
    from db.survey import estimates as stored

    wave = wave_of(store, 2)
    unit = {"wave_id": wave.id, "enterprise_id": "e", "stratum": "s", "size": "small", "sector_code": "C17",
            "town_code": TOWNS[0], "drawn": True, "serial": 1}  # fmt: skip
    store.write(lambda con: sql.insert(con, "sample_unit", unit))
    days = [wave.closes_at + timedelta(days=n) for n in range(15)]
    seen = [len(store.read(lambda con, at=at: stored.closed_waves(con, at))) for at in days]
    assert seen == [0] * 14 + [1] and noon("2023-11-01") < days[0]
