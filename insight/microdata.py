"""Estimates of anybody's survey file: a row an interview, with its weight, stratum and cluster."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from insight.estimates import LONELY, Design, Estimate, mean, promoters, share
from insight.frames import Column, Frame
from insight.survey_files import Survey, read_survey

KINDS = ("mean", "share", "nps")


@dataclass(frozen=True)
class Wanted:
    """What is asked of a file. Names are columns; '' is none. `fpc` holds a stratum's population, or its clusters'.

    `missing` are codes of `value` that are no answer (-9, Don't know); `yes` those that count as 1 in a share, all
    others as 0. Both may be numbers, words, or the words that a Stata file labels its codes with.
    """

    value: str
    kind: str = "mean"
    weight: str = ""
    strata: Sequence[str] = field(default=())
    cluster: str = ""
    domain: str = ""
    fpc: str = ""
    missing: Sequence[str] = field(default=())
    yes: Sequence[str] = field(default=())
    lonely: str = LONELY[0]

    @property
    def columns(self) -> list[str]:
        return [name for name in (self.value, self.weight, self.cluster, self.domain, self.fpc, *self.strata) if name]


def estimate_file(path: Path, wanted: Wanted) -> list[dict[str, object]]:
    """One estimate, or one a value of the domain, in JSON's types. Beside it: `missing` rows without an answer,
    `outside` rows whose weight is empty or 0, `lonely_strata` of one unit. Raises ValueError with what is wrong."""
    survey = read_survey(path)
    absent = [name for name in wanted.columns if name not in survey.rows]
    if absent:
        raise ValueError(f"the file has no column {', '.join(absent)}; it has {_first(list(survey.rows.columns))}")
    inside = _weighted(survey.rows, wanted.weight)
    rows = survey.rows[inside > 0].reset_index(drop=True)
    if not len(rows):
        raise ValueError(f"no row has a weight above 0 in {wanted.weight}" if wanted.weight else "the file has no rows")
    design = _design(rows, inside[inside > 0], wanted)
    scored = _scored(Survey(rows, survey.labels), wanted)
    beside = {"outside": len(inside) - len(rows), "lonely_strata": int((design.answered == 1).sum())}
    by = share if wanted.kind == "share" else mean
    if not wanted.domain:
        return [_told(by(design, scored)) | {"missing": int(np.isnan(scored).sum())} | beside]
    return [
        {wanted.domain: survey.label(wanted.domain, code)}
        | _told(by(design, scored, here))
        | {"missing": int(np.isnan(scored[here]).sum())}
        | beside
        for code in sorted(rows[wanted.domain].dropna().unique())
        if len(here := (rows[wanted.domain] == code).to_numpy())
    ]


def as_json(found: list[dict[str, object]]) -> str:
    return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2)


def _weighted(rows: Frame, weight: str) -> Column:
    """Each row's weight; an empty one is 0."""
    if not weight:
        return pd.Series(1.0, index=rows.index)
    found = _numbers(rows[weight], weight).fillna(0.0)
    if (found < 0).any():
        raise ValueError(
            f"{weight} is negative in {int((found < 0).sum())} rows: a weight counts what a row stands for"
        )
    return found


def _numbers(column: Column, name: str) -> Column:
    """Empty is missing; a word among numbers is an error and not a missing value."""
    made: Column = pd.to_numeric(column, errors="coerce")
    wrong = column[made.isna() & column.notna()]
    if len(wrong):
        raise ValueError(
            f"{name} holds {str(wrong.iloc[0])!r}, which is no number; codes that are no answer are named by --missing"
        )
    return made


def _scored(survey: Survey, wanted: Wanted) -> np.ndarray:
    column = survey.rows[wanted.value]
    known = ~survey.among(wanted.value, wanted.missing) & column.notna().to_numpy()
    if not known.any():
        raise ValueError(f"{wanted.value} holds no answer")
    if wanted.yes:
        if wanted.kind != "share":
            raise ValueError("--yes names what counts as yes in a share: it needs --kind share")
        return np.where(known, survey.among(wanted.value, wanted.yes).astype(float), np.nan)
    values = _numbers(column.where(known), wanted.value).to_numpy(dtype=float, na_value=np.nan)
    given = values[~np.isnan(values)]
    if wanted.kind == "share" and not np.isin(given, (0, 1)).all():
        raise ValueError(
            f"{wanted.value} has other values than 0 and 1 ({_first(sorted(set(given)))}): say which of them is "
            "yes with --yes, and which is no answer with --missing"
        )
    if wanted.kind == "nps" and not ((given >= 0) & (given <= 10)).all():
        raise ValueError(
            f"{wanted.value} has values outside 0 to 10 ({_first(sorted(set(given)))}): --missing drops codes"
        )
    return promoters(values) if wanted.kind == "nps" else values


def _design(rows: Frame, weights: Column, wanted: Wanted) -> Design:
    for name in (*wanted.strata, wanted.cluster, wanted.fpc):
        if name and rows[name].isna().any():
            raise ValueError(f"{name} is empty in {int(rows[name].isna().sum())} rows that have a weight")
    keys = [pd.factorize(rows[name], sort=True)[0] for name in wanted.strata] or [np.zeros(len(rows), dtype=int)]
    stratum = np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    cluster = pd.factorize(rows[wanted.cluster])[0] if wanted.cluster else None
    made = Design(weights.to_numpy(dtype=float), stratum, cluster=cluster, lonely=wanted.lonely)
    if not wanted.fpc:
        return made
    frame = _numbers(rows[wanted.fpc], wanted.fpc).groupby(stratum).max().to_numpy()
    if (frame < made.answered).any():
        raise ValueError(f"{wanted.fpc} says fewer units in a stratum than the file has there: it needs the population")
    return Design(made.weight, stratum, cluster=cluster, frame=frame, lonely=wanted.lonely)


def _first(values: Sequence[object], most: int = 12) -> str:
    told = [f"{value:g}" if isinstance(value, float) else str(value) for value in values[:most]]
    return ", ".join(told) + (", …" if len(values) > most else "")


def _told(found: Estimate) -> dict[str, object]:
    return {name: None if isinstance(x, float) and not math.isfinite(x) else x for name, x in asdict(found).items()}
