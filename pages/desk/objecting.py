"""A body says that a case is another's: which one, and until when it may say so."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases import objecting
from db.cases.cases import Case, CaseEvent
from pages.shared.choices import choose, handling
from pages.shared.here import lang, t


def better(case: Case) -> str | None:
    offered = {code: name for code, name in handling().items() if code != case.lead_body}
    return choose(t("objection.better"), offered, key=f"better-{case.id}", hint=t("desk.choose_body"))


def in_time(who: Actor, offered: Sequence[str], happened: Sequence[CaseEvent], today: date) -> list[str]:
    """The actions without an objection that comes too late; a body is told by when it has to come."""
    last = objecting.until(happened)
    if last is None or today > last:
        return [action for action in offered if action != "object"]
    if "object" in offered and not who.may("triage_case"):
        st.caption(t("objection.until", day=i18n.weekday_and_day(last, lang())))
    return list(offered)
