"""Hard cases: one case, one plan (一案一策). Steps with an owner and a date; a date that moves keeps its first one."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from access.actor import Actor
from access.typed import one_line, tidy
from access.verbs import writes
from casework.cases.bodies import check_bodies
from casework.notices import notices
from casework.plans.owned import LONGEST, may_do, what_was_done, words
from db import clock, events
from db.cases import cases
from db.cases.cases import Case
from db.events import Event
from db.people import accounts
from db.plans import plans
from db.plans.plans import BAR, Plan, Step
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection
from db.states import where

REASONS = ("reopened", "departments", "higher_level", "policy_gap", "resources", "overdue", "other")
STATES = ("active", "finished", "withdrawn")
ENDED = {"finish": "finished", "withdraw": "withdrawn"}
PLANNED = where(lambda s: s.unsettled or (s.settled and not s.over))  # states in which a case may get a plan
LONGEST_TITLE = 120
MOST_STEPS = 40
_UNTOUCHED = {"delays": 0, "delay_reason": None, "state": "open", "done_on": None, "outcome": None}


@dataclass(frozen=True)
class PlanForm:
    """Why the case is hard, what is to be reached, who is in charge."""

    reasons: tuple[str, ...]
    goal: str
    lead_body: str
    leader_id: str | None = None


@dataclass(frozen=True)
class StepForm:
    title: str
    body_code: str
    due_on: date | None  # None: not chosen yet


@writes("edit_plan")
def open_plan(con: Connection, *, actor: Actor, plan_id: str, case_id: str, form: PlanForm, at: datetime) -> Plan:
    """Make the plan of a case under way. A second try with the same id returns the first's.

    Raises Refused('forbidden' | 'case_unknown' | 'plan_case_over' | 'plan_twice' | 'plan_reasons' | 'plan_goal' |
    'body_unknown' | 'leader_unknown').
    """
    if kept := plans.get(con, actor.scope, plan_id):
        return kept
    case = _case(con, actor, case_id)
    fields = _checked(con, form)
    plan = Plan(plan_id, case.id, state="active", opened_at=at, ended_at=None, outcome=None, seq=1, **fields)
    plans.add(con, plan)
    events.append(con, _event(plan, "open", actor, at, **fields))
    return plan


@writes("edit_plan")
def change_plan(con: Connection, *, actor: Actor, plan_id: str, form: PlanForm, seen: int, at: datetime) -> Plan:
    """Other reasons, goal, body or leader. Raises as `open_plan`, Refused('plan_unknown' | 'plan_over'), MovedOn."""
    plan = _active(_known(con, actor, plan_id), seen)
    fields = _checked(con, form)
    return _changed(con, actor, replace(plan, **fields), "change", at, **fields)


@writes("edit_plan")
def add_step(
    con: Connection, *, actor: Actor, plan_id: str, step_id: str, form: StepForm, seen: int, at: datetime
) -> Plan:
    """One more step; a second try with the same id returns the plan as it stands.

    Raises Refused('step_title' | 'body_unknown' | 'step_day' | 'plan_full'), as `change_plan` otherwise.
    """
    plan = _known(con, actor, plan_id)
    known = plans.steps(con, actor.scope, plan.id)
    if any(step.id == step_id for step in known):
        return plan
    _active(plan, seen)
    title, due, wrong = one_line(form.title), form.due_on or date.min, Wrong()
    wrong.unless(0 < len(title) <= LONGEST_TITLE, "step_title", longest=LONGEST_TITLE)
    wrong.tried(lambda: check_bodies(con, [form.body_code]), None)
    wrong.unless(due >= clock.day_of(plan.opened_at), "step_day")
    wrong.unless(len(known) < MOST_STEPS, "plan_full", most=MOST_STEPS)
    wrong.refuse()
    days = {"first_due_on": due, "due_on": due}
    step = Step(step_id, plan.id, len(known) + 1, title, form.body_code, **days, **_UNTOUCHED)
    plans.add_step(con, step)
    changed = _changed(con, actor, plan, "step", at, **_told(step))
    _tell_owner(con, actor, plan, step, "step", at)
    return changed


@writes("edit_plan")
def postpone_step(
    con: Connection, *, actor: Actor, plan_id: str, step_id: str, until: date | None, reason: str, seen: int,
    at: datetime,
) -> Plan:  # fmt: skip
    """Put a step off, with a reason; the first date and every date between stay on record.

    Raises Refused('step_unknown' | 'step_over' | 'step_not_later' | 'plan_words'), as `change_plan` otherwise.
    """
    plan = _active(_known(con, actor, plan_id), seen)
    step, due, wrong = _open_step(con, actor, plan, step_id), until or date.min, Wrong()
    wrong.unless(step.due_on < due and clock.day_of(at) <= due, "step_not_later")
    why = wrong.tried(lambda: words(reason), "")
    wrong.refuse()
    after = replace(step, due_on=due, delays=step.delays + 1, delay_reason=why)
    plans.change_step(con, after)
    before = {"before": step.due_on, "first_due_on": step.first_due_on, "reason": why}
    changed = _changed(con, actor, plan, "postpone", at, **_told(after), **before)
    _tell_owner(con, actor, plan, after, "step_later", at)
    return changed


@writes("see_case_plan")
def do_step(
    con: Connection, *, actor: Actor, plan_id: str, step_id: str, done_on: date, outcome: str, seen: int, at: datetime
) -> Plan:
    """Say that a step is done and what came of it: staff, or a department that owns the step of a case of its own.

    Raises Refused('forbidden' | 'step_unknown' | 'step_over' | 'done_day' | 'plan_words'), as `change_plan` otherwise.
    """
    plan = _active(_known(con, actor, plan_id), seen)
    step = _open_step(con, actor, plan, step_id)
    if not may_do(actor, step.body_code):
        raise Refused("forbidden")
    said = what_was_done(outcome, done_on, since=clock.day_of(plan.opened_at), at=at)
    after = replace(step, state="done", done_on=done_on, outcome=said)
    plans.change_step(con, after)
    return _changed(con, actor, plan, "done", at, **_told(after), done_on=done_on, outcome=after.outcome)


@writes("edit_plan")
def drop_step(
    con: Connection, *, actor: Actor, plan_id: str, step_id: str, reason: str, seen: int, at: datetime
) -> Plan:
    """The step is not needed after all; it stays in the plan, crossed out, with the reason. Raises as `do_step`."""
    plan = _active(_known(con, actor, plan_id), seen)
    after = replace(_open_step(con, actor, plan, step_id), state="dropped", outcome=words(reason))
    plans.change_step(con, after)
    return _changed(con, actor, plan, "drop", at, **_told(after), outcome=after.outcome)


@writes("edit_plan")
def end_plan(con: Connection, *, actor: Actor, plan_id: str, how: str, outcome: str, seen: int, at: datetime) -> Plan:
    """Finish the plan once no step is open, or withdraw it; either way say what came of it.

    Raises Refused('plan_words' | 'plan_steps_open', n=), as `change_plan` otherwise.
    """
    plan = _active(_known(con, actor, plan_id), seen)
    left = sum(step.state == "open" for step in plans.steps(con, actor.scope, plan.id))
    if how not in ENDED or (how == "finish" and left):
        raise Refused("plan_steps_open", n=left)
    said = words(outcome)
    return _changed(con, actor, replace(plan, state=ENDED[how], ended_at=at, outcome=said), how, at, outcome=said)


def _known(con: Connection, actor: Actor, plan_id: str) -> Plan:
    plan = plans.get(con, actor.scope, plan_id)
    if plan is None:
        raise Refused("plan_unknown")
    return plan


def _active(plan: Plan, seen: int) -> Plan:
    """The plan, where it may be changed as it was read."""
    if plan.seq != seen:
        raise MovedOn()
    if plan.state != "active":
        raise Refused("plan_over")
    return plan


def _changed(con: Connection, actor: Actor, plan: Plan, kind: str, at: datetime, **told: object) -> Plan:
    """One change over the version that was read, with its event."""
    after = replace(plan, seq=plan.seq + 1)
    plans.change(con, after)
    events.append(con, _event(after, kind, actor, at, **told))
    return after


def _case(con: Connection, actor: Actor, case_id: str) -> Case:
    case = cases.get(con, actor.scope, case_id)
    if case is None:
        raise Refused("case_unknown")
    if case.state not in PLANNED:
        raise Refused("plan_case_over")
    if any(plan.state == "active" for plan in plans.of_case(con, actor.scope, case.id)):
        raise Refused("plan_twice")
    return case


def _checked(con: Connection, form: PlanForm) -> dict[str, Any]:
    """The columns of a form that is whole; reasons in the order of the list, each once."""
    goal, wrong = tidy(form.goal), Wrong()
    wrong.unless(form.reasons and set(form.reasons) <= set(REASONS), "plan_reasons")
    wrong.unless(0 < len(goal) <= LONGEST, "plan_goal", longest=LONGEST)
    wrong.tried(lambda: check_bodies(con, [form.lead_body]), None)
    leader = accounts.by_id(con, form.leader_id) if form.leader_id else None
    wrong.unless(not form.leader_id or (leader and leader.role == "leader" and leader.active), "leader_unknown")
    wrong.refuse()
    why = BAR.join(reason for reason in REASONS if reason in form.reasons)
    return {"reasons": why, "goal": goal, "lead_body": form.lead_body, "leader_id": form.leader_id or None}


def _open_step(con: Connection, actor: Actor, plan: Plan, step_id: str) -> Step:
    step = next((one for one in plans.steps(con, actor.scope, plan.id) if one.id == step_id), None)
    if step is None:
        raise Refused("step_unknown")
    if step.state != "open":
        raise Refused("step_over")
    return step


def _tell_owner(con: Connection, actor: Actor, plan: Plan, step: Step, occasion: str, at: datetime) -> None:
    """The body that a step is given to learns of it, and of every later day."""
    case = cases.get(con, actor.scope, plan.case_id)
    if case:
        given = {"id": step.id, "body": step.body_code, "due": step.due_on}
        notices.queue_given(con, case=case, occasion=occasion, **given, actor=actor, at=at)


def _told(step: Step) -> dict[str, Any]:
    return {"step": step.id, "title": step.title, "body": step.body_code, "due_on": step.due_on}


def _event(plan: Plan, kind: str, actor: Actor, at: datetime, **more: object) -> Event:
    detail = {"case": plan.case_id, **{name: value for name, value in more.items() if value is not None}}
    who = (actor.id, actor.role, actor.body_code)
    return Event(at, "plan", kind, plan.id, plan.seq, *who, plan.state, detail)
