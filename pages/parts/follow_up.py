"""Writing down a call, a check or a visit: who was spoken to, how it turned out, a note if there is one."""

from typing import Any

import streamlit as st

from casework.act import CaseMovedOn, act
from casework.lifecycle import FOLLOW_UPS
from db.cases import Case
from db.refused import Refused
from pages.parts.asking import ask, saved
from pages.parts.here import actor, lang, now, store, t
from pages.parts.names import Names
from pages.parts.plain import letters, plain

_MOST = 2000


def record(kind: str, case: Case, names: Names) -> None:
    """Open the dialog. Two taps: how it turned out, save."""
    seen = f"recorded-{kind}-{case.id}"
    st.session_state[seen] = case.seq

    def draw() -> None:
        plain(f"{case.number} · {case.enterprise(lang())}\n{case.title}")
        given = fields(kind, case, names)
        given["note"] = st.text_area(t("today.note"), key=f"note-{kind}-{case.id}", max_chars=_MOST, height=100)
        if st.button(t("today.save"), type="primary", key=f"save-{kind}", width="stretch"):
            _save(kind, case, seen, given)

    ask(t(f"today.dialog.{kind}"), draw)


def fields(kind: str, case: Case, names: Names) -> dict[str, Any]:
    """The outcome, and the body spoken to where more than one works on the case."""
    words = {code: t(f"today.outcome.{kind}.{code}") for code in FOLLOW_UPS[kind]}
    given: dict[str, Any] = {}
    if kind != "return_visit" and case.co:
        bodies = [body for body in (case.lead_body, *case.co) if body]
        key = f"spoken-{kind}-{case.id}"
        given["spoken_to"] = st.selectbox(t("today.spoken_to"), bodies, format_func=names.who, key=key)
    key = f"result-{kind}-{case.id}"
    given["result"] = st.pills(t("today.result"), list(words), format_func=lambda code: words[code], key=key)
    return given


def _save(kind: str, case: Case, seen: str, given: dict[str, Any]) -> None:
    """Where somebody was faster, say so and keep the words; the next press writes over what is known then."""
    try:
        act(store(), actor=actor(), case_id=case.id, action=kind, seen=st.session_state[seen], at=now(), **given)
    except CaseMovedOn as moved:
        st.session_state[seen] = moved.case.seq
        st.warning(t("today.moved_on", state=t(f"case.state.{moved.case.state}")), icon=":material/sync_problem:")
    except Refused as refusal:
        facts = {name: letters(str(fact)) for name, fact in refusal.facts.items()}
        st.error(t(f"error.{refusal.code}", **facts), icon=":material/error:")
    else:
        saved()
