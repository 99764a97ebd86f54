"""A person's own words, drawn as text: a picture address or a link in them stays what it is, letters."""

import streamlit as st


def plain(words: str | None) -> None:
    """Draw `words` with their line breaks and nothing interpreted."""
    st.text(words or "", width="stretch")


def letters(words: str) -> str:
    """`words` for a label or a message, where Markdown is read: every sign that it would read is escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|:$~" else c for c in words)
