"""The leader's pages: their style, their sentence, their headings."""

from html import escape
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "leader.css"


def leader_style() -> None:
    st.html(STYLE)


def finding_sentence(words: str) -> None:
    st.html(f'<p class="f2f-sentence">{escape(words)}</p>')


def section(words: str) -> None:
    st.html(f'<h2 class="f2f-section">{escape(words)}</h2>')
