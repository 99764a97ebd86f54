"""Old ledgers: cases, forums, attendance and policies of before this system, from files."""

import streamlit as st

from intake.history.importing import LEDGERS
from pages.imports.ledger_panel import ledger_panel
from pages.imports.preview import import_style
from pages.shared.here import t

OLD = [name for name, one in LEDGERS.items() if one.permission == "import_data"]

import_style()
st.title(t("page.ledgers"))
st.caption(t("ledgers.lead"))
st.caption(t("ledgers.first"))
for tab, name in zip(st.tabs([t(f"ledgers.{name}") for name in OLD]), OLD, strict=True):
    with tab:
        ledger_panel(name)
