"""One town or sector: indicators, issues, satisfaction, forums, policies together; beside another; among all."""

import streamlit as st

from db.figures.figures import EVERYTHING
from pages.figures import live_board, live_view
from pages.figures.drawer import open_drawer
from pages.figures.filters import as_of_filter, asked_filters
from pages.figures.live_foot import keep_live
from pages.glance.cards import glance_style
from pages.places.choice import chosen_places
from pages.places.parts import draw_place
from pages.places.ranks import draw_ranks
from pages.shared.here import actor, lang, t
from pages.shared.leader_page import leader_style, section

viewer = actor()
viewer.must("see_dashboard")
head, today = live_view.chain_head(), live_view.today()
_, as_of = asked_filters(st.query_params, today)

leader_style()
glance_style()
st.title(t("page.place"))
with st.container(horizontal=True, vertical_alignment="bottom", key="f2f-place-choice"):
    kind, places = chosen_places(live_board.names(head, lang()), live_board.sectors(head))
    as_of_filter(today)

views = [live_view.view_of(head, viewer.scope, place, as_of) for place in places]
for column, view in zip(st.columns(len(views), gap="small"), views, strict=True):
    with column:
        draw_place(view, kind, openable=view is views[0])

section(t("place.among"))
whole = live_view.view_of(head, viewer.scope, EVERYTHING, as_of)
draw_ranks(whole, kind, {getattr(place, kind) for place in places})
keep_live(whole, live=as_of == today)
open_drawer(views[0])
