"""An XLSX looked through before the parser sees it: bombs, macros and odd kinds are refused, its marks are found."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from intake.files.workbook_marks import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_PARTS,
    MOST_UNPACKED,
    NotRead,
    SheetMarks,
    check_extent,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FILLED = {f"{_MAIN}v", f"{_MAIN}f", f"{_MAIN}is"}
_PERCENT_FORMATS = {9, 10}  # built in: 0% and 0.00%


def looked_through(content: bytes, hidden: bool) -> dict[str, SheetMarks]:
    """Refuse bombs, macros and odd kinds before the parser sees the file; find computed and percentage cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        if len(infos) > MOST_PARTS:
            raise NotRead("file_too_many_parts", most=MOST_PARTS)
        _check_unpacked(sum(info.file_size for info in infos))
        names = {info.filename for info in infos}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise NotRead("file_macros")
        if "xl/workbook.xml" not in names:
            raise NotRead("file_kind")
        styles, shared = _percent_styles(parts, names), _Shared(parts, names)
        sheets = _sheets(parts, hidden).items()
        return {name: _marked(parts, part, styles, shared) for name, part in sheets if part in names}


def _check_unpacked(n: int) -> None:
    if n > MOST_UNPACKED:
        raise NotRead("file_too_big_unpacked", most=MOST_UNPACKED // 1_000_000)


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


class _Shared:
    """The texts that cells name by number: one long text may stand in every cell, and the parser copies it for each."""

    def __init__(self, parts: zipfile.ZipFile, names: set[str]) -> None:
        self.lengths, self.named = list[int](), 0
        if "xl/sharedStrings.xml" not in names:
            return
        with parts.open("xl/sharedStrings.xml") as texts:
            for event, element in _events(texts):
                if event == "end" and element.tag == f"{_MAIN}si":
                    self.lengths.append(sum(len(text.text or "") for text in element.iter(f"{_MAIN}t")))
                    element.clear()

    def name(self, number: str | None) -> None:
        if number and number.isdigit() and int(number) < len(self.lengths):
            self.named += self.lengths[int(number)]
        if self.named > MOST_LETTERS:
            raise NotRead("file_too_many_letters", most=MOST_LETTERS)


def _marked(parts: zipfile.ZipFile, part: str, percent_styles: set[int], shared: _Shared) -> SheetMarks:
    with parts.open(part) as sheet:
        return _marked_cells(sheet, percent_styles, shared)


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


def _marked_cells(sheet: IO[bytes], percent_styles: set[int], shared: _Shared) -> SheetMarks:
    marks, row, column, kind = SheetMarks(), -1, -1, "n"
    for event, element in _events(sheet):
        if event == "start" and element.tag == f"{_MAIN}col" and _is_hidden(element):
            first, last = int(element.get("min", 1)) - 1, int(element.get("max", 1))
            marks.hidden_columns |= set(range(first, min(last, MOST_COLUMNS)))
        elif event == "start" and element.tag == f"{_MAIN}row":
            row, column = int(element.get("r", row + 2)) - 1, -1
            marks.hidden_rows |= {row} if _is_hidden(element) else set()
        elif event == "start" and element.tag == f"{_MAIN}c":
            row, column, kind = *_place(element.get("r"), row, column + 1), element.get("t", "n")
            if int(element.get("s", 0)) in percent_styles and kind == "n":
                marks.percents.add((row, column))
        elif event == "start" and element.tag in _FILLED:
            check_extent(row, column)  # an empty cell may stand far out, where somebody coloured whole columns
            if element.tag == f"{_MAIN}f":
                marks.formulas.add((row, column))
        elif event == "end" and element.tag == f"{_MAIN}v" and kind == "s":
            shared.name(element.text)
        elif event == "end" and element.tag == f"{_MAIN}row":
            element.clear()
    return marks


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get("hidden", "0") in ("1", "true")


def _events(sheet: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    """Elements as they come. A document type declaration is how entity bombs begin; no spreadsheet has one."""
    parser = ElementTree.XMLPullParser(("start", "end"))
    seen = 0
    while chunk := sheet.read(65_536):
        seen += len(chunk)
        _check_unpacked(seen)
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


def _tree(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = parts.read(name)
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise NotRead("file_damaged")
    return ElementTree.fromstring(content)
