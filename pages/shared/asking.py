"""Asking in a dialog, and saying why where the rules refuse."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal, TypedDict, TypeVar

import streamlit as st

from access.actor import Actor
from db.refused import Refused
from pages.shared.here import actor, now, t
from pages.shared.plain import letters
from pages.shared.refused import tell

T = TypeVar("T")


class ByWhom(TypedDict):
    """What every verb is told: who does it, and when."""

    actor: Actor
    at: datetime


def by() -> ByWhom:
    return {"actor": actor(), "at": now()}


def ask(
    title: str, draw: Callable[[], None], *, width: Literal["small", "medium", "large"] = "small",
    closed: Callable[[], None] | Literal["ignore"] = "ignore",
) -> None:  # fmt: skip
    """Open a dialog over the page. Its title is in the reader's language, so it is made where it opens. `closed` is
    done when its reader closes it."""

    @st.dialog(letters(title), width=width, on_dismiss=closed)
    def framed() -> None:
        draw()

    framed()


def attempt(verb: Callable[[], T], why: Callable[[Refused], None] = tell) -> T | None:
    """What the verb returns; where the rules refuse, the reason beside the form, as `why` says it, and None."""
    try:
        return verb()
    except Refused as refusal:
        why(refusal)
        return None


def save(
    verb: Callable[[], object], then: Callable[[], object] = lambda: None, why: Callable[[Refused], None] = tell,
    said: str = "asking.saved",
) -> None:  # fmt: skip
    """Where the rules agree, `then` is done too, the text named `said` is said and the dialog closes; where they
    refuse, what was typed stays."""
    if attempt(lambda: (verb(),), why):  # a verb may give nothing back
        then()
        saved(said)


def day_or_never(day: object) -> date:
    """A day that was chosen; else one that never comes, which the rules of what has happened refuse with the rest."""
    return day if isinstance(day, date) else date.max


def saved(said: str = "asking.saved") -> None:
    """Say so and draw the page anew, which closes the dialog."""
    st.toast(t(said), icon=":material/check:")
    st.rerun()
