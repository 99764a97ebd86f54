"""Briefings: any period, by department, town and leader, with warnings; as Word and as Excel."""

from datetime import timedelta

import streamlit as st

from casework.briefings import GROUPS, INSTRUCTED, OBJECTIONS, briefing
from db import clock
from pages.briefings.tables import briefing_bodies, briefing_style, briefing_table, briefing_warnings
from pages.shared.asking import attempt
from pages.shared.choices import pick_day
from pages.shared.here import actor, lang, now, store, t
from pages.shared.links import here_link
from pages.shared.rows import empty

briefing_style()
today = clock.day_of(now())
last_month = today.replace(day=1) - timedelta(days=1)

st.title(t("page.briefings"))
st.caption(t("briefing.lead"))
with st.container(horizontal=True, vertical_alignment="bottom", key="briefing-period"):
    since = pick_day(t("briefing.since"), value=last_month.replace(day=1), key="since")
    until = pick_day(t("briefing.until"), value=today, key="until")
    here_link(t("briefing.word"), f"/briefings/{since}/{until}.docx")
    here_link(t("briefing.excel"), f"/briefings/{since}/{until}.xlsx")

found = attempt(lambda: briefing(store(), actor=actor(), since=since, until=until, language=lang(), at=now()))
if found:
    for group in GROUPS:
        with st.container(border=True, key=f"card-briefing-{group}"):
            st.header(t(f"briefing.by_{group}"))
            if found.groups[group]:
                briefing_table(group, found.groups[group], found.total)
            else:
                empty(t("briefing.nothing"), t("briefing.nothing_hint"))
    of_bodies = (("instructed", INSTRUCTED, found.instructed), ("objections", OBJECTIONS, found.objections))
    for what, parts, lines in of_bodies:
        with st.container(border=True, key=f"card-briefing-{what}"):
            st.header(t(f"briefing.{what}"))
            st.caption(t(f"briefing.{what}_lead"))
            briefing_bodies(what, parts, lines)
    with st.container(border=True, key="card-briefing-warnings"):
        st.header(t("briefing.warnings"))
        st.caption(t("briefing.rules"))
        briefing_warnings(found)
    st.caption(t("briefing.terms"))
