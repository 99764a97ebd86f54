"""An XLSX looked through before the parser sees it: bombs, macros and odd kinds are refused, its marks are found."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from db.refused import Refused
from intake.files.number_formats import BUILT_IN, says_more
from intake.files.workbook_marks import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_PARTS,
    MOST_UNPACKED,
    SheetMarks,
    check_extent,
)

# Of Excel's usual XLSX, and of its 'Strict Open XML'.
_SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELL, _ROW, _COLUMN, _VALUE, _FORMULA, _INLINE, _TEXT, _RUN = _NAMES = ("c", "row", "col", "v", "f", "is", "si", "t")
_PLAIN = {f"{space}}}{name}": name for space in _SPACES for name in _NAMES}
_OTHER_KINDS = {"xl/workbook.bin": "XLSB", "content.xml": "ODS"}  # by a part that a workbook of ours has not
_FILLED = {_VALUE, _FORMULA, _INLINE}
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE | re.ASCII)


def looked_through(content: bytes, hidden: bool) -> dict[str, SheetMarks]:
    """Refuse bombs, macros and odd kinds before the parser sees the file; find what it does not say of cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        if len(infos) > MOST_PARTS:
            raise Refused("file_too_many_parts", most=MOST_PARTS)
        _check_unpacked(sum(info.file_size for info in infos))
        names = {info.filename for info in infos}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused("file_macros")
        if "xl/workbook.xml" not in names:
            other = next((kind for part, kind in _OTHER_KINDS.items() if part in names), None)
            raise Refused("file_other_kind", kind=other) if other else Refused("file_kind")
        styles, shared = _styles(parts, names), _Shared(parts, names)
        sheets = _sheets(parts, hidden).items()
        return {name: _marked(parts, part, styles, shared) for name, part in sheets if part in names}


def _check_unpacked(n: int) -> None:
    if n > MOST_UNPACKED:
        raise Refused("file_too_big_unpacked", most=MOST_UNPACKED // 1_000_000)


def _sheets(parts: zipfile.ZipFile, hidden: bool) -> dict[str, str]:
    """The part of each sheet that is read, by its name."""
    sheets = _tree(parts, "xl/workbook.xml").findall("{*}sheets/{*}sheet")
    shown = {
        sheet.get("name", ""): sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)
        for sheet in sheets
        if hidden or sheet.get("state", "visible") == "visible"
    }
    if not shown:
        raise Refused("file_empty")
    targets = {link.get("Id"): link.get("Target", "") for link in _tree(parts, "xl/_rels/workbook.xml.rels")}
    return {name: _part(targets[link]) for name, link in shown.items()}


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Shared:
    """The texts that cells name by number: one long text may stand in every cell, and the parser copies it for each."""

    def __init__(self, parts: zipfile.ZipFile, names: set[str]) -> None:
        self.lengths, self.named = list[int](), 0
        if "xl/sharedStrings.xml" in names:
            with parts.open("xl/sharedStrings.xml") as texts:
                _parse(texts, _TextLengths(self.lengths))

    def name(self, number: str) -> None:
        if number.isdigit() and (at := int(number)) < len(self.lengths):
            self.named += self.lengths[at]
        if self.named > MOST_LETTERS:
            raise Refused("file_too_many_letters", most=MOST_LETTERS)


class _ParsedPart:
    """What is done with a part as it is parsed: `listen` says who gets the letters of an element, up to its `end`."""

    listen: Callable[[Callable[[str], object] | None], None]

    def start(self, name: str, said: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...


class _TextLengths(_ParsedPart):
    """How long each shared text is."""

    def __init__(self, lengths: list[int]) -> None:
        self.lengths = lengths

    def start(self, name: str, said: dict[str, str]) -> None:
        plain = _PLAIN.get(name)
        if plain == _TEXT:
            self.lengths.append(0)
        elif plain == _RUN:
            self.listen(self._count)

    def end(self, name: str) -> None:
        if _PLAIN.get(name) == _RUN:
            self.listen(None)

    def _count(self, letters: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(letters)


class _CellMarks(_ParsedPart):
    """What the parser does not say of a sheet."""

    def __init__(self, styles: Mapping[int, str], shared: _Shared) -> None:
        self.marks, self.styles, self.shared = SheetMarks(), styles, shared
        self.row, self.column, self.kind, self.number = -1, -1, "n", ""
        self.last_row = self.last_column = -1  # of those filled so far

    def start(self, name: str, said: dict[str, str]) -> None:
        plain = _PLAIN.get(name)
        if plain == _CELL:
            self.row, self.column = _place(said.get("r", ""), self.row, self.column + 1)
            self.kind = said.get("t", "n")
            if self.kind == "n" and (style := int(said.get("s", 0))) in self.styles:
                self.marks.formats[self.row, self.column] = self.styles[style]
        elif plain in _FILLED:
            self._reach()  # an empty cell may stand far out, where somebody coloured whole columns
            if plain == _FORMULA:
                self.marks.formulas.add((self.row, self.column))
                self.marks.of_text |= {(self.row, self.column)} if self.kind == "str" else set()
            elif self.kind == "e":
                self.marks.formulas.add((self.row, self.column))
            elif plain == _VALUE and self.kind == "s":
                self.number = ""
                self.listen(self._add)
        elif plain == _ROW:
            self.row, self.column = int(said.get("r", self.row + 2)) - 1, -1
            self.marks.hidden_rows |= {self.row} if _is_hidden(said) else set()
        elif plain == _COLUMN and _is_hidden(said):
            first, last = int(said.get("min", 1)) - 1, int(said.get("max", 1))
            self.marks.hidden_columns |= set(range(first, min(last, MOST_COLUMNS)))

    def _reach(self) -> None:
        if self.row > self.last_row or self.column > self.last_column:
            self.last_row, self.last_column = max(self.row, self.last_row), max(self.column, self.last_column)
            check_extent(self.last_row, self.last_column)

    def _add(self, letters: str) -> None:
        self.number += letters

    def end(self, name: str) -> None:
        if _PLAIN.get(name) == _VALUE and self.kind == "s":
            self.listen(None)
            self.shared.name(self.number)


def _marked(parts: zipfile.ZipFile, part: str, styles: Mapping[int, str], shared: _Shared) -> SheetMarks:
    cells = _CellMarks(styles, shared)
    with parts.open(part) as sheet:
        _parse(sheet, cells)
    return cells.marks


def _styles(parts: zipfile.ZipFile, names: set[str]) -> dict[int, str]:
    """The formats that say more than a value, by the number of the cell's style."""
    if "xl/styles.xml" not in names:
        return {}
    tree = _tree(parts, "xl/styles.xml")
    own = {int(one.get("numFmtId", -1)): one.get("formatCode", "") for one in tree.findall("{*}numFmts/{*}numFmt")}
    styles = tree.find("{*}cellXfs")
    codes = [{**BUILT_IN, **own}.get(int(one.get("numFmtId", 0)), "") for one in (styles if styles is not None else [])]
    return {n: code for n, code in enumerate(codes) if says_more(code)}


def _is_hidden(said: dict[str, str]) -> bool:
    return said.get("hidden", "0") in ("1", "true")


def _parse(content: IO[bytes], part: _ParsedPart) -> None:
    """Elements as they come, and no tree of them: a sheet has half a million. A document type declaration is how entity
    bombs begin; no spreadsheet has one."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = part.start

    def listen(hears: Callable[[str], object] | None) -> None:
        parser.CharacterDataHandler, parser.EndElementHandler = hears, hears and part.end

    part.listen = listen
    parser.StartDoctypeDeclHandler = _refuse_doctype
    seen = 0
    while chunk := content.read(65_536):
        seen += len(chunk)
        _check_unpacked(seen)
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise Refused("file_damaged")


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """(1, 2) for 'C2'; the place that follows where a cell does not say."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return row, column
    letters, number = found.groups()
    return int(number) - 1, _column(letters)


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _tree(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = parts.read(name)
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise Refused("file_damaged")
    return ElementTree.fromstring(content)
