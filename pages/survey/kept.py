"""A survey's answers on their way: kept at every change, and the screen that one goes to."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from access.actor import Actor
from db.refused import StoreUnavailable
from intake.survey import answering as survey
from intake.survey.answering import Offer
from pages.shared.here import now, store

_CHECKED = "survey-checked"
UNSAVED = "survey-unsaved"  # answers that the store could not take just now


def step_in(address: str, came_in: int, last: int) -> int:
    """The screen that the address says, counted from one there; where it says none, the one that one `came_in` by."""
    return min(int(address) - 1 if address.isdecimal() and 0 < int(address) < 100 else came_in, last)


def tried(step: int) -> tuple[int, frozenset[str]]:
    """How often one tried to leave a screen, and what was asked on it the last time: the gaps of that are named, not
    those of a question that an answer has brought since."""
    return st.session_state.get(_CHECKED, {}).get(step, (0, frozenset()))


def try_to_leave(step: int, asked: Iterable[str]) -> None:
    st.session_state.setdefault(_CHECKED, {})[step] = (tried(step)[0] + 1, frozenset(asked))


def go(offer: Offer, person: Actor, step: int) -> None:
    keep(offer, person, {}, screen=step)
    st.query_params["step"] = str(step + 1)


def keep(offer: Offer, person: Actor, answers: dict[str, Any], *, screen: int | None = None) -> bool:
    """Save; where the store cannot just now, hold it here and try again with the next change. Whether the page stands:
    the form is open still, and nothing was or is held here, which the page would say."""
    unsaved = st.session_state.setdefault(UNSAVED, {})
    stood = not unsaved
    unsaved.update(answers)
    try:
        found = survey.keep(store(), actor=person, wave_id=offer.wave.id, answers=unsaved, screen=screen, at=now())
        unsaved.clear()
    except StoreUnavailable:
        return False
    return stood and found is not None
