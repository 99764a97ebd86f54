"""One plan: why the case is hard, the goal, the steps on their axis, the green channel, what meetings decided."""

import streamlit as st

import i18n
from db import clock
from db.cases import cases
from db.cases.cases import Case
from db.plans import green_channel, plans
from db.plans.plans import Plan, Step
from pages.plans.chart import axis_head, axis_of, step_markup
from pages.plans.forms import ask_to_change, ask_to_end, leaders
from pages.plans.green_panel import green_panel
from pages.plans.meetings import met_about
from pages.plans.row import reasons, state_of
from pages.plans.step_forms import ask_about_step, ask_for_step
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names, names
from pages.shared.plain import plain
from pages.shared.rows import back_button, empty, facts


def plan_detail(plan_id: str) -> None:
    back_button("plan")
    scope = actor().scope
    plan = store().read(lambda con: plans.get(con, scope, plan_id))
    case = store().read(lambda con: cases.get(con, scope, plan.case_id)) if plan else None
    if plan is None or case is None:
        empty(t("plan.not_found"), t("plan.not_found_hint"))
        return
    called, edits = names(), actor().may("edit_plan") and plan.state == "active"
    _head(plan, case, called, edits)
    _steps(plan, case, called, edits)
    lines = store().read(lambda con: green_channel.of_case(con, scope, case.id))
    with st.container(key="card-green", border=True):
        st.header(t("green.title"))
        green_panel(case, lines)
    met_about(case, called)


def _head(plan: Plan, case: Case, called: Names, edits: bool) -> None:
    with st.container(key="card-plan", border=True):
        title = Markup("<h1>{}</h1>{}").format(case.title, state_of(plan.state, "plan.state"))
        show(Markup('<div class="f2f-plan-head">{}</div>').format(title))
        leader = leaders(active=None).get(plan.leader_id or case.leader_id or "", t("plan.nobody"))
        facts(
            [
                (t("plan.enterprise"), case.enterprise(lang())),
                (t("plan.case_state"), t(f"case.state.{case.state}")),
                (t("plan.why"), reasons(plan)),
                (t("plan.leader"), leader),
                (t("plan.lead"), called.who(plan.lead_body)),
                (t("plan.opened"), i18n.day(clock.day_of(plan.opened_at), lang())),
            ]
        )
        st.caption(t("plan.goal"))
        plain(plan.goal)
        if plan.outcome:
            st.caption(t(f"plan.ended.{plan.state}"))
            plain(plan.outcome)
        with st.container(horizontal=True):
            label = t("plan.to_case", number=case.number)
            st.page_link("desk/desk.py", label=label, query_params={"case": case.id}, icon=":material/inbox:")
            if edits:
                _buttons(plan)


def _buttons(plan: Plan) -> None:
    if st.button(t("plan.change"), key="plan-change", icon=":material/edit:"):
        ask_to_change(plan)
    if st.button(t("plan.ask.finish"), key="plan-finish", icon=":material/task_alt:"):
        ask_to_end(plan, "finish")
    if st.button(t("plan.ask.withdraw"), key="plan-withdraw", type="tertiary"):
        ask_to_end(plan, "withdraw")


def _steps(plan: Plan, case: Case, called: Names, edits: bool) -> None:
    scope, today = actor().scope, clock.day_of(now())
    found = store().read(lambda con: plans.steps(con, scope, plan.id))
    with st.container(key="card-steps", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("plan.steps"))
            if edits and st.button(t("plan.add_step"), key="step-add", type="primary", icon=":material/add:"):
                ask_for_step(plan, case)
        if not found:
            empty(t("plan.steps_none"), t("plan.steps_none_hint"))
            return
        ended = clock.day_of(plan.ended_at) if plan.ended_at else None
        axis, running = axis_of(found, clock.day_of(plan.opened_at), ended, today), plan.state == "active"
        show(axis_head(axis, running=running))
        for step in found:
            with st.container(key=f"row-step-{step.id}", gap=None):
                show(step_markup(step, axis, called, running=running))
                if edits and step.state == "open":
                    _step_buttons(plan, step)


def _step_buttons(plan: Plan, step: Step) -> None:
    with st.container(horizontal=True, gap="small"):
        for kind, icon in (("done", ":material/check:"), ("postpone", ":material/update:"), ("drop", None)):
            if st.button(t(f"plan.do.{kind}"), key=f"{kind}-{step.id}", icon=icon, type="tertiary"):
                ask_about_step(kind, plan, step)
