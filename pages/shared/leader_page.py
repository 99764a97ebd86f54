"""The leader's pages: their style, their sentence, their headings."""

from html import escape

import streamlit as st

from pages.shared.style import style


def leader_style() -> None:
    style("shared/leader")


def finding_sentence(words: str) -> None:
    st.html(f'<p class="f2f-sentence">{escape(words)}</p>')


def section(words: str) -> None:
    st.html(f'<h2 class="f2f-section">{escape(words)}</h2>')
