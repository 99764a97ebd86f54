"""What the enterprise says in its own words: each is one act on the case, and is still there where it was refused."""

from collections.abc import Sequence
from uuid import uuid4

import streamlit as st

from casework.cases.act import Given
from casework.cases.lifecycle import RULE_OF
from db.cases.cases import Case
from db.refused import Refused
from intake.files.upload import Upload
from intake.issue.acting import act_with_files
from pages.issue.sayings import SAYINGS, of_the_words, with_words
from pages.shared import lead
from pages.shared.file_field import WAYS, chosen, file_field, files_sent
from pages.shared.here import actor, now, store, t
from pages.shared.plain import told, words_of


def said() -> None:
    """What the last act brought about, or why the case could not take it: shown once."""
    kind, key, facts = st.session_state.pop("case_said", (None, "", {}))
    if kind == "done":
        st.success(told(key, **facts), icon=":material/check_circle:")
        lead.to_the_top(str(uuid4()), "f2f-case")  # what was pressed is gone
    elif kind == "refused":
        st.error(told(key, **facts), icon=":material/error:")


def say_refused(key: str) -> None:
    """This text, where nothing else is to be said."""
    st.session_state.setdefault("case_said", ("refused", key, {}))


def folded(case: Case, action: str, **facts: str) -> None:
    """The same as `ask_words`, behind its title."""
    one = SAYINGS[action]
    with st.expander(t(one.title), icon=one.icon):
        if one.hint:
            st.caption(t(one.hint))
        ask_words(case, action, **facts)


def ask_words(case: Case, action: str, **facts: str) -> None:
    """A box for the words that the action needs, and the button that sends them; `facts` fill what is said then."""
    key = key_of(case, f"{action}-words")
    words_box(case, t(SAYINGS[action].label), key)
    if "files" in RULE_OF[action].takes and actor().way in WAYS:
        file_field(key_of(case, f"files-{action}"))
    st.button(t(SAYINGS[action].button), type="primary", width="stretch", key=f"{key}-send", on_click=_send_words,
              args=(case, action, key, facts))  # fmt: skip


def words_box(case: Case, label: str, key: str) -> None:
    """The box, and below it why its words were refused, until they change."""
    st.text_area(label, key=key, on_change=_take_back, args=(case,))
    lead.needed(key, [key])
    refused_at(case, key)


def refused_at(case: Case, key: str) -> None:
    """Why the last act was refused, where `key` is the field that it was about."""
    at, refusal, turn = st.session_state.get(key_of(case, "refused"), ("", None, ""))
    if refusal and at == key:
        lead.wrong(key, words_of(refusal), "f2f-field-error")
        lead.to_the_gap([key], turn)


def _take_back(case: Case) -> None:
    st.session_state.pop(key_of(case, "refused"), None)


def _send_words(case: Case, action: str, key: str, facts: dict[str, str]) -> None:
    given = with_words(action, st.session_state.get(key))
    field = key_of(case, f"files-{action}")
    if act_on(case, action, SAYINGS[action].done, facts, about=key, given=given, uploads=chosen(field)):
        files_sent(field)


def act_on(
    case: Case, action: str, done: str, facts: dict[str, str], *, about: str, given: Given,
    uploads: Sequence[Upload] = (),
) -> bool:  # fmt: skip
    """Whether it was done, and what was put to other acts stays. Who acts is asked anew; a refusal leaves the words in
    their box. What it says of the words stands at the box of key `about`; what it says of the case stands on top, for
    the box may be gone."""
    try:
        seen = {"case_id": case.id, "seen": case.seq, "uploads": uploads}
        act_with_files(store(), actor=actor(), action=action, at=now(), given=given, **seen)
    except Refused as refusal:
        if of_the_words(refusal):
            st.session_state[key_of(case, "refused")] = (about, refusal, str(uuid4()))
        else:
            st.session_state["case_said"] = ("refused", f"error.{refusal.code}", refusal.facts)
        return False
    st.session_state["case_said"] = ("done", done, facts)
    others = tuple(key_of(case, of) for one in SAYINGS if one != action for of in (f"{one}-words", f"files-{one}"))
    for name in map(str, list(st.session_state)):
        if name.startswith(f"case-{case.id}") and not name.startswith(others):
            del st.session_state[name]
    return True


def key_of(case: Case, name: str) -> str:
    return f"case-{case.id}-{name}"
