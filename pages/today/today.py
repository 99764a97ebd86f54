"""The day's list: what is due today and by whom, what is late, what waits for an enterprise."""

import streamlit as st

from casework.cases.supervision import KINDS, work_of_the_day
from db import clock
from db.cases import cases
from pages.desk.drawer import drawer
from pages.desk.follow_up import record
from pages.shared.filter_address import holder_from, view_from
from pages.shared.here import actor, now, store, t
from pages.shared.names import names
from pages.shared.paging import PAGE, pages
from pages.shared.stand_in import stands_for_line
from pages.shared.style import style
from pages.today.doubts import doubtful, doubts
from pages.today.head import headline, kinds_bar, nothing_due, of_place, overdue_cases, place_filters
from pages.today.list import section
from pages.today.own import own_standing
from pages.today.share import share_button

SHOWN = 5

style("desk/desk", "today/supervision")
me, today, called = actor(), clock.day_of(now()), names()
what = st.query_params.get("what", "")
single = what in (*KINDS, "doubt")
asked = [kind for kind in KINDS if kind == what] or ([] if what == "doubt" else list(KINDS))
size = PAGE if single else SHOWN
page = view_from(st.query_params)[1] if single else 1
start = size * (page - 1)
looked_at = {name: st.query_params.get(name, "") for name in ("sector", "town")}
looked_at["holder"] = holder_from(st.query_params, me)
work = work_of_the_day(store(), actor=me, today=today, kinds=asked, page=page, size=size, **looked_at)
listed = of_place(doubtful(me), lambda one: one.answer) if me.may("triage_case") else []

st.title(t("today.title"), anchor=False)
stands_for_line()
headline(work, overdue_cases(me, today))
with st.container(border=True, key="card-today-filters"):
    place_filters(work, called)
    kinds_bar(work, len(listed))
    share_button(work)

ids = list(dict.fromkeys(duty.standing.id for duty in work.duties))
drawn = store().read(lambda con: cases.these(con, me.scope, ids))
for kind in asked:
    section(kind, [duty for duty in work.duties if duty.kind == kind], work.of_kind(kind), drawn, called, today)
if not work.tallies and what != "doubt":
    nothing_due(me, narrowed=bool(work.towns))
if what in ("", "doubt"):
    doubts(listed[start:][:size] or listed[:size], len(listed), called)
if single:
    pages(len(listed) if what == "doubt" else work.of_kind(what), PAGE)
own_standing(me, today)

opened = st.query_params.get("case")
if not record(called) and opened:
    drawer(opened, ids, called)
