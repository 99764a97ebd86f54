"""One wave's answers as arrays: a row a response, a column a dimension, and how the responses came about."""

import json
from dataclasses import dataclass, replace

import numpy as np

from db.sql import Connection
from db.survey import answers as stored
from db.survey import frames, surveys
from db.survey.answers import AskedItem
from db.survey.kinds import CHANGE, LEVELS, TEN
from db.survey.surveys import Wave
from insight.frames import Column, Frame
from insight.survey.estimates import SurveyDesign
from insight.survey.questions import Columns, OtherQuestion, columns_of, questions
from insight.survey.weighting import MISSED, Margin, Raked, base_weights, margin, rake

OVERALL = "overall"
# The three items of the overall dimension that have figures of their own, by kind.
SINGLES = {"satisfied": LEVELS, "recommend": TEN, "change": CHANGE}


@dataclass(frozen=True)
class Questions:
    """What a version asks: dimensions with how many of their items everybody is asked, the single items by figure, and
    the questions `besides` that no figure counts."""

    items: tuple[AskedItem, ...]
    dimensions: tuple[tuple[str, int], ...]
    singles: dict[str, str]
    optional: list[str]
    besides: tuple[OtherQuestion, ...] = ()


@dataclass(frozen=True)
class Sample:
    """The responses of those drawn. `frame` counts enterprises by stratum, size, sector and town.

    `drawn` and `population` are its sums; `outside` are answers by open links and of enterprises that were not drawn:
    they are in no estimate. `open` are those by open links; `besides` what was said to questions that no figure counts.
    """

    wave: Wave
    questions: Questions
    rows: Frame
    frame: Frame
    design: SurveyDesign
    raked: Raked
    population: int
    drawn: int
    outside: int
    open: Frame
    besides: tuple[tuple[OtherQuestion, Columns], ...] = ()

    @property
    def n(self) -> int:
        return len(self.rows)

    def values(self, column: str) -> np.ndarray:
        if column not in self.rows:
            return np.full(self.n, np.nan)
        return self.rows[column].to_numpy(dtype=float, na_value=np.nan)

    def of_open(self) -> "Sample":
        """The answers by open links, each counting once: nobody knows of how many they are."""
        design = SurveyDesign(np.ones(len(self.open)), np.zeros(len(self.open), dtype=np.int64))
        return replace(self, rows=self.open, design=design, besides=())

    def dimension(self, code: str) -> np.ndarray:
        place = [name for name, _ in self.questions.dimensions].index(code) + 1
        return self.values(f"d{place}")


def read_questions(con: Connection, wave: Wave) -> Questions:
    items = stored.asked(con, wave.questionnaire_code, wave.questionnaire_version)
    content = json.loads(surveys.questionnaire(con, wave.questionnaire_code, wave.questionnaire_version))
    behind = {item["code"] for item in content["items"] if item.get("when")}
    optional = [one.item for one in items if one.item.split(".")[0] in behind]
    levels = [one for one in items if one.kind == LEVELS and one.dimension not in (None, OVERALL)]
    always = {one.dimension: 0 for one in levels}
    for one in levels:
        always[one.dimension] += one.item not in optional
    overall = [one for one in items if one.dimension == OVERALL]
    singles = {name: [one.item for one in overall if one.kind == kind] for name, kind in SINGLES.items()}
    alone = {name: found[0] for name, found in singles.items() if found}
    counted = [*(one.item for one in levels), *alone.values()]
    return Questions(
        tuple(items),
        tuple((code or "", n) for code, n in always.items()),
        alone,
        optional,
        questions(content, counted),
    )


def read_sample(con: Connection, wave: Wave, *, besides: bool = True) -> Sample:
    """Without what was said `besides` where that is not wanted: it is a third of the work."""
    asked = read_questions(con, wave)
    rows: Frame = stored.responses(con, wave, asked.dimensions, asked.singles, asked.optional)
    frame: Frame = frames.frame(con, wave.id)
    kept = rows["framed"].astype(bool)
    outside, by_open = int((~kept).sum()), rows[~kept & (rows["source"] == "open")].reset_index(drop=True)
    rows = rows[kept].reset_index(drop=True)
    design, raked = _designed(frame, rows)
    counted = int(frame["population"].sum()), int(frame["drawn"].sum())
    said = _besides(con, wave, asked, rows) if besides else ()
    return Sample(wave, asked, rows, frame, design, raked, *counted, outside, by_open, said)


def _besides(con: Connection, wave: Wave, asked: Questions, rows: Frame) -> tuple[tuple[OtherQuestion, Columns], ...]:
    answers = stored.given(con, wave.id, [one.item for one in asked.besides])
    return tuple((one, columns_of(one, answers, rows["response_id"].tolist())) for one in asked.besides)


def _designed(frame: Frame, rows: Frame) -> tuple[SurveyDesign, Raked]:
    strata = frame.groupby("stratum")[["population", "drawn"]].sum()
    names = strata.index.tolist()
    population, drawn = (dict(zip(names, strata[c].tolist(), strict=True)) for c in ("population", "drawn"))
    stratum: list[str] = rows["stratum"].tolist()
    margins = [_margin(frame, rows, column) for column in ("size", "section", "town_code")] if len(rows) else []
    raked = rake(base_weights(stratum, population, drawn), margins)
    place = {name: i for i, name in enumerate(names)}
    return SurveyDesign(
        raked.weight,
        np.array([place[name] for name in stratum], dtype=np.int64),
        frame=strata["population"].to_numpy(),
        drawn=strata["drawn"].to_numpy(),
        margins=margins,
        cautious=True,
        missed=raked.off if raked.off > MISSED else 0.0,
    ), raked


def _margin(frame: Frame, rows: Frame, column: str) -> Margin:
    def codes(of: Frame) -> Column:
        return of["sector_code"].str[:1] if column == "section" else of[column]

    known = frame["population"].groupby(codes(frame)).sum()
    return margin(codes(rows).tolist(), {str(code): int(n) for code, n in known.items()})
