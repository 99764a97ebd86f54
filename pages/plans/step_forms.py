"""The dialogs of a step: add it, say that it is done, put it off, drop it."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.plans import plans as verbs
from casework.plans.plans import StepForm
from db import clock
from db.cases.cases import Case
from db.plans.plans import Plan, Step
from db.refused import Refused
from pages.plans.forms import words
from pages.plans.owner import owner
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import pick_day
from pages.shared.here import actor, now, store, t
from pages.shared.plain import plain


def ask_for_step(plan: Plan, case: Case | None) -> None:
    ask(t("plan.add_step"), partial(_add, plan, case, str(uuid4())), width="medium")


def ask_about_step(kind: str, plan: Plan, step: Step) -> None:
    """`kind` is done, postpone or drop."""
    ask(t(f"plan.ask.{kind}"), partial(_KINDS[kind], plan, step))


def whole(day: object, code: str) -> date:
    """A day that was chosen. Raises Refused(code)."""
    if not isinstance(day, date):
        raise Refused(code)
    return day


def _add(plan: Plan, case: Case | None, step_id: str) -> None:
    title = st.text_input(t("plan.step_title"), key="step-title", max_chars=verbs.LONGEST_TITLE) or ""
    body = owner(t("plan.step_body"), case, key="step-body", value=plan.lead_body)
    opened = clock.day_of(plan.opened_at)
    due = pick_day(t("plan.step_due"), value=None, min_value=opened, key="step-due")
    known = {"plan_id": plan.id, "step_id": step_id, "seen": plan.seq, "at": now()}
    if st.button(t("plan.save"), type="primary", key="step-save") and attempt(
        lambda: verbs.add_step(
            store(), actor=actor(), form=StepForm(title, body or "", whole(due, "step_day")), **known
        )
    ):
        saved()


def _done(plan: Plan, step: Step) -> None:
    plain(step.title)
    today = clock.day_of(now())
    on = pick_day(t("plan.done_day"), value=today, max_value=today, key="step-done-on")
    said, known = words("plan.outcome"), _known(plan, step)
    if st.button(t("plan.save"), type="primary", key="step-save") and attempt(
        lambda: verbs.do_step(store(), actor=actor(), done_on=whole(on, "done_day"), outcome=said, **known)
    ):
        saved()


def _postpone(plan: Plan, step: Step) -> None:
    plain(step.title)
    first = max(step.due_on, clock.day_of(now()) - timedelta(days=1)) + timedelta(days=1)
    until = pick_day(t("plan.new_day"), value=None, min_value=first, key="step-until")
    said, known = words("plan.postpone_why"), _known(plan, step)
    if st.button(t("plan.save"), type="primary", key="step-save") and attempt(
        lambda: verbs.postpone_step(store(), actor=actor(), until=whole(until, "step_not_later"), reason=said, **known)
    ):
        saved()


def _drop(plan: Plan, step: Step) -> None:
    plain(step.title)
    said, known = words("plan.drop_why"), _known(plan, step)
    if st.button(t("plan.save"), type="primary", key="step-save") and attempt(
        lambda: verbs.drop_step(store(), actor=actor(), reason=said, **known)
    ):
        saved()


def _known(plan: Plan, step: Step) -> dict:
    return {"plan_id": plan.id, "step_id": step.id, "seen": plan.seq, "at": now()}


_KINDS = {"done": _done, "postpone": _postpone, "drop": _drop}
