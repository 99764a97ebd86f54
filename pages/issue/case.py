"""One case: what is next and by when, the answer with the enterprise's verdict, and everything that happened."""

import streamlit as st

from casework.cases.lifecycle import allowed_actions
from db import clock
from db.cases import attachments, cases, milestones, promises
from pages.issue import own_words, rate
from pages.issue.case_next import what_is_next
from pages.issue.proof import proof_of_case
from pages.issue.timeline import answer, empty, files, heading, standing_answer, timeline, written
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
        empty(t("follow_case.gone"), t("follow_case.gone_hint"))
        st.stop()
    today, bodies = clock.day_of(now()), choices.names("body")
    history = store().read(lambda con: cases.history(con, me.scope, wanted))
    attached = store().read(lambda con: attachments.of_case(con, me.scope, wanted))
    body = bodies.get(case.lead_body or "", t("next.a_body"))
    may = allowed_actions(case, me)

    show(heading(case, what_is_next(case, bodies, today)))
    own_words.said()
    on_top = standing_answer(case, history)
    if on_top:
        with st.container(border=True, key="card-answer"):
            show(answer(case, on_top, bodies, today))
            if "close" in may:
                rate.judge(case, body)
            elif "reject" in may:
                own_words.send_back(case, body)
    promise = promises.of_history(case, history)
    if promise:
        with st.container(border=True, key="card-promise"):
            show(promise_told(promise, today))
    if "resubmit" in may:
        with st.container(border=True, key="card-returned"):
            st.header(t("follow_case.asked"), anchor=False)
            show(written(next((e.detail.get("reason", "") for e in reversed(history) if e.kind == "return"), "")))
            own_words.resubmit(case)

    st.header(t("follow_case.timeline"), anchor=False)
    beside = store().read(lambda con: milestones.told(con, me.scope, wanted))
    show(timeline(case, milestones.among(history, beside), bodies, today, on_top))
    st.header(t("follow_case.your_words"), anchor=False)
    show(written(case.text))
    if attached:
        st.header(t("follow_case.files"), anchor=False)
        show(files(attached))
    if "note" in may:
        own_words.add_note(case)
    if "reopen" in may:
        own_words.reopen(case)
    proof_of_case(case)
