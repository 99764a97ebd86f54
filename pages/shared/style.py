"""The stylesheets, each in the folder of its area."""

from pathlib import Path

import streamlit as st


def style(name: str) -> None:
    """Load a stylesheet into the page: `desk/desk` is `pages/desk/desk.css`."""
    st.html(Path(__file__).parents[1] / f"{name}.css")
