"""The last look over all answers, then sending them once."""

from typing import Any

import streamlit as st

from access.actor import Actor
from db.refused import Refused
from intake.questionnaires.questionnaire import validate, visible_items
from intake.survey import answering as survey
from intake.survey.answering import Filling, InvalidAnswers, Offer
from pages.parts.here import lang, now, store, t
from pages.parts.plain import letters
from pages.parts.survey import frame
from pages.parts.survey.kept import CHECKED, go

_SENDING = "survey-sending"
_REFUSED = "survey-refused"  # why it was not taken, said beside the button


def last_look(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any]) -> None:
    asked = offer.questionnaire
    frame.progress(len(asked.screens), len(asked.screens), t("survey.look"))
    wrong = validate(asked, answers)
    for step, screen in enumerate(asked.screens):
        shown = [item for item in visible_items(asked, answers) if item.screen == screen.code]
        with st.container(key=f"f2f-part-{screen.code}", gap="small"):
            frame.answered(asked, screen.say(lang()), shown, answers, wrong)
            change, key = t("survey.change", name=letters(screen.say(lang()))), f"survey-change-{screen.code}"
            st.button(change, on_click=go, args=(offer, person, step), key=key, type="tertiary")
    sending = st.session_state.get(_SENDING) == filling.form_id
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(t(f"error.{refused.code}", **refused.facts), icon=":material/error:")
    with st.container(key="f2f-survey-nav", horizontal=True, wrap=False):
        back = len(asked.screens) - 1
        st.button(t("survey.back"), on_click=go, args=(offer, person, back), key="survey-back", disabled=sending)
        st.button(
            t("survey.sending" if sending else "survey.submit"),
            type="primary",
            width="stretch",
            disabled=sending,
            on_click=_mark_sending,
            args=(filling,),
            key="survey-submit",
        )
    if sending:
        _send(offer, person, filling, answers)


def _mark_sending(filling: Filling) -> None:
    st.session_state[_SENDING] = filling.form_id


def _send(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any]) -> None:
    """Send once; a refusal leaves everything as it was, says why and gives the button back."""
    try:
        survey.submit(
            store(),
            actor=person,
            form_id=filling.form_id,
            wave_id=offer.wave.id,
            answers=answers,
            language=lang(),
            started_at=filling.started_at,
            at=now(),
        )
    except InvalidAnswers as refused:
        _back_to_the_first_gap(offer, person, refused)
    except Refused as refused:
        st.session_state[_REFUSED] = refused
    finally:
        del st.session_state[_SENDING]
    st.rerun()


def _back_to_the_first_gap(offer: Offer, person: Actor, refused: InvalidAnswers) -> None:
    screens = [screen.code for screen in offer.questionnaire.screens]
    steps = {screens.index(item.screen) for item in offer.questionnaire.items if item.code in refused.errors}
    st.session_state[CHECKED] = steps
    go(offer, person, min(steps))
