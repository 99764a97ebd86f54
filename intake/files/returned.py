"""The rows that an import does not take, given back as a file like the one they came in, with a column of reasons."""

from collections import defaultdict
from collections.abc import Iterable

import i18n
from casework.documents.exports import to_csv, to_workbook
from intake.files.imports import Finding
from intake.files.spreadsheets import Table
from intake.files.upload import Upload


def ending_of(upload: Upload) -> str:
    """What the file given back is: as the one that came."""
    return "csv" if upload.name.lower().endswith(".csv") else "xlsx"


def returned(upload: Upload, table: Table, refused: Iterable[Finding], language: str) -> bytes:
    """CSV for a CSV, else XLSX: the refused rows of the table, each with all that is wrong with it."""
    why: dict[int, list[str]] = defaultdict(list)
    for one in refused:
        why[one.row].append(f"{i18n.text(f'import.field.{one.field}', language)}: {one.reason(language)}")
    columns = [*table.columns, i18n.text("import.reasons", language)]
    rows = [
        [*(row.cells.get(column) for column in table.columns), "\n".join(why[row.number])]
        for row in table.rows
        if row.number in why
    ]
    if ending_of(upload) == "csv":
        return to_csv(columns, rows)
    return to_workbook([(i18n.text("import.refused_rows", language), columns, rows, "")])
