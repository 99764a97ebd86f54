"""Our own markup on the page. Whatever a person typed in it was escaped by whoever made it."""

from typing import Literal

import streamlit as st


def markup(made: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw what a function made, or nothing where it made nothing: Streamlit breaks off at an empty text."""
    if made.strip():
        st.html(made, width=width)
