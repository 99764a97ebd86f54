"""Workbooks to fill in: the columns with an example row, and beside them what each column may hold."""

from collections.abc import Sequence

import i18n
from casework.documents.exports import Cell, to_workbook
from db import references
from db.indicators import indicators
from db.sql import Connection
from intake import beneficiaries
from intake.indicators import headings as indicator_headings
from intake.register import rows as register_rows

_PERIODS = {
    "zh": {"ytd_month": "2023年1-10月", "month": "2023年10月", "ytd_quarter": "2023年前三季度"},
    "en": {"ytd_month": "Jan–Oct 2023", "month": "Oct 2023", "ytd_quarter": "Q1–Q3 2023"},
}
_FILLED = {
    "industrial_output": ("1450.5", "8.2"),
    "fixed_investment": ("", "7.1"),
}


def indicators_template(con: Connection, language: str) -> bytes:
    """The long format, an example each of a level with growth and of growth alone, and the list of indicators."""
    known = {indicator.code: indicator for indicator in indicators.indicators(con)}
    source = i18n.text("import.template.example_source", language)
    examples: list[Sequence[Cell]] = []
    for code, (value, yoy) in _FILLED.items():
        indicator = known[code]
        period = _PERIODS[language][indicator.period_kind]
        level = float(value) if value else None
        examples.append([indicator.name(language), period, indicator.unit, level, float(yoy), "2023-11-20", source])
    columns = [i18n.text(f"import.field.{name}", language) for name in indicator_headings.FIELDS]
    listed = [
        [i.name(language), i.code, i.unit, _PERIODS[language].get(i.period_kind, ""), _yes(i.has_level, language)]
        for i in known.values()
    ]
    heads = ("indicator", "code", "unit", "period_example", "has_level")
    return to_workbook(
        [
            (i18n.text("import.template.data", language), columns, examples, ""),
            (
                i18n.text("import.template.allowed", language),
                [i18n.text(f"import.field.{name}", language) for name in heads],
                listed,
                i18n.text("import.template.indicators_note", language),
            ),
        ]
    )


def enterprises_template(con: Connection, language: str) -> bytes:
    """The register's columns with an example row, and the towns, sectors and sizes."""
    columns = [i18n.text(f"import.field.{name}", language) for name in register_rows.FIELDS]
    towns = references.items(con, "town", active_only=True)
    sectors = [item for item in references.items(con, "sector", active_only=True) if item.parent]
    sizes = [i18n.text(f"size.{size}", language) for size in register_rows.SIZES]
    example = [
        "示例纺织有限公司",
        "Example Textile Co., Ltd.",
        register_rows.EXAMPLE_USCC,
        "C17",
        towns[0].name(language),
    ]
    example += [sizes[1], _yes(False, language), "", "", "0575-84120000"]
    lists = [
        [
            towns[n].name(language) if n < len(towns) else "",
            sizes[n] if n < len(sizes) else "",
            sectors[n].code,
            sectors[n].name(language),
        ]
        for n in range(len(sectors))
    ]
    heads = [i18n.text(f"import.field.{name}", language) for name in ("town", "size", "sector_code", "sector")]
    note = i18n.text("import.template.enterprises_note", language)
    return to_workbook(
        [
            (i18n.text("import.template.data", language), columns, [example], ""),
            (i18n.text("import.template.allowed", language), heads, lists, note),
        ]
    )


def beneficiaries_template(_con: Connection, language: str) -> bytes:
    """The credit code and the date, with an example row; the note on a sheet that no import reads."""
    columns = [i18n.text(f"import.field.{name}", language) for name in beneficiaries.FIELDS]
    example = [register_rows.EXAMPLE_USCC, "2023-11-20"]
    note = i18n.text("import.template.beneficiaries_note", language)
    data = i18n.text("import.template.data", language)
    allowed = i18n.text("import.template.allowed", language)
    return to_workbook([(data, columns, [example], ""), (allowed, columns, [["", example[1]]], note)])


def _yes(value: bool, language: str) -> str:
    return i18n.text("import.yes" if value else "import.no", language)
