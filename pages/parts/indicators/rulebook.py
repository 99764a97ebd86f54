"""The rules that figures are read by, in words."""

import streamlit as st

from intake.indicators.rulebook import RULES
from pages.parts.here import t
from pages.parts.imports.findings import lines
from pages.parts.rows import cell, strong


def rules_panel() -> None:
    """The twelve rules in words; an import names them beside what it refuses."""
    st.subheader(t("rule.title"))
    lines("rule", [[strong(str(rule.number)), cell(t(f"rule.{rule.number}"))] for rule in RULES])
