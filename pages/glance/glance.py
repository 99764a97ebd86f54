"""The glance: how the economy is, how enterprises feel, what is stuck, what the last forum brought, what comes next."""

import streamlit as st

from db.figures.figures import EVERYTHING
from pages.figures import live_board, live_charts
from pages.figures.drawer import open_drawer
from pages.figures.filters import as_of_filter, asked_filters
from pages.figures.live_board import View
from pages.figures.live_foot import keep_live
from pages.glance.cards import glance_cards, glance_style
from pages.glance.rows import open_row
from pages.shared.here import actor, lang, t
from pages.shared.leader_page import leader_style
from pages.shared.links import here_link
from pages.shared.look import is_dark

viewer = actor()
viewer.must("see_dashboard")
if st.query_params.get("wall"):
    st.switch_page("glance/screen.py")
head, today = live_board.chain_head(), live_board.today()
_, as_of = asked_filters(st.query_params, today)
view = View(head, viewer.scope, EVERYTHING, as_of, lang(), is_dark())
board = live_board.board(head, viewer.scope, EVERYTHING, as_of)

leader_style()
glance_style()
with st.container(horizontal=True, vertical_alignment="center", key="f2f-glance-head"):
    st.title(t("dashboard.title"))
    here_link(t("leaf.print"), f"/leaf.pdf?as_of={as_of.isoformat()}")
    as_of_filter(today)
glance_cards(live_charts.glance(view), board)
keep_live(view, live=as_of == today)
open_drawer(view)
open_row(view)
