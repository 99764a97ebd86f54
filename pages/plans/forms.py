"""The dialogs of a plan: make it, change it, end it."""

from functools import partial
from uuid import uuid4

import streamlit as st

from casework.plans import owned
from casework.plans import plans as verbs
from casework.plans.plans import PlanForm
from db.cases import cases
from db.cases.cases import Case
from db.people import accounts
from db.people.accounts import AccountFilter
from db.plans.plans import Plan
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose, handling, pick
from pages.shared.filters import put
from pages.shared.here import actor, lang, store, t
from pages.shared.names import person
from pages.shared.plain import plain

_MOST_LEADERS = 100


def ask_to_open(number: str = "") -> None:
    ask(t("plan.open"), partial(_open, str(uuid4()), number), width="medium")


def ask_to_change(plan: Plan) -> None:
    ask(t("plan.change"), partial(_change, plan), width="medium")


def ask_to_end(plan: Plan, how: str) -> None:
    """`how` is finish or withdraw."""
    ask(t(f"plan.ask.{how}"), partial(_end, plan, how))


def leaders(*, active: bool | None = True) -> dict[str, str]:
    """id → name of the district leaders; with `active` None also of those who left."""
    wanted = AccountFilter(role="leader", active=active)
    found = store().read(lambda con: accounts.find(con, wanted, limit=_MOST_LEADERS, offset=0))
    return {account.id: person(account.name) for account in found}


def goal_of(title: str) -> str:
    return t("plan.goal_default", title=title)[: owned.LONGEST]


def words(key: str) -> str:
    return st.text_area(t(key), key="plan-words", height=100) or ""


def _open(plan_id: str, number: str) -> None:
    typed = st.text_input(t("plan.case_number"), value=number, key="plan-case", placeholder=t("policy.link_hint"))
    scope = actor().scope
    case = store().read(lambda con: cases.by_number(con, scope, (typed or "").strip()))
    if case is None:
        st.caption(t("plan.case_hint"))
        return
    plain(f"{case.enterprise(lang())}\n{case.title}")
    form = _asked(PlanForm((), goal_of(case.title), case.lead_body or "", case.leader_id), case)
    if st.button(t("plan.open_save"), type="primary", key="plan-save"):
        make_plan(plan_id, case.id, form)


def make_plan(plan_id: str, case_id: str, form: PlanForm) -> None:
    save(lambda: verbs.open_plan(store(), plan_id=plan_id, case_id=case_id, form=form, **by()),
         then=lambda: put("plan", plan_id))  # fmt: skip


def _change(plan: Plan) -> None:
    form = _asked(PlanForm(plan.why, plan.goal, plan.lead_body, plan.leader_id), None)
    if st.button(t("plan.save"), type="primary", key="plan-save"):
        save(lambda: verbs.change_plan(store(), plan_id=plan.id, form=form, seen=plan.seq, **by()))


def _asked(standing: PlanForm, case: Case | None) -> PlanForm:
    offered = {code: t(f"plan.reason.{code}") for code in verbs.REASONS}
    why = pick(st.pills, t("plan.why"), offered, selection_mode="multi", default=list(standing.reasons), key="plan-why")
    goal = st.text_area(t("plan.goal"), value=standing.goal, key="plan-goal", height=100)
    lead = owner(t("plan.lead"), case, key="plan-lead", value=standing.lead_body)
    leader = choose(t("plan.leader"), leaders(), key="plan-leader", value=standing.leader_id)
    return PlanForm(tuple(why), goal or "", lead or "", leader)


def _end(plan: Plan, how: str) -> None:
    said = words(f"plan.{how}_words")
    if st.button(t("plan.save"), type="primary", key="plan-save"):
        save(lambda: verbs.end_plan(store(), plan_id=plan.id, how=how, outcome=said, seen=plan.seq, **by()))


def owner(label: str, case: Case | None, *, key: str, value: str | None = None) -> str | None:
    """Of the bodies that handle cases; says so where the chosen one is not on the case."""
    handle = handling()
    on_case = [code for code in (case.lead_body, *case.co) if code] if case else []
    offered = {code: handle[code] for code in [*on_case, *handle] if code in handle}
    chosen = choose(label, offered, key=key, value=value)
    if chosen and on_case and chosen not in on_case:
        st.caption(t("plan.outside"))
    return chosen
