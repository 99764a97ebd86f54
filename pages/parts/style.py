"""The stylesheets of pages/parts."""

from pathlib import Path

import streamlit as st


def style(name: str) -> None:
    """Load a stylesheet into the page: `desk/desk` is `pages/parts/desk/desk.css`."""
    st.html(Path(__file__).parent / f"{name}.css")
