"""What Streamlit's own widgets say in English, in the reader's language: buttons that only a screen reader names,
the uploader."""

import json
from pathlib import Path

import streamlit as st

import i18n
from pages.shared.here import lang

_SCRIPT = (Path(__file__).parent / "streamlit_words.js").read_text(encoding="utf-8")
_OWN = "en"  # Streamlit's language


def streamlit_words() -> None:
    """Once a page, by the header, for readers of any language but Streamlit's."""
    said = [entry for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")]
    words = {str(entry[_OWN]): entry[lang()] for entry in said if entry[lang()] != entry[_OWN]}
    if not words:
        return
    told = json.dumps(words, ensure_ascii=False)
    st.html(f"<script>window.f2fWords = {told};\n{_SCRIPT}</script>", unsafe_allow_javascript=True)
