"""A service officer's own page: the enterprises in their care, who has been silent, what falls due."""

import streamlit as st

from db import clock
from db.people import care
from i18n import folding
from pages.care.cards import card, due, tiles
from pages.conduct.recording import own_visits
from pages.issue.timeline import empty
from pages.shared import choices
from pages.shared.deadlines import special_of
from pages.shared.here import actor, now, store, t
from pages.shared.style import style

DUE_SHOWN = 8

me = actor()
me.must("see_care")
today = clock.day_of(now())
found = store().read(lambda con: care.enterprises(con, me.scope))
promised = store().read(lambda con: care.promises(con, me.scope, limit=DUE_SHOWN))
sectors, towns, bodies = choices.names("sector"), choices.names("town"), choices.names("body")

style("issue/issue", "shared/rows", "conduct/conduct")
with st.container(horizontal=True, vertical_alignment="center"):
    st.title(t("care.title"), width="stretch", anchor=False)
    with st.container(key="report-any", width="content"):
        st.page_link("issue/report.py", label=t("care.report_any"), icon=":material/add_comment:")
if not found:
    empty(t("care.empty"), t("care.empty_hint"))
    st.stop()
tiles(found, today)
st.header(t("care.promises"), anchor=False)
with st.container(border=True, key="card-due"):
    special = special_of({promise.case_id: promise.due_on for promise in promised})
    for promise in promised:
        due(promise, bodies, today, special.get(promise.case_id, ""))
    if not promised:
        st.caption(t("care.no_promises"))

st.header(t("care.who"), anchor=False)
st.caption(t("care.longest_first"))
find = t("care.find")
words = st.text_input(find, key="care_find", max_chars=100, placeholder=find, label_visibility="collapsed")
shown = [one for one in found if folding.has(words, one.name_zh, one.name_en)]
if not shown:
    st.caption(t("care.none_found"))
with st.container(key="care-grid"):
    for one in shown:
        card(one, sectors, towns, today)
own_visits()
