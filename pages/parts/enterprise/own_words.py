"""What the enterprise says in its own words: each is one act on the case, and is still there where it was refused."""

import streamlit as st

from casework.act import act
from db.cases import Case
from db.refused import Refused
from pages.parts.here import actor, now, store, t

LONGEST = 2000


def said() -> None:
    """What the last act brought about, or why it was refused: shown once."""
    kind, key, facts = st.session_state.pop("case_said", (None, "", {}))
    if kind == "done":
        st.success(t(key, **facts), icon=":material/check_circle:")
    elif kind == "refused":
        st.error(t(key, **facts), icon=":material/error:")


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
    st.text_area(label, key=key, max_chars=LONGEST, label_visibility="visible")
    st.button(button, type="primary", width="stretch", key=f"{key}-send", on_click=_send_words,
              args=(case, action, key, given, done, facts))  # fmt: skip


def _send_words(case: Case, action: str, key: str, given: str, done: str, facts: dict[str, str]) -> None:
    act_on(case, action, done, facts, **{given: st.session_state.get(key)})


def act_on(case: Case, action: str, done: str, facts: dict[str, str], **given: str | None) -> None:
    """Who acts is asked anew; a refusal leaves the words in their box."""
    try:
        act(store(), actor=actor(), case_id=case.id, action=action, seen=case.seq, at=now(), **given)  # type: ignore[arg-type]
    except Refused as refusal:
        st.session_state["case_said"] = ("refused", f"error.{refusal.code}", refusal.facts)
        return
    st.session_state["case_said"] = ("done", done, facts)
    for name in [str(name) for name in st.session_state if str(name).startswith(f"case-{case.id}")]:
        del st.session_state[name]


def key_of(case: Case, name: str) -> str:
    return f"case-{case.id}-{name}"
