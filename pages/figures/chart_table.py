"""The numbers under a chart, for those who read them rather than a drawing."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.here import t
from pages.shared.markup import Markup, show


def chart_table(table: Markup) -> None:
    with st.expander(t("economy.numbers"), icon=":material/table_rows:"):
        show(table)


def table_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """Written once, where it is shared."""
    head = Markup().join(map(Markup('<th scope="col">{}</th>').format, columns))
    body = Markup().join(Markup("<tr>{}</tr>").format(_cells(row)) for row in rows)
    table = Markup('<table class="f2f-numbers"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    return table.format(head, body)


def _cells(row: Sequence[str]) -> Markup:
    first, *others = row
    return Markup('<th scope="row">{}</th>').format(first) + Markup().join(map(Markup("<td>{}</td>").format, others))
