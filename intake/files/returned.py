"""What an import does not take, given back as a file like the one it came in, with a column of reasons."""

import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

import i18n
from casework.documents.exports import to_csv
from intake.files.imports import Finding
from intake.files.spreadsheets import Cell, Sheet, Table, as_text
from intake.files.upload import Upload


def ending_of(upload: Upload) -> str:
    """What the file given back is: as the one that came."""
    return "csv" if upload.name.lower().endswith(".csv") else "xlsx"


def returned(upload: Upload, table: Table, refused: Iterable[Finding], language: str) -> bytes:
    """The refused rows of the table under its own headings, each with all that is wrong with it."""
    why: dict[int, list[str]] = defaultdict(list)
    for one in refused:
        why[one.row].append(f"{i18n.text(f'import.field.{one.field}', language)}: {one.reason(language)}")
    told = {row.number: "\n".join(why[row.number]) for row in table.rows if row.number in why}
    above = max(table.header_row, table.notes_row)
    return with_reasons(upload, table.sheet, (table.top_row, above), told, language)


def with_reasons(
    upload: Upload, sheet: Sheet, headings: tuple[int, int], why: Mapping[int, str], language: str
) -> bytes:
    """CSV for a CSV, else XLSX: the rows of `why`, by number, under all that stands up to the last row of `headings`.
    What is wrong is the last cell of each row, and is named in the first row of headings."""
    top, above = headings
    kept = [sheet.grid[n - 1] for n in (*range(1, above + 1), *sorted(why))]
    wide = max((at + 1 for row in kept for at, cell in enumerate(row) if cell is not None), default=0)
    told = {top - 1: i18n.text("import.reasons", language)}
    told |= {above + n: why[row] for n, row in enumerate(sorted(why))}
    grid = [[*row[:wide], *[None] * (wide - len(row)), told.get(n)] for n, row in enumerate(kept)]
    if ending_of(upload) == "csv":
        return _csv(grid)
    merged = tuple((first, last) for first, last in sheet.merged if last[0] < above)
    return _workbook([replace(sheet, grid=grid, merged=merged, hidden_rows=frozenset())], {})


def returned_sheets(
    upload: Upload, sheets: Sequence[Sheet], refused: Iterable[Finding], taken: Collection[str], language: str
) -> bytes:
    """A table with many values a row: what was `taken`, as 'Sheet!C5', is empty, so that the rest can be mended and
    brought in; all else stands where it stood, since it says what each value is. What is wrong in a row stands two
    columns beside it, with the cell."""
    why: dict[tuple[str, int], list[str]] = defaultdict(list)
    for one in refused:
        name, _, place = one.cell.rpartition("!")
        why[name, one.row].append(f"{place} {one.reason(language)}".strip())
    left = [replace(sheet, grid=_left(sheet, {cell.rpartition("!")[::2] for cell in taken})) for sheet in sheets]
    if ending_of(upload) != "csv":
        return _workbook(left, why)
    wide = max(map(len, left[0].grid), default=0)
    padded = ([*row, *[None] * (wide + 1 - len(row))] for row in left[0].grid)
    return _csv([[*row, "\n".join(why["", n])] for n, row in enumerate(padded, 1)])


def _csv(grid: Sequence[Sequence[Cell]]) -> bytes:
    return to_csv([as_text(cell) for cell in grid[0]], grid[1:])


def _left(sheet: Sheet, taken: Collection[tuple[str, ...]]) -> list[list[Cell]]:
    return [
        [None if (sheet.name, xl_rowcol_to_cell(n, at)) in taken else cell for at, cell in enumerate(row)]
        for n, row in enumerate(sheet.grid)
    ]


def _workbook(sheets: Sequence[Sheet], why: Mapping[tuple[str, int], list[str]]) -> bytes:
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with xlsxwriter.Workbook(made, options) as book:
        text = book.add_format({"quote_prefix": True})  # stays a text when somebody edits it
        formats = {str: text, datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})}
        for sheet in sheets:
            page, wide = book.add_worksheet(sheet.name[:31] or None), max(map(len, sheet.grid), default=0)
            for first, last in sheet.merged:
                page.merge_range(*first, *last, "")
            for n, row in enumerate(sheet.grid):
                for at, cell in enumerate(row):
                    page.write(n, at, cell, formats.get(type(cell)))
                page.set_row(n, None, None, {"hidden": n in sheet.hidden_rows})
                if reasons := why.get((sheet.name, n + 1)):
                    page.write_string(n, wide + 1, "\n".join(reasons))
    return made.getvalue()
