"""The stylesheets, each in the folder of its area."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st

# Files that browsers keep, instead of bytes in every session's messages: the one of all pages, which the first page
# names, and the one of a phone that answers.
EVERYWHERE, SURVEY = "shared/style", "survey/survey"


def style(*names: str) -> None:
    """Load stylesheets into the page: `desk/desk` is `pages/desk/desk.css`."""
    for name in names:
        st.html(f"<style>{_IMPORTED.get(name) or sheet(name)}</style>")


@cache
def sheet(name: str) -> str:
    return (Path(__file__).parents[1] / f"{name}.css").read_text(encoding="utf-8")


@cache
def address(name: str) -> str:
    """Of the sheet as a file; another where it has changed."""
    return f"/static/css/{Path(name).name}.{sha256(sheet(name).encode()).hexdigest()[:12]}.css"


_IMPORTED = {SURVEY: f'@import "{address(SURVEY)}";'}
APART = {address(name): sheet(name).encode() for name in (EVERYWHERE, SURVEY)}


def words_in_style(words: Mapping[str, str]) -> None:
    """Words that a stylesheet draws as `var(--f2f-<name>)`: Streamlit's uploader speaks English only."""
    said = "; ".join(f'--f2f-{name}: "{_in_quotes(told)}"' for name, told in words.items())
    st.html(f"<style>:root {{ {said} }}</style>")


def _in_quotes(words: str) -> str:
    return words.replace("\\", "").replace('"', "'").replace("<", "")
