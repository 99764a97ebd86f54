"""The survey on its way: introduction, six screens, a last look. What is typed is kept at every change."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import streamlit as st

from access.actor import Actor
from db.refused import Refused, StoreUnavailable
from intake import survey
from intake.questionnaire import Item, Questionnaire, validate, visible_items
from intake.survey import Filling, InvalidAnswers, Offer
from pages.parts import survey_frame as frame
from pages.parts.here import lang, now, store, t
from pages.parts.plain import letters
from pages.parts.questions import question

_CHECKED = "survey-checked"  # screens that one tried to leave: their gaps are named
_UNSAVED = "survey-unsaved"  # answers that the store could not take just now
_SENDING = "survey-sending"
_CAME_IN = "survey-came-in"  # the screen that this visit began with


def introduction(offer: Offer, person: Actor) -> None:
    """What it is, why, how long, who will see it; then one button."""

    def start() -> None:
        survey.begin(store(), actor=person, offer=offer, form_id=str(uuid4()), at=now())

    frame.introduction(offer)
    st.button(t("survey.start"), type="primary", width="stretch", on_click=start, key="survey-start")


def fill(offer: Offer, person: Actor, filling: Filling) -> None:
    """The screen that one is on, or the last look."""
    answers = filling.answers | st.session_state.get(_UNSAVED, {})
    step = _step(filling, len(offer.questionnaire.screens))
    with frame.from_the_top(step):
        if st.session_state.get(_UNSAVED):
            st.warning(t("survey.not_saved"))
        if step == len(offer.questionnaire.screens):
            _last_look(offer, person, filling, answers)
        else:
            _screen(offer, person, filling, answers, step)


def _step(filling: Filling, last: int) -> int:
    """The address says it, so that the browser's Back goes one screen back; the bare address is where one came in."""
    came_in = st.session_state.setdefault(_CAME_IN, filling.screen)
    wanted = st.query_params.get("step", "")
    return min(int(wanted) - 1 if wanted.isdecimal() and 0 < int(wanted) < 100 else came_in, last)


def _screen(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any], step: int) -> None:
    asked = offer.questionnaire
    screen = asked.screens[step]
    shown = [item for item in visible_items(asked, answers) if item.screen == screen.code]
    wrong = _wrong_on(asked, answers, shown) if step in st.session_state.get(_CHECKED, set()) else {}
    frame.progress(step, len(asked.screens), screen.say(lang()))
    with st.container(key=f"f2f-screen-{screen.code}", gap="small"):
        for item in _drawn(asked, shown, screen.code):
            question(
                asked,
                item,
                answers=answers,
                wrong=wrong.get(item.code),
                seed=filling.form_id,
                save=lambda code, value: _keep(offer, person, {code: value}),
            )
    if wrong:
        frame.gaps(list(wrong))
    with st.container(key="f2f-survey-nav", horizontal=True, wrap=False):
        st.button(t("survey.back"), disabled=step == 0, on_click=_go, args=(offer, person, step - 1), key="survey-back")
        st.button(
            t("survey.next"),
            type="primary",
            width="stretch",
            on_click=_leave,
            args=(offer, person, step),
            key="survey-next",
        )


def _drawn(asked: Questionnaire, shown: list[Item], screen: str) -> list[Item]:
    """Consent stands below its comment even while that is empty: nothing may move under the thumb."""
    consents = [item for item in asked.on_screen(screen) if item.kind == "consent" and item not in shown]
    return [*shown, *consents]


def _wrong_on(asked: Questionnaire, answers: Mapping[str, Any], shown: list[Item]) -> dict[str, str]:
    found = validate(asked, answers)
    return {item.code: found[item.code] for item in shown if item.code in found}


def _leave(offer: Offer, person: Actor, step: int) -> None:
    """Next: the gaps of this screen are named first."""
    filling = survey.resume(store(), actor=person, wave_id=offer.wave.id)
    if filling is None:
        return
    answers = filling.answers | st.session_state.get(_UNSAVED, {})
    code = offer.questionnaire.screens[step].code
    here = [item for item in visible_items(offer.questionnaire, answers) if item.screen == code]
    st.session_state.setdefault(_CHECKED, set()).add(step)
    if not _wrong_on(offer.questionnaire, answers, here):
        _go(offer, person, step + 1)


def _go(offer: Offer, person: Actor, step: int) -> None:
    _keep(offer, person, {}, screen=step)
    st.query_params["step"] = str(step + 1)


def _keep(offer: Offer, person: Actor, answers: dict[str, Any], *, screen: int | None = None) -> None:
    """Save; where the store cannot just now, hold it here and try again with the next change."""
    unsaved = st.session_state.setdefault(_UNSAVED, {})
    unsaved.update(answers)
    try:
        survey.keep(store(), actor=person, wave_id=offer.wave.id, answers=unsaved, screen=screen, at=now())
        unsaved.clear()
    except StoreUnavailable:
        pass  # the page says so as long as something is unsaved


def _last_look(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any]) -> None:
    asked = offer.questionnaire
    frame.progress(len(asked.screens), len(asked.screens), t("survey.look"))
    wrong = validate(asked, answers)
    for step, screen in enumerate(asked.screens):
        shown = [item for item in visible_items(asked, answers) if item.screen == screen.code]
        with st.container(key=f"f2f-part-{screen.code}", gap="small"):
            frame.answered(asked, screen.say(lang()), shown, answers, wrong)
            change, key = t("survey.change", name=letters(screen.say(lang()))), f"survey-change-{screen.code}"
            st.button(change, on_click=_go, args=(offer, person, step), key=key, type="tertiary")
    sending = st.session_state.get(_SENDING) == filling.form_id
    with st.container(key="f2f-survey-nav", horizontal=True, wrap=False):
        back = len(asked.screens) - 1
        st.button(t("survey.back"), on_click=_go, args=(offer, person, back), key="survey-back", disabled=sending)
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
    """Send once; a refusal leaves everything as it was and says why."""
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
        st.error(t(f"error.{refused.code}", **refused.facts))
        del st.session_state[_SENDING]
        return
    del st.session_state[_SENDING]
    st.rerun()


def _back_to_the_first_gap(offer: Offer, person: Actor, refused: InvalidAnswers) -> None:
    screens = [screen.code for screen in offer.questionnaire.screens]
    steps = {screens.index(item.screen) for item in offer.questionnaire.items if item.code in refused.errors}
    st.session_state[_CHECKED] = steps
    _go(offer, person, min(steps))
