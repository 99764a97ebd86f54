"""The enterprise judges: solved or not, five ratings, its own words. Each answer is one act on the case."""

import streamlit as st

from casework.act import act
from casework.lifecycle import BAD_RATINGS, RATINGS
from db.cases import Case
from db.refused import Refused
from pages.parts.here import actor, now, store, t

FACES = {
    "very_satisfied": ":material/sentiment_very_satisfied:",
    "satisfied": ":material/sentiment_satisfied:",
    "fairly_satisfied": ":material/sentiment_neutral:",
    "dissatisfied": ":material/sentiment_dissatisfied:",
    "very_dissatisfied": ":material/sentiment_very_dissatisfied:",
}
LONGEST = 2000


def said() -> None:
    """What the last act brought about, or why it was refused: shown once."""
    kind, key, facts = st.session_state.pop("case_said", (None, "", {}))
    if kind == "done":
        st.success(t(key, **facts), icon=":material/check_circle:")
    elif kind == "refused":
        st.error(t(key, **facts), icon=":material/error:")


def judge(case: Case, body: str) -> None:
    """Two big buttons; each asks the one thing that it needs."""
    step = st.session_state.get(_key(case, "step"))
    if step == "solved":
        _rating(case)
    elif step == "not":
        st.markdown(t("follow_case.missing_hint", body=body))
        _words(case, "reject", t("follow_case.missing"), t("follow_case.send_back"), "follow_case.sent_back", body=body)
        _step_back(case)
    else:
        st.subheader(t("follow_case.solved_question"), anchor=False)
        with st.container(horizontal=True, key="judge"):
            _step(case, "solved", t("follow_case.solved"), ":material/check:")
            _step(case, "not", t("follow_case.not_solved"), ":material/close:")


def send_back(case: Case, body: str) -> None:
    """A promise that the enterprise does not accept."""
    with st.expander(t("follow_case.not_accepted"), icon=":material/undo:"):
        _words(case, "reject", t("follow_case.missing"), t("follow_case.send_back"), "follow_case.sent_back", body=body)


def resubmit(case: Case) -> None:
    label, button = t("follow_case.resubmit_words"), t("follow_case.resubmit")
    _words(case, "resubmit", label, button, "follow_case.resubmitted", given="text")


def reopen(case: Case) -> None:
    with st.expander(t("follow_case.reopen"), icon=":material/undo:"):
        _words(case, "reopen", t("follow_case.reopen_why"), t("follow_case.reopen"), "follow_case.reopened")


def add_note(case: Case) -> None:
    with st.expander(t("follow_case.add_note"), icon=":material/edit_note:"):
        st.caption(t("follow_case.note_hint"))
        _words(case, "note", t("follow_case.add_note"), t("follow_case.send_note"), "follow_case.noted", given="note")


def _rating(case: Case) -> None:
    with st.container(key=f"rate-{case.id}"):
        chosen = st.radio(
            t("rate.question"),
            RATINGS,
            index=None,
            format_func=lambda code: f"{FACES[code]} {t(f'case.rating.{code}')}",
            key=_key(case, "rating"),
            width="stretch",
        )
    if chosen in BAD_RATINGS:
        st.warning(t("rate.reopens"), icon=":material/undo:")
        st.text_area(t("rate.why"), key=_key(case, "why"), max_chars=LONGEST)
    if chosen:
        st.button(t("rate.send"), type="primary", width="stretch", on_click=_close, args=(case,))
    _step_back(case)


def _close(case: Case) -> None:
    rating = st.session_state.get(_key(case, "rating"))
    bad = rating in BAD_RATINGS
    why = st.session_state.get(_key(case, "why")) if bad else None
    _act(case, "close", "follow_case.opened_again" if bad else "follow_case.thanks", {}, rating=rating, reason=why)


def _words(case: Case, action: str, label: str, button: str, done: str, *, given: str = "reason", **facts: str) -> None:
    """A box for the words that the action needs, and the button that sends them."""
    key = _key(case, f"{action}-words")
    st.text_area(label, key=key, max_chars=LONGEST, label_visibility="visible")
    st.button(button, type="primary", width="stretch", key=f"{key}-send", on_click=_send_words,
              args=(case, action, key, given, done, facts))  # fmt: skip


def _send_words(case: Case, action: str, key: str, given: str, done: str, facts: dict[str, str]) -> None:
    _act(case, action, done, facts, **{given: st.session_state.get(key)})


def _act(case: Case, action: str, done: str, facts: dict[str, str], **given: str | None) -> None:
    """Who acts is asked anew; a refusal leaves the words in their box."""
    try:
        act(store(), actor=actor(), case_id=case.id, action=action, seen=case.seq, at=now(), **given)  # type: ignore[arg-type]
    except Refused as refusal:
        st.session_state["case_said"] = ("refused", f"error.{refusal.code}", refusal.facts)
        return
    st.session_state["case_said"] = ("done", done, facts)
    for name in [str(name) for name in st.session_state if str(name).startswith(f"case-{case.id}")]:
        del st.session_state[name]


def _step(case: Case, step: str, label: str, icon: str) -> None:
    st.button(label, icon=icon, key=_key(case, f"to-{step}"), width="stretch", on_click=_go, args=(case, step))


def _step_back(case: Case) -> None:
    st.button(t("follow_case.not_yet"), key=_key(case, "back"), type="tertiary", on_click=_go, args=(case, None))


def _go(case: Case, step: str | None) -> None:
    st.session_state[_key(case, "step")] = step


def _key(case: Case, name: str) -> str:
    return f"case-{case.id}-{name}"
