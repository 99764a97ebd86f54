"""Tables of a web page that was saved or sent as .xls, which many offices' systems export."""

import re
from html.parser import HTMLParser
from typing import Any

from db.refused import Refused
from intake.files.workbook_marks import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS

_START = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?"
    rb"<(?:!doctype html|html|head|meta|table)\b",
    re.I | re.S,
)
_Place = tuple[int, int]
_HtmlSheet = tuple[str, list[list[Any]], tuple[tuple[_Place, _Place], ...]]


def is_html(content: bytes) -> bool:
    return bool(_START.match(content[:4096].replace(b"\0", b"")))  # UTF-16 too


def html_sheets(text: str) -> list[_HtmlSheet]:
    """One sheet a table that stands in no other: (name, grid, merged). Raises Refused('file_…')."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = [table for table in reader.tables if table.cells]
    if not found:
        raise Refused("file_kind")
    if len(found) > MOST_SHEETS:
        raise Refused("file_too_many_sheets", most=MOST_SHEETS)
    return [(str(n) if len(found) > 1 else "", one.grid(), tuple(one.merged)) for n, one in enumerate(found, start=1)]


class _Table:
    """Cells by place; a cell that spans rows keeps its places below free of others."""

    def __init__(self) -> None:
        self.cells: dict[_Place, str] = {}
        self.merged: list[tuple[_Place, _Place]] = []
        self.taken: set[_Place] = set()
        self.row = -1

    def add(self, words: str, rows: int, columns: int) -> None:
        row, column = max(self.row, 0), 0
        while (row, column) in self.taken:
            column += 1
        last = (row + rows - 1, column + columns - 1)
        if last[0] > MOST_ROWS:
            raise Refused("file_too_many_rows", most=MOST_ROWS)
        if last[1] >= MOST_COLUMNS:
            raise Refused("file_too_many_columns", most=MOST_COLUMNS)
        if len(self.taken) + rows * columns > MOST_CELLS:
            raise Refused("file_too_many_cells", most=MOST_CELLS)
        self.taken |= {(r, c) for r in range(row, last[0] + 1) for c in range(column, last[1] + 1)}
        self.cells[row, column] = words
        if rows > 1 or columns > 1:
            self.merged.append(((row, column), last))

    def grid(self) -> list[list[Any]]:
        high, wide = max(r for r, _ in self.taken) + 1, max(c for _, c in self.taken) + 1
        return [[self.cells.get((r, c)) or None for c in range(wide)] for r in range(high)]


class _Reader(HTMLParser):
    """A table within a table's cell is words of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.depth = 0
        self.words: list[str] | None = None  # of the open cell
        self.span = (1, 1)
        self.silent = 0  # within <style> or <script>

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script")
        if tag == "table":
            self.depth += 1
            self.tables += [_Table()] if self.depth == 1 else []
        elif self.depth == 1 and tag in ("tr", "td", "th"):
            self._close_cell()
            self._open(tag, dict(attrs))
        elif tag == "br" and self.words is not None:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script")
        if self.depth == 1 and tag in ("td", "th", "tr", "table"):
            self._close_cell()
        self.depth -= tag == "table" and self.depth > 0

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.silent:
            self.words.append(data)

    def _open(self, tag: str, said: dict[str, str | None]) -> None:
        if tag == "tr":
            self.tables[-1].row += 1
            return
        self.words = []
        self.span = (_span(said.get("rowspan")), _span(said.get("colspan")))

    def _close_cell(self) -> None:
        if self.words is not None:
            words = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(self.words)).strip()
            self.tables[-1].add(words, *self.span)
        self.words = None


def _span(said: str | None) -> int:
    return max(1, int(said)) if said and said.isdigit() and len(said) < 5 else 1
