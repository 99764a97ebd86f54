"""What a district begins with: its bodies and towns, and its people's accounts, from files."""

import streamlit as st

from intake.history.importing import LEDGERS
from pages.imports.first_links import first_links
from pages.imports.ledger_panel import ledger_panel
from pages.imports.preview import import_style
from pages.shared.here import t

LISTS = [name for name, one in LEDGERS.items() if one.permission in ("edit_account", "edit_reference")]

import_style()
st.title(t("page.beginning"))
st.caption(t("beginning.lead"))
for tab, name in zip(st.tabs([t(f"beginning.{name}") for name in LISTS]), LISTS, strict=True):
    with tab:
        ledger_panel(name)
        if name == "accounts":
            first_links()
