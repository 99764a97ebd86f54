"""One indicator in full: its chart with the numbers under it, its months, its revisions and its definition."""

import streamlit as st

from db.indicators import indicators
from insight.economy.tables import revisions
from pages.economy.figure_download import figure_download
from pages.economy.parts import chosen_indicator, definition, number_table, revision_table, shown_indicators
from pages.figures import live_charts
from pages.shared.charts import draw_chart
from pages.shared.export_links import export_links
from pages.shared.here import actor, kept, t
from pages.shared.leader_page import leader_style, section
from pages.shared.rows import row_style

actor().must("see_dashboard")
leader_style()
row_style()
st.title(t("page.economy"))
st.caption(t("economy.lead"))
view, found = shown_indicators()
if not found:
    st.info(t("economy.empty"))
    st.stop()
indicator = chosen_indicator(found)

large, months, table = live_charts.economy_of(view, indicator.code)
draw_chart(large, f"economy-{indicator.code}")
with st.container(horizontal=True, key="economy-take"):
    figure_download(f"chart-economy-{indicator.code}", indicator.code)
    export_links("economy", {"i": indicator.code})
number_table(t("economy.numbers"), table)
if months is not None:
    draw_chart(months, f"months-{indicator.code}")
section(t("economy.revisions"))
stored = kept(indicators.stored, (indicator.code,))
revision_table(indicator, revisions(indicator, stored, view.language))
section(t("economy.definition"))
definition(indicator)
