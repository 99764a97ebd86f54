"""A case's plan, green channel and decisions in its drawer: to read, and for a department to say its part is done."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from access.actor import Actor
from casework.meetings.meetings import settle_decision
from casework.plans.owned import may_do
from casework.plans.plans import PLANNED, do_step
from db import clock
from db.cases.cases import Case
from db.plans import green_channel, meetings, plans
from db.plans.meetings import Decision
from db.plans.plans import Plan, Step
from pages.plans.green_panel import green_markup
from pages.plans.meetings import decision_line
from pages.plans.row import due_words, plan_style, state_of
from pages.shared.asking import attempt, day_or_never
from pages.shared.choices import pick_day
from pages.shared.here import now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names


def case_plan(who: Actor, case: Case, names: Names) -> None:
    """Nothing for those who may not see it; for staff a way to make a plan where none is."""
    if not who.may("see_case_plan"):
        return
    plan_style()
    found = store().read(lambda con: plans.of_case(con, who.scope, case.id))
    for plan in found[:1]:
        _plan(who, plan, names)
    if who.may("edit_plan") and case.state in PLANNED and all(plan.state != "active" for plan in found):
        label = t("plan.open")
        st.page_link("plans/plans.py", label=label, query_params={"open": case.number}, icon=":material/route:")
    for line in store().read(lambda con: green_channel.of_case(con, who.scope, case.id)):
        show(Markup('<h3 class="f2f-drawer-part">{}</h3>{}').format(t("green.title"), green_markup(line)))
    _decisions(who, case, names)


def _plan(who: Actor, plan: Plan, names: Names) -> None:
    today = clock.day_of(now())
    title = Markup('<h3 class="f2f-drawer-part">{} {}</h3>').format(t("plan.title"), state_of(plan.state, "plan.state"))
    show(Markup('{}<div class="f2f-words-of">{}</div>').format(title, plan.goal))
    if who.may("see_plans"):
        st.page_link("plans/plans.py", label=t("plan.whole"), query_params={"plan": plan.id}, icon=":material/route:")
    for step in store().read(lambda con: plans.steps(con, who.scope, plan.id)):
        show(_step(step, names, today))
        if step.state == "open" and plan.state == "active" and may_do(who, step.body_code) and who.body_code:
            done = partial(do_step, store(), actor=who, plan_id=plan.id, step_id=step.id)
            _tell_done(step.id, plan.seq, done)


def _step(step: Step, names: Names, today: date) -> Markup:
    when = due_words(step.due_on, today) if step.state == "open" else state_of(step.state, "step.state")
    outcome = Markup('<div class="f2f-quiet">{}</div>').format(step.outcome) if step.outcome else ""
    owner = names.who(step.body_code)
    return Markup('<div class="f2f-decision"><div>{}</div><div class="f2f-quiet">{}　{}</div>{}</div>').format(
        step.title, owner, when, outcome
    )


def _decisions(who: Actor, case: Case, names: Names) -> None:
    found = store().read(lambda con: meetings.decisions(con, who.scope, case_id=case.id))
    if not found:
        return
    show(Markup('<h3 class="f2f-drawer-part">{}</h3>').format(t("meeting.decisions")))
    for one in found:
        show(decision_line(one, names))
        if one.state == "open" and may_do(who, one.body_code) and who.body_code:
            _decision_done(who, one)


def _decision_done(who: Actor, one: Decision) -> None:
    meeting = store().read(lambda con: meetings.get(con, who.scope, one.meeting_id))
    if meeting is None:
        return
    done = partial(settle_decision, store(), actor=who, meeting_id=meeting.id, decision_id=one.id, how="done")
    _tell_done(one.id, meeting.seq, done)


def _tell_done(key: str, seq: int, done: Callable[..., object]) -> None:
    """A department says that its part is done; `seq` as it was last drawn goes with it, so that nobody is overrun."""
    drawn, today = st.session_state.get(f"drawn-{key}", seq), clock.day_of(now())
    with st.expander(t("plan.do.done"), icon=":material/check:"):
        on = pick_day(t("plan.done_day"), today, max_value=today, key=f"on-{key}")
        said = st.text_area(t("plan.outcome"), key=f"said-{key}", height=80) or ""
        if st.button(t("plan.save"), type="primary", key=f"told-{key}") and attempt(
            lambda: done(done_on=day_or_never(on), outcome=said, seen=drawn, at=now())
        ):
            st.session_state.pop(f"drawn-{key}", None)
            st.rerun()
    st.session_state[f"drawn-{key}"] = seq
