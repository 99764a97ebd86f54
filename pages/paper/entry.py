"""The first keying of a paper form: whose it is, its lines, one button that saves and clears for the next."""

from functools import partial
from uuid import uuid4

import streamlit as st

from intake.paper import keying as paper
from intake.paper.form import Keyed, questions, serial_of
from intake.paper.keying import Found
from pages.paper.lines import lines, wrong_in_words
from pages.shared.asking import attempt, by
from pages.shared.here import lang, store, t
from pages.shared.markup import run_script
from pages.shared.plain import plain

_TURN = "paper-turn"  # counts the forms of this sitting: the boxes of the next one have other names, so are empty
_ID = "paper-response"


def turn() -> int:
    return st.session_state.setdefault(_TURN, 0)


def entry(found: Found, typed: str) -> None:
    whose(found)
    read = lines(found.asked, f"{found.serial}-{turn()}")
    if found.answered_online:
        st.error(t("error.paper_answered"))
    _gaps(found, read)
    response_id = st.session_state.setdefault(_ID, str(uuid4()))
    ready = not read.wrong and not found.answered_online
    if st.button(t("paper.save"), type="primary", disabled=not ready, key="paper-save"):
        enter = partial(paper.enter, store(), wave_id=found.wave.id, typed=typed, response_id=response_id)
        if receipt := attempt(lambda: enter(answers=read.answers, **by())):
            st.toast(t("paper.saved", number=receipt.number), icon=":material/check:")
            next_form()


def whose(found: Found) -> None:
    plain(f"{serial_of(found.wave, found.serial)}  {found.enterprise.say(lang())}")


def next_form() -> None:
    """Empty boxes, the number's first."""
    st.session_state[_TURN] = turn() + 1
    st.session_state.pop(_ID, None)
    st.rerun()


def _gaps(found: Found, read: Keyed) -> None:
    """What keeps it from being saved, once something was keyed; the lines say it in place."""
    missing = [q for q in questions(found.asked) if read.wrong.get(q.code) not in (None, "paper_missing")]
    if missing and read.answers:
        first = missing[0]
        st.caption(wrong_in_words(found.asked, first, read.wrong[first.code], read.answers))


def keys(turn: int) -> None:
    """Enter goes on to the next box, Backspace goes back; run once a form, which `turn` counts."""
    run_script("keys", turn=turn)
