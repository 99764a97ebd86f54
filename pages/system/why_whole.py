"""Somebody's name and number, whole for a reason: the same few words wherever they are masked."""

from collections.abc import Callable

import streamlit as st

from access.typed import LONGEST_REASON
from pages.shared.asking import attempt
from pages.shared.here import t


def ask_why(key: str, title: str, icon: str, button: str, show: Callable[[str], object]) -> None:
    """`show` is the verb, with the reason that was typed. The page is drawn after it."""
    with st.expander(title, icon=icon):
        st.text_input(t("whole.why"), key=f"why-{key}", max_chars=LONGEST_REASON)
        st.button(button, key=f"whole-{key}", on_click=_said, args=(key, show))


def _said(key: str, show: Callable[[str], object]) -> None:
    attempt(lambda: show(st.session_state[f"why-{key}"]))
