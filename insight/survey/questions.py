"""Results of the questions that no index counts: choices, yes and no, several choices, numbers, days.

Of the whole district only, from thirty answers on, in whole numbers: shares of choices that ten gave and ten did not;
of one choice among several, hidden with others until nobody finds a few by subtraction; numbers as mean, median and
quarters, two digits of each (an exact median is one enterprise's own number), never a least or a greatest; days by the
month. Attacked in tests/insight/survey/test_questions.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any

import numpy as np
import pandas as pd

import i18n
from db.survey.kinds import CHANGE, CHOICE, CHOICES, DAY, LEVELS, NUMBER, TEN, YES_OR_NO
from db.survey.kinds import NUMBERS as PAIR
from i18n.names import Worded
from insight.frames import Column, Frame
from insight.survey.cells import STEP, WORTH, anybody, digit, loud, unseen
from insight.survey.estimates import Estimate, SurveyDesign, mean, share
from insight.survey.protection import EDGE, FEWEST, SURE, Portion, hidden, parted, so_many
from insight.survey.quantities import percentile

SHARES, SEVERAL, NUMBERS, MONTHS = "shares", "several", "numbers", "months"
# A kind of question: how its answers are told. Words are told as comments; who agrees to pass them on is no figure.
TOLD = {CHOICE: SHARES, YES_OR_NO: SHARES, LEVELS: SHARES, CHANGE: SHARES, CHOICES: SEVERAL, NUMBER: NUMBERS,
        TEN: NUMBERS, PAIR: NUMBERS, DAY: MONTHS}  # fmt: skip
BY_SIZE = (CHOICE, CHOICES)  # the others in the order in which they are asked
PARTS = {"median": 0.5, "lower": 0.25, "upper": 0.75}  # of those who gave a number
FINE = 100  # answers from which a share's interval has whole percents, and a number has one
REST = "rest"  # months that are not told apart


@dataclass(frozen=True)
class AnswerChoice(Worded):
    code: str
    zh: str
    en: str
    value: float | None = None


@dataclass(frozen=True)
class OtherQuestion(Worded):
    """A question that is in no other figure. `part` is one number of several; `skipped` stands behind a skip rule."""

    item: str
    kind: str
    zh: str
    en: str
    choices: tuple[AnswerChoice, ...] = ()
    unit_zh: str = ""
    unit_en: str = ""
    part: str = ""
    skipped: bool = False


@dataclass(frozen=True)
class ToldAnswer(Worded):
    """A choice, a month, or a mean: `value` None where it is not told; then between `low` and `high`, if it is near an
    end of its scale. `code` of a number: mean, median, lower, upper."""

    code: str
    zh: str
    en: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ToldQuestion(Worded):
    """A question with what is told of its `n` answers or more (in tens): nothing under thirty of them."""

    item: str
    form: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    n: int
    rows: tuple[ToldAnswer, ...]


Columns = dict[str, np.ndarray]  # of a question: what each response counts for a choice, NaN where it was not asked


def questions(content: Mapping[str, Any], counted: Sequence[str]) -> tuple[OtherQuestion, ...]:
    """Those of a version whose items are not `counted` in figures of their own."""
    scales = content.get("scales", {})
    found = (one for item in content["items"] for one in _asked(item, scales))
    return tuple(one for one in found if one.kind in TOLD and one.item not in counted)


def _asked(item: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[OtherQuestion]:
    """An item, or each row of a table, each number of a pair."""
    rows, parts, unit = item.get("rows") or (), item.get("parts") or (), item.get("unit") or {}
    options = item.get("options") or scales.get(LEVELS if rows else item["kind"], ())
    choices = tuple(AnswerChoice(one["code"], one["zh"], one["en"], one.get("value")) for one in options)
    whole = OtherQuestion(item["code"], item["kind"], item["zh"], item["en"], choices, unit.get("zh", ""),
                     unit.get("en", ""), skipped=bool(item.get("when")))  # fmt: skip
    if rows:
        kind = LEVELS if all(one.value is not None for one in choices) else CHOICE
        for row in rows:
            yield replace(whole, item=f"{whole.item}.{row['code']}", kind=kind, **_beside(whole, row))
    elif item["kind"] == PAIR:
        for part in parts:
            yield replace(whole, part=part["code"], **_beside(whole, part))
    else:
        yield whole


def _beside(whole: OtherQuestion, row: Mapping[str, Any]) -> dict[str, str]:
    return {"zh": f"{whole.zh} — {row['zh']}", "en": f"{whole.en} — {row['en']}"}


def columns_of(one: OtherQuestion, answers: Frame, responses: Sequence[str]) -> Columns:
    """What was answered, a place a response, from rows of `answers`."""
    given = answers[(answers["item"] == one.item) & (answers["choice"].fillna("") != "na")]
    place = {response: i for i, response in enumerate(responses)}
    given = given[given["response_id"].isin(list(place))]
    if TOLD[one.kind] == NUMBERS:
        given = given[given["choice"] == one.part] if one.part else given
        values = np.full(len(place), np.nan)
        values[given["response_id"].map(place).to_numpy(dtype=int)] = given["value"].to_numpy(dtype=float)
        return {"": values}
    said = _said(one, given)
    asked = np.zeros(len(place), dtype=bool)
    asked[given["response_id"].map(place).to_numpy(dtype=int)] = True
    if one.kind == CHOICES and not one.skipped:  # who ticked nothing was asked too
        gone = answers[(answers["item"] == one.item) & (answers["choice"].fillna("") == "na")]["response_id"]
        asked = ~pd.Series(list(responses), dtype=object).isin(gone.tolist()).to_numpy()
    codes = [choice.code for choice in one.choices] or sorted(set(said))
    return {code: _hits(code, said, given["response_id"].map(place), asked) for code in codes}


def _hits(code: str, said: Column, places: Column, asked: np.ndarray) -> np.ndarray:
    made = np.where(asked, 0.0, np.nan)
    made[places[(said == code).to_numpy()].to_numpy(dtype=int)] = 1.0
    return made


def _said(one: OtherQuestion, given: Frame) -> Column:
    """The choice of each answer: a level is stored as its value, a day is told by its month."""
    if TOLD[one.kind] == MONTHS:
        return given["text"].fillna("").str[:7]
    levels = {choice.value: choice.code for choice in one.choices if choice.value is not None}
    return given["choice"].where(given["choice"].notna(), given["value"].map(levels))


def told(design: SurveyDesign, one: OtherQuestion, columns: Columns) -> ToldQuestion:
    form = TOLD[one.kind]
    if form == MONTHS:
        columns = _by_year(columns)
    known = np.logical_and.reduce(
        [~np.isnan(hits) for hits in columns.values()] or [np.zeros(len(design.weight), bool)]
    )
    rows: tuple[ToldAnswer, ...] = ()
    if parted([design.weight[known]], SURE):
        rows = _numbers(design, columns[""]) if form == NUMBERS else _shares(design, one, columns)
    return ToldQuestion(
        one.item,
        form,
        one.zh,
        one.en,
        one.unit_zh,
        one.unit_en,
        so_many(int(known.sum()), len(known), SURE) if rows else 0,
        rows,
    )


def _shares(design: SurveyDesign, one: OtherQuestion, columns: Columns) -> tuple[ToldAnswer, ...]:
    names, weight = {choice.code: choice for choice in one.choices}, design.weight
    counts = {code: int(np.nansum(hits)) for code, hits in columns.items()}
    counts |= {code: min(n, FEWEST - 1) for code, n in counts.items() if not _anybody(weight, columns[code], 1)}
    weights = {code: float(np.nansum(hits * weight)) for code, hits in columns.items()}
    few = {code for code, n in counts.items() if n < FEWEST}
    if TOLD[one.kind] == MONTHS:  # one that is named although nearly all are of it would be all's
        few |= {code for code, hits in columns.items() if not _anybody(weight, hits, 0)}
    if TOLD[one.kind] != SEVERAL:
        few |= hidden({code: Portion(n, weights[code]) for code, n in counts.items()})
    made = [
        _share(design, names.get(code) or AnswerChoice(code, code, code), columns[code], code in few)
        for code in columns
    ]
    if TOLD[one.kind] == MONTHS and few:
        rest = np.sum([columns[code] for code in few], axis=0)
        made = [row for row in made if row.code not in few]
        made.append(_share(design, AnswerChoice(REST, "", ""), rest, few=not made))
    if one.kind in BY_SIZE:
        made.sort(key=lambda row: -(row.value if row.value is not None else row.low or 0))
    return tuple(made)


def _share(design: SurveyDesign, choice: AnswerChoice, hits: np.ndarray, few: bool) -> ToldAnswer:
    """In whole percent; of a choice that fewer than ten gave, or did not, only that it is near an end."""
    found = share(design, hits)
    row = ToldAnswer(choice.code, choice.zh, choice.en)
    if few or not _anybody(design.weight, hits, 0):
        ends = ((0.0, float(EDGE)), (100.0 - EDGE, 100.0))
        near = next(((low, high) for low, high in ends if low <= found.value <= high), (None, None))
        return replace(row, low=near[0], high=near[1])
    weight = design.weight[~np.isnan(hits)]
    least = digit("top2", weight)
    row = replace(row, value=float(least * i18n.rounded(found.value / least)))
    if loud(weight):
        return row
    step = least if found.n >= FINE and unseen(weight, found.value) else STEP
    return replace(row, low=float(step * floor(found.low / step)), high=float(step * ceil(found.high / step)))


def _anybody(weight: np.ndarray, hits: np.ndarray, said: int) -> bool:
    """Whether each of those asked may be one of the ten and more who did (1), or did not (0), say it."""
    known = ~np.isnan(hits)
    return anybody(weight[known], hits[known] == said)


def _by_year(columns: Columns) -> Columns:
    """Months, or years where most months have too few to be told."""
    n = {code: np.nansum(hits) for code, hits in columns.items()}
    if sum(n.values()) <= 2 * sum(x for x in n.values() if x >= FEWEST):
        return columns
    years = sorted({code[:4] for code in columns})
    return {year: np.sum([hits for code, hits in columns.items() if code[:4] == year], axis=0) for year in years}


def _numbers(design: SurveyDesign, values: np.ndarray) -> tuple[ToldAnswer, ...]:
    """No mean that one answer makes up for an eighth, no mean and no interval where fewer than ten said more than the
    least or less than the most (one from 0 to 0 says that everybody said 0), and no part, nor an interval of one that
    ends, with fewer than ten answers on either side: beyond its end lay the one that said most."""
    given, weight = values[~np.isnan(values)], design.weight[~np.isnan(values)]
    size = weight * np.abs(given)
    mixed = anybody(weight, given > given.min()) and anybody(weight, given < given.max())
    made = [_number("mean", mean(design, values), ends=True)] if mixed and size.max() * WORTH <= size.sum() else []
    for name, part in PARTS.items():
        found = percentile(design, values, part)
        ends = mixed and all(_within(given, end) for end in (found.low, found.high))
        made += [_number(name, found, ends=ends)] if _within(given, found.value) else []
    return tuple(made)


def _within(given: np.ndarray, value: float) -> bool:
    """Whether ten at least said so much, and ten so little."""
    return bool(min((given <= value).sum(), (given >= value).sum()) >= FEWEST)


def _number(name: str, found: Estimate, *, ends: bool) -> ToldAnswer:
    told = (found.low, found.high) if ends and found.n >= FINE else (np.nan, np.nan)
    return ToldAnswer(name, "", "", *(_two_digits(x) for x in (found.value, *told)))


def _two_digits(value: float) -> float | None:
    if np.isnan(value):
        return None
    return float(i18n.rounded(value, 1 - floor(log10(abs(value))))) if value else 0.0
