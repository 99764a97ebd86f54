"""The promise ledger across cases: what was promised first, what was moved and by whom, what was kept."""

import streamlit as st

from casework.cases.promise_ledger import promise_ledger, promise_tallies
from db import clock
from pages.desk.drawer import drawer
from pages.plans.row import plan_style
from pages.promises.rows import promise_filters, promise_row, promise_sum
from pages.shared.here import actor, now, store, t
from pages.shared.names import names
from pages.shared.paging import PAGE, page_of
from pages.shared.rows import records
from pages.shared.style import style

style("desk/desk")
plan_style()
today, called = clock.day_of(now()), names()
tallies = promise_tallies(store(), actor=actor(), today=today)

st.title(t("page.promises"))
st.caption(t("promise.lead_words"))
promise_sum(tallies)
asked, n = promise_filters(tallies, called)
page = page_of(n)["offset"] // PAGE + 1
drawn = promise_ledger(store(), actor=actor(), today=today, page=page, size=PAGE, **asked)
records("promises", drawn, lambda line: promise_row(line, called, today), t("promise.none"), t("promise.none_hint"))

opened = st.query_params.get("case")
if opened:
    drawer(opened, [line.case.id for line in drawn], called)
