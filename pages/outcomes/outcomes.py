"""What became of the cases and forums: every headline, what needs a decision, how cases are handled."""

import streamlit as st

from insight.cases.sentence import sentence
from pages.figures import live_board, live_charts, live_view
from pages.figures.card import figure_cards
from pages.figures.drawer import open_drawer
from pages.figures.filters import asked_filters, leader_filters
from pages.figures.live_foot import keep_live
from pages.outcomes.queues import decisions
from pages.outcomes.tiles import town_tiles
from pages.shared.charts import draw_chart
from pages.shared.here import actor, lang, t
from pages.shared.leader_page import finding_sentence, leader_style, section

viewer = actor()
viewer.must("see_dashboard")
head, today = live_view.chain_head(), live_view.today()
filters, as_of = asked_filters(st.query_params, today)
view = live_view.view_of(head, viewer.scope, filters, as_of)
board = live_board.board(head, viewer.scope, filters, as_of)
named = live_board.names(head, lang())
drawn = live_charts.case_charts_of(view) | {"mood": live_charts.mood_chart_of(view)}

leader_style()
with st.container(horizontal=True, vertical_alignment="bottom", key="f2f-leader-head"):
    st.title(t("outcomes.title"))
    leader_filters(named, live_board.sectors(head), today)
finding_sentence(sentence(board, named, lang()))
figure_cards(view)

section(t("dashboard.decide"))
decisions(board, named)

section(t("dashboard.cases"))
with st.grid(3, min_column_width=330, gap="small", key="f2f-charts"):
    for key in ("flow", "handling", "forums", "categories", "sectors", "slowest", "mood", "states"):
        draw_chart(drawn[key], key)
    town_tiles(view)

keep_live(view, live=as_of == today)
open_drawer(view)
