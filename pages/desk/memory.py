"""What a browser's tab knows of the cases that were open in it."""

from typing import Any
from uuid import uuid4

import streamlit as st

from db.cases.cases import Case


def forget(case_id: str) -> None:
    """The drawer closes: the next time, what changed is counted from then. What names the boxes stays, as they do."""
    seen = st.session_state.get(_memory(case_id), {})
    for name in ("opened", "drawn", "form", "unreached"):
        seen.pop(name, None)


def _memory(case_id: str) -> str:
    return f"seen-{case_id}"


def remembered(case: Case) -> dict[str, Any]:
    """`opened`: the version that this person knows; `drawn`: the one last on their screen; `turn`: what they sent;
    `form`: the id of what they send next; `taken`: by its box, how often they pressed what was offered, and what;
    `unreached`: nobody of the enterprise is told of the call just written."""
    seen = st.session_state[_memory(case.id)] = _fresh(case, turn=0) | st.session_state.get(_memory(case.id), {})
    return seen


def done_is(words: str) -> None:
    """What was done is said by the page when it is drawn anew: a message of the drawer's own run moved to another place
    when the drawer closed, was shown once more there, and was read once more."""
    st.session_state["desk-said"] = words


def say_done() -> None:
    if words := st.session_state.pop("desk-said", ""):
        st.toast(words, icon=":material/check:")


def _fresh(case: Case, *, turn: int, unreached: bool = False) -> dict[str, Any]:
    seen = {"opened": case.seq, "drawn": case.seq, "turn": turn, "form": str(uuid4())}
    return seen | {"taken": {}, "unreached": unreached}


def sent(kept: Case, *, unreached: bool) -> None:
    """What was sent stands: the next thing begins with empty boxes."""
    turn = st.session_state[_memory(kept.id)]["turn"] + 1
    st.session_state[_memory(kept.id)] = _fresh(kept, turn=turn, unreached=unreached)
