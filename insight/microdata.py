"""Estimates of anybody's survey file: a row an interview, with its weight, stratum and cluster."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd

from insight.estimates import Design, Estimate, mean, promoters, share
from insight.frames import Column, Frame

KINDS = ("mean", "share", "nps")


def estimate_file(
    path: Path, *, value: str, kind: str, weight: str, strata: Sequence[str], cluster: str, domain: str, fpc: str
) -> list[dict[str, object]]:
    """One estimate, or one a value of `domain`. Names are columns; '' is none. `fpc` holds a stratum's population, or
    its clusters'. Rows whose weight is missing or 0 are outside the sample. Raises ValueError with what is wrong."""
    rows = _read(path)
    missing = [name for name in (value, weight, cluster, domain, fpc, *strata) if name and name not in rows]
    if missing:
        raise ValueError(f"the file has no column {', '.join(missing)}; it has {', '.join(rows.columns)}")
    weights = _numbers(rows, weight) if weight else pd.Series(1.0, index=rows.index)
    if (weights < 0).any():
        raise ValueError(f"{weight} has negative weights")
    rows, weights = rows[weights > 0], weights[weights > 0]
    design = _design(rows, weights, strata, cluster, fpc)
    scored = _scored(_numbers(rows, value).to_numpy(dtype=float, na_value=np.nan), kind, value)
    by = share if kind == "share" else mean
    if not domain:
        return [_told(by(design, scored))]
    return [{domain: str(code)} | _told(by(design, scored, (rows[domain] == code).to_numpy()))
            for code in sorted(rows[domain].dropna().unique())]  # fmt: skip


def as_json(found: list[dict[str, object]]) -> str:
    return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2)


def _read(path: Path) -> Frame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_stata(path, convert_categoricals=False) if path.suffix == ".dta" else pd.read_csv(path)


def _numbers(rows: Frame, column: str) -> Column:
    """Empty is missing; a word among numbers is an error and not a missing value."""
    made: Column = pd.to_numeric(rows[column], errors="coerce")
    wrong = rows[column][made.isna() & rows[column].notna()]
    if len(wrong):
        raise ValueError(f"{column} holds {str(wrong.iloc[0])!r}, which is no number")
    return made


def _scored(values: np.ndarray, kind: str, name: str) -> np.ndarray:
    if kind == "share" and not np.isin(values[~np.isnan(values)], (0, 1)).all():
        raise ValueError(f"{name} has other values than 0 and 1: a share needs these")
    return promoters(values) if kind == "nps" else values


def _design(rows: Frame, weights: Column, strata: Sequence[str], cluster: str, fpc: str) -> Design:
    names = rows[list(strata)].astype(str).agg("|".join, axis=1) if strata else pd.Series("", index=rows.index)
    stratum, _ = pd.factorize(names, sort=True)
    frame = _numbers(rows, fpc).groupby(stratum).max().to_numpy() if fpc else None
    return Design(
        weights.to_numpy(dtype=float), stratum, cluster=pd.factorize(rows[cluster])[0] if cluster else None, frame=frame
    )


def _told(found: Estimate) -> dict[str, object]:
    return {name: None if isinstance(x, float) and not math.isfinite(x) else x for name, x in asdict(found).items()}
