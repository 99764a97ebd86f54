"""An enterprise's own cases: each a line that says in plain words who moves next, and by when."""

import streamlit as st

from db import clock
from db.states import OVER
from pages.issue.own_cases import own_cases
from pages.issue.timeline import case_line, empty
from pages.shared import choices
from pages.shared.here import actor, now, t
from pages.shared.style import style

me = actor()
today = clock.day_of(now())
found = own_cases(me, today)
running = [case for case in found if case.state not in OVER]
bodies = choices.names("body")

style("issue/issue")
with st.container(key="narrow"):
    st.title(t("mine.title"), anchor=False)
    if not found:
        empty(t("mine.empty"), t("mine.empty_hint"))
    else:
        words = {"open": t("mine.open", n=len(running)), "all": t("mine.all", n=len(found))}
        chosen = st.segmented_control(
            t("mine.filter"), list(words), default="open", required=True, format_func=lambda code: words[code],
            key="mine_filter", label_visibility="collapsed",
        )  # fmt: skip
        shown = running if chosen == "open" else found
        if not shown:
            empty(t("mine.none_open"), t("mine.none_open_hint"))
        for case in shown:
            case_line(case, bodies, today)
    if me.may("raise_issue"):
        with st.container(key="raise"):
            st.page_link("issue/raise_issue.py", label=t("mine.raise"), icon=":material/add:", width="stretch")
