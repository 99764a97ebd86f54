"""Anybody's survey file as rows: CSV, Excel, Parquet, SAS, SPSS or Stata, with the words that its codes are labelled
with."""

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import python_calamine
from pandas.io.stata import StataReader

from db import limited
from db.refused import Refused
from insight.frames import Column, Frame

ENCODINGS = ("utf-8-sig", "gb18030", "latin-1")  # the last takes anything
SEPARATORS = (",", ";", "\t", "|")
# What other programs write for nothing: R's NA, a dot and .a to .z of Stata and SAS. 'None' may be an answer.
NOTHING = ["", ".", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", *(f".{letter}" for letter in ascii_lowercase)]
_COMPARED = re.compile(r"(<=|>=|<|>)\s*([-+]?\d+(?:\.\d+)?)")
_DECIMAL_COMMA = r"\s*[-+]?\d+(?:,\d+)?\s*"
_BROKEN = (struct.error, KeyError, EOFError, ValueError, IndexError, OverflowError, pd.errors.ParserError,
           pyreadstat.ReadstatError, UnicodeDecodeError, MemoryError, zipfile.BadZipFile,
           python_calamine.CalamineError)  # fmt: skip
_MOST_SECONDS, _MOST_MEMORY = 60, 4_000_000_000
_GAVE_UP = {  # what else ends the process that reads a file is the file's fault
    "busy": Refused("estimate_busy"),
    "time": Refused("estimate_too_slow", most=_MOST_SECONDS),
    "memory": Refused("estimate_too_much_memory", most=_MOST_MEMORY // 1_000_000_000),
    "size": Refused("estimate_too_big", most=limited.MOST_ANSWER // 1_000_000),
}


@dataclass(frozen=True)
class Survey:
    """`labels`: column → code → its words, where the file has them. `columns` are all that the file has; `rows` may
    hold fewer."""

    rows: Frame
    labels: Mapping[str, Mapping[Any, str]]
    columns: Sequence[str]

    def label(self, column: str, code: Any) -> str:  # noqa: ANN401
        """A code in words, or as it was written: Stata and CSV with gaps turn 3 into 3.0."""
        return self.labels.get(column, {}).get(code) or (str(code) if isinstance(code, str) else _text(code))

    def told(self, column: str, code: Any) -> str:  # noqa: ANN401
        """A code with its words, where it has any."""
        words, plain = self.label(column, code), str(code) if isinstance(code, str) else _text(code)
        return plain if words == plain else f"{plain} ({words})"

    @staticmethod
    def spelled(codes: Iterable[object]) -> set[str]:
        """Codes and words in the one way in which they are compared."""
        return {_text(code) for code in codes}

    def among(self, column: str, codes: Sequence[str]) -> np.ndarray:
        """Which rows hold one of the codes, given as it stands in the file, as its label, or compared: '>0'."""
        wanted = self.spelled(codes)
        wanted |= {_text(code) for code, words in self.labels.get(column, {}).items() if _text(words) in wanted}
        found = self.rows[column].map(_text, na_action="ignore").isin(wanted).to_numpy(dtype=bool)
        for sign, bound in (told.groups() for code in codes if (told := _COMPARED.fullmatch(code.strip()))):
            found = found | _compared(self.rows[column], sign, float(bound))
        return found

    def part(self, kept: np.ndarray) -> "Survey":
        return Survey(self.rows[kept].reset_index(drop=True), self.labels, self.columns)


def read_survey(path: Path, wanted: Sequence[str]) -> Survey:
    """The columns wanted, by name or as 'bw*', as far as the file has them. Raises Refused('estimate_…'), OSError where
    there is no file."""
    kind = path.suffix.lower()
    if kind not in _READERS:
        raise Refused("estimate_format", name=path.name)
    try:
        return _READERS[kind](path, wanted)
    except limited.GaveUp as gave_up:
        found = _GAVE_UP.get(gave_up.reason, Refused("estimate_unreadable"))
        raise Refused(found.code, name=path.name, **found.facts) from None
    except _BROKEN:
        raise Refused("estimate_unreadable", name=path.name) from None


def _whole(rows: Frame) -> Survey:
    rows.columns = [str(name).strip() for name in rows.columns]
    return Survey(rows, {}, list(rows.columns))


def _csv(path: Path, wanted: Sequence[str]) -> Survey:
    encoding = _encoding(path)
    with path.open(encoding=encoding) as lines:
        head = lines.readline()
    separator = max(SEPARATORS, key=head.count)
    rows = pd.read_csv(
        path, sep=separator, encoding=encoding, low_memory=False, skipinitialspace=True, keep_default_na=False,
        na_values=NOTHING,
    )  # fmt: skip
    found = _whole(rows)
    for name in {name for name in wanted if name in found.columns} if separator != "," else set():
        found.rows[name] = _with_points(found.rows[name])
    return found


def _encoding(path: Path) -> str:
    start = path.read_bytes()[:2]
    if start in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in ENCODINGS[:-1]:
        try:
            path.read_text(encoding=encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return ENCODINGS[-1]


def _with_points(column: Column) -> Column:
    """1,5 as 1.5 where every word of the column is such a number."""
    known = column.dropna()
    if (
        pd.api.types.is_numeric_dtype(column)
        or not known.astype(str).str.fullmatch(rf"{_DECIMAL_COMMA}|\s*[-+]?\d+\s*").all()
    ):
        return column
    return pd.to_numeric(column.astype("string").str.replace(",", "."))


def _excel(path: Path) -> Survey:
    """The first sheet; its first row names the columns."""
    return _whole(pd.read_excel(path, engine="calamine", keep_default_na=False, na_values=NOTHING))


def _stata(path: Path, wanted: Sequence[str]) -> Survey:
    """Codes, not labels: a share is asked for by code. Stata's missing values, also .a to .z, are missing."""
    with StataReader(path) as reader:
        columns = list(reader.variable_labels())
        lists = dict(zip(columns, getattr(reader, "_lbllist", []), strict=False))
        there = matching(columns, wanted)
        rows = reader.read(convert_categoricals=False, convert_dates=False, columns=there or None)
        sets = reader.value_labels()
    return Survey(rows, {name: sets[lists[name]] for name in rows if lists.get(name) in sets}, columns)


def _spss(path: Path, wanted: Sequence[str]) -> Survey:
    """Codes, as of Stata. What the file itself declares missing is missing. A damaged file may end the process that
    the library reads it in, so that is one of its own."""
    with path.open("rb"):  # the library says of a file that is not there that it cannot be read
        made, labels, columns = limited.limited(
            spss_rows, str(path), list(wanted), seconds=_MOST_SECONDS, memory=_MOST_MEMORY
        )
    rows = pd.read_parquet(io.BytesIO(made))
    for name in rows.select_dtypes(include=["object", "str"]):
        rows[name] = rows[name].mask(rows[name] == "")
    return Survey(rows, labels, columns)


def spss_rows(path: str, wanted: Sequence[str]) -> tuple[bytes, dict[str, dict[Any, str]], list[str]]:
    """The columns wanted as Parquet, their labels, and all columns: plain data, as limited work."""
    read = pyreadstat.read_por if path.lower().endswith(".por") else pyreadstat.read_sav
    columns = list(read(path, metadataonly=True)[1].column_names)
    there = matching(columns, wanted)
    made: tuple[Frame, Any] = read(path, usecols=there or columns[:1], disable_datetime_conversion=True)
    rows, meta = made
    labels = {name: dict(words) for name, words in meta.variable_value_labels.items() if name in rows}
    return rows.to_parquet(), labels, columns


def matching(columns: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Those that are named, or meant by a pattern as 'bw*', in the file's order."""
    return [name for name in columns if name in wanted or any(fnmatchcase(name, one) for one in wanted)]


_READERS = {
    ".sav": _spss,
    ".zsav": _spss,
    ".por": _spss,
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".parquet": lambda path, wanted: _whole(pd.read_parquet(path)),
    ".xlsx": lambda path, wanted: _excel(path),
    ".xls": lambda path, wanted: _excel(path),
    ".sas7bdat": lambda path, wanted: _whole(pd.read_sas(path, encoding="infer")),
    ".xpt": lambda path, wanted: _whole(pd.read_sas(path, format="xport", encoding="latin-1")),
    ".dta": _stata,
}


def is_compared(code: str) -> bool:
    """'>0' rather than a code."""
    return _COMPARED.fullmatch(code.strip()) is not None


def _compared(column: Column, sign: str, bound: float) -> np.ndarray:
    made: Column = pd.to_numeric(column, errors="coerce")
    numbers = made.to_numpy(dtype=float, na_value=np.nan)
    known = {"<": numbers < bound, "<=": numbers <= bound, ">": numbers > bound, ">=": numbers >= bound}
    return known[sign]


def _text(code: Any) -> str:  # noqa: ANN401
    """One way of writing a code: 1, 1.0 and '1' are the same, 'Yes' and 'yes' too."""
    try:
        return f"{float(code):.15g}"
    except (TypeError, ValueError):
        return str(code).strip().casefold()
