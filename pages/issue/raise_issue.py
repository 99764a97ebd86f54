"""An enterprise raises a problem or a suggestion: one short form, then a receipt to keep."""

import streamlit as st

from intake.issue.raising import closed_to, enterprise_of, kept_receipt
from pages.issue.form import draw_form
from pages.issue.receipt import issue_receipt
from pages.issue.state import close_form, open_form
from pages.shared.here import actor, now, receipts_mark, store, t
from pages.shared.style import style

me = actor()
style("issue/issue")
with st.container(key="narrow"):
    enterprise = store().read(lambda con: enterprise_of(con, me, None))
    form = open_form(me, enterprise) if enterprise else None
    refusal = closed_to(store(), actor=me, at=now())
    given = (form.receipt if form else None) or kept_receipt(store(), actor=me, mark=receipts_mark())
    if given:
        st.title(t("issue.receipt.title"), anchor=False)
        issue_receipt(given, me)
        if me.may("follow_cases"):
            st.button(t("issue.again"), on_click=close_form)
    elif form is None or refusal:
        st.title(t("issue.title"), anchor=False)
        st.info(t(f"error.{refusal.code}" if refusal else "error.issue_enterprise"))
    else:
        st.title(t("issue.title"), anchor=False)
        st.markdown(t("issue.lead"))
        draw_form(form)
