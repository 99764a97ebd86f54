"""What the enterprise says in its own words: each is one act on the case, and is still there where it was refused."""

from dataclasses import replace
from uuid import uuid4

import streamlit as st

from casework.cases.act import NOTHING, Given, act
from db.cases.cases import Case
from db.refused import Refused
from pages.shared import lead
from pages.shared.here import actor, now, store, t
from pages.shared.plain import told

LONGEST = 2000
_OF_THE_WORDS = ("needs_", "too_long")  # how the codes of refusals begin


def said() -> None:
    """What the last act brought about, or why the case could not take it: shown once."""
    kind, key, facts = st.session_state.pop("case_said", (None, "", {}))
    if kind == "done":
        st.success(told(key, **facts), icon=":material/check_circle:")
    elif kind == "refused":
        st.error(told(key, **facts), icon=":material/error:")


def send_back(case: Case, body: str) -> None:
    """A promise that the enterprise does not accept."""
    with st.expander(t("follow_case.not_accepted"), icon=":material/undo:"):
        ask_words(
            case, "reject", t("follow_case.missing"), t("follow_case.send_back"), "follow_case.sent_back", body=body
        )


def resubmit(case: Case) -> None:
    label, button = t("follow_case.resubmit_words"), t("follow_case.resubmit")
    ask_words(case, "resubmit", label, button, "follow_case.resubmitted", given="text")


def reopen(case: Case) -> None:
    with st.expander(t("follow_case.reopen"), icon=":material/undo:"):
        ask_words(case, "reopen", t("follow_case.reopen_why"), t("follow_case.reopen"), "follow_case.reopened")


def add_note(case: Case) -> None:
    with st.expander(t("follow_case.add_note"), icon=":material/edit_note:"):
        st.caption(t("follow_case.note_hint"))
        ask_words(
            case, "note", t("follow_case.add_note"), t("follow_case.send_note"), "follow_case.noted", given="note"
        )


def ask_words(
    case: Case, action: str, label: str, button: str, done: str, *, given: str = "reason", **facts: str
) -> None:
    """A box for the words that the action needs, and the button that sends them."""
    key = key_of(case, f"{action}-words")
    words_box(case, label, key)
    st.button(button, type="primary", width="stretch", key=f"{key}-send", on_click=_send_words,
              args=(case, action, key, given, done, facts))  # fmt: skip


def words_box(case: Case, label: str, key: str) -> None:
    """The box, and below it why its words were refused, until they change."""
    st.text_area(label, key=key, max_chars=LONGEST, on_change=_take_back, args=(case,))
    refused_at(case, key)


def refused_at(case: Case, key: str) -> None:
    """Why the last act was refused, where `key` is the field that it was about."""
    at, refusal, turn = st.session_state.get(key_of(case, "refused"), ("", None, ""))
    if refusal and at == key:
        lead.wrong(key, t(f"error.{refusal.code}", **refusal.facts), "f2f-field-error")
        lead.to_the_gap([key], turn)


def _take_back(case: Case) -> None:
    st.session_state.pop(key_of(case, "refused"), None)


def _send_words(case: Case, action: str, key: str, given: str, done: str, facts: dict[str, str]) -> None:
    act_on(case, action, done, facts, about=key, given=replace(NOTHING, **{given: st.session_state.get(key)}))


def act_on(case: Case, action: str, done: str, facts: dict[str, str], *, about: str, given: Given) -> None:
    """Who acts is asked anew; a refusal leaves the words in their box. What it says of the words stands at the box
    of key `about`; what it says of the case stands on top, for the box may be gone."""
    try:
        act(store(), actor=actor(), case_id=case.id, action=action, seen=case.seq, at=now(), given=given)
    except Refused as refusal:
        if refusal.code.startswith(_OF_THE_WORDS):
            st.session_state[key_of(case, "refused")] = (about, refusal, str(uuid4()))
        else:
            st.session_state["case_said"] = ("refused", f"error.{refusal.code}", refusal.facts)
        return
    st.session_state["case_said"] = ("done", done, facts)
    for name in [str(name) for name in st.session_state if str(name).startswith(f"case-{case.id}")]:
        del st.session_state[name]


def key_of(case: Case, name: str) -> str:
    return f"case-{case.id}-{name}"
