"""Reads the visible sheets of an XLSX or XLS in a process of its own: `workbook.py < FILE`, JSON on standard output.

Called `workbook.py hidden`, it reads hidden sheets too.

A hostile workbook may ask a parser for any amount of memory or time, and a native library that runs out of memory takes
its whole process with it. So the parser runs alone, under limits, and the server only ever reads its answer.
Standard library and calamine only: it starts with every import.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO
from xml.etree import ElementTree

import python_calamine

MOST_UNPACKED = 30_000_000  # bytes that all parts of a workbook may declare together
MOST_PARTS = 1_000
MOST_ROWS = 20_000
MOST_COLUMNS = 320
MOST_SHEETS = 40
MOST_CELLS = 400_000
MOST_MEMORY = 768_000_000  # address space of this process: the parser's own libraries and a full sheet take half
MOST_SECONDS = 15  # of processor time

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FILLED = {f"{_MAIN}v", f"{_MAIN}f", f"{_MAIN}is"}
_PERCENT_FORMATS = {9, 10}  # built in: 0% and 0.00%
_MACROS_IN_XLS = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a protected XLSX stands in an OLE file


class NotRead(Exception):
    """Why this workbook is not read: the end of an `error.file_…` key, with the facts of its text."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "facts": facts}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        answer = read(sys.stdin.buffer.read(), hidden=sys.argv[1:] == ["hidden"])
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
    """`sheets`, each with `name`; `rows`: every row from the sheet's first, each cell null, text, number, true/false or
    {"date": ISO}; `formulas`: [row, column] of each cell that is computed, both from 0; `merged`: the first and the
    last cell of each merged range."""
    zipped = content[:2] == b"PK"
    if not zipped and _ENCRYPTED in content:
        raise NotRead("file_protected")
    if not zipped and _MACROS_IN_XLS in content:
        raise NotRead("file_macros")
    marks = _looked_through(content, hidden) if zipped else {}
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if (hidden or sheet.visible == python_calamine.SheetVisibleEnum.Visible)
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if not names:
        raise NotRead("file_empty")
    if len(names) > MOST_SHEETS:
        raise NotRead("file_too_big_inside")
    sheets, cells = [], 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        _check_extent(*(sheet.end or (0, 0)))
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise NotRead("file_too_big_inside")
        sheets.append(_sheet(name, sheet, marks.get(name, _Marks())))
    return {"sheets": sheets}


def _sheet(name: str, sheet: Any, marks: "_Marks") -> dict[str, Any]:  # noqa: ANN401
    cells = sheet.to_python(skip_empty_area=False)
    return {
        "name": name,
        "rows": [
            [_plain(value, (r, c) in marks.percents) for c, value in enumerate(row)] for r, row in enumerate(cells)
        ],
        "formulas": sorted(marks.formulas),
        "merged": sheet.merged_cell_ranges or [],
    }


class _Marks:
    """What calamine does not say of a sheet's cells: which are computed, and which are shown as a percentage."""

    def __init__(self) -> None:
        self.formulas: set[tuple[int, int]] = set()
        self.percents: set[tuple[int, int]] = set()


def _looked_through(content: bytes, hidden: bool) -> dict[str, _Marks]:
    """Refuse bombs, macros and odd kinds before the parser sees the file; find computed and percentage cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise NotRead("file_too_big_inside")
        names = {info.filename for info in infos}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise NotRead("file_macros")
        if "xl/workbook.xml" not in names:
            raise NotRead("file_kind")
        styles = _percent_styles(parts, names)
        return {name: _marked(parts, part, styles) for name, part in _sheets(parts, hidden).items() if part in names}


def _sheets(parts: zipfile.ZipFile, hidden: bool) -> dict[str, str]:
    """The part of each sheet that is read, by its name."""
    sheets = _tree(parts, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    shown = {
        sheet.get("name", ""): sheet.get(_RELATION)
        for sheet in sheets
        if hidden or sheet.get("state", "visible") == "visible"
    }
    if not shown:
        raise NotRead("file_empty")
    targets = {link.get("Id"): link.get("Target", "") for link in _tree(parts, "xl/_rels/workbook.xml.rels")}
    return {name: _part(targets[link]) for name, link in shown.items()}


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _marked(parts: zipfile.ZipFile, part: str, percent_styles: set[int]) -> _Marks:
    marks = _Marks()
    with parts.open(part) as sheet:
        marks.formulas, marks.percents = _marked_cells(sheet, percent_styles)
    return marks


def _percent_styles(parts: zipfile.ZipFile, names: set[str]) -> set[int]:
    """Numbers of the cell styles that show 0.082 as 8.2 %."""
    if "xl/styles.xml" not in names:
        return set()
    tree = _tree(parts, "xl/styles.xml")
    own = {int(f.get("numFmtId", -1)) for f in tree.iter(f"{_MAIN}numFmt") if "%" in f.get("formatCode", "")}
    styles = tree.find(f"{_MAIN}cellXfs")
    wanted = own | _PERCENT_FORMATS
    return {
        n for n, style in enumerate(styles if styles is not None else []) if int(style.get("numFmtId", 0)) in wanted
    }


def _marked_cells(sheet: Any, percent_styles: set[int]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:  # noqa: ANN401
    formulas: set[tuple[int, int]] = set()
    percents: set[tuple[int, int]] = set()
    row = column = -1
    for event, element in _events(sheet):
        if event == "start" and element.tag == f"{_MAIN}row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "start" and element.tag == f"{_MAIN}c":
            row, column = _place(element.get("r"), row, column + 1)
            if int(element.get("s", 0)) in percent_styles and element.get("t", "n") == "n":
                percents.add((row, column))
        elif event == "start" and element.tag in _FILLED:
            _check_extent(row, column)  # an empty cell may stand far out, where somebody coloured whole columns
            if element.tag == f"{_MAIN}f":
                formulas.add((row, column))
        elif event == "end" and element.tag == f"{_MAIN}row":
            element.clear()
    return formulas, percents


def _events(sheet: BinaryIO) -> Iterator[tuple[str, ElementTree.Element]]:
    """Elements as they come. A document type declaration is how entity bombs begin; no spreadsheet has one."""
    parser = ElementTree.XMLPullParser(("start", "end"))
    seen = 0
    while chunk := sheet.read(65_536):
        seen += len(chunk)
        if seen > MOST_UNPACKED:
            raise NotRead("file_too_big_inside")
        if b"<!DOCTYPE" in chunk:
            raise NotRead("file_damaged")
        parser.feed(chunk)
        yield from parser.read_events()  # type: ignore[misc]


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """(1, 2) for 'C2'; the place that follows where a cell does not say."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", (reference or "").upper())
    if not found:
        return row, column
    letters = 0
    for letter in found.group(1):
        letters = letters * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, letters - 1


def _check_extent(last_row: int, last_column: int) -> None:
    """The parser fills in every cell up to the last: one in a far corner would take all memory."""
    if last_row > MOST_ROWS + 10:  # room for a title and the headings
        raise NotRead("file_too_many_rows", most=MOST_ROWS)
    if last_column >= MOST_COLUMNS or last_row * last_column > MOST_CELLS:
        raise NotRead("file_too_many_columns", most=MOST_COLUMNS)


def _tree(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = parts.read(name)
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise NotRead("file_damaged")
    return ElementTree.fromstring(content)


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


if __name__ == "__main__":
    main()
