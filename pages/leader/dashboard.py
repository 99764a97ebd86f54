"""The leader's page: what changed, the figures, what needs a decision, how cases are handled, the economy."""

import streamlit as st

from insight.figures import BESIDE
from insight.rows import rows_behind
from insight.sentence import sentence
from pages.parts import live_board
from pages.parts.charts import draw_chart
from pages.parts.figure_card import OPEN, close_drawer, explain, figure_cards
from pages.parts.here import actor, lang, store, t
from pages.parts.leader_economy import economy_grid
from pages.parts.leader_filters import asked_filters, leader_filters
from pages.parts.leader_page import finding_sentence, leader_style, section
from pages.parts.leader_queues import decisions
from pages.parts.leader_tiles import town_tiles
from pages.parts.live_board import View
from pages.parts.look import is_dark

viewer = actor()
viewer.must("see_dashboard")
head, today = live_board.chain_head(), live_board.today()
filters, as_of = asked_filters(st.query_params, today)
view = View(head, viewer.scope, filters, as_of, lang(), is_dark())
board = live_board.board(head, viewer.scope, filters, as_of)
named = live_board.names(head, lang())
drawn = live_board.case_charts_of(view) | {"mood": live_board.mood_chart_of(view)}

leader_style()
with st.container(horizontal=True, vertical_alignment="bottom", key="f2f-leader-head"):
    st.title(t("dashboard.title"))
    leader_filters(named, live_board.sectors(head), today)
finding_sentence(sentence(board, named, lang()))
figure_cards(board)

section(t("dashboard.decide"))
decisions(board, named)

section(t("dashboard.cases"))
with st.grid(3, min_column_width=330, gap="small", key="f2f-charts"):
    for key in ("flow", "handling", "forums", "categories", "sectors", "slowest", "mood", "states"):
        draw_chart(drawn[key], key)
    town_tiles(board)

section(t("dashboard.economy"))
economy_grid(live_board.economy_charts_of(view))

live_board.keep_live(view, live=as_of == today)


def drawer(code: str) -> None:
    """Follows the page: when the records move, so does what is open."""
    measure = board.measures[code]
    asked = {"scope": viewer.scope, "facts": board.facts, "code": code, "total": measure.n}
    rows = store().read(lambda con: rows_behind(con, brush=live_board.brush(view), **asked))
    beside = [board.measures[other] for other in BESIDE.get(code, ())]
    explain(measure, beside, rows, filtered=bool(filters.sector or filters.town))


if (code := st.session_state.get(OPEN)) in board.measures:
    title = t(f"figure.{code}.name")
    st.dialog(title, width="medium", position="right", on_dismiss=close_drawer)(drawer)(code)
