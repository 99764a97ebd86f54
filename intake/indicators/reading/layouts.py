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

from intake.files.spreadsheets import Cell, Sheet
from intake.indicators.reading.blocks import blocks, side_by_side
from intake.indicators.reading.cells import Grid, plain
from intake.indicators.reading.facets import MOST_NUMBERS, Heard, Placed, Vocabulary, too_large
from intake.indicators.reading.numbers import Far, Reader, first_title
from intake.indicators.reading.words import name_words
from intake.indicators.terms.places import Place

_NOTE = re.compile(r"来\s*源|发\s*布|公\s*布|source|release", re.IGNORECASE)
_SOURCE = re.compile(r"(?:数据来源|资料来源|^来源|source):([^;。,]+?)(?=发布|公布|released|[;。,]|$)", re.IGNORECASE)
_RELEASED = re.compile(
    r"(?:发布|公布|发布时间|发布日期|released?)[^\d]{0,8}(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)", re.IGNORECASE
)

_MANY = 2 * MOST_NUMBERS  # cells that hold one: rows may be numbered, and years stand over columns
_DIGITS = re.compile(r"[-+]?\d+(?:\.\d+)?%?")


@dataclass(frozen=True)
class Layout:
    """`form` is a short digest of what the columns say, without their periods: next month's table has the same."""

    numbers: tuple[Placed, ...]
    form: str
    source: str = ""
    released: str = ""


def read_layout(sheets: Sequence[Sheet], file_name: str, vocabulary: Vocabulary, place: Place | None = None) -> Layout:
    """`place`: whose figures they are, as somebody has said of a file that does not, or that names another place."""
    if sum(islice((1 for sheet in sheets for row in sheet.grid for cell in row if _counts(cell)), _MANY)) == _MANY:
        raise too_large()  # before anything is looked at
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


def _counts(cell: Cell) -> bool:
    """Whether a cell is a number at first sight."""
    if isinstance(cell, str):
        return bool(_DIGITS.fullmatch(cell))
    return isinstance(cell, int | float)
