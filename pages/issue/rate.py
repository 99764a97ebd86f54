"""The enterprise judges: solved or not, and five ratings. Each answer is one act on the case."""

from collections.abc import Collection
from uuid import uuid4

import streamlit as st

from casework.cases.act import Given
from db.cases.cases import Case
from db.states import BAD_RATINGS, RATINGS
from pages.issue.own_words import act_on, ask_words, key_of, refused_at, say_refused, words_box
from pages.issue.sayings import done_by
from pages.shared import lead
from pages.shared.here import t

FACES = {
    "very_satisfied": ":material/sentiment_very_satisfied:",
    "satisfied": ":material/sentiment_satisfied:",
    "fairly_satisfied": ":material/sentiment_neutral:",
    "dissatisfied": ":material/sentiment_dissatisfied:",
    "very_dissatisfied": ":material/sentiment_very_dissatisfied:",
}


def judge(case: Case, body: str) -> None:
    """Two big buttons; each asks the one thing that it needs."""
    step, turn = st.session_state.get(key_of(case, "step"), (None, ""))
    if step:
        lead.to_the_field(turn, key_of(case, "rating" if step == "solved" else "reject-words"))
    if step == "solved":
        _rating(case)
    elif step == "not":
        st.markdown(t("follow_case.missing_hint", body=body))
        ask_words(case, "reject", body=body)
        _step_back(case)
    else:
        st.header(t("follow_case.solved_question"), anchor=False)
        with st.container(horizontal=True, key="judge"):
            _step(case, "solved", t("follow_case.solved"), ":material/check:")
            _step(case, "not", t("follow_case.not_solved"), ":material/close:")


def overtaken(case: Case, may: Collection[str]) -> None:
    """Somebody was faster while one judged: that is said, and what was typed stands where the case can be reopened."""
    if "close" in may or not st.session_state.pop(key_of(case, "step"), (None, ""))[0]:
        return
    typed = st.session_state.get(key_of(case, "reject-words")) or st.session_state.get(key_of(case, "why"))
    if typed and "reopen" in may:
        st.session_state.setdefault(key_of(case, "reopen-words"), typed)
    say_refused("follow_case.overtaken")


def _rating(case: Case) -> None:
    with st.container(key=f"rate-{case.id}"):
        chosen = st.radio(
            t("rate.question"),
            RATINGS,
            index=None,
            format_func=lambda code: f"{FACES[code]} {t(f'case.rating.{code}')}",
            key=key_of(case, "rating"),
            width="stretch",
        )
    if chosen in BAD_RATINGS:
        st.warning(t("rate.reopens"), icon=":material/undo:")
        words_box(case, t("rate.why"), key_of(case, "why"))
    elif chosen:
        refused_at(case, key_of(case, "rating"))
    if chosen:
        st.button(t("rate.send"), type="primary", width="stretch", on_click=_close, args=(case,))
    _step_back(case)


def _close(case: Case) -> None:
    rating = st.session_state.get(key_of(case, "rating"))
    about = "why" if rating in BAD_RATINGS else "rating"
    why = st.session_state.get(key_of(case, "why")) if about == "why" else None
    act_on(case, "close", done_by(rating), {}, about=key_of(case, about), given=Given(rating=rating, reason=why))


def _step(case: Case, step: str, label: str, icon: str) -> None:
    st.button(label, icon=icon, key=key_of(case, f"to-{step}"), width="stretch", on_click=_go, args=(case, step))


def _step_back(case: Case) -> None:
    st.button(t("follow_case.not_yet"), key=key_of(case, "back"), type="tertiary", on_click=_go, args=(case, None))


def _go(case: Case, step: str | None) -> None:
    st.session_state[key_of(case, "step")] = (step, str(uuid4()))
