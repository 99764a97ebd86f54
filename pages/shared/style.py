"""The stylesheets, each in the folder of its area."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st


def style(*names: str) -> None:
    """Load stylesheets into the page: `desk/desk` is `pages/desk/desk.css`."""
    for name in names:
        st.html(_sheet(name))


@cache
def _sheet(name: str) -> str:
    return f"<style>{(Path(__file__).parents[1] / f'{name}.css').read_text(encoding='utf-8')}</style>"


def words_in_style(place: str, words: Mapping[str, str]) -> None:
    """Words that a stylesheet draws there as `var(--f2f-<name>)`: Streamlit's uploader speaks English only."""
    said = "; ".join(f'--f2f-{name}: "{_in_quotes(told)}"' for name, told in words.items())
    st.html(f"<style>{place} {{ {said} }}</style>")


def _in_quotes(words: str) -> str:
    return words.replace("\\", "").replace('"', "'").replace("<", "")
