"""Chinese for what Streamlit's own widgets say in English: buttons that only a screen reader names, the uploader."""

import json
from pathlib import Path

import streamlit as st

import i18n
from pages.shared.here import lang

_SCRIPT = (Path(__file__).parent / "streamlit_words.js").read_text(encoding="utf-8")


def streamlit_words() -> None:
    """Once a page, by the header. English needs none."""
    if lang() == "en":
        return
    words = {str(entry["en"]): entry["zh"] for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")}
    told = json.dumps(words, ensure_ascii=False)
    st.html(f"<script>window.f2fWords = {told};\n{_SCRIPT}</script>", unsafe_allow_javascript=True)
