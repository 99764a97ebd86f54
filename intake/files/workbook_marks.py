"""What is said of a sheet beside its values, and the limits that a workbook or a CSV keeps to."""

from dataclasses import dataclass, field

from db.refused import Refused

MOST_UNPACKED = 30_000_000  # bytes that all parts of a workbook may declare together
MOST_PARTS = 1_000
MOST_LETTERS = MOST_UNPACKED // 3  # that cells may name together; a Chinese one takes three bytes
MOST_ROWS = 20_000
MOST_COLUMNS = 320
MOST_SHEETS = 40
MOST_CELLS = 400_000
TITLE_ROWS = 10  # how far down the headings may stand


@dataclass
class SheetMarks:
    """What the parser does not say of a sheet: computed cells, formats that say more than a value, what is hidden."""

    formulas: set[tuple[int, int]] = field(default_factory=set)  # and errors as #N/A, which stand for no value either
    of_text: set[tuple[int, int]] = field(default_factory=set)  # those that were worked out as a text, be it none
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # see number_formats.says_more
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def check_extent(last_row: int, last_column: int) -> None:
    """The parser fills in every cell up to the last: one in a far corner would take all memory."""
    check_sides(last_row, last_column)
    check_cells(last_row * last_column)


def check_sides(last_row: int, last_column: int) -> None:
    """Both counted from 0. Raises Refused, as the other checks do."""
    if last_row > MOST_ROWS + TITLE_ROWS:
        raise Refused("file_too_many_rows", most=MOST_ROWS)
    if last_column >= MOST_COLUMNS:
        raise Refused("file_too_many_columns", most=MOST_COLUMNS)


def check_cells(n: int) -> None:
    if n > MOST_CELLS:
        raise Refused("file_too_many_cells", most=MOST_CELLS)


def check_sheets(n: int) -> None:
    if n > MOST_SHEETS:
        raise Refused("file_too_many_sheets", most=MOST_SHEETS)
