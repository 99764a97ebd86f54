"""Every indicator in small, what is released next; then one in full: its charts with their numbers, its revisions and
its definition."""

import streamlit as st

from db.indicators import indicators
from insight.economy.tables import revisions
from pages.citing.button import citing
from pages.economy.figure_download import figure_download
from pages.economy.overview import due_list, every_indicator, two_periods
from pages.economy.parts import chosen_indicator, chosen_years, definition, revision_table, shown_indicators
from pages.figures import live_economy
from pages.shared.charts import draw_chart
from pages.shared.export_links import export_links
from pages.shared.here import actor, kept, t
from pages.shared.leader_page import leader_style, section
from pages.shared.rows import row_style

actor().must("see_dashboard")
leader_style()
row_style()
st.title(t("page.economy"))
view, found = shown_indicators()
if not found:
    st.info(t("economy.empty"))
    st.stop()
every_indicator(view)
due_list(list(found.values()), view)
two_periods(list(found.values()), view)
with st.container(horizontal=True, vertical_alignment="bottom", key="economy-choice"):
    indicator = chosen_indicator(found)
    years = chosen_years()

drawn = live_economy.economy_of(view, indicator.code, years)
draw_chart(drawn.large, f"economy-{indicator.code}")
with st.container(horizontal=True, key="economy-take"):
    figure_download(f"chart-economy-{indicator.code}", indicator.code)
    export_links("economy", {"i": indicator.code})
citing("economy", indicator.code, view.as_of)
for name, chart in (("years", drawn.years), ("months", drawn.months)):
    if chart is not None:
        draw_chart(chart, f"{name}-{indicator.code}")
section(t("economy.revisions"))
stored = kept(indicators.stored, (indicator.code,))
revision_table(indicator, revisions(indicator, stored, view.language))
section(t("economy.definition"))
definition(indicator)
