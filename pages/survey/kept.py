"""A survey's answers on their way: kept at every change, and the screen that one goes to."""

from typing import Any

import streamlit as st

from access.actor import Actor
from db.refused import StoreUnavailable
from intake.survey import answering as survey
from intake.survey.answering import Offer
from pages.shared.here import now, store

CHECKED = "survey-checked"  # how often one tried to leave each screen: its gaps are named
UNSAVED = "survey-unsaved"  # answers that the store could not take just now


def step_in(address: str, came_in: int, last: int) -> int:
    """The screen that the address says, counted from one there; where it says none, the one that one `came_in` by."""
    return min(int(address) - 1 if address.isdecimal() and 0 < int(address) < 100 else came_in, last)


def go(offer: Offer, person: Actor, step: int) -> None:
    keep(offer, person, {}, screen=step)
    st.query_params["step"] = str(step + 1)


def keep(offer: Offer, person: Actor, answers: dict[str, Any], *, screen: int | None = None) -> None:
    """Save; where the store cannot just now, hold it here and try again with the next change."""
    unsaved = st.session_state.setdefault(UNSAVED, {})
    unsaved.update(answers)
    try:
        survey.keep(store(), actor=person, wave_id=offer.wave.id, answers=unsaved, screen=screen, at=now())
        unsaved.clear()
    except StoreUnavailable:
        pass  # the page says so as long as something is unsaved
