"""An officer, or staff, reports on behalf of an enterprise: choose it, say it, submit."""

import streamlit as st

from intake.issue.raising import enterprise_of
from pages.issue.enterprise_choice import choose_enterprise
from pages.issue.form import draw_form
from pages.issue.receipt import issue_receipt
from pages.issue.state import close_form, open_form
from pages.shared.here import actor, store, t
from pages.shared.style import style

me = actor()
style("issue/issue")
with st.container(key="narrow"):
    done = st.session_state.get("issue")
    if done and done.owner == me.id and done.receipt:
        st.title(t("issue.receipt.title"), anchor=False)
        issue_receipt(done.receipt, me)
        st.button(t("issue.again"), on_click=close_form)
    else:
        st.title(t("issue.title_on_behalf"), anchor=False)
        st.markdown(t("issue.lead_on_behalf"))
        chosen = choose_enterprise(me)
        enterprise = store().read(lambda con: enterprise_of(con, me, chosen)) if chosen else None
        if enterprise:
            draw_form(open_form(me, enterprise))
