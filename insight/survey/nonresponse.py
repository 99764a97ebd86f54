"""Who did not answer, and what the late answers say about them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from insight.frames import Column, Frame
from insight.noise import estimated, surely
from insight.survey.answers import Sample
from insight.survey.cells import of_part
from insight.survey.estimates import Estimate, SurveyDesign
from insight.survey.protection import Breakdown, parted


@dataclass(frozen=True)
class Rate:
    """How many of those drawn in a cell answered."""

    code: str
    answered: int
    drawn: int

    @property
    def percent(self) -> float:
        return 100 * self.answered / self.drawn if self.drawn else 0.0


@dataclass(frozen=True)
class Lateness:
    """The index of the earlier and of the later half of the answers; `moved` is late less early, with its interval."""

    early: Estimate
    late: Estimate
    moved: float
    low: float
    high: float

    @property
    def matters(self) -> bool:
        return surely(self.low, self.high)


def rates(sample: Sample, tables: Mapping[str, Breakdown]) -> dict[str, tuple[Rate, ...]]:
    """By town, section and size, lowest first; the cells that the results hide are left out here too."""
    found = {}
    for name in ("town", "section", "size"):
        codes = cell_codes(sample.frame, name)
        drawn = sample.frame["drawn"].groupby(codes).sum()
        cells = [Rate(code, tables[name].counts[code], int(drawn.get(code, 0))) for code in tables[name].shown]
        found[name] = tuple(sorted((rate for rate in cells if rate.drawn), key=lambda rate: (rate.percent, rate.code)))
    return found


def late_half(sample: Sample, index: np.ndarray) -> np.ndarray | None:
    """The later half of the answers that have an index. None where a half has too few to be shown, or all came at
    once."""
    late, known = sample.rows["late"].to_numpy(dtype=bool), ~np.isnan(index)
    return late if parted([sample.design.weight[known & half] for half in (late, ~late)]) else None


def lateness(design: SurveyDesign, index: np.ndarray, late: np.ndarray) -> Lateness | None:
    """None where too little is told of a half to hold it against the other."""
    first, second = (of_part(design, "index", index, half) for half in (~late, late))
    moved = estimated(second, first)
    return Lateness(first, second, moved.by, moved.low, moved.high) if moved else None


def cell_codes(rows: Frame, table: str) -> Column:
    """The column of a frame of responses, or of the frame itself, that a table counts by."""
    column = {"town": "town_code", "size": "size"}.get(table, "sector_code")
    return rows[column].str[:1] if table == "section" else rows[column]
