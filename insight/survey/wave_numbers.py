"""Everything that is estimated from one closed wave: computed once, kept, and compared with other waves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from db.sql import Connection
from db.survey import estimates as stored
from db.survey.kinds import LEVELS
from db.survey.surveys import Wave
from insight.frames import Column
from insight.survey.answers import Sample, read_sample
from insight.survey.cells import SCORED, in_points, of_part, of_whole, point, told
from insight.survey.estimates import Estimate, interval
from insight.survey.integrity import Integrity, examine
from insight.survey.nonresponse import Lateness, Rate, cell_codes, late_half, lateness, rates
from insight.survey.protection import FEWEST, SURE, TABLES, Breakdown, beside, by_figure, parted, protect
from insight.survey.questions import ToldQuestion
from insight.survey.questions import told as answered

INDEX = "index"
FEWEST_PAIRS = 30  # answers from which a correlation is worth showing

Cells = dict[str, Estimate]
Asked = frozenset[tuple[str, str]]  # questionnaire and series of each question


@dataclass(frozen=True)
class Figures:
    """What a wave says of the whole. `figures` by code: index, each dimension, satisfied, top2, top3, nps, diffusion,
    as many as are told (cells.py). `weights` are those of the index when the wave closed; `made_of` by figure is what
    is asked for it. Shared between readers: nobody changes it."""

    wave: Wave
    answered: int
    drawn: int
    dimensions: tuple[str, ...]
    figures: dict[str, Estimate]
    weights: dict[str, float]
    made_of: dict[str, Asked]


@dataclass(frozen=True)
class WaveNumbers(Figures):
    """And of its parts. `cells[table][figure][code]` are the breakdowns that may be shown, as they are told.

    `importance` is each dimension's correlation with overall satisfaction. `without` is the index without doubtful
    answers, where both groups are 10 or more.
    `open` are the figures of answers by open links, unweighted. `questions` are those that no figure counts.
    """

    population: int
    outside: int
    tables: dict[str, Breakdown]
    cells: dict[str, dict[str, Cells]]
    importance: dict[str, Estimate]
    rates: dict[str, tuple[Rate, ...]]
    lateness: Lateness | None
    integrity: Integrity
    without: Estimate | None
    open: dict[str, Estimate]
    off: float
    trimmed: int
    questions: tuple[ToldQuestion, ...] = ()


def read_figures(con: Connection, wave: Wave) -> Figures:
    """As read_numbers, of the whole alone: a seventh of the work."""
    sample, weights = read_sample(con, wave, besides=False), stored.weights(con, wave.closes_at)
    figures = _whole(sample, columns_of(sample, weights))
    named = tuple(code for code, _ in sample.questions.dimensions)
    return Figures(wave, sample.n, sample.drawn, named, figures, _weighed(sample, weights), made_of(sample))


def read_numbers(con: Connection, wave: Wave) -> WaveNumbers:
    """The wave has to have closed: while it is open, each answer could be found by looking before and after."""
    sample = read_sample(con, wave)
    reminders, came = stored.reminders(con, wave.id), stored.doubts(con, wave.id)
    return compute(sample, stored.weights(con, wave.closes_at), reminders=reminders, came=came)


def compute(
    sample: Sample, weights: Mapping[str, float], *, reminders: Sequence[datetime] = (),
    came: Mapping[str, int] | None = None,
) -> WaveNumbers:  # fmt: skip
    """Pure: from arrays to estimates. `reminders` and `came` are what `examine` takes besides the answers."""
    columns = columns_of(sample, weights)
    figures = _whole(sample, columns)
    codes = {name: cell_codes(sample.rows, name) for name in TABLES}
    tables, surer = (protect(codes, sample.design.weight, fewest) for fewest in (FEWEST, SURE))
    integrity = examine(sample, columns[INDEX], reminders=reminders, came=came)
    cells = _cells(sample, codes, (tables, surer), columns, figures)
    late, without = _splits(sample, columns[INDEX], integrity.doubtful, cells)
    return WaveNumbers(
        wave=sample.wave,
        answered=sample.n,
        drawn=sample.drawn,
        population=sample.population,
        outside=sample.outside,
        dimensions=tuple(code for code, _ in sample.questions.dimensions),
        figures=figures,
        tables=tables,
        cells=cells,
        importance=_importance(sample, columns, figures),
        rates=rates(sample, tables),
        lateness=late,
        integrity=integrity,
        without=without,
        open=_of_open(sample, weights),
        off=sample.raked.off,
        trimmed=sample.raked.trimmed,
        weights=_weighed(sample, weights),
        made_of=made_of(sample),
        questions=tuple(answered(sample.design, one, given) for one, given in sample.besides),
    )


def made_of(sample: Sample) -> dict[str, Asked]:
    """Of each figure what is asked for it, as all versions of the questionnaire call it."""
    asked, named = sample.questions, sample.wave.questionnaire_code
    levels = [one for one in asked.items if one.kind == LEVELS]
    found = {
        code: frozenset((named, one.series) for one in levels if (one.dimension or "") == code)
        for code, _ in asked.dimensions
    }
    series = {one.item: one.series for one in asked.items}
    alone = {code: column for code, (column, *_) in SCORED.items() if column in asked.singles}
    singles = {code: frozenset({(named, series[asked.singles[column]])}) for code, column in alone.items()}
    return {INDEX: frozenset[tuple[str, str]]().union(*found.values()), **found, **singles}


def _weighed(sample: Sample, weights: Mapping[str, float]) -> dict[str, float]:
    return {code: weights.get(code, 1.0) for code, _ in sample.questions.dimensions}


def _whole(sample: Sample, columns: Mapping[str, np.ndarray]) -> dict[str, Estimate]:
    known = {code: of_whole(sample.design, code, column) for code, column in columns.items()}
    found = {code: one for code, one in known.items() if one is not None}
    if INDEX in found and any(np.isnan(found[code].value) for code, _ in sample.questions.dimensions if code in found):
        found[INDEX] = told(sample.design, INDEX, columns[INDEX])  # its digits would say how near the end that one is
    return found


def index_of(columns: Mapping[str, np.ndarray], weights: Mapping[str, float], least: int) -> np.ndarray:
    """Each response's weighted mean over the dimensions that it answered, where there are at least `least`."""
    values = np.stack(list(columns.values()), axis=1)
    counted = np.where(np.isnan(values), 0, [weights.get(code, 1.0) for code in columns])
    total = counted.sum(axis=1)
    enough = ((~np.isnan(values)).sum(axis=1) >= least) & (total > 0)
    means = np.divide((np.nan_to_num(values) * counted).sum(axis=1), total, out=np.zeros(len(total)), where=total > 0)
    return np.where(enough, means, np.nan)


def columns_of(sample: Sample, weights: Mapping[str, float]) -> dict[str, np.ndarray]:
    """A scored value for each response, by figure."""
    asked = sample.questions.dimensions
    dimensions = {code: sample.dimension(code) for code, _ in asked}
    least = max((sum(always > 0 for _, always in asked) + 1) // 2, 1)
    index = index_of(dimensions, weights, least) if dimensions else np.full(sample.n, np.nan)
    overall = {code: score(sample.values(column)) for code, (column, score, _) in SCORED.items()}
    return {INDEX: index, **dimensions, **overall}


def _of_open(sample: Sample, weights: Mapping[str, float]) -> dict[str, Estimate]:
    """Index and single items of those that came by a wall's code, from ten answers on."""
    there = sample.of_open()
    if there.n < FEWEST:
        return {}
    columns = columns_of(there, weights)
    return _whole(there, {code: columns[code] for code in (INDEX, *SCORED)})


def _cells(
    sample: Sample,
    codes: Mapping[str, Column],
    tables: tuple[dict[str, Breakdown], dict[str, Breakdown]],
    columns: Mapping[str, np.ndarray],
    figures: Mapping[str, Estimate],
) -> dict[str, dict[str, Cells]]:
    """By table and figure what is told of each cell: of one question by the second of the `tables`."""
    found: dict[str, dict[str, Cells]] = {name: {} for name in TABLES}
    for figure in figures:
        column = columns[figure]
        values, grain = in_points(figure, column), 1 / point(figure)
        by = by_figure(tables[figure in SCORED], codes, sample.design.weight, values, grain)
        for name, table in by.items():
            if table.shown:
                places = {code: (codes[name] == code).to_numpy() for code in table.shown}
                found[name][figure] = {code: told(sample.design, figure, column, at) for code, at in places.items()}
    return found


def _importance(
    sample: Sample, columns: Mapping[str, np.ndarray], figures: Mapping[str, Estimate]
) -> dict[str, Estimate]:
    """Weighted correlations with overall satisfaction, with Fisher's interval on Kish's effective n. Of figures
    told with all digits alone: what all said has no correlation, and what nearly all said tells who did not."""
    found = {}
    told_whole = {code for code, one in figures.items() if one.whole}
    for code, _ in sample.questions.dimensions if "satisfied" in figures.keys() - told_whole else ():
        both = ~np.isnan(columns[code]) & ~np.isnan(columns["satisfied"])
        if code in figures.keys() - told_whole and both.sum() >= FEWEST_PAIRS:
            found[code] = _correlation(columns[code][both], columns["satisfied"][both], sample.design.weight[both])
    return {code: one for code, one in found.items() if not np.isnan(one.value)}


def _correlation(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Estimate:
    x, y = (values - np.average(values, weights=weight) for values in (x, y))
    size = np.sqrt((weight * x * x).sum() * (weight * y * y).sum())
    value = float((weight * x * y).sum() / size) if size > 0 else float("nan")
    effective = float(weight.sum() ** 2 / (weight * weight).sum())
    se = float(1 / np.sqrt(max(effective - 3, 1)))
    low, high = np.tanh(interval(np.arctanh(np.clip(value, -0.999, 0.999)), se, max(int(effective) - 3, 1)))
    return Estimate(value, se, float(low), float(high), len(x), effective, len(x) / effective, int(effective))


def _splits(
    sample: Sample, index: np.ndarray, doubtful: np.ndarray, cells: Mapping[str, Mapping[str, Cells]]
) -> tuple[Lateness | None, Estimate | None]:
    """Late against early answers, and the index without doubtful ones, as far as they may stand beside the tables."""
    known, late = ~np.isnan(index), late_half(sample, index)
    found = {"late": late} if late is not None else {}
    if parted([sample.design.weight[known & one] for one in (doubtful, ~doubtful)]):
        found["doubtful"] = doubtful
    shown = {name: list(cells[name].get(INDEX, ())) for name in TABLES}
    codes = {name: cell_codes(sample.rows, name)[known] for name in TABLES}
    kept = beside(codes, sample.design.weight[known], shown, {name: members[known] for name, members in found.items()})
    return (
        lateness(sample.design, index, found["late"]) if "late" in kept else None,
        of_part(sample.design, INDEX, index, ~doubtful) if "doubtful" in kept else None,
    )
