"""Economy indicators: what is stored, every vintage of it; a file, a pasted table or one figure is brought in."""

import streamlit as st

from db.indicators import indicators
from intake.indicators.rules.rulebook import RULES
from pages.imports.preview import import_style
from pages.indicators.breaks import breaks_panel
from pages.indicators.hand import hand_panel
from pages.indicators.importing import file_panel, paste_panel
from pages.indicators.lines import indicator_row
from pages.shared.here import store, t
from pages.shared.markup import Markup, show


def rules_panel() -> None:
    """The twelve rules in words; an import names their numbers beside what it refuses."""
    st.header(t("rule.title"), anchor=False)
    said = Markup().join(
        Markup('<li value="{}">{}</li>').format(rule.number, t(f"rule.{rule.number}")) for rule in RULES
    )
    show(Markup('<ol class="f2f-lines f2f-rules">{}</ol>').format(said))


import_style()
st.title(t("page.indicators"))
st.caption(t("indicators.lead"))
names = ("list", "import", "paste_tab", "hand", "breaks", "rules")
listed, imported, table, figure, broken, rules = st.tabs([t(f"indicators.{name}") for name in names])
with imported:
    file_panel()
with table:
    paste_panel()
with figure:
    hand_panel()
with broken:
    breaks_panel()
with rules:
    rules_panel()
with listed, st.container(key="list-indicators", gap=None):
    known, newest = store().read(lambda con: (indicators.indicators(con), indicators.latest(con)))
    for indicator in known:
        indicator_row(indicator, newest.get(indicator.code))
