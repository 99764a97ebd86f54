"""Every figure on a day of one's choice: its value, its definition, and the rows behind it."""

import streamlit as st

from db.figures.figures import EVERYTHING
from db.scope import ALL
from insight.cases.figures import BESIDE, HEADLINES, LATELY, LOOP, measures
from insight.cases.rows import rows_behind
from pages.figures import live_board, live_view
from pages.figures.drawer import explain
from pages.figures.figure_list import figure_list
from pages.figures.filters import as_of_filter, asked_filters
from pages.figures.live_foot import keep_live
from pages.shared.here import actor, store, t
from pages.shared.leader_page import leader_style, section

viewer = actor()
viewer.must("see_figures")
head, today = live_view.chain_head(), live_view.today()
_, as_of = asked_filters(st.query_params, today)
view = live_view.view_of(head, ALL, EVERYTHING, as_of)
facts = live_board.facts(head, ALL, EVERYTHING, as_of)  # aggregates are for everybody here; rows are not
found = measures(facts)

leader_style()
st.title(t("figures.title"))
st.markdown(t("figures.lead"))
as_of_filter(today)
code = figure_list(found, (*HEADLINES, *LOOP, *LATELY))
asked = {"scope": viewer.scope, "facts": facts, "code": code, "total": found[code].n}
rows = store().look(lambda con: rows_behind(con, brush=live_board.brush(view), **asked), head)
with st.container(border=True, key="figure-rows-card"):
    section(t(f"figure.{code}.name"))
    explain(found[code], [found[c] for c in BESIDE.get(code, ())], rows, view)
keep_live(view, live=as_of == today)
