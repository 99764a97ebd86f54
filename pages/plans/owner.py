"""Which body owns a step or a decision: the bodies of the case first, since only they see it."""

import streamlit as st

from casework.cases.bodies import handling_bodies
from db.cases.cases import Case
from pages.shared.choices import choose
from pages.shared.here import lang, store, t


def owner(label: str, case: Case | None, *, key: str, value: str | None = None) -> str | None:
    """A choice of the bodies that handle cases; says so where the chosen one is not on the case."""
    handle = {item.code: item.say(lang()) for item in store().read(handling_bodies)}
    on_case = [code for code in (case.lead_body, *case.co) if code] if case else []
    offered = {code: handle[code] for code in [*on_case, *handle] if code in handle}
    chosen = choose(label, offered, key=key, value=value)
    if chosen and on_case and chosen not in on_case:
        st.caption(t("plan.outside"))
    return chosen
