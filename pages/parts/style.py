"""The stylesheets of pages/parts, one an area."""

from pathlib import Path

import streamlit as st


def style(area: str) -> None:
    """Load `pages/parts/<area>.css` into the page."""
    st.html(Path(__file__).parent / f"{area}.css")
