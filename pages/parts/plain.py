"""A person's own words, drawn as text: a picture address or a link in them stays what it is, letters."""

import streamlit as st


def plain(words: str | None) -> None:
    """Draw `words` with their line breaks and nothing interpreted."""
    st.text(words or "", width="stretch")
