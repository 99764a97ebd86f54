"""Economy indicators: what is stored, every vintage of it, and the import of what was published."""

import streamlit as st

from db import indicators
from intake.indicators import check_indicators, import_indicators
from intake.templates import indicators_template
from pages.parts.here import store, t
from pages.parts.import_preview import Import, import_panel, import_style
from pages.parts.indicator_lines import indicator_row, reading_cells

IMPORT = Import("indicators", check_indicators, import_indicators, indicators_template, "reading", reading_cells)

import_style()
st.title(t("page.indicators"))
st.caption(t("indicators.lead"))
listed, imported = st.tabs([t("indicators.list"), t("indicators.import")])
with imported:
    import_panel(IMPORT)
with listed, st.container(key="list-indicators", gap=None):
    known, newest = store().read(lambda con: (indicators.indicators(con), indicators.latest(con)))
    for indicator in known:
        indicator_row(indicator, newest.get(indicator.code))
