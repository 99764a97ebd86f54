"""One case: what is next and by when, the answer with the enterprise's verdict, and everything that happened."""

import streamlit as st

from casework.cases.lifecycle import allowed_actions
from db import clock
from db.cases import cases
from pages.issue import own_words, rate
from pages.issue.case_next import what_is_next
from pages.issue.proof import proof_of_case
from pages.issue.timeline import answer, empty, files, heading, timeline, written
from pages.issue.whole_case import whole_case
from pages.shared import choices
from pages.shared.here import actor, now, store, t
from pages.shared.markup import show
from pages.shared.promise import promise_told
from pages.shared.style import style

me = actor()
wanted = me.case_id or st.query_params.get("id", "")
case = store().read(lambda con: cases.get(con, me.scope, wanted))
style("issue/issue")

with st.container(key="narrow"):
    if me.way == "account":
        st.page_link("issue/my_cases.py", label=t("follow_case.back"), icon=":material/arrow_back:")
    if case is None:
        empty(t("follow_case.gone"), t("follow_case.gone_hint"), level=1)
        st.stop()
    today, bodies = clock.day_of(now()), choices.names("body")
    told = whole_case(me, case)
    body = bodies.get(case.lead_body or "", t("next.a_body"))
    may = allowed_actions(case, me)

    show(heading(case, what_is_next(case, bodies, today)))
    rate.overtaken(case, may)
    own_words.said()
    if told.answer:
        with st.container(border=True, key="card-answer"):
            show(answer(case, told.answer, bodies, today))
            if "close" in may:
                rate.judge(case, body)
            elif "reject" in may:
                own_words.folded(case, "reject", body=body)
    if told.promise:
        with st.container(border=True, key="card-promise"):
            show(promise_told(told.promise, today))
    if "resubmit" in may:
        with st.container(border=True, key="card-returned"):
            st.header(t("follow_case.asked"), anchor=False)
            show(written(told.asked))
            own_words.ask_words(case, "resubmit")

    st.header(t("follow_case.timeline"), anchor=False)
    show(timeline(case, told.events, bodies, today, told.answer))
    st.header(t("follow_case.your_words"), anchor=False)
    show(written(case.text))
    if told.attached:
        st.header(t("follow_case.files"), anchor=False)
        show(files(told.attached))
    for action in ("contest", "note", "withdraw", "reopen"):
        if action in may:
            own_words.folded(case, action)
    proof_of_case(case)
