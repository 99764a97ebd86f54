"""The numbers under a chart, for those who read them rather than a drawing."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.shared.here import t


def chart_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with st.expander(t("economy.numbers"), icon=":material/table_rows:"):
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
        st.html(f'<table class="f2f-numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _cells(row: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in row)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others)
