"""Tables that leave the house: XLSX and CSV in which nothing that a person typed can run."""

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from access.typed import could_run

Cell = str | int | float | Decimal | bool | date | datetime | None

MOST = 100_000  # rows of a workbook, and of a figure's table
_MEASURED = 500  # rows that a column's width is taken from
_WIDEST = 48  # characters; longer texts wrap
_FORBIDDEN_IN_SHEET = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def to_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str, note: str = "") -> bytes:
    """A workbook with one sheet: headings in row 1, the rows, an empty row, and the note (source, as-of, filter).

    Every text is stored as text, never as a formula or a link; numbers and dates stay what they are. Instants are
    written as given: turn them into Shanghai's clock before.
    """
    return to_workbook([(sheet, columns, rows, note)])


def to_workbook(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]], str]]) -> bytes:
    """Several sheets, each (name, columns, rows, note), as `to_xlsx` writes one."""
    buffer = io.BytesIO()
    _write_workbook(buffer, sheets, in_memory=True)
    return buffer.getvalue()


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Chinese; texts that could start a formula get an apostrophe."""
    buffer = io.BytesIO()
    _write_csv(buffer, columns, rows)
    return buffer.getvalue()


def write_table(
    out: BinaryIO, kind: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str, note: str
) -> None:
    """The same as csv or xlsx into a file, a row at a time: however many they are, few are in memory at once."""
    if kind == "csv":
        _write_csv(out, columns, rows)
    else:
        _write_workbook(out, [(sheet, columns, rows, note)], constant_memory=True)


def _write_csv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([_csv_cell(name) for name in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    text.detach()  # flushed; the file stays open


def _write_workbook(
    out: BinaryIO, sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]], str]], **how: bool
) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(out, options | how) as workbook:
        formats = {
            "head": workbook.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
            # keeps a text a text when somebody edits the cell
            "quoted": workbook.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
            "number": workbook.add_format({"valign": "top"}),
        }
        for name, columns, rows, note in sheets:
            worksheet = workbook.add_worksheet(_sheet_name(name))
            _fill(worksheet, columns, rows, note, formats)


def _fill(
    worksheet: Worksheet,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    note: str,
    formats: dict[str, Format],
) -> None:
    widths, at = [8] * len(columns), 0
    for at, row in enumerate(chain([columns], rows)):
        for place, value in enumerate(row):
            _put(worksheet, at, place, value, formats, head=at == 0)
        if at < _MEASURED:
            widths = [max(width, _width(value) + 2) for width, value in zip(widths, row, strict=False)]
    if note:
        _put(worksheet, at + 2, 0, note, formats | {"text": formats["number"]}, head=False)
    worksheet.freeze_panes(1, 0)
    for place, width in enumerate(widths):
        worksheet.set_column(place, place, min(width, _WIDEST))


def _put(
    worksheet: Worksheet, at: int, place: int, value: Cell, formats: dict[str, Format], *, head: bool = False
) -> None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        worksheet.write_boolean(at, place, value, formats["number"])
    elif isinstance(value, (int, float, Decimal)):
        worksheet.write_number(at, place, float(value), formats["number"])
    elif isinstance(value, datetime):
        worksheet.write_datetime(at, place, value, formats["moment"])
    elif isinstance(value, date):
        worksheet.write_datetime(at, place, datetime.combine(value, time()), formats["day"])
    else:
        text = _encodable(str(value))
        style = "head" if head else "quoted" if could_run(text) else "text"
        worksheet.write_string(at, place, text, formats[style])


def _csv_cell(value: Cell) -> Cell:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str):
        text = value.replace("\0", "")
        return f"'{text}" if could_run(text) else text
    return value


def _width(value: Cell) -> int:
    """Columns that the first line takes: a Chinese character takes two."""
    lines = str(value if value is not None else "").splitlines()
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in lines[0][:100]) if lines else 0


def _encodable(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _sheet_name(name: str) -> str:
    return name.translate(_FORBIDDEN_IN_SHEET).strip(" '")[:31] or "1"
