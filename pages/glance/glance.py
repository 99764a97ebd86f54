"""The glance: the cases, the forums, the economy and the mood as pictures, and what is stuck; each opens."""

import streamlit as st

from casework.documents.print_fonts import can_print
from db.figures.figures import EVERYTHING
from pages.figures import live_charts, live_view
from pages.figures.filters import as_of_filter, asked_filters
from pages.figures.live_foot import keep_live
from pages.glance.cards import glance_cards, glance_style
from pages.glance.drawers import open_drawer
from pages.shared.here import actor, t
from pages.shared.leader_page import leader_style
from pages.shared.links import here_link
from pages.shared.look import room
from pages.shared.markup import Markup, show
from pages.shared.style import style

viewer = actor()
viewer.must("see_dashboard")
if st.query_params.get("wall"):
    st.switch_page("glance/screen.py")
today = live_view.today()
_, as_of = asked_filters(st.query_params, today)
view = live_view.view_of(live_view.chain_head(), viewer.scope, EVERYTHING, as_of)
found = live_charts.glance(view, "desk" if room() == "desk" else "phone")

leader_style()
glance_style()
style("glance/board")
with st.container(horizontal=True, vertical_alignment="center", key="f2f-glance-head"):
    st.title(t("dashboard.title"))
    if can_print():
        here_link(t("leaf.print"), f"/leaf.pdf?as_of={as_of.isoformat()}")
    as_of_filter(today)
glance_cards(found, view)
with st.container(horizontal=True, key="f2f-glance-foot"):
    show(Markup('<p class="f2f-source">{}</p>').format(t("glance.source")))
    keep_live(view, live=as_of == today)
open_drawer(view, found)
