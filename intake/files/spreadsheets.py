"""A file that somebody sends, CSV or workbook, as rows under headings with the row numbers that the sender sees."""

import json
import math
import subprocess
import sys
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from db.refused import Refused
from intake.files.csv_file import TITLE_ROWS, csv_grid, decodings
from intake.files.html_tables import html_sheets, is_html
from intake.files.workbook_marks import MOST_ROWS

Cell = str | float | bool | date | datetime | None

MOST_BYTES = 5_000_000
MOST_COLUMNS = 50  # of a table with one record a row
LONGEST_CELL = 32_767
_ROOT = Path(__file__).resolve().parents[2]
_READER = "import sys; sys.path.append(sys.argv[1]); from intake.files.workbook import main; main()"
_MOST_SECONDS = 30
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX is a ZIP, XLS and protected XLSX are OLE


@dataclass(frozen=True)
class Upload:
    """A file as it came. `name` is the sender's word for it and decides nothing."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Row:
    """One row below the headings. `number` is the one that a spreadsheet shows; the headings' row has one too.

    `formulas` are the columns whose cell is computed: the value is what the sender's program last worked out.
    `surplus`: it has cells beyond the last heading, as an unquoted thousands separator makes.
    """

    number: int
    cells: dict[str, Cell]
    formulas: frozenset[str] = frozenset()
    surplus: bool = False


@dataclass(frozen=True)
class Table:
    """`columns` are the headings as the file has them; `header_row` is their row's number."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1


_Grid = list[list[Cell]]
_Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands: `grid[row][column]`, both from 0. `merged` are the first and last cell of each range.

    `formulas` are the cells that are computed; hidden rows and columns are in the grid too, who reads it decides. A CSV
    is one sheet without a name.
    """

    name: str
    grid: _Grid
    formulas: frozenset[_Place] = frozenset()
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
    content = upload.content
    if len(content) > MOST_BYTES:
        raise Refused("file_too_big", most=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise Refused("file_empty")
    if content.startswith(_WORKBOOK_STARTS):
        return _workbook(content, hidden)
    if is_html(content):  # a web page that somebody named .xls
        found = html_sheets(decodings(content)[0])
        return tuple(Sheet(name, grid, merged=merged) for name, grid, merged in found)
    return (Sheet("", csv_grid(content, lambda row: _known_in(row, known))),)


def table_of(sheet: Sheet, *, known: Collection[str]) -> Table:
    """The rows of one sheet under its headings. Raises Refused('file_…')."""
    return _table(sheet.grid, set(sheet.formulas), known)


def folded(heading: object) -> str:
    """A heading without what people vary: width, case, spaces, brackets, signs."""
    text = unicodedata.normalize("NFKC", as_text(heading)).casefold()
    return "".join(c for c in text if c.isalnum())


def as_text(value: object) -> str:
    """A cell as the person sees it: 13800005678.0 is a telephone number that a spreadsheet took for a number."""
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value).strip()


def _workbook(content: bytes, hidden: bool) -> tuple[Sheet, ...]:
    """Parsed in a process of its own, see intake.files.workbook."""
    command = [sys.executable, "-I", "-c", _READER, str(_ROOT), *(["hidden"] if hidden else [])]
    try:
        ran = subprocess.run(command, input=content, capture_output=True, timeout=_MOST_SECONDS, check=False)
        answer = json.loads(ran.stdout)
    except subprocess.TimeoutExpired:
        raise Refused("file_too_big_inside") from None
    except ValueError:  # it died: out of memory or time, or a fault of the parser
        raise Refused("file_damaged") from None
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    return tuple(_sheet(sheet) for sheet in answer["sheets"])


def _sheet(answer: dict[str, Any]) -> Sheet:
    grid = [[_cell(value) for value in row] for row in answer["rows"]]
    formulas = frozenset((row, column) for row, column in answer["formulas"])
    merged = tuple((tuple(first), tuple(last)) for first, last in answer["merged"])
    rows, columns = frozenset(answer["hidden_rows"]), frozenset(answer["hidden_columns"])
    return Sheet(answer["name"], grid, formulas, merged, answer["hidden"], rows, columns)


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        text = value["date"]
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return value  # type: ignore[return-value]


def _known_in(row: Sequence[Cell], known: Collection[str]) -> int:
    return len({folded(value) for value in row if value} & set(known))


def _table(grid: _Grid, formulas: set[tuple[int, int]], known: Collection[str]) -> Table:
    filled = [n for n, row in enumerate(grid) if any(_has(value) for value in row)]
    if not filled:
        raise Refused("file_empty")
    head = max(filled[:TITLE_ROWS], key=lambda n: (_known_in(grid[n], known), -n))
    columns = _columns(grid[head])
    rows = tuple(_row(n, grid[n], columns, formulas) for n in filled if n > head)
    if len(rows) > MOST_ROWS:
        raise Refused("file_too_many_rows", most=MOST_ROWS)
    return Table(tuple(name for name in columns if name), rows, head + 1)


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


def _row(n: int, values: Sequence[Cell], columns: list[str], formulas: set[tuple[int, int]]) -> Row:
    if any(isinstance(value, str) and len(value) > LONGEST_CELL for value in values):
        raise Refused("file_damaged")
    cells = {name: values[at] if at < len(values) else None for at, name in enumerate(columns) if name}
    computed = frozenset(name for at, name in enumerate(columns) if name and (n, at) in formulas)
    named = {at for at, name in enumerate(columns) if name}
    surplus = any(_has(value) for at, value in enumerate(values) if at not in named)
    return Row(n + 1, cells, computed, surplus)


def _has(value: Cell) -> bool:
    return value is not None and (not isinstance(value, str) or value.strip() != "")
