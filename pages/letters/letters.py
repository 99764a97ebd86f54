"""Handling letters: those that went out, the cases that wait for one, the template. A department reads its own."""

import streamlit as st

from db.letters import letters
from pages.letters.sent import letter_style, sent_letters
from pages.letters.template import letterhead_form, template_panel
from pages.letters.waiting import cases_to_dispatch, dispatch_batch, waiting_cases
from pages.shared.here import actor, store, t
from pages.shared.names import names

letter_style()
staff, called = actor().may("triage_case"), names()
st.title(t("page.letters"))
st.caption(t("letter.lead") if staff else t("letter.lead_department"))

if staff:
    left, fresh = len(store().read(lambda con: letters.waiting(con, actor().scope))), cases_to_dispatch()
    dispatch, waiting, sent, template = st.tabs(
        [
            t("letter.tab_dispatch", n=len(fresh)),
            t("letter.tab_waiting", n=left),
            t("letter.tab_letters"),
            t("letter.tab_template"),
        ]
    )
    with dispatch:
        dispatch_batch(fresh, called)
    with waiting:
        waiting_cases(called)
    with sent:
        sent_letters(called)
    with template:
        letterhead_form()
        template_panel()
else:
    sent_letters(called)
