"""The dialogs of a meeting's decisions: write one down, say what became of it."""

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.meetings import meetings as verbs
from casework.meetings.meetings import DecisionForm
from casework.plans import owned
from db import clock
from db.cases import cases
from db.plans.meetings import Decision, Meeting, MetAbout
from pages.plans.owner import owner
from pages.plans.step_forms import whole
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import choose, pick_day
from pages.shared.here import actor, now, store, t
from pages.shared.plain import plain


def ask_for_decision(meeting: Meeting, about: Sequence[MetAbout]) -> None:
    ask(t("meeting.decide"), partial(_decide, meeting, about, str(uuid4())), width="medium")


def ask_to_settle(meeting: Meeting, one: Decision, how: str) -> None:
    """`how` is done or drop."""
    ask(t(f"meeting.do.{how}"), partial(_settle, meeting, one, how))


def _decide(meeting: Meeting, about: Sequence[MetAbout], decision_id: str) -> None:
    offered, scope = {case.id: f"{case.number} {case.title}" for case in about}, actor().scope
    only = about[0].id if len(about) == 1 else None
    case_id = choose(t("meeting.decided_about"), offered, key="decision-case", value=only) or ""
    case = store().read(lambda con: cases.get(con, scope, case_id))
    said = st.text_area(t("meeting.decided_words"), key="decision-words", max_chars=owned.LONGEST, height=100) or ""
    body = owner(t("plan.step_body"), case, key="decision-body", value=case.lead_body if case else None)
    due = pick_day(t("plan.step_due"), None, min_value=meeting.held_on, key="decision-due")
    known = {"meeting_id": meeting.id, "decision_id": decision_id, "seen": meeting.seq, "at": now()}
    if st.button(t("plan.save"), type="primary", key="decision-save") and attempt(
        lambda: verbs.decide(
            store(), actor=actor(), form=DecisionForm(case_id, said, body or "", whole(due, "decision_day")), **known
        )
    ):
        saved()


def _settle(meeting: Meeting, one: Decision, how: str) -> None:
    plain(one.words)
    today = clock.day_of(now())
    on = today
    if how == "done":
        on = pick_day(t("plan.done_day"), today, max_value=today, key="decision-done-on")
    label = t("plan.outcome" if how == "done" else "plan.drop_why")
    said = st.text_area(label, key="decision-outcome", max_chars=owned.LONGEST, height=100) or ""
    known = {"meeting_id": meeting.id, "decision_id": one.id, "how": how, "seen": meeting.seq, "at": now()}
    if st.button(t("plan.save"), type="primary", key="decision-save") and attempt(
        lambda: verbs.settle_decision(store(), actor=actor(), done_on=whole(on, "done_day"), outcome=said, **known)
    ):
        saved()
