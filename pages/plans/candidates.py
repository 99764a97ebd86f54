"""Cases that may be hard ones, each with its evidence; one press makes the plan."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

import i18n
from casework.plans.hard_cases import HardCase
from casework.plans.plans import PlanForm
from pages.plans.forms import ask_to_open, goal_of, make_plan
from pages.shared.here import actor, lang, t
from pages.shared.names import Names
from pages.shared.rows import cell, records, row, strong


def candidate_rows(found: Sequence[HardCase], total: int, called: Names, today: date) -> None:
    st.caption(t("plan.candidates_lead", day=i18n.day(today, lang())))
    none = t("plan.no_candidate"), t("plan.no_candidate_hint")
    records("candidates", found, lambda one: _row(one, called), *none)
    if total > len(found):
        st.caption(t("plan.more_candidates", n=total - len(found)))


def _row(one: HardCase, called: Names) -> None:
    case = one.case
    evidence = t("desk.comma").join(t(f"plan.sign.{sign.code}", n=n) for sign, n in one.evidence)
    with st.container(key=f"row-candidate-{case.number}", horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            row(
                "candidate",
                [
                    strong(case.title, quiet=i18n.DOT.join((case.number, case.enterprise(lang())))),
                    cell(evidence, quiet=called.who(case.lead_body)),
                ],
            )
        st.page_link("desk/desk.py", label=case.number, query_params={"case": case.id})
        if actor().may("edit_plan") and st.button(t("plan.open"), key=f"make-{case.number}", icon=":material/add:"):
            _make(one)


def _make(one: HardCase) -> None:
    """With what the records say already; where no body has the case yet, that is asked for."""
    case = one.case
    if not case.lead_body:
        ask_to_open(case.number)
        return
    plan_id = st.session_state.setdefault(f"plan-of-{case.id}", str(uuid4()))  # a double press meets the first
    form = PlanForm(one.reasons, goal_of(case.title), case.lead_body, case.leader_id)
    make_plan(plan_id, case.id, form)
