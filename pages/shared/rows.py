"""Rows of a list in our own markup, each piece escaped; a phone stacks them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.shared import filters
from pages.shared.filter_address import view_from
from pages.shared.here import t
from pages.shared.style import style

PAGE = 25


def row_style() -> None:
    """Once a page that draws rows."""
    style("shared/rows")


def cell(words: str, *, quiet: str = "", style: str = "") -> str:
    """Words with a quiet line below. `style` is one of our own class names, never a person's."""
    below = f'<div class="f2f-quiet">{escape(quiet)}</div>' if quiet else ""
    return f'<div><span class="{style}">{escape(words)}</span>{below}</div>'


def strong(words: str, *, quiet: str = "") -> str:
    below = f'<div class="f2f-quiet">{escape(quiet)}</div>' if quiet else ""
    return f"<div><b>{escape(words)}</b>{below}</div>"


def row(kind: str, cells: Sequence[str]) -> None:
    """`kind` chooses the widths in rows.css; `cells` come from `cell` and `strong`."""
    st.html(f'<div class="f2f-row f2f-{kind}">{"".join(cells)}</div>')


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Labels with their values, as many side by side as fit."""
    inside = "".join(
        f'<div><div class="f2f-quiet">{escape(label)}</div>{escape(value)}</div>' for label, value in pairs
    )
    st.html(f'<div class="f2f-facts">{inside}</div>')


def empty(title: str, hint: str) -> None:
    """What stands where nothing is, and what to do."""
    st.html(f'<div class="f2f-empty"><b>{escape(title)}</b>{escape(hint)}</div>')


def secret(words: str) -> None:
    """A password or code, shown this once, selected whole by a click."""
    st.html(f'<div class="f2f-secret f2f-mono">{escape(words)}</div>')


def page_of(found: int) -> int:
    """How many were found, and the page that the address asks for (1 is the first)."""
    last = max(1, -(-found // PAGE))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("rows.found", n=found), width="content")
        filters.pages(found, PAGE)
    return min(view_from(st.query_params)[1], last)
