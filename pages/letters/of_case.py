"""In a case's drawer: the letter of its present dispatch, or the way to make it."""

import streamlit as st

from access.actor import Actor
from casework.letters.letters import may_read
from db.cases.cases import Case
from db.letters import letters
from db.states import UNDER_WAY
from pages.shared.here import store, t
from pages.shared.links import here_link


def letter_of_case(who: Actor, case: Case) -> None:
    """Nothing for those who read no letters, and for a case that never was dispatched."""
    if case.dispatched_at is None or not may_read(who):
        return
    found = store().read(lambda con: letters.of_case(con, who.scope, case.id))
    if found:
        here_link(t("letter.drawer", number=found.content["number"]), f"/letters/{found.id}.docx")
    elif who.may("triage_case") and case.state in UNDER_WAY:
        st.page_link("letters/letters.py", label=t("letter.drawer_make"), icon=":material/drafts:")
