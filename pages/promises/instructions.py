"""Leaders' written instructions across cases: what waits, for how long, what was answered."""

import streamlit as st

from casework.cases.instructing import instructions_given
from db import clock
from pages.desk.drawer import drawer
from pages.plans.row import plan_style
from pages.promises.instruction_rows import asked_of, instruction_filters, instruction_row
from pages.shared.filter_address import view_from
from pages.shared.here import actor, now, store, t
from pages.shared.names import names
from pages.shared.paging import PAGE, pages
from pages.shared.rows import records
from pages.shared.style import style

style("desk/desk")
plan_style()
me, today, called = actor(), clock.day_of(now()), names()

st.title(t("page.instructions"))
st.caption(t("instruction.lead"))
page = view_from(st.query_params)[1]
found = instructions_given(store(), actor=me, today=today, size=PAGE, page=page, **asked_of(me))
instruction_filters(me, found.counts)
records("instructions", found.lines, lambda one: instruction_row(one, called, today),
        t("instruction.none"), t("instruction.none_hint"))  # fmt: skip
pages(found.total, PAGE)

opened = st.query_params.get("case")
if opened:
    drawer(opened, list(dict.fromkeys(one.case_id for one in found.lines)), called)
