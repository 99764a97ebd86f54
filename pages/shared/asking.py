"""Asking in a dialog, and saying why where the rules refuse."""

from collections.abc import Callable
from typing import Literal, TypeVar

import streamlit as st

from db.refused import Refused
from pages.shared.here import t
from pages.shared.plain import letters, why

T = TypeVar("T")


def ask(title: str, draw: Callable[[], None], *, width: Literal["small", "medium", "large"] = "small") -> None:
    """Open a dialog over the page. Its title is in the reader's language, so it is made where it opens."""

    @st.dialog(letters(title), width=width)
    def framed() -> None:
        draw()

    framed()


def attempt(verb: Callable[[], T]) -> T | None:
    """What the verb returns; where the rules refuse, the reason beside the form and None."""
    try:
        return verb()
    except Refused as refusal:
        st.error(why(refusal), icon=":material/error:")
        return None


def saved() -> None:
    """Say so and draw the page anew, which closes the dialog."""
    st.toast(t("asking.saved"), icon=":material/check:")
    st.rerun()
