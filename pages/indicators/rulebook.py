"""The rules that figures are read by, in words."""

from html import escape

import streamlit as st

from intake.indicators.rulebook import RULES
from pages.shared.here import t


def rules_panel() -> None:
    """The twelve rules in words; an import names their numbers beside what it refuses."""
    st.header(t("rule.title"), anchor=False)
    said = "".join(f'<li value="{rule.number}">{escape(t(f"rule.{rule.number}"))}</li>' for rule in RULES)
    st.html(f'<ol class="f2f-lines f2f-rules">{said}</ol>')
