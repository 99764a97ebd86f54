"""The rules that figures are read by, in words."""

import streamlit as st

from intake.indicators.rules.rulebook import RULES
from pages.shared.here import t
from pages.shared.markup import Markup, show


def rules_panel() -> None:
    """The twelve rules in words; an import names their numbers beside what it refuses."""
    st.header(t("rule.title"), anchor=False)
    said = Markup().join(
        Markup('<li value="{}">{}</li>').format(rule.number, t(f"rule.{rule.number}")) for rule in RULES
    )
    show(Markup('<ol class="f2f-lines f2f-rules">{}</ol>').format(said))
