"""A CSV, whatever its encoding and separator, as rows of cells."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

from db.refused import Refused
from intake.files.upload import MOST_BYTES, OLD_EXCEL
from intake.files.workbook_marks import TITLE_ROWS, check_cells, check_sides

_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_QUOTED_TEXT = re.compile(r"'([\w=+@-][^']*)")  # a quote that stands alone, or before a sign or space, is a text's own
_FORBIDDEN_STARTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<?xml", b"{\\rtf")
_OTHER_KINDS = (
    (OLD_EXCEL, re.compile(rb"\x09[\0\2\4\x08][\4\6\x08\x10]\0")),
    ("MHT", re.compile(rb"MIME-Version", re.IGNORECASE)),
    ("XML", re.compile(rb"(?:\xef\xbb\xbf)?\s*<.{0,2000}urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)),
)
_SAID = re.compile(r'"?sep=([^"\r\n])"?\r?\n', re.IGNORECASE)  # the separator, in a line for Excel over the headings
csv.field_size_limit(MOST_BYTES)  # who reads the cells says which is too long


def csv_grid(content: bytes, known_in: Callable[[list[str]], int]) -> list[list[Any]]:
    """The first of the readings whose headings are known best: `known_in` counts those of a row."""
    for kind, begins in _OTHER_KINDS:
        if begins.match(content):
            raise Refused("file_other_kind", kind=kind)
    if content.startswith(_FORBIDDEN_STARTS):
        raise Refused("file_kind")
    readings = [reading for text in decodings(content) for reading in _readings(text)]
    text, separator = max(readings, key=lambda reading: (_score(*reading, known_in), _breadth(*reading)))
    grid: list[list[Any]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            while row and not row[-1]:
                row.pop()
            cells += len(row)
            check_sides(len(grid), len(row) - 1)  # before the rest is read
            check_cells(cells)
            grid.append([_unguarded(value) or None for value in row])
    except csv.Error:
        raise Refused("file_quotes", row=len(grid) + 1) from None
    return grid


def _readings(text: str) -> list[tuple[str, str]]:
    """The text with each separator that it may have, or with the one that it says: that line is left blank."""
    said = _SAID.match(text)
    return [(f"\n{text[said.end() :]}", said[1])] if said else [(text, separator) for separator in ",;\t|"]


def _unguarded(value: str) -> str:
    """Without what keeps Excel from reading a text as a number: ="…", or a single quote before it."""
    found = _FORMULA_TEXT.fullmatch(value.strip()) or _QUOTED_TEXT.fullmatch(value.strip())
    return found[1] if found else value


def decodings(content: bytes) -> list[str]:
    """The texts that the bytes may be: UTF-8 first, then gb18030 (of which GBK and GB2312 are parts)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        if "\0" in (text := _decoded(content, "utf-16")):
            raise Refused("file_encoding")
        return [text]
    if b"\0" in content:
        return [_unmarked_utf16(content)]
    try:
        return [content.decode("utf-8-sig"), *_as_gb18030(content)]
    except UnicodeDecodeError:
        if _nearly_utf8(content):  # a broken character in it would come out of gb18030 as other words
            raise Refused("file_encoding") from None
        return [_decoded(content, "gb18030")]


def _unmarked_utf16(content: bytes) -> str:
    """As databases export it: the half of a pair that is 0 for Latin letters and digits says which half comes first.
    Raises Refused('file_kind') for what is no text."""
    first = "le" if content[1::2].count(0) > content[::2].count(0) else "be"
    try:
        text = content.decode(f"utf-16-{first}")
    except UnicodeDecodeError:
        raise Refused("file_kind") from None
    if "\0" in text or not all(c.isprintable() or c.isspace() for c in text[:20_000]):
        raise Refused("file_kind")
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("file_encoding") from None


def _as_gb18030(content: bytes) -> list[str]:
    try:
        return [content.decode("gb18030")]
    except UnicodeDecodeError:
        return []


def _nearly_utf8(content: bytes) -> bool:
    text = content.decode("utf-8-sig", errors="replace")
    foreign = [c for c in text if ord(c) > 127]
    return foreign.count("\ufffd") * 10 < len(foreign)


def _score(text: str, separator: str, known_in: Callable[[list[str]], int]) -> int:
    """How many known headings the best of the first rows has, read so."""
    head = io.StringIO(text[:20_000], newline="")
    best = 0
    try:
        for _, row in zip(range(TITLE_ROWS), csv.reader(head, delimiter=separator), strict=False):
            best = max(best, known_in(row))
    except csv.Error:
        return best
    return best


def _breadth(text: str, separator: str) -> int:
    """How many cells most of the first rows have at least, read so: the right separator makes a table."""
    rows = text[:20_000].splitlines()[:TITLE_ROWS]
    return sorted(row.count(separator) for row in rows)[len(rows) // 2] if rows else 0
