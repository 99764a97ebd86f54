"""The dialogs of a meeting: record it, correct it; write a decision down, say what became of it."""

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.meetings import meetings as verbs
from casework.meetings.meetings import DecisionForm, MeetingForm
from db import clock
from db.cases import cases
from db.plans.meetings import Decision, Meeting, MetAbout
from pages.plans.forms import owner
from pages.shared.asking import ask, by, day_or_never, save
from pages.shared.choices import choose, choose_some, names, pick, pick_day
from pages.shared.filters import put
from pages.shared.here import actor, now, store, t
from pages.shared.numbers import numbers_in
from pages.shared.plain import plain

_NOTHING: dict = dict.fromkeys(("place", "chair", "topic", "people", "minutes"), "")


def ask_to_record() -> None:
    ask(t("meeting.record"), partial(_record, str(uuid4())), width="large")


def ask_to_correct(meeting: Meeting, came: Sequence[str], about: Sequence[MetAbout]) -> None:
    ask(t("meeting.correct"), partial(_correct, meeting, came, about), width="large")


def ask_for_decision(meeting: Meeting, about: Sequence[MetAbout]) -> None:
    ask(t("meeting.decide"), partial(_decide, meeting, about, str(uuid4())), width="medium")


def ask_to_settle(meeting: Meeting, one: Decision, how: str) -> None:
    """`how` is done or drop."""
    ask(t(f"meeting.do.{how}"), partial(_settle, meeting, one, how))


def _record(meeting_id: str) -> None:
    words = {code: t(f"meeting.kind.{code}") for code in verbs.KINDS}
    kind = pick(st.segmented_control, t("meeting.kind_label"), words, default="small", key="meeting-kind")
    form = _asked(kind or "", None, (), ())
    if st.button(t("plan.save"), type="primary", key="meeting-save"):
        save(lambda: verbs.hold_meeting(store(), meeting_id=meeting_id, form=form, **by()),
             then=lambda: put("meeting", meeting_id))  # fmt: skip


def _correct(meeting: Meeting, came: Sequence[str], about: Sequence[MetAbout]) -> None:
    form = _asked(meeting.kind, meeting, came, about)
    if st.button(t("plan.save"), type="primary", key="meeting-save"):
        save(lambda: verbs.change_meeting(store(), meeting_id=meeting.id, form=form, seen=meeting.seq, **by()))


def _asked(kind: str, meeting: Meeting | None, came: Sequence[str], about: Sequence[MetAbout]) -> MeetingForm:
    told, today = vars(meeting) if meeting else _NOTHING, clock.day_of(now())
    given: dict = {"kind": kind}
    with st.container(horizontal=True):
        day = pick_day(t("meeting.held_on"), meeting.held_on if meeting else today, max_value=today, key="met-on")
        for name in ("place", "chair"):
            given[name] = _line(name, told[name])
    given["topic"] = _line("topic", told["topic"])
    numbers = " ".join(case.number for case in about)
    typed = st.text_input(t("meeting.numbers"), numbers, key="met-cases", placeholder=t("policy.link_hint"))
    given["numbers"] = numbers_in(typed)
    given["bodies"] = tuple(choose_some(t("meeting.bodies"), names("body") | names("town"), came, key="met-bodies"))
    for name, height in (("people", 80), ("minutes", 180)):
        given[name] = st.text_area(t(f"meeting.{name}"), told[name], height=height, key=f"met-{name}")
    return MeetingForm(**given, held_on=day_or_never(day))


def _line(name: str, value: str) -> str:
    return st.text_input(t(f"meeting.{name}"), value, max_chars=verbs.LONGEST_LINE, key=f"met-{name}") or ""


def _decide(meeting: Meeting, about: Sequence[MetAbout], decision_id: str) -> None:
    offered, scope = {case.id: f"{case.number} {case.title}" for case in about}, actor().scope
    only = about[0].id if len(about) == 1 else None
    case_id = choose(t("meeting.decided_about"), offered, key="decision-case", value=only) or ""
    case = store().read(lambda con: cases.get(con, scope, case_id))
    said = st.text_area(t("meeting.decided_words"), key="decision-words", height=100)
    body = owner(t("plan.step_body"), case, key="decision-body", value=case.lead_body if case else None) or ""
    due = pick_day(t("plan.step_due"), None, min_value=meeting.held_on, key="decision-due")
    if st.button(t("plan.save"), type="primary", key="decision-save"):
        decide = partial(verbs.decide, store(), meeting_id=meeting.id, decision_id=decision_id, seen=meeting.seq)
        save(lambda: decide(form=DecisionForm(case_id, said, body, due), **by()))


def _settle(meeting: Meeting, one: Decision, how: str) -> None:
    plain(one.words)
    today = clock.day_of(now())
    on = today
    if how == "done":
        on = pick_day(t("plan.done_day"), today, max_value=today, key="decision-done-on")
    label = t("plan.outcome" if how == "done" else "plan.drop_why")
    said = st.text_area(label, key="decision-outcome", height=100)
    if st.button(t("plan.save"), type="primary", key="decision-save"):
        settle = partial(verbs.settle_decision, store(), meeting_id=meeting.id, decision_id=one.id, seen=meeting.seq)
        save(lambda: settle(how=how, done_on=day_or_never(on), outcome=said, **by()))
