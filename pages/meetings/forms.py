"""The dialogs of a meeting: record it, correct it."""

import re
from collections.abc import Sequence
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.meetings import meetings as verbs
from casework.meetings.meetings import MeetingForm
from db import clock
from db.plans.meetings import Meeting, MetAbout
from pages.meetings.row import open_meeting_page
from pages.plans.step_forms import whole
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import names, pick_day
from pages.shared.here import actor, now, store, t

_NOTHING: dict = dict.fromkeys(("place", "chair", "topic", "people", "minutes"), "")


def ask_to_record() -> None:
    ask(t("meeting.record"), partial(_record, str(uuid4())), width="large")


def ask_to_correct(meeting: Meeting, came: Sequence[str], about: Sequence[MetAbout]) -> None:
    ask(t("meeting.correct"), partial(_correct, meeting, came, about), width="large")


def _record(meeting_id: str) -> None:
    words = {code: t(f"meeting.kind.{code}") for code in verbs.KINDS}
    kind = st.segmented_control(
        t("meeting.kind_label"), list(words), format_func=lambda k: words[k], default="small", key="meeting-kind"
    )
    form = _asked(kind or "", None, (), ())
    if st.button(t("plan.save"), type="primary", key="meeting-save") and attempt(
        lambda: verbs.hold_meeting(store(), actor=actor(), meeting_id=meeting_id, form=_whole(form), at=now())
    ):
        open_meeting_page(meeting_id)
        saved()


def _correct(meeting: Meeting, came: Sequence[str], about: Sequence[MetAbout]) -> None:
    form, known = _asked(meeting.kind, meeting, came, about), {"meeting_id": meeting.id, "seen": meeting.seq}
    if st.button(t("plan.save"), type="primary", key="meeting-save") and attempt(
        lambda: verbs.change_meeting(store(), actor=actor(), form=_whole(form), at=now(), **known)
    ):
        saved()


def _asked(kind: str, meeting: Meeting | None, came: Sequence[str], about: Sequence[MetAbout]) -> dict:
    """What the form says so far; its day may be missing."""
    told, today = vars(meeting) if meeting else _NOTHING, clock.day_of(now())
    day = meeting.held_on if meeting else today
    given: dict = {"kind": kind}
    with st.container(horizontal=True):
        given["held_on"] = pick_day(t("meeting.held_on"), day, max_value=today, key="met-on")
        for name in ("place", "chair"):
            given[name] = _line(name, told[name])
    given["topic"] = _line("topic", told["topic"])
    typed = st.text_input(
        t("meeting.numbers"),
        " ".join(case.number for case in about),
        key="met-cases",
        placeholder=t("policy.link_hint"),
    )
    given["numbers"] = tuple(word for word in re.split(r"[\s,;\u3001\uff0c\uff1b]+", typed or "") if word)
    bodies = names("body") | names("town")
    given["bodies"] = tuple(
        st.multiselect(
            t("meeting.bodies"), list(bodies), default=[code for code in came if code in bodies],
            format_func=lambda code: bodies[code], key="met-bodies", placeholder=t("choices.choose"),
        )
    )  # fmt: skip
    for name, most, height in (("people", verbs.LONGEST_PEOPLE, 80), ("minutes", verbs.LONGEST_MINUTES, 180)):
        given[name] = st.text_area(t(f"meeting.{name}"), told[name], max_chars=most, height=height, key=f"met-{name}")
    return given


def _line(name: str, value: str) -> str:
    return st.text_input(t(f"meeting.{name}"), value, max_chars=verbs.LONGEST_LINE, key=f"met-{name}") or ""


def _whole(given: dict) -> MeetingForm:
    return MeetingForm(**{**given, "held_on": whole(given["held_on"], "meeting_day")})
