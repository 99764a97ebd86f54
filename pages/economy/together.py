"""The economy beside what forums brought, on one axis of time."""

import streamlit as st

from db.figures.figures import EVERYTHING
from pages.economy.parts import chosen_indicator
from pages.figures import live_economy, live_others, live_view
from pages.figures.filters import as_of_filter, asked_filters
from pages.shared.charts import draw_chart
from pages.shared.here import actor, lang, t
from pages.shared.leader_page import leader_style, section

viewer = actor()
viewer.must("see_dashboard")
head, today = live_view.chain_head(), live_view.today()
_, as_of = asked_filters(st.query_params, today)
view = live_view.view_of(head, viewer.scope, EVERYTHING, as_of)

leader_style()
st.title(t("together.title"))
st.markdown(t("together.lead"))
found = {one.code: one for one in live_others.economy_of(as_of)}
with st.container(horizontal=True, vertical_alignment="bottom", key="f2f-place-choice"):
    indicator = chosen_indicator(found) if found else None
    as_of_filter(today)
if indicator is not None:
    section(found[indicator.code].say(lang()))
    draw_chart(live_economy.together_of(view, indicator.code), "together")
st.page_link("economy/economy.py", label=t("together.all"), icon=":material/arrow_forward:")
