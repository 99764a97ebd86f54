"""What meetings decided about a case: below its plan, and a line each in its drawer."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db import clock
from db.cases.cases import Case
from db.plans import meetings
from db.plans.meetings import Decision, Meeting
from pages.plans.row import due_words, state_of
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names


def title_of(meeting: Meeting) -> str:
    kind = t(f"meeting.kind.{meeting.kind}")
    return t("meeting.number", kind=kind, year=meeting.year, number=meeting.number)


def met_about(case: Case, called: Names) -> None:
    """The meetings about the case, each with what it decided about it."""
    scope = actor().scope
    found = store().read(lambda con: meetings.of_case(con, scope, case.id))
    decided = store().read(lambda con: meetings.decisions(con, scope, case_id=case.id))
    with st.container(key="card-met", border=True):
        st.header(t("plan.met"))
        if not found:
            st.caption(t("plan.met_none"))
        for meeting in found:
            _meeting(meeting, [one for one in decided if one.meeting_id == meeting.id], called)


def _meeting(meeting: Meeting, decided: Sequence[Decision], called: Names) -> None:
    with st.container(key=f"row-met-{meeting.id}", gap=None):
        label = i18n.DOT.join((i18n.day(meeting.held_on, lang()), title_of(meeting)))
        st.page_link("meetings/meetings.py", label=label, query_params={"meeting": meeting.id})
        show(Markup().join(decision_line(one, called) for one in decided))


def decision_line(one: Decision, called: Names) -> Markup:
    today = clock.day_of(now())
    when = due_words(one.due_on, today) if one.state == "open" else state_of(one.state, "step.state")
    return Markup('<div class="f2f-decision"><div>{}</div><div class="f2f-quiet">{}　{}</div></div>').format(
        one.words, called.who(one.body_code), when
    )
