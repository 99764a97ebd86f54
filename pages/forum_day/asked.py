"""Which form of the clerk's screen is open. It outlives a page that is drawn anew, so nothing typed is lost."""

from dataclasses import dataclass, replace
from uuid import uuid4

import streamlit as st


@dataclass(frozen=True)
class AnswerForm:
    """The form that is open: an answer's kind, 'matter' or 'end'. `seen` is the item's version when it opened."""

    forum_id: str
    what: str
    item_id: str = ""
    seen: int = 0
    key: str = ""


def ask(asked: AnswerForm) -> None:
    """Open it; a new one has a key of its own, so that it begins empty."""
    st.session_state["forum-day-asked"] = replace(asked, key=asked.key or str(uuid4()))


def asked_for(forum_id: str) -> AnswerForm | None:
    asked = st.session_state.get("forum-day-asked")
    return asked if asked and asked.forum_id == forum_id else None


def close() -> None:
    st.session_state.pop("forum-day-asked", None)
