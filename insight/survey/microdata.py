"""Estimates of anybody's survey file: a row an interview, with its weight, stratum and cluster."""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from db.refused import Refused
from insight.frames import Column, Frame
from insight.survey.design import designed
from insight.survey.estimates import LONELY, Estimate, SurveyDesign, mean, share
from insight.survey.foreign_files import Survey, is_compared, matching, read_survey
from insight.survey.no_answer import labelled, suspect
from insight.survey.quantities import percentile, ratio, total
from insight.survey.replicates import REPLICATIONS, Replicates
from insight.survey.scores import promoters

# Of what two columns say in one row, where NaN is no answer.
RULES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "first": lambda one, other: np.where(np.isnan(one), other, one),
    "any": np.fmax,
    "all": np.fmin,
    "sum": np.add,
    "difference": np.subtract,
    "mean": lambda one, other: (one + other) / 2,
}
_EITHER = ("first", "any", "all")  # one answer is enough
KINDS = ("mean", "share", "shares", "total", "ratio", "percentile", "nps")
Told = dict[str, object]
Asked = tuple[
    Told, Callable[[SurveyDesign, np.ndarray | None], Estimate], np.ndarray
]  # what it is of, how, who answered


@dataclass(frozen=True)
class Wanted:
    """What is asked of a file. Names are columns; '' is none. `combine` is a second column beside `value`, joined with
    it by a `rule`. `replicates` are columns of replicate weights, by name or pattern, `replication` how they were made;
    `factors`: each is a factor of the weight and no weight. `rscales` are how much each replicate counts.
    Of `cluster` and `fpc` the first are the first stage's; `fpc` holds how many units a stratum has, clusters where
    there are any, or which part of them was drawn.

    `missing` are codes of `value` that are no answer (-9, Don't know, <0), beside those that the file's own labels call
    so; `keep` those that are answers all the same; `yes` those that count as 1 in a share or a total, all others as 0.
    `where` are conditions (a0=1) that a row of the estimate meets. Codes may be numbers, words, the words that a Stata
    file labels its codes with, or compared. `casewise`: rows without an answer are no part of the design, as Stata has
    it; otherwise they are drawn units outside the domain, as R has it.
    """

    value: str
    kind: str = "mean"
    weight: str = ""
    strata: Sequence[str] = field(default=())
    cluster: Sequence[str] = field(default=())
    domain: Sequence[str] = field(default=())
    fpc: Sequence[str] = field(default=())
    where: Sequence[str] = field(default=())
    missing: Sequence[str] = field(default=())
    keep: Sequence[str] = field(default=())
    yes: Sequence[str] = field(default=())
    per: str = ""
    combine: str = ""
    rule: str = "first"
    replicates: Sequence[str] = field(default=())
    replication: str = REPLICATIONS[0]
    rho: float = 0.5
    factors: bool = False
    rscales: Sequence[float] = field(default=())
    around: str = "estimate"
    at: Sequence[str] = field(default=("0.5",))
    lonely: str = LONELY[0]
    casewise: bool = False

    @property
    def columns(self) -> list[str]:
        conditions = [_condition(one)[0] for one in self.where]
        several = (*self.strata, *self.cluster, *self.domain, *self.fpc, *conditions)
        return [name for name in (*self.valued, self.weight, self.per, *several) if name]

    @property
    def valued(self) -> tuple[str, ...]:
        return (self.value, self.combine) if self.combine else (self.value,)


def estimate_file(path: Path, wanted: Wanted) -> list[Told]:
    """One estimate, or one a value of the domain, in JSON's types. Beside it: `missing` rows without an answer,
    `left_out` codes that the file labels as none, `suspect` values that look like such codes and were counted,
    `outside` rows whose weight is empty or 0, `lonely_strata` of one unit. Raises Refused('estimate_…')."""
    survey = _read(path, wanted)
    weights = _weighted(survey.rows, wanted)
    kept = _kept(survey, weights, wanted)
    survey = survey.part(kept)
    design = designed(survey.rows, weights[kept].to_numpy(dtype=float) if wanted.weight else None, wanted)
    copies = _replicates(survey, wanted)
    beside = _codes(survey, wanted) | {
        "outside": int((weights <= 0).sum()), "lonely_strata": int((design.answered == 1).sum())
    }  # fmt: skip
    inside = _inside(survey, wanted)
    made = copies.estimate if copies else lambda by, design, here: by(design, here)
    return [
        place | named | _told(made(by, design, here)) | beside
        | {"missing": int((~known & (inside if here is None else here)).sum())}
        for named, by, known in _asked(survey, wanted)
        for place, here in _domains(survey, wanted, inside)
    ]  # fmt: skip


def as_json(found: list[Told]) -> str:
    return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2)


def _read(path: Path, wanted: Wanted) -> Survey:
    survey = read_survey(path, [*wanted.columns, *wanted.replicates])
    absent = [name for name in wanted.columns if name not in survey.columns]
    if absent:
        raise Refused("estimate_columns", names=", ".join(absent), has=_first(survey.columns))
    if not len(survey.rows):
        raise Refused("estimate_no_rows")
    return survey


def _replicates(survey: Survey, wanted: Wanted) -> Replicates | None:
    if not wanted.replicates:
        return None
    names = [name for name in matching(survey.columns, wanted.replicates) if name != wanted.weight]
    if len(names) < 2 or not wanted.weight:
        raise Refused("estimate_replicates", n=len(names), columns=", ".join(wanted.replicates))
    told = [_numbers(survey.rows[name], name) for name in names]
    for name, column in zip(names, told, strict=True):
        if column.isna().any():
            raise Refused("estimate_empty", column=name, n=int(column.isna().sum()))
    if len(wanted.rscales) not in ((1, len(names)) if wanted.replication == "jkn" else (0, 1, len(names))):
        raise Refused("estimate_rscales", n=len(names), given=len(wanted.rscales))
    weights = np.stack([column.to_numpy(dtype=float) for column in told], axis=1)
    if wanted.factors:
        weights *= survey.rows[[wanted.weight]].to_numpy(dtype=float)
    shares = wanted.kind in ("share", "shares")
    return Replicates(weights, wanted.replication, wanted.rho, wanted.around == "mean", shares, tuple(wanted.rscales))


def _asked(survey: Survey, wanted: Wanted) -> Iterator[Asked]:
    """What is to be estimated, once or several times: each category's share, each percentile."""
    if wanted.kind == "shares":
        if wanted.combine:
            raise Refused("estimate_combine_shares")
        yield from _categories(survey, wanted)
        return
    values = _scored(survey, wanted)
    known = ~np.isnan(values)
    if wanted.kind == "percentile":
        for part in _parts(wanted):
            yield {"at": part}, lambda design, here, part=part: percentile(design, values, part, here), known
    elif wanted.kind == "ratio":
        if not wanted.per:
            raise Refused("estimate_per")
        per = _numbers(survey.rows[wanted.per].where(_given(survey, wanted.per, wanted)), wanted.per)
        below = per.to_numpy(dtype=float, na_value=np.nan)
        yield {}, lambda design, here: ratio(design, values, below, here), known & ~np.isnan(below)
    else:
        by = {"share": share, "total": total}.get(wanted.kind, mean)
        yield {}, lambda design, here: by(design, values, here), known


def _categories(survey: Survey, wanted: Wanted) -> Iterator[Asked]:
    column = survey.rows[wanted.value]
    known = _answered(survey, wanted)
    for code in _ordered(column[known]):
        hits = np.where(known, (column == code).to_numpy(dtype=float), np.nan)
        named: Told = {wanted.value: survey.label(wanted.value, code)}
        yield named, lambda design, here, hits=hits: share(design, hits, here), known


def _domains(survey: Survey, wanted: Wanted, inside: np.ndarray) -> Iterator[tuple[Told, np.ndarray | None]]:
    """Each group that has rows, with its names; the whole as None, so that its own variance formula is used."""
    if not wanted.domain:
        yield {}, None if inside.all() else inside
        return
    codes = [_ordered(survey.rows[name].dropna()) for name in wanted.domain]
    for group in product(*codes):
        here = inside.copy()
        for name, code in zip(wanted.domain, group, strict=True):
            here &= (survey.rows[name] == code).to_numpy(dtype=bool, na_value=False)
        if here.any():
            yield {name: survey.label(name, code) for name, code in zip(wanted.domain, group, strict=True)}, here


def _ordered(column: Column) -> list[object]:
    """A column's values, numbers before words."""
    return sorted(column.unique(), key=lambda code: (isinstance(code, str), code))


def _kept(survey: Survey, weights: Column, wanted: Wanted) -> np.ndarray:
    """The rows that the design knows of."""
    weighted = (weights > 0).to_numpy(dtype=bool)
    if not weighted.any():
        raise Refused("estimate_no_weight", column=wanted.weight)
    if not wanted.casewise:
        return weighted
    said = [_given(survey, name, wanted) for name in wanted.valued]
    known = np.logical_or.reduce(said) if wanted.rule in _EITHER else np.logical_and.reduce(said)
    return weighted & known & (_given(survey, wanted.per, wanted) if wanted.per else True)


def _inside(survey: Survey, wanted: Wanted) -> np.ndarray:
    made = np.ones(len(survey.rows), dtype=bool)
    for one in wanted.where:
        column, codes, negated = _condition(one)
        made = made & (survey.among(column, codes) != negated)
    if not made.any():
        raise Refused("estimate_where_none", conditions=", ".join(wanted.where))
    return made


def _condition(told: str) -> tuple[str, list[str], bool]:
    """'a0=1|2' or 'l1>=100' as a column, its codes, and whether they are excluded."""
    for sign in ("!=", ">=", "<=", "=", ">", "<"):
        column, found, codes = told.partition(sign)
        if found and column.strip() and codes.strip():
            listed = codes.split("|") if sign in ("=", "!=") else [sign + codes]
            return column.strip(), [code.strip() for code in listed], sign == "!="
    raise Refused("estimate_where", condition=told)


def _weighted(rows: Frame, wanted: Wanted) -> Column:
    """Each row's weight; an empty one is 0."""
    if not wanted.weight:
        return pd.Series(1.0, index=rows.index)
    found = _numbers(rows[wanted.weight], wanted.weight).fillna(0.0)
    if (found < 0).any():
        raise Refused("estimate_negative", column=wanted.weight, n=int((found < 0).sum()))
    return found


def _numbers(column: Column, name: str) -> Column:
    """Empty is missing; a word among numbers is an error and not a missing value."""
    made: Column = pd.to_numeric(column, errors="coerce")
    wrong = column[made.isna() & column.notna()]
    if len(wrong):
        raise Refused("estimate_no_number", column=name, value=wrong.iloc[0])
    return made


def _answered(survey: Survey, wanted: Wanted, column: str = "") -> np.ndarray:
    known = _given(survey, column or wanted.value, wanted)
    if not known.any():
        raise Refused("estimate_no_answer", column=column or wanted.value)
    return known


def _given(survey: Survey, column: str, wanted: Wanted) -> np.ndarray:
    """Which rows hold an answer: something, and no code for nothing."""
    none = survey.among(column, wanted.missing) | survey.rows[column].isin(_left_out(survey, column, wanted)).to_numpy()
    return ~none & survey.rows[column].notna().to_numpy()


def _left_out(survey: Survey, column: str, wanted: Wanted) -> list[object]:
    """The codes that the file's own labels call no answer; what is asked for by name is one."""
    asked = Survey.spelled([*wanted.keep, *wanted.yes])
    return [
        code for code, words in labelled(survey.labels.get(column, {})).items()
        if not Survey.spelled([code, words]) & asked
    ]  # fmt: skip


def _codes(survey: Survey, wanted: Wanted) -> Told:
    """What was taken for no answer by the file's word alone, and what may be none but was counted."""
    of = [name for name in (*wanted.valued, wanted.per) if name]
    left = [(name, code) for name in of for code in _left_out(survey, name, wanted)]
    there = [(name, code) for name, code in left if (survey.rows[name] == code).any()]
    doubtful = [(name, code) for name in of for code in _doubtful(survey, name, wanted)]
    told = {"left_out": there, "suspect": doubtful}
    return {
        which: "; ".join(f"{name} = {survey.told(name, code)}" for name, code in codes) for which, codes in told.items()
    }


def _doubtful(survey: Survey, column: str, wanted: Wanted) -> list[object]:
    """Of what nobody who asks has said what it is. A label that calls it no answer in other words than ours proves
    nothing, so that it is asked about like one that has none; it is shown beside it."""
    known = Survey.spelled([*wanted.keep, *wanted.yes])
    labels = survey.labels.get(column, {})
    looks_so = suspect(survey.rows[column][_given(survey, column, wanted)])
    return [code for code in looks_so if not Survey.spelled([code, labels.get(code, code)]) & known]


def _scored(survey: Survey, wanted: Wanted) -> np.ndarray:
    found = [_scored_column(survey, wanted, name) for name in wanted.valued]
    return RULES[wanted.rule](*found) if wanted.combine else found[0]


def _scored_column(survey: Survey, wanted: Wanted, name: str) -> np.ndarray:
    known = _answered(survey, wanted, name)
    if wanted.yes:
        if wanted.kind not in ("share", "total"):
            raise Refused("estimate_yes")
        _check_yes(survey, wanted, known, name)
        return np.where(known, survey.among(name, wanted.yes).astype(float), np.nan)
    column = survey.rows[name].where(known)
    values = _numbers(column, name).to_numpy(dtype=float, na_value=np.nan)
    given = values[~np.isnan(values)]
    if wanted.kind == "share" and not np.isin(given, (0, 1)).all():
        raise Refused("estimate_not_share", column=name, values=_first(sorted(set(given))))
    if wanted.kind == "nps" and len(beyond := given[(given < 0) | (given > 10)]):
        raise Refused("estimate_not_nps", column=name, values=_first(sorted(set(beyond))))
    return promoters(values) if wanted.kind == "nps" else values


def _check_yes(survey: Survey, wanted: Wanted, known: np.ndarray, name: str) -> None:
    """A code that nobody has and the file does not know is a slip: a share of 0 % would look like a finding."""
    there = _ordered(survey.rows[name][known])
    pairs = [Survey.spelled(pair) for pair in survey.labels.get(name, {}).items()]
    exist = Survey.spelled(there).union(*(pair for pair in pairs if not pair & Survey.spelled(wanted.missing)))
    absent = [code for code in wanted.yes if not is_compared(code) and not Survey.spelled([code]) <= exist]
    if absent:
        told = [survey.told(name, code) for code in there]
        raise Refused("estimate_yes_unknown", column=name, codes=", ".join(absent), has=_first(told))


def _parts(wanted: Wanted) -> list[float]:
    try:
        found = [float(part) for part in wanted.at]
    except ValueError:
        found = []
    if not found or not all(0 < part < 1 for part in found):
        raise Refused("estimate_at")
    return found


def _first(values: Sequence[object], most: int = 12) -> str:
    told = [f"{value:g}" if isinstance(value, float) else str(value) for value in values[:most]]
    return ", ".join(told) + (", …" if len(values) > most else "")


def _told(found: Estimate) -> Told:
    return {name: None if isinstance(x, float) and not math.isfinite(x) else x for name, x in asdict(found).items()}
