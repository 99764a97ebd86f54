"""Coordination meetings and small meetings by month, with the year's counts; or one of them with its decisions."""

import streamlit as st

from casework.meetings.meetings import KINDS
from db import clock
from db.plans import meetings
from pages.meetings.detail import meeting_detail
from pages.meetings.forms import ask_to_record
from pages.meetings.row import by_month, year_counts
from pages.plans.row import plan_style
from pages.plans.whose import whose
from pages.shared import filters
from pages.shared.export_links import export_links
from pages.shared.here import actor, now, store, t
from pages.shared.paging import part_of
from pages.shared.rows import empty

me, today = actor(), clock.day_of(now())
me.must("see_plans")
plan_style()
chosen = st.query_params.get("meeting")
if chosen:
    meeting_detail(chosen)
    st.stop()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.meetings"))
    if me.may("edit_plan") and st.button(t("meeting.record"), type="primary", icon=":material/add:", key="meeting-add"):
        ask_to_record()
st.caption(t("meeting.lead"))
years = store().read(lambda con: meetings.years(con, me.scope))
asked = st.query_params.get("year", "")
year = int(asked) if asked in {str(one.year) for one in years} else today.year
found = store().read(lambda con: meetings.find(con, me.scope, year=year, leader_id=me.id, today=today))
year_counts(found, year)

own = whose(sum(line.led for line in found), len(found)) == "mine"
of_year = [line for line in found if line.led or not own]
kind = st.query_params.get("kind", "")
shown = [line for line in of_year if kind in ("", line.meeting.kind)]
with st.container(horizontal=True, key="meeting-filters", vertical_alignment="bottom"):
    sums = {str(one.year): one.coordination + one.small for one in years}
    words = {code: t("policy.in_year", year=code) for code in sums}
    filters.choice("year", t("meeting.year"), t("policy.in_year", year=today.year), words, sums)
    kinds = {code: t(f"meeting.kind.{code}") for code in KINDS}
    counts = {code: sum(line.meeting.kind == code for line in of_year) for code in kinds}
    filters.choice("kind", t("meeting.kind_label"), t("meeting.every_kind"), kinds, counts)
    kept = {name: st.query_params[name] for name in ("year", "kind", "whose") if st.query_params.get(name)}
    export_links("meetings", kept)
by_month(part_of(shown), shown, today)
if not shown:
    empty(t("meeting.none"), t("meeting.none_hint"))
