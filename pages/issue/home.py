"""Where an enterprise lands: answer the open survey, raise a problem, see what its cases are waiting for."""

import streamlit as st

from casework.conduct import visits_here
from db import clock, guidance
from db.people import enterprises
from db.states import OVER
from intake.survey import answering as survey
from pages.issue.own_cases import own_cases
from pages.issue.timeline import case_line, empty
from pages.shared import choices
from pages.shared.asking import by
from pages.shared.here import actor, kept, lang, now, store, t
from pages.shared.links import here_link
from pages.shared.plain import letters
from pages.shared.site_links import site_link
from pages.shared.style import style
from pages.survey.invitation import survey_invitation

SHOWN = 3

me = actor()
today = clock.day_of(now())
firm = store().read(lambda con: enterprises.get(con, me.scope, me.enterprise_id or ""))
offer = survey.offered(store(), actor=me, at=now()) if me.may("answer_survey") and firm and firm.active else None
found = own_cases(me, today)
visits = visits_here(store(), **by()) if me.may("judge_officer") else []
running = [case for case in found if case.state not in OVER]

style("issue/issue", "survey/survey")
with st.container(key="f2f-home"):
    st.title(letters(firm.say(lang())) if firm else t("page.home"), anchor=False)
    if offer:
        survey_invitation(offer, me)
    if me.may("raise_issue"):
        with st.container(key="card-raise", border=True):
            st.header(t("home.raise"), anchor=False)
            st.markdown(t("home.raise_lead"))
            site_link("raise", t("survey.raise"), first=offer is None or offer.receipt is not None)
            if kept(guidance.published):
                here_link(t("guidance.help.all"), "/guidance")
    if unsaid := sum(one.visit.felt is None for one in visits):
        site_link("visits", t("visit.theirs.waiting", n=unsaid), icon=":material/handshake:")
    elif me.may("judge_officer"):
        site_link("visits", t("visit.theirs.title"), icon=":material/handshake:")
    st.header(t("home.cases"), anchor=False)
    if not found:
        empty(t("mine.empty"), t("mine.empty_hint"))
    else:
        bodies = choices.names("body")
        for case in running[:SHOWN]:
            case_line(case, bodies, today)
        if not running:
            st.markdown(t("home.nothing_open"))
        site_link("my_cases", t("home.all_cases", n=len(found)))
