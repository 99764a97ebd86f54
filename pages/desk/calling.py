"""Calling the enterprise of a case: its number is masked until somebody says why they need it."""

import re

import streamlit as st
from markupsafe import Markup

from casework.cases import calling
from db.cases.cases import Case
from pages.shared.asking import attempt
from pages.shared.here import actor, now, store, t
from pages.shared.markup import show

_WORDS = re.compile(r"[^\W\d_]")  # of an extension, which is dialled by hand once somebody answers


def call(case: Case) -> None:
    """The number stands there until the next thing that is done, and nowhere else."""
    with st.expander(t("desk.call.title"), icon=":material/call:"):
        why = st.text_input(t("desk.call.why"), key=f"call-why-{case.id}", max_chars=200)
        if st.button(t("desk.call.show"), key=f"call-{case.id}"):
            asked = {"actor": actor(), "case_id": case.id, "reason": why, "at": now()}
            number = attempt(lambda: calling.number_to_call(store(), **asked))
            if number:
                dialled = re.sub(r"[^\d+]", "", _WORDS.split(number)[0])
                link = Markup('<a class="f2f-button" href="tel:{}">{}</a>')
                show(link.format(dialled, t("desk.call.number", number=number)))
