"""Anybody's survey file as rows: CSV, Parquet or Stata, with the words that Stata labels its codes with."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.io.stata import StataReader

from insight.frames import Frame

ENCODINGS = ("utf-8-sig", "gb18030", "latin-1")  # the last takes anything


@dataclass(frozen=True)
class Survey:
    """`labels`: column → code → its words, where the file has them."""

    rows: Frame
    labels: Mapping[str, Mapping[Any, str]]

    def label(self, column: str, code: Any) -> str:  # noqa: ANN401
        """A code in words, or as it was written: Stata and CSV with gaps turn 3 into 3.0."""
        return self.labels.get(column, {}).get(code) or _text(code)

    def among(self, column: str, codes: Sequence[str]) -> np.ndarray:
        """Which rows hold one of the codes, given as it stands in the file or as its label."""
        wanted = {_text(code) for code in codes}
        wanted |= {_text(code) for code, words in self.labels.get(column, {}).items() if _text(words) in wanted}
        return self.rows[column].map(_text, na_action="ignore").isin(wanted).to_numpy(dtype=bool)


def read_survey(path: Path) -> Survey:
    """Raises ValueError where it is none of the three, OSError where there is none."""
    kind = path.suffix.lower()
    if kind == ".dta":
        return _stata(path)
    if kind == ".parquet":
        return Survey(pd.read_parquet(path), {})
    if kind in (".csv", ".txt", ".tsv"):
        return Survey(_csv(path, "\t" if kind == ".tsv" else ","), {})
    raise ValueError(f"{path.name} is neither .csv, .tsv, .parquet nor .dta")


def _csv(path: Path, separator: str) -> Frame:
    for encoding in ENCODINGS[:-1]:
        try:
            return pd.read_csv(path, sep=separator, encoding=encoding, low_memory=False)
        except UnicodeDecodeError:
            continue
    return pd.read_csv(path, sep=separator, encoding=ENCODINGS[-1], low_memory=False)


def _stata(path: Path) -> Survey:
    """Codes, not labels: a share is asked for by code. Stata's missing values, also .a to .z, are missing."""
    try:
        with StataReader(path) as reader:
            rows = reader.read(convert_categoricals=False, convert_dates=False)
            sets = reader.value_labels()
            names = dict(zip(rows.columns, getattr(reader, "_lbllist", []), strict=False))
    except (struct.error, KeyError, EOFError) as broken:
        raise ValueError(f"{path.name} cannot be read as a Stata file") from broken
    return Survey(rows, {column: sets[name] for column, name in names.items() if name in sets})


def _text(code: Any) -> str:  # noqa: ANN401
    """One way of writing a code: 1, 1.0 and '1' are the same, 'Yes' and 'yes' too."""
    try:
        return f"{float(code):g}"
    except (TypeError, ValueError):
        return str(code).strip().casefold()
