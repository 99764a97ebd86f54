"""Tables as statistics bureaus lay them out: where each number's indicator, period, unit, measure and place stand.

A sheet is cut into blocks of titles, headings and rows. A number hears what its row's labels, its column's
headings (the nearest first), the section, the titles, the sheet's and the file's names say, in this order. Nothing is
checked here: what is said becomes rows of the long format, and those are checked like any other.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from db.refused import Refused
from intake.files.spreadsheets import Sheet
from intake.indicators.reading.blocks import blocks, side_by_side
from intake.indicators.reading.cells import MOST_TEXTS, Grid, is_number, is_odd, plain
from intake.indicators.reading.facets import MOST_NUMBERS, Heard, Placed, Vocabulary, too_large
from intake.indicators.reading.numbers import Far, Reader, first_title
from intake.indicators.reading.words import name_words
from intake.indicators.terms.places import Place

_NOTE = re.compile(r"来\s*源|发\s*布|公\s*布|source|release", re.IGNORECASE)
_SOURCE = re.compile(r"(?:数据来源|资料来源|^来源|source):([^;。,]+?)(?=发布|公布|released|[;。,]|$)", re.IGNORECASE)
_RELEASED = re.compile(
    r"(?:发布|公布|发布时间|发布日期|released?)[^\d]{0,8}(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)", re.IGNORECASE
)

_MOST_CELLS = 120_000  # that hold anything: a database's list has six for each number
_MANY = 2 * MOST_NUMBERS  # cells that hold one: rows may be numbered, and years stand over columns


@dataclass(frozen=True)
class Layout:
    """`form` is a short digest of what the columns say, without their periods: next month's table has the same."""

    numbers: tuple[Placed, ...]
    form: str
    source: str = ""
    released: str = ""


def read_layout(sheets: Sequence[Sheet], file_name: str, vocabulary: Vocabulary, place: Place | None = None) -> Layout:
    """`place`: whose figures they are, as somebody has said of a file that does not, or that names another place."""
    _check_extent(sheets)
    numbers: list[Placed] = []
    headings: list[str] = []
    source = released = ""
    stem = re.sub(r"\.\w{2,4}$", "", file_name)
    file = Heard(file_name, name_words(stem, vocabulary), stem)
    for sheet in sheets:
        grid = Grid(sheet)
        notes = [plain(cell) for row in sheet.grid for cell in row if isinstance(cell, str) and _NOTE.search(cell)]
        source = source or next((found[1] for note in notes if (found := _SOURCE.search(note))), "")
        released = released or next((found[1] for note in notes if (found := _RELEASED.search(note))), "")
        found = blocks(grid)
        first = first_title(grid, found[0], vocabulary) if found else None
        far = Far([Heard(sheet.name, name_words(sheet.name, vocabulary), sheet.name), file], place, first)
        for block in found:
            for part in side_by_side(grid, block):
                reader = Reader(part, block, far, vocabulary)
                numbers += islice(reader.numbers(), MOST_NUMBERS + 1 - len(numbers))
                if len(numbers) > MOST_NUMBERS:
                    raise too_large()
                headings += reader.form()
    form = hashlib.sha256("\n".join(dict.fromkeys(headings)).encode()).hexdigest()[:16]
    return Layout(tuple(numbers), form, source, released)


def _check_extent(sheets: Sequence[Sheet]) -> None:
    """Before anything is looked at: a register and a survey's export have more words than any table of statistics.

    Raises Refused('table_too_large' | 'file_too_many_cells').
    """
    numbers, texts = 0, set[str]()
    every = (cell for sheet in sheets for row in sheet.grid for cell in row if cell is not None)
    for n, cell in enumerate(every):
        if is_number(cell) or is_odd(cell):
            numbers += 1
        elif isinstance(cell, str):
            texts.add(cell)
        if numbers == _MANY or len(texts) > MOST_TEXTS:
            raise too_large()
        if n >= _MOST_CELLS:
            raise Refused("file_too_many_cells", most=_MOST_CELLS)
