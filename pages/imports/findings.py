"""What a file says, in numbers and line by line: findings stand with their cell, their reason and their rule."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from casework.documents.exports import to_csv
from intake.files.imports import Finding, Outcome, how_many
from intake.indicators.rules import rulebook
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.rows import cell, facts, strong

SHOWN = 50


def lines(kind: str, rows: Sequence[Sequence[Markup]]) -> None:
    """Rows of cells (see rows.cell) as one card; `kind` chooses the widths in imports.css."""
    line = Markup('<div class="f2f-row f2f-{}">{}</div>')
    drawn = Markup().join(line.format(kind, Markup().join(cells)) for cells in rows)
    show(Markup('<div class="f2f-lines">{}</div>').format(drawn))


def findings(found: Sequence[Finding]) -> None:
    """Which row, which field, why; all of them as a file where there are many."""
    lines("finding", [_finding(one) for one in found[:SHOWN]])
    cut_short(how_many(found))
    if len(found) > SHOWN:
        columns = ["row", "field", "code", "reason"]
        content = to_csv(columns, [[one.row, one.field, one.code, one.reason(lang())] for one in found])
        st.download_button(t("import.findings_file"), content, t("import.findings_name"), FILE_TYPES["csv"])


def to_look_at(found: Sequence[Finding]) -> None:
    if found:
        st.header(t("import.to_look_at"), anchor=False)
        findings(found)


def _finding(found: Finding) -> list[Markup]:
    """The cell, or the row; the field; why, and the rule of statistics where it is one."""
    row = found.cell or (t("import.row_number", n=found.row) if found.row else t("import.whole_file"))
    rule = rulebook.number_of(found.code)
    said = t("rule.number", n=rule) if rule else ""
    return [strong(row), cell(t(f"import.field.{found.field}")), cell(found.reason(lang()), quiet=said)]


def summary(outcome: Outcome[Any]) -> None:
    refused_rows = how_many({found.row: found for found in outcome.refused}.values())
    facts(
        [
            (t("import.read_rows"), t("import.rows", n=len(outcome.read))),
            (t("import.refused_rows"), t("import.rows", n=refused_rows)),
            (t("import.to_look_at"), t("import.items", n=how_many(outcome.warnings))),
        ]
    )


def while_read() -> AbstractContextManager[None]:
    """While a file is read: its own process may take some seconds, and everybody else is served meanwhile."""
    return st.spinner(t("import.reading"))


def cut_short(n: int, most: int = SHOWN) -> None:
    if n > most:
        st.caption(t("import.first_shown", most=most, n=n))
