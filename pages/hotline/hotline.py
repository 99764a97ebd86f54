"""To and from the hotline 12345: its orders, what is handed over to it, what came of both."""

import streamlit as st

from pages.hotline.handed import handed
from pages.hotline.orders import orders_here
from pages.hotline.results import results
from pages.imports.ledger_panel import ledger_panel
from pages.imports.preview import import_style
from pages.shared.here import t
from pages.shared.style import style

import_style()
style("hotline/hotline")
st.title(t("page.hotline"))
st.caption(t("hotline.lead"))
came, went, back = st.tabs([t("hotline.from"), t("hotline.to"), t("hotline.results")])
with came:
    st.caption(t("hotline.from_lead"))
    ledger_panel("12345")
    orders_here()
with went:
    handed()
with back:
    results()
