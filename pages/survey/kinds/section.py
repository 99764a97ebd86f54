"""A text between questions."""

from html import escape

import streamlit as st

from pages.shared.here import lang
from pages.survey.kind import Drawn, Shown, no_facts, no_limits, unlimited


def _draw(drawn: Drawn) -> None:
    item = drawn.item
    hint = f'<p class="f2f-quiet">{escape(item.hint.say(lang()))}</p>' if item.hint else ""
    with st.container(key=f"f2f-section-{item.code}"):
        st.html(f'<p class="f2f-section">{escape(item.say(lang()))}</p>{hint}')


SECTION = Shown(
    "section", draw=_draw, say=lambda _drawn: "", facts=no_facts, limits=no_limits, limited=unlimited, rule_box=None,
    rule_value=None, flags=(),
)  # fmt: skip
