"""How the rows of a survey file came about: strata, one or two stages of clusters, and what they were drawn from."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from db.refused import Refused
from insight.frames import Column, Frame
from insight.survey.estimates import SurveyDesign


class Drawn(Protocol):
    """The part of a question about a file that says how it was drawn; the names are columns."""

    @property
    def strata(self) -> Sequence[str]: ...
    @property
    def cluster(self) -> Sequence[str]: ...
    @property
    def fpc(self) -> Sequence[str]: ...
    @property
    def lonely(self) -> str: ...


def designed(rows: Frame, weight: np.ndarray | None, asked: Drawn) -> SurveyDesign:
    """Without weights but with the frame's size at every stage, each row stands for the inverse of its chance."""
    for name in (*asked.strata, *asked.cluster, *asked.fpc):
        if rows[name].isna().any():
            raise Refused("estimate_empty", column=name, n=int(rows[name].isna().sum()))
    stratum = _numbered([rows[name] for name in asked.strata], len(rows))
    first = _stage(rows, stratum, asked.cluster[:1], asked.fpc[:1], asked.lonely)
    inner = None
    if len(asked.fpc) > 1 and first.cluster is not None:
        inner = _stage(rows, first.clusters[0], asked.cluster[1:2], asked.fpc[1:2], asked.lonely)
    made = _chances(first) * (_chances(inner) if inner else 1.0) if weight is None else weight
    return SurveyDesign(made, stratum, cluster=first.cluster, frame=first.frame, lonely=asked.lonely, inner=inner)


def _stage(rows: Frame, stratum: np.ndarray, cluster: Sequence[str], fpc: Sequence[str], lonely: str) -> SurveyDesign:
    units = pd.factorize(rows[cluster[0]])[0] if cluster else None
    made = SurveyDesign(np.ones(len(rows)), stratum, cluster=units, lonely=lonely)
    if not fpc:
        return made
    told: Column = pd.to_numeric(rows[fpc[0]], errors="coerce")
    frame = _frame(told, stratum, made.answered, fpc[0])
    return SurveyDesign(made.weight, stratum, cluster=units, frame=frame, lonely=lonely)


def _frame(told: Column, stratum: np.ndarray, answered: np.ndarray, name: str) -> np.ndarray:
    """How many units each stratum has; where every number is 1 or less they are parts drawn, as 0.2."""
    if told.isna().any() or (told <= 0).any():
        raise Refused("estimate_fpc_number", column=name)
    by = told.groupby(stratum)
    if (by.max() - by.min() > 1e-9 * by.max()).any():
        raise Refused("estimate_fpc_varies", column=name)
    size = by.max().to_numpy(dtype=float)
    frame = answered / size if (told <= 1).all() else size
    if (frame < answered - 1e-9).any():
        raise Refused("estimate_fpc_small", column=name)
    return frame


def _chances(stage: SurveyDesign) -> np.ndarray:
    """Of how many each row's unit is one, at this stage."""
    return np.ones(len(stage.stratum)) if stage.frame is None else (stage.frame / stage.answered)[stage.stratum]


def _numbered(columns: Sequence[Column], size: int) -> np.ndarray:
    """Strata by several columns, as numbers from 0."""
    keys = [pd.factorize(column, sort=True)[0] for column in columns] or [np.zeros(size, dtype=int)]
    return np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
