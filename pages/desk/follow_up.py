"""Writing down a call, a check or a visit: who was spoken to, how it turned out, a note if there is one."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import streamlit as st

import i18n
from casework.cases.act import CaseMovedOn, Given, act
from casework.cases.lifecycle import FOLLOW_UPS
from db.cases import cases
from db.cases.cases import Case
from db.refused import Refused
from pages.shared.asking import saved
from pages.shared.choices import pick
from pages.shared.here import actor, lang, now, store, t
from pages.shared.names import Names
from pages.shared.plain import plain
from pages.shared.refused import tell

_ASKED = "follow_up_asked"


@dataclass(frozen=True)
class NoteForm:
    """What is to be written down, about the version of the case that this person has seen."""

    kind: str
    case_id: str
    seen: int
    form_id: str


def ask_for(kind: str, case: Case) -> None:
    """A press on a row's button: the dialog opens with the next run, and stays until it is saved or dismissed."""
    st.session_state[_ASKED] = NoteForm(kind, case.id, case.seq, str(uuid4()))


def record(names: Names) -> bool:
    """Open the dialog where one was asked for. Two taps in it: how it turned out, save."""
    asked: NoteForm | None = st.session_state.get(_ASKED)
    if asked is not None:
        st.dialog(t(f"today.dialog.{asked.kind}"), on_dismiss=_forget)(_draw)(asked, names)
    return asked is not None


def _draw(asked: NoteForm, names: Names) -> None:
    who, kind = actor(), asked.kind
    case = store().read(lambda con: cases.get(con, who.scope, asked.case_id))
    if case is None:
        st.info(t("error.case_unknown"), icon=":material/search_off:")
        return
    plain(f"{case.number}{i18n.DOT}{case.enterprise(lang())}\n{case.title}")
    given = fields(kind, case, names)
    given["note"] = st.text_area(t("today.note"), key=f"note-{kind}-{case.id}", height=100)
    refusals = st.container()  # above the button, where the eye is
    if st.button(t("today.save"), type="primary", key=f"save-{kind}", width="stretch"):
        with refusals:
            _save(asked, given)


def _forget() -> None:
    st.session_state.pop(_ASKED, None)


def fields(kind: str, case: Case, names: Names) -> dict[str, Any]:
    """The outcome, and the body spoken to where more than one works on the case."""
    words = {code: t(f"today.outcome.{kind}.{code}") for code in FOLLOW_UPS[kind]}
    given: dict[str, Any] = {}
    if kind != "return_visit" and case.co:
        bodies = [body for body in (case.lead_body, *case.co) if body]
        key = f"spoken-{kind}-{case.id}"
        given["spoken_to"] = st.selectbox(t("today.spoken_to"), bodies, format_func=names.who, key=key)
    key = f"result-{kind}-{case.id}"
    given["result"] = pick(st.pills, t("today.result"), words, key=key)
    return given


def _save(asked: NoteForm, given: dict[str, Any]) -> None:
    """Where somebody was faster, say so and keep the words; the next press writes over what is known then."""
    last = st.session_state.get(_ASKED, asked)
    try:
        seen = {"case_id": last.case_id, "seen": last.seen, "form_id": last.form_id}
        act(store(), actor=actor(), action=last.kind, at=now(), given=Given(**given), **seen)
    except CaseMovedOn as moved:
        st.session_state[_ASKED] = replace(last, seen=moved.case.seq)
        st.warning(t("today.moved_on", state=t(f"case.state.{moved.case.state}")), icon=":material/sync_problem:")
    except Refused as refusal:
        tell(refusal)
    else:
        _forget()
        saved()
