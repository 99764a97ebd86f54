"""A workbook to fill in: the columns with example rows, and on a second sheet what each column may hold."""

from collections.abc import Iterable, Sequence

import i18n
from casework.documents.exports import Cell, to_workbook


def template(
    language: str,
    columns: Iterable[str],
    examples: Sequence[Sequence[Cell]],
    allowed: tuple[Iterable[str], Sequence[Sequence[Cell]]],
    note: str,
) -> bytes:
    """`columns` and the headings of what is `allowed` are fields by code; `note` is the key of a text below it."""
    heads, lists = allowed
    sheets = (("data", columns, examples, ""), ("allowed", heads, lists, i18n.text(note, language)))
    return to_workbook(
        [
            (
                i18n.text(f"import.template.{sheet}", language),
                [i18n.text(f"import.field.{field}", language) for field in fields],
                rows,
                said,
            )
            for sheet, fields, rows, said in sheets
        ]
    )


def yes_or_no(value: bool, language: str) -> str:
    return i18n.text("import.yes" if value else "import.no", language)
