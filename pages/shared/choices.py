"""Reference lists as choices: codes behind, names in the reader's language in front."""

from datetime import date
from typing import Any, TypeVar, cast

import streamlit as st

from access.actor import Actor
from db import references
from db.people import choices
from pages.shared.here import lang, store, t

D = TypeVar("D", bound=date | None)


def names(list_name: str, *, active_only: bool = False, kind: str | None = None) -> dict[str, str]:
    """code → name, in the order of the list."""
    found = store().read(lambda con: references.items(con, list_name, active_only=active_only))
    return {item.code: item.say(lang()) for item in found if kind in (None, item.kind)}


def sectors() -> dict[str, str]:
    """Divisions only: an enterprise or a forum is of one, never of a whole section."""
    found = store().read(lambda con: references.items(con, "sector", active_only=True))
    return {item.code: item.say(lang()) for item in found if item.parent}


def enterprises(actor: Actor) -> dict[str, str]:
    """id → name of the enterprises that this person may see."""
    found = store().read(lambda con: choices.enterprises(con, actor.enterprise_scope))
    return {item.id: item.say(lang()) for item in found}


def choose(label: str, offered: dict[str, str], *, key: str, value: str | None = None) -> str | None:
    """One of `offered` (code → words); nothing chosen is None. Streamlit's own `required` would say so in English."""
    codes = list(offered)
    return st.selectbox(
        label,
        codes,
        index=codes.index(value) if value in offered else None,
        format_func=lambda code: offered[code],
        key=key,
        placeholder=t("choices.choose"),
    )


def pick_day(label: str, value: D, **how: Any) -> date | D:  # noqa: ANN401 - what st.date_input takes
    """A day, written 2023-11-30; an empty one hints that form in the reader's language (`streamlit_words.js`)."""
    return cast("date | D", st.date_input(label, value=value, format="YYYY-MM-DD", **how))
