"""One indicator in full: its chart with the numbers under it, its months, its revisions and its definition."""

import streamlit as st

from db.indicators import indicators
from insight.economy.tables import monthly, numbers, revisions
from pages.economy.figure_download import figure_download
from pages.economy.parts import chosen_indicator, definition, drawn, number_table, revision_table, shown_indicators
from pages.shared.export_links import export_links
from pages.shared.here import actor, store, t
from pages.shared.leader_page import leader_style, section
from pages.shared.rows import row_style

actor().must("see_dashboard")
leader_style()
row_style()
st.title(t("page.economy"))
st.caption(t("economy.lead"))
brush, found = shown_indicators()
if not found:
    st.info(t("economy.empty"))
    st.stop()
indicator = chosen_indicator(found)

drawn(indicator, brush)
with st.container(horizontal=True, key="economy-take"):
    figure_download(f"chart-economy-{indicator.code}", indicator.code)
    export_links("economy", {"i": indicator.code})
number_table(t("economy.numbers"), numbers(indicator, brush))
if (months := monthly(indicator, brush)) is not None:
    drawn(indicator, brush, chart=months, key="months")
section(t("economy.revisions"))
stored = store().read(lambda con: indicators.stored(con, [indicator.code]))
revision_table(indicator, revisions(indicator, stored, brush.language))
section(t("economy.definition"))
definition(indicator)
