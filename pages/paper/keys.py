"""The keys of data entry: Enter goes on to the next box, Backspace in an empty one goes back."""

from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "keys.js").read_text(encoding="utf-8")


def keys(turn: int) -> None:
    """Our own script, run once a form: `turn` counts them. Without it, Tab does the same."""
    st.html(f"<script>/* form {turn} */\n{_SCRIPT}</script>", unsafe_allow_javascript=True)
