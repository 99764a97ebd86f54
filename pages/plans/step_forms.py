"""The dialogs of a step: add it, say that it is done, put it off, drop it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.plans import plans as verbs
from casework.plans.plans import StepForm
from db import clock
from db.cases.cases import Case
from db.plans.plans import Plan, Step
from pages.plans.forms import owner, words
from pages.shared.asking import ask, by, day_or_never, save
from pages.shared.choices import pick_day
from pages.shared.here import now, store, t
from pages.shared.plain import plain


def ask_for_step(plan: Plan, case: Case | None) -> None:
    ask(t("plan.add_step"), partial(_add, plan, case, str(uuid4())), width="medium")


def ask_about_step(kind: str, plan: Plan, step: Step) -> None:
    """`kind` is done, postpone or drop."""
    ask(t(f"plan.ask.{kind}"), partial(_about, kind, plan, step))


def _add(plan: Plan, case: Case | None, step_id: str) -> None:
    title = st.text_input(t("plan.step_title"), key="step-title", max_chars=verbs.LONGEST_TITLE)
    body = owner(t("plan.step_body"), case, key="step-body", value=plan.lead_body) or ""
    due = pick_day(t("plan.step_due"), value=None, min_value=clock.day_of(plan.opened_at), key="step-due")
    if st.button(t("plan.save"), type="primary", key="step-save"):
        add = partial(verbs.add_step, store(), plan_id=plan.id, step_id=step_id, seen=plan.seq)
        save(lambda: add(form=StepForm(title, body, due), **by()))


def _about(kind: str, plan: Plan, step: Step) -> None:
    plain(step.title)
    verb = _KINDS[kind](step)
    if st.button(t("plan.save"), type="primary", key="step-save"):
        save(lambda: verb(store(), plan_id=plan.id, step_id=step.id, seen=plan.seq, **by()))


def _done(_step: Step) -> Callable[..., object]:
    today = clock.day_of(now())
    on = pick_day(t("plan.done_day"), value=today, max_value=today, key="step-done-on")
    said = words("plan.outcome")
    return lambda *of, **known: verbs.do_step(*of, done_on=day_or_never(on), outcome=said, **known)


def _postpone(step: Step) -> Callable[..., object]:
    first = max(step.due_on, clock.day_of(now()) - timedelta(days=1)) + timedelta(days=1)
    day = pick_day(t("plan.new_day"), value=None, min_value=first, key="step-until")
    said = words("plan.postpone_why")
    return lambda *of, **known: verbs.postpone_step(*of, until=day, reason=said, **known)


def _drop(_step: Step) -> Callable[..., object]:
    return partial(verbs.drop_step, reason=words("plan.drop_why"))


_KINDS = {"done": _done, "postpone": _postpone, "drop": _drop}
