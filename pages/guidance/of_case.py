"""Guidance beside a solved case: what was written from it, what may have answered it, and the way to write some."""

import streamlit as st

from access.actor import Actor
from casework.guidance.guidance import answers_case
from casework.guidance.matching import may_help
from db import guidance
from db.cases import similar
from db.cases.cases import Case
from db.guidance import Guidance
from db.states import SETTLED
from pages.guidance.words import titled
from pages.shared.asking import attempt, by
from pages.shared.here import store, t
from pages.shared.plain import letters


def guidance_part(who: Actor, case: Case) -> None:
    """Nothing of a case that is not solved, or is a secret."""
    if not who.may("see_policies") or case.confidential or case.state not in SETTLED or not case.answer_text:
        return
    own = store().read(lambda con: guidance.of_case(con, who.scope, case.id))
    for one in own:
        label = f"{t('guidance.keep.from_this')} · {letters(titled(one))}"
        st.page_link("guidance/guides.py", label=label, icon=":material/public:", query_params={"guidance": one.id})
    if not who.may("edit_policy"):
        return
    known = {one.id for one in own}
    near = [one for one in may_help(store(), similar.said(case.title, case.text), case.category) if one.id not in known]
    if near:
        with st.expander(t("guidance.keep.may_answer", n=len(near)), icon=":material/menu_book:"):
            for one in near:
                _near(case, one)
    if not own:
        st.page_link("guidance/guides.py", label=t("guidance.keep.of_case"), icon=":material/public:",
                     query_params={"new": case.number})  # fmt: skip


def _near(case: Case, one: Guidance) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"near-{one.id}"):
        st.page_link("guidance/guides.py", label=letters(titled(one)), query_params={"guidance": one.id})
        st.button(t("guidance.keep.answered_it"), key=f"answered-{one.id}", type="tertiary", on_click=_answered,
                  args=(case.id, one))  # fmt: skip


def _answered(case_id: str, one: Guidance) -> None:
    attempt(lambda: answers_case(store(), guidance_id=one.id, case_id=case_id, seen=one.seq, **by()))
