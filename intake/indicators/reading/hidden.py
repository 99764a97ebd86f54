"""Hidden sheets, rows and columns: left out unless somebody asks for them, and said either way.

A bureau hides last month's working, figures that are not public yet, or nothing at all: who sends the file cannot see
which, so the file is not read as if they were there, nor as if they were not.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from intake.files.imports import Finding, shown
from intake.files.spreadsheets import Cell, Sheet, as_text
from intake.indicators.reading.cells import in_sheet, is_mark, is_number, reference


def visible(sheets: Sequence[Sheet], *, long: bool, read: bool) -> tuple[list[Sheet], list[Finding]]:
    """The sheets as they are to be read, and what is hidden. Of a `long` table a hidden row goes as a whole; of a
    bureau's only its figures go, for a hidden heading still names what stands below it. `read`: all of it is read."""
    kept: list[Sheet] = []
    found: list[Finding] = []
    for sheet in sheets:
        if not any(as_text(cell) for row in sheet.grid for cell in row):
            kept += [] if sheet.hidden else [sheet]
            continue
        if sheet.hidden:
            found.append(Finding(0, "file", _code("hidden_sheet", read), {"name": shown(sheet.name)}))
        else:
            found += _findings(sheet, read)
        if read or not sheet.hidden:
            kept.append(sheet if read else _without(sheet, long))
    return kept, found


def _findings(sheet: Sheet, read: bool) -> list[Finding]:
    rows = [r for r in sorted(sheet.hidden_rows) if r < len(sheet.grid) and any(as_text(c) for c in sheet.grid[r])]
    columns = [c for c in sorted(sheet.hidden_columns) if any(c < len(row) and as_text(row[c]) for row in sheet.grid)]
    found = []
    if rows:
        facts = {"rows": _spans([str(r + 1) for r in rows], rows)}
        found.append(Finding(rows[0] + 1, "file", _code("hidden_rows", read), facts, _at(sheet, rows[0], 0)))
    if columns:
        facts = {"columns": _spans([reference(0, c)[:-1] for c in columns], columns)}
        found.append(Finding(0, "file", _code("hidden_columns", read), facts, _at(sheet, 0, columns[0])))
    return found


def _without(sheet: Sheet, long: bool) -> Sheet:
    """The same cells in the same places, what is hidden blank."""
    if not (sheet.hidden_rows or sheet.hidden_columns):
        return sheet
    grid = [
        [_kept(cell, (r in sheet.hidden_rows) or (c in sheet.hidden_columns), long) for c, cell in enumerate(row)]
        for r, row in enumerate(sheet.grid)
    ]
    return replace(sheet, grid=grid)


def _kept(cell: Cell, hidden: bool, long: bool) -> Cell:
    return None if hidden and (long or is_number(cell) or is_mark(cell)) else cell


def _code(code: str, read: bool) -> str:
    return f"{code}_read" if read else code


def _at(sheet: Sheet, row: int, column: int) -> str:
    return in_sheet(sheet, reference(row, column))


def _spans(names: Sequence[str], numbers: Collection[int]) -> str:
    """5-7, 9 of the names of 5, 6, 7 and 9."""
    spans: list[list[str]] = []
    before = None
    for name, number in zip(names, numbers, strict=True):
        if before is not None and number == before + 1:
            spans[-1][1:] = [name]
        else:
            spans.append([name])
        before = number
    return ", ".join("-".join(span) for span in spans)
