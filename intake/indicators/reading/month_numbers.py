"""Months that a spreadsheet has as numbers: 2023.10 typed into a cell is 2023.1, as January is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from intake.files.spreadsheets import Cell, Sheet, as_text
from intake.indicators.terms.periods import DOTTED_MONTH, OPEN_MONTH


def with_months(sheet: Sheet) -> Sheet:
    """The sheet with such a month as the text 2023.10 or 2023.01 where the months beside it say which it is. In a CSV
    without one that is written so, it stays a number: nobody can tell how it was typed."""
    grid = [[*row] for row in sheet.grid]
    dotted = {(r, c): text for r, row in enumerate(grid) for c, cell in enumerate(row) if (text := _month(cell))}
    as_typed = bool(sheet.name) or any(re.search(r"\.(?:01|10)$", text) for text in dotted.values())
    for (r, c), text in dotted.items():
        if OPEN_MONTH.fullmatch(text):
            beside = [dotted.get(place, "") for place in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1))]
            grid[r][c] = _meant(text[:4], beside) or (grid[r][c] if as_typed else float(text))
    return replace(sheet, grid=grid)


def _month(cell: Cell) -> str:
    text = as_text(cell) if isinstance(cell, str | float) else ""
    return text if DOTTED_MONTH.fullmatch(text) else ""


def _meant(year: str, beside: Sequence[str]) -> str:
    """'' where the months on no side say it."""
    if {f"{year}.9", f"{year}.09", f"{year}.11"} & {*beside}:
        return f"{year}.10"
    january = {f"{year}.2", f"{year}.02", f"{int(year) - 1}.12"} & {*beside}
    return f"{year}.01" if january else ""
