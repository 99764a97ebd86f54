"""Reads the visible sheets of an XLSX or XLS in a process of its own, see spreadsheets: a file on standard
input, JSON on standard output. Called with `hidden` it reads hidden sheets too.

A hostile workbook may ask a parser for any amount of memory or time, and a native library that runs out of memory takes
its whole process with it. So the parser runs alone, under limits, and the server only ever reads its answer.
Standard library, calamine and its own three modules only: it starts with every import.
"""

import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

import python_calamine

from intake.files import xls_marks, xlsx_marks
from intake.files.workbook_marks import MOST_CELLS, MOST_SHEETS, Marks, NotRead, check_extent

MOST_MEMORY = 768_000_000  # address space of this process: the parser's own libraries and a full sheet take half
MOST_SECONDS = 15  # of processor time

_MACROS_IN_XLS = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a protected XLSX stands in an OLE file
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))  # a Word document is an OLE file too


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        answer = read(sys.stdin.buffer.read(), hidden=sys.argv[2:] == ["hidden"])
    except NotRead as reason:
        answer = reason.answer
    except python_calamine.PasswordError:
        answer = {"refused": "file_protected", "facts": {}}
    except MemoryError:
        answer = {"refused": "file_too_big_inside", "facts": {}}
    except (python_calamine.CalamineError, zipfile.BadZipFile, ElementTree.ParseError, ValueError, KeyError, OSError,
            NotImplementedError, EOFError, RuntimeError, IndexError):  # fmt: skip
        answer = {"refused": "file_damaged", "facts": {}}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def read(content: bytes, *, hidden: bool = False) -> dict[str, Any]:
    """`sheets`, each with `name` and whether it is `hidden`; `rows`: every row from the sheet's first, each cell null,
    text, number, true/false or {"date": ISO}; `formulas`: [row, column] of each cell that is computed, both from 0;
    `merged`: the first and the last cell of each merged range; `hidden_rows` and `hidden_columns` from 0."""
    zipped = content[:2] == b"PK"
    if not zipped and not any(name in content for name in _BOOKS):
        raise NotRead("file_protected" if _ENCRYPTED in content else "file_kind")
    if not zipped and _ENCRYPTED in content:
        raise NotRead("file_protected")
    if not zipped and _MACROS_IN_XLS in content:
        raise NotRead("file_macros")
    marks = xlsx_marks.looked_through(content, hidden) if zipped else xls_marks.marked(content)
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    shown = {
        sheet.name: sheet.visible == python_calamine.SheetVisibleEnum.Visible
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    }
    names = [name for name, visible in shown.items() if hidden or visible]
    if not names:
        raise NotRead("file_empty")
    if len(names) > MOST_SHEETS:
        raise NotRead("file_too_big_inside")
    sheets, cells = [], 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        check_extent(*(sheet.end or (0, 0)))
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise NotRead("file_too_big_inside")
        sheets.append({**_sheet(name, sheet, marks.get(name, Marks())), "hidden": not shown[name]})
    return {"sheets": sheets}


def _sheet(name: str, sheet: Any, marks: Marks) -> dict[str, Any]:  # noqa: ANN401
    cells = sheet.to_python(skip_empty_area=False)
    return {
        "name": name,
        "rows": [
            [_plain(value, (r, c) in marks.percents) for c, value in enumerate(row)] for r, row in enumerate(cells)
        ],
        "formulas": sorted(marks.formulas),
        "merged": sheet.merged_cell_ranges or [],
        "hidden_rows": sorted(marks.hidden_rows),
        "hidden_columns": sorted(marks.hidden_columns),
    }


def _plain(value: object, percent: bool) -> object:
    if isinstance(value, float) and percent:
        return f"{float(f'{value * 100:.13g}'):.15g}%"
    if isinstance(value, datetime):
        return {"date": (value.date() if value.time() == time() else value).isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return str(value)
    return None if value == "" else value
