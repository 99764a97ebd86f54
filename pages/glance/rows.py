"""The rows of a drawing on the glance, each of which opens a drawer like that of a figure."""

from collections.abc import Sequence

import streamlit as st

from pages.figures.card import OPEN, close_drawer
from pages.figures.live_board import View
from pages.glance.indicator_drawer import indicator_drawer
from pages.glance.mood_drawer import mood_drawer
from pages.shared.markup import Markup, show
from pages.shared.plain import letters, told

DRAWERS = {"economy": indicator_drawer, "mood": mood_drawer}


def drawn_rows(question: str, drawing: Markup, opens: Sequence[tuple[str, str]]) -> None:
    """The drawing, with a button upon each of its rows."""
    if not opens:
        show(drawing)
        return
    with st.container(key=f"f2f-rows-{question}", gap=None):
        show(drawing)
        with st.container(key=f"f2f-opens-{question}", gap=None):
            for code, name in opens:
                label, asked = told("figures.open", name=name), (f"{question}:{code}", name)
                st.button(label, key=f"open-{question}-{code}", on_click=_open, args=asked)


def _open(code: str, name: str) -> None:
    st.session_state[OPEN] = code
    st.session_state[f"{OPEN}_name"] = name


def open_row(view: View) -> None:
    """The drawer of the row that somebody opened."""
    question, _, code = st.session_state.get(OPEN, "").partition(":")
    if question in DRAWERS and code:
        title = letters(st.session_state[f"{OPEN}_name"])
        st.dialog(title, width="medium", position="right", on_dismiss=close_drawer)(DRAWERS[question])(view, code)
