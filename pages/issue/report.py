"""An officer, or staff, reports on behalf of an enterprise: choose it, say it, submit."""

import streamlit as st

from db.people import care
from intake.issue.raising import enterprise_of
from pages.issue.form import draw_form
from pages.issue.receipt import issue_receipt
from pages.issue.state import close_form, open_form
from pages.shared.choices import pick
from pages.shared.here import actor, lang, store, t
from pages.shared.style import style

SHOWN = 60


def chosen_enterprise() -> str | None:
    """A short list is shown whole, a long one is searched; the address (`?enterprise=`) may name one."""
    asked = st.query_params.get("enterprise")
    words = ""
    if store().read(lambda con: care.how_many(con, me.scope)) > SHOWN:
        words = st.text_input(t("issue.enterprise.search"), key="report_search", max_chars=100)
    found = store().read(lambda con: care.named(con, me.scope, words, asked, limit=SHOWN))
    if not found:
        st.info(t("issue.enterprise.none_found" if words else "issue.enterprise.nobody"))
        return None
    if len(found) >= SHOWN:
        st.caption(t("issue.enterprise.narrow", n=SHOWN))
    names = {item.id: item.say(lang()) for item in found}
    return pick(
        st.selectbox, t("issue.enterprise.label"), names, index=list(names).index(asked) if asked in names else None,
        placeholder=t("issue.enterprise.placeholder"), filter_mode="contains", key="report_enterprise",
    )  # fmt: skip


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
        chosen = chosen_enterprise()
        enterprise = store().read(lambda con: enterprise_of(con, me, chosen)) if chosen else None
        if enterprise:
            draw_form(open_form(me, enterprise))
