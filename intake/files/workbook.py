"""Reads the visible sheets of an XLSX or XLS.

A hostile workbook may ask a parser for any amount of memory or time, and a native library that runs out of memory takes
its whole process with it: so this runs in a limited process, see spreadsheets and apart.
"""

import io
import zipfile
from datetime import datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import python_calamine

from db.refused import Refused
from intake.files import xls_marks, xlsx_marks
from intake.files.number_formats import shown
from intake.files.upload import OLD_EXCEL
from intake.files.workbook_marks import SheetMarks, check_cells, check_extent, check_sheets

_MACROS_IN_XLS = "_VBA_PROJECT".encode("utf-16-le")
_FOLDER = "Root Entry".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a protected XLSX stands in an OLE file
# A Word document is an OLE file too; the second is the workbook of Excel 5 and 95, whose letters the parser mistakes.
_BOOK, _OLD_BOOK = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")


def read_workbook(content: bytes, *, hidden: bool = False) -> list[dict[str, Any]]:
    """The fields of each sheet, see spreadsheets.Sheet. Raises Refused('file_…')."""
    try:
        return _read(content, hidden)
    except python_calamine.PasswordError:
        raise Refused("file_protected") from None
    except (python_calamine.CalamineError, zipfile.BadZipFile, ElementTree.ParseError, ExpatError, ValueError, KeyError,
            OSError, NotImplementedError, EOFError, RuntimeError, IndexError):  # fmt: skip
        raise Refused("file_damaged") from None


def _read(content: bytes, hidden: bool) -> list[dict[str, Any]]:
    zipped = content[:2] == b"PK"
    if not zipped:
        _check_kind(content)
    marks = xlsx_marks.looked_through(content, hidden) if zipped else xls_marks.marked(content)
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    shown = {
        sheet.name: sheet.visible == python_calamine.SheetVisibleEnum.Visible
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    }
    names = [name for name, visible in shown.items() if hidden or visible]
    if not names:
        raise Refused("file_empty")
    check_sheets(len(names))
    sheets, cells = [], 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        check_extent(*(sheet.end or (0, 0)))
        cells += sheet.total_height * sheet.total_width
        check_cells(cells)
        sheets.append({**_sheet(name, sheet, marks.get(name, SheetMarks())), "hidden": not shown[name]})
    return sheets


def _check_kind(content: bytes) -> None:
    """Of an OLE file."""
    if _FOLDER not in content:
        raise Refused("file_damaged")
    if _ENCRYPTED in content:
        raise Refused("file_protected")
    if _BOOK not in content:
        raise Refused("file_other_kind", kind=OLD_EXCEL) if _OLD_BOOK in content else Refused("file_kind")
    if _MACROS_IN_XLS in content:
        raise Refused("file_macros")


def _sheet(name: str, sheet: Any, marks: SheetMarks) -> dict[str, Any]:  # noqa: ANN401
    grid: list[list[Any]] = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    unsaved = {one for one in marks.formulas - marks.of_text if _is_empty(grid, *one)}
    high, wide = max((r for r, _ in unsaved), default=0) + 1, max(map(len, grid), default=0)
    grid += [[None] * wide for _ in range(high - len(grid))]
    for (r, c), code in marks.formats.items():
        if r < len(grid) and c < len(grid[r]):
            grid[r][c] = shown(code, grid[r][c])
    return {
        "name": name,
        "grid": grid,
        "formulas": frozenset(marks.formulas),
        "unsaved": frozenset(unsaved),
        "merged": tuple((tuple(first), tuple(last)) for first, last in sheet.merged_cell_ranges or ()),
        "hidden_rows": frozenset(marks.hidden_rows),
        "hidden_columns": frozenset(marks.hidden_columns),
    }


def _is_empty(grid: list[list[Any]], r: int, c: int) -> bool:
    return r >= len(grid) or c >= len(grid[r]) or grid[r][c] is None


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value or None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return str(value) if isinstance(value, (time, timedelta)) else value
