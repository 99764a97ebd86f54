"""What an import does not take, given back as a file like the one it came in, with a column of reasons."""

import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

import i18n
from casework.documents.exports import to_csv, to_workbook
from intake.files.imports import Finding
from intake.files.spreadsheets import Cell, Sheet, Table
from intake.files.upload import Upload


def ending_of(upload: Upload) -> str:
    """What the file given back is: as the one that came."""
    return "csv" if upload.name.lower().endswith(".csv") else "xlsx"


def returned(upload: Upload, table: Table, refused: Iterable[Finding], language: str) -> bytes:
    """The refused rows of the table, each with all that is wrong with it."""
    why: dict[int, list[str]] = defaultdict(list)
    for one in refused:
        why[one.row].append(f"{i18n.text(f'import.field.{one.field}', language)}: {one.reason(language)}")
    refused_rows = [row for row in table.rows if row.number in why]
    rows = [[*(row.cells.get(one) for one in table.columns), "\n".join(why[row.number])] for row in refused_rows]
    return with_reasons(upload, table.columns, rows, language)


def with_reasons(upload: Upload, headings: Sequence[str], rows: Sequence[Sequence[Cell]], language: str) -> bytes:
    """CSV for a CSV, else XLSX; what is wrong is the last cell of each row."""
    columns = [*headings, i18n.text("import.reasons", language)]
    if ending_of(upload) == "csv":
        return to_csv(columns, rows)
    return to_workbook([(i18n.text("import.refused_rows", language), columns, rows, "")])


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
    rows = [[*row, *[None] * (wide + 1 - len(row)), "\n".join(why["", n])] for n, row in enumerate(left[0].grid, 1)]
    return to_csv(["" if cell is None else str(cell) for cell in rows[0]], rows[1:])


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
        for sheet in sheets:
            page, wide = book.add_worksheet(sheet.name[:31] or None), max(map(len, sheet.grid), default=0)
            for first, last in sheet.merged:
                page.merge_range(*first, *last, "")
            for n, row in enumerate(sheet.grid):
                page.write_row(n, 0, row)
                page.set_row(n, None, None, {"hidden": n in sheet.hidden_rows})
                if reasons := why.get((sheet.name, n + 1)):
                    page.write_string(n, wide + 1, "\n".join(reasons))
    return made.getvalue()
