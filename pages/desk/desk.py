"""The desk: one list of cases, its filters in the address, a drawer for the case that one opens."""

import streamlit as st

from db import clock
from db.cases import cases
from pages.desk.columns import columns_of
from pages.desk.drawer import drawer
from pages.desk.filters import desk_filters, desk_order, desk_quick
from pages.desk.memory import say_done
from pages.desk.row import case_rows, nothing_found, rows_written
from pages.desk.views import own_towns, views_bar
from pages.many.choosing import begin, choosing, choosing_bar
from pages.many.done import done_part
from pages.many.form import many_bar
from pages.shared import filters
from pages.shared.export_links import export_links
from pages.shared.filter_address import filters_from, place_from, view_from
from pages.shared.here import actor, kept, lang, now, t
from pages.shared.names import names
from pages.shared.paging import PAGE, pages_by_key, say_found
from pages.shared.stand_in import stands_for_line
from pages.shared.style import style

style("desk/desk")
who, today = actor(), clock.day_of(now())
scope, asked, place = who.scope, filters_from(st.query_params, today, who), place_from(st.query_params)
order, _ = view_from(st.query_params)
found = kept(cases.find, scope, asked, sort=order, place=place, size=PAGE)
counts = kept(cases.counts, scope, asked)
called, opened = names(), st.query_params.get("case")

st.title(t("desk.title"))
say_done()
stands_for_line()
views_bar()
own_towns()
desk_filters(counts, called)
with st.container(key="desk-bar", horizontal=True, vertical_alignment="center"):
    st.text(words := t("desk.found", n=found.total), width="content")
    say_found(words)
    desk_quick(counts)
    if filters.chosen():
        st.button(t("desk.clear"), on_click=filters.clear, type="tertiary", icon=":material/close:", key="desk-clear")
    if choosing():
        choosing_bar(found, asked)
    elif found.rows:
        st.button(t("desk.many.begin"), on_click=begin, type="tertiary", icon=":material/check_box:", key="many-begin")
    if found.rows and not opened and not choosing():
        first = found.rows[0].id
        st.button(
            t("desk.walk"), on_click=filters.put, args=("case", first), shortcut="j", type="tertiary", key="desk-walk"
        )
    desk_order()
    if found.rows and not choosing():
        export_links("cases", filters.chosen() | {"sort": order})

done_part()
if choosing():
    many_bar(found.total)
with st.container(key="desk-list", gap=None):
    if found.rows:
        case_rows(found.rows, kept(rows_written, scope, asked, order, place, columns_of(st.query_params), lang()))
    else:
        nothing_found(filtered=bool(filters.chosen()))
pages_by_key(found, order, PAGE)

if opened:
    drawer(opened, [case.id for case in found.rows], called)
