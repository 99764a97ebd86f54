"""A file that somebody sends, CSV or workbook, as rows under headings with the row numbers that the sender sees."""

import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access.typed import tidy
from db.refused import Refused
from intake.files.apart import read_apart
from intake.files.csv_file import csv_grid, decodings
from intake.files.html_tables import html_sheets, is_html
from intake.files.upload import WORKBOOK_STARTS, Upload
from intake.files.workbook import read_workbook
from intake.files.workbook_marks import MOST_ROWS, TITLE_ROWS

Cell = str | float | bool | date | datetime | None

MOST_COLUMNS = 50  # of a table with one record a row
LONGEST_CELL = 32_767
_MOST_MORE = 2  # rows of headings over or under the one that has most of them
_DATA = re.compile(
    r"[-+]?\d[\d,]*\.?\d*%?|(?=\D*\d{6})[\dA-Z]{15,}|\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?", re.IGNORECASE
)
_NOTE_ALONE = re.compile(
    r"[(\[【<].+[)\]】>]|(?:单位|格式|填[表写]说明|说明|备注|注|note):.+", re.IGNORECASE | re.DOTALL
)
_NOTE = re.compile(
    rf"{_NOTE_ALONE.pattern}|\*|[*(]*(?:必填|选填|非必填|可不填|可空|required|optional).{{0,40}}"
    r"|(?:示例|例如?|如|填写?|请|下拉|限填|最多|不超过|格式|e\.?g\.?)[: ]?.{1,80}|(?:亿|万)?元|人|户|家|个|%"
    r"|\d{1,2}位.{0,10}|文本|数字|日期",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Row:
    """One row below the headings. `number` is the one that a spreadsheet shows; the headings' row has one too.

    `formulas` are the columns whose cell is computed: the value is what the sender's program last worked out; `unsaved`
    those of which it has saved none.
    `surplus`: it has cells beyond the last heading, as an unquoted thousands separator makes.
    """

    number: int
    cells: dict[str, Cell]
    formulas: frozenset[str] = frozenset()
    unsaved: frozenset[str] = frozenset()
    surplus: bool = False


@dataclass(frozen=True)
class Table:
    """`columns` are the headings as the file has them, of two rows joined; `top_row` and `header_row` are the numbers
    of their first and last row, `notes_row` that of a row under them which says how to fill them in, 0 where there is
    none; `sheet` is all of it as it stands."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: "Sheet"
    top_row: int = 1
    header_row: int = 1
    notes_row: int = 0


_Grid = list[list[Cell]]
_Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands: `grid[row][column]`, both from 0. `merged` are the first and last cell of each range.

    `formulas` are the cells that are computed, `unsaved` those without what they give; hidden rows and columns are in
    the grid too, who reads it decides. A CSV is one sheet without a name.
    """

    name: str
    grid: _Grid
    formulas: frozenset[_Place] = frozenset()
    unsaved: frozenset[_Place] = frozenset()
    merged: tuple[tuple[_Place, _Place], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def read_table(upload: Upload, *, known: Collection[str] = ()) -> Table:
    """The rows of a file. `known` are the headings that the reader looks for, folded by `folded`: they decide the
    encoding, the separator and which row holds the headings.

    Raises Refused('file_…') where nothing can be read.
    """
    first = read_sheets(upload, known=known)[0]
    return table_of(first, known=known)


def read_sheets(upload: Upload, *, known: Collection[str] = (), hidden: bool = False) -> tuple[Sheet, ...]:
    """Every visible sheet of a file, cell by cell; `hidden` ones too where asked for. Raises as `read_table` does."""
    return read_apart(_sheets, upload, frozenset(known), hidden)


def _sheets(upload: Upload, known: frozenset[str], hidden: bool) -> tuple[Sheet, ...]:
    content = upload.content
    if not content.strip():
        raise Refused("file_empty")
    if content.startswith(WORKBOOK_STARTS):
        return tuple(Sheet(**said) for said in read_workbook(content, hidden=hidden))
    if is_html(content):  # a web page that somebody named .xls
        found = html_sheets(decodings(content)[0])
        return tuple(Sheet(name, grid, merged=merged) for name, grid, merged in found)
    return (Sheet("", csv_grid(content, lambda row: _known_in(row, known))),)


def table_of(sheet: Sheet, *, known: Collection[str]) -> Table:
    """The rows of one sheet under its headings. Raises Refused('file_…')."""
    return _table(sheet, known)


def folded(heading: object) -> str:
    """A heading without what people vary: width, case, spaces, brackets, signs."""
    text = unicodedata.normalize("NFKC", as_text(heading)).casefold()
    return text if text.isalnum() else "".join(c for c in text if c.isalnum())


def as_text(value: object) -> str:
    """A cell as the person sees it, without what nobody sees: 13800005678.0 is a telephone number that a spreadsheet
    took for a number."""
    if isinstance(value, str):
        return tidy(value)
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value).strip()


def _known_in(row: Sequence[Cell], known: Collection[str]) -> int:
    return len({folded(value) for value in row if value}.intersection(known))


def _table(sheet: Sheet, known: Collection[str]) -> Table:
    grid = sheet.grid
    filled = [n for n, row in enumerate(grid) if any(_has(value) for value in row)]
    if not filled:
        raise Refused("file_empty")
    head = max(filled[:TITLE_ROWS], key=lambda n: (_known_in(grid[n], known), -n))
    if known and not _known_in(grid[head], known) and _is_data(grid[head]):
        raise Refused("file_no_headings", row=head + 1)
    said, heads = _headings(grid, head, known)
    columns, last = _columns(said), heads[-1]
    below = [n for n in filled if n > last and not any(_again(grid[n], grid[one]) for one in heads)]
    below = below or sorted({n for n, _ in sheet.unsaved if n > last})  # an empty file it is not
    notes = below[0] if below and _is_note(grid[below[0]]) else None
    rows = tuple(_row(n, sheet, columns) for n in below if n != notes)
    if len(rows) > MOST_ROWS:
        raise Refused("file_too_many_rows", most=MOST_ROWS)
    named = tuple(name for name in columns if name)
    return Table(named, rows, sheet, heads[0] + 1, last + 1, 0 if notes is None else notes + 1)


def _again(row: Sequence[Cell], head: Sequence[Cell]) -> bool:
    """Whether a row says the headings once more, as a list does that was printed page by page."""
    if as_text(row[0]) != as_text(head[0]):
        return False
    return [text for text in map(as_text, row) if text] == [text for text in map(as_text, head) if text]


def _headings(grid: _Grid, head: int, known: Collection[str]) -> tuple[list[str], tuple[int, ...]]:
    """The headings, and the rows that they stand in: several where one of an upper row spans some of a lower one.
    `head` is the row that has most of the known ones."""
    said, rows = [as_text(value) for value in grid[head]], (head,)
    for more in (*range(1, _MOST_MORE + 1), *range(-1, -_MOST_MORE - 1, -1)) if known else ():
        first, last = (head, head + more) if more > 0 else (head + more, rows[-1])
        levels = tuple(range(first, last + 1))
        if first < 0 or levels[-1] >= len(grid) or any(_is_data(grid[n]) for n in levels):
            continue
        joined = _joined([grid[n] for n in levels], known, strict=first == head)
        if joined and _known_in(joined, known) >= _known_in(said, known) + (first < head):
            said, rows = joined, levels
    return said, rows


def _joined(levels: Sequence[Sequence[Cell]], known: Collection[str], *, strict: bool) -> list[str] | None:
    """联系人 over 姓名 | 电话 as 联系人 姓名 | 电话; None where no upper heading spans two. `strict`: lower ones stand
    under such headings alone, as no data do."""
    wide = max(map(len, levels))
    texts = [[as_text(row[c]) if c < len(row) else "" for c in range(wide)] for row in levels]
    spanned = False
    for n, row in enumerate(texts[:-1]):
        owner = [*range(wide)]
        for c in range(1, wide):
            begins = row[c] or any(as_text(upper[c]) for upper in levels[:n] if c < len(upper))
            if not begins and row[c - 1] and any(lower[c] for lower in texts[n + 1 :]):
                row[c], owner[c] = row[c - 1], owner[c - 1]
        several = {one for c, one in enumerate(owner) if one != c}
        if strict and any(lower and owner[c] not in several for c, lower in enumerate(texts[n + 1])):
            return None
        spanned |= bool(several)
    paths = [tuple(text for text in column if text) for column in zip(*texts, strict=True)]
    return [_heading(path, paths, known) for path in paths] if spanned else None


def _heading(path: tuple[str, ...], paths: Sequence[tuple[str, ...]], known: Collection[str]) -> str:
    """What a column is called under all that stands over it, or under the least that is left out of it to be known and
    its own."""
    for n in range(len(path)):
        end = path[n:]
        if folded(" ".join(end)) in known and sum(one[-len(end) :] == end for one in paths) == 1:
            return " ".join(end)
    return " ".join(path)


def _is_note(row: Sequence[Cell]) -> bool:
    """Whether a row under the headings says how to fill them in, in what unit they are, or counts them: 1 2 3."""
    texts = [unicodedata.normalize("NFKC", as_text(value)) for value in row if _has(value)]
    counted = [text for text in texts if text not in ("甲", "乙", "丙", "丁")]
    counts = len(texts) > 4 and counted == [str(n) for n in range(1, len(counted) + 1)]
    said = _NOTE if len(texts) > 1 else _NOTE_ALONE
    return counts or (bool(texts) and all(map(said.fullmatch, texts)))


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds what no heading is: a number, a day, or a long code."""
    return any(isinstance(value, (float, date)) or _DATA.fullmatch(as_text(value)) for value in row)


def _columns(heading_cells: Sequence[Cell]) -> list[str]:
    columns = [as_text(value) for value in heading_cells]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        raise Refused("file_too_many_columns", most=MOST_COLUMNS)
    named = [name for name in columns if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise Refused("file_column_twice", column=twice[:60])
    return columns


def _row(n: int, sheet: Sheet, columns: list[str]) -> Row:
    values = sheet.grid[n]
    if any(isinstance(value, str) and len(value) > LONGEST_CELL for value in values):
        raise Refused("file_cell_too_long", row=n + 1, most=LONGEST_CELL)
    cells = {name: values[at] if at < len(values) else None for at, name in enumerate(columns) if name}
    computed, unsaved = (
        frozenset(name for at, name in enumerate(columns) if name and (n, at) in places)
        for places in (sheet.formulas, sheet.unsaved)
    )
    named = {at for at, name in enumerate(columns) if name}
    surplus = any(_has(value) for at, value in enumerate(values) if at not in named)
    return Row(n + 1, cells, computed, unsaved, surplus)


def _has(value: Cell) -> bool:
    return value is not None and (not isinstance(value, str) or value.strip() != "")
