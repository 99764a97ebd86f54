"""Whom to call about a case, and the whole number for a reason."""

import re

import streamlit as st

import i18n
from casework.cases import calling
from db.cases.cases import Case
from db.people import enterprises
from pages.shared.asking import attempt, by
from pages.shared.here import actor, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import person
from pages.shared.plain import letters

_WORDS = re.compile(r"[^\W\d_]")  # of an extension, which is dialled by hand once somebody answers


def masked_contact(case: Case) -> str:
    """Whom to call, the number masked."""
    scope = actor().enterprise_scope
    name, number = store().read(lambda con: enterprises.whom_to_call(con, scope, case.enterprise_id))
    return f"{person(name)} {number}".strip()


def call(case: Case, contact: str, *, caller: bool = False) -> None:
    """Whom to call, and the number, once somebody says why: it stands there until the next thing that is done.
    `caller`: who called the hotline."""
    key = f"caller-{case.id}" if caller else case.id
    title = t("desk.call.caller" if caller else "desk.call.title")
    with st.expander(letters(f"{title}{i18n.DOT}{contact}"), icon=":material/call:"):
        why = st.text_input(t("desk.call.why"), key=f"call-why-{key}", max_chars=200)
        if st.button(t("desk.call.show"), key=f"call-{key}"):
            asked = {"case_id": case.id, "reason": why, "caller": caller}
            number = attempt(lambda: calling.number_to_call(store(), **asked, **by()))
            if number:
                dialled = re.sub(r"[^\d+]", "", _WORDS.split(number)[0])
                link = Markup('<a class="f2f-button" href="tel:{}">{}</a>')
                show(link.format(dialled, t("desk.call.number", number=number)))
