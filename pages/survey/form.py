"""The survey on its way: introduction, its screens, a last look. What is typed is kept at every change."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from access.actor import Actor
from intake.questionnaires.questionnaire import Item, Questionnaire, validate
from intake.survey import answering as survey
from intake.survey.answering import Filling, Offer
from intake.survey.respondents import SOURCE
from pages.shared import lead
from pages.shared.asking import attempt
from pages.shared.here import lang, now, store, t
from pages.survey import frame
from pages.survey.introduction import declared, introduced
from pages.survey.kept import UNSAVED, go, keep, step_in, tried, try_to_leave
from pages.survey.look import last_look
from pages.survey.questions import drawn_on, question, visible_on, wrong_by_name

_CAME_IN = "survey-came-in"  # the screen that this visit began with
_MOVED = "survey-moved"  # whether the last answer moved more than its own question


def introduction(offer: Offer, person: Actor) -> None:
    """What it is, why, how long, who will see it; then one button."""
    introduced(offer, SOURCE[person.way])
    said = declared() if person.way == "open" else {}

    def start() -> None:
        attempt(lambda: survey.begin(store(), actor=person, offer=offer, form_id=str(uuid4()), declared=said, at=now()))

    st.button(t("survey.start"), type="primary", width="stretch", on_click=start, key="survey-start")


def fill(offer: Offer, person: Actor, filling: Filling) -> None:
    """The screen that one is on, or the last look."""
    answers = filling.answers | st.session_state.get(UNSAVED, {})
    step = _step(filling, len(offer.questionnaire.screens))
    lead.to_the_top(str(step), f"screen-{step}")
    if st.session_state.get(UNSAVED):
        st.warning(t("survey.not_saved"))
    if step == len(offer.questionnaire.screens):
        last_look(offer, person, filling, answers)
    else:
        _screen(offer, person, filling, answers, step)


def _step(filling: Filling, last: int) -> int:
    """The address says it, so that the browser's Back goes one screen back; the bare address is where one came in."""
    came_in = st.session_state.setdefault(_CAME_IN, filling.screen)
    return step_in(st.query_params.get("step", ""), came_in, last)


def _screen(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any], step: int) -> None:
    asked = offer.questionnaire
    screen = asked.screens[step]
    shown = visible_on(asked, answers, screen.code)
    tries, seen = tried(step)
    wrong = _wrong_on(asked, answers, [item for item in shown if item.code in seen])
    frame.progress(step, len(asked.screens), screen.say(lang()), offer.enterprise)
    above = st.container()
    save = partial(_save, offer, person, answers, step)
    with st.container(key=f"f2f-screen-{screen.code}", gap="small"):
        for item in drawn_on(asked, answers, screen.code):
            _by_itself(asked, item, answers=answers, wrong=wrong.get(item.code), seed=filling.form_id, save=save)
    if wrong:
        with above:
            lead.gaps(t("survey.gaps", n=len(wrong)), wrong_by_name(asked, wrong, answers))
    lead.to_the_gap(wrong, f"{step}/{tries}")
    needed = [item for item in shown if item.required]
    lead.needed(str(step), [f"f2f-{of}-{item.code}" for item in needed for of in ("question", item.kind)])
    with frame.ways_on():
        st.button(t("survey.back"), disabled=step == 0, on_click=go, args=(offer, person, step - 1), key="survey-back")
        st.button(t("survey.next"), type="primary", width="stretch", on_click=_leave, args=(offer, person, step),
                  key="survey-next")  # fmt: skip


@st.fragment
def _by_itself(asked: Questionnaire, item: Item, **told: Any) -> None:  # noqa: ANN401
    """A question is drawn alone after its answer, unless more than it has moved by that."""
    if st.session_state.pop(_MOVED, False):
        st.rerun()
    question(asked, item, **told)


def _save(offer: Offer, person: Actor, answers: dict[str, Any], step: int, code: str, value: Any) -> None:  # noqa: ANN401
    """Keep one answer, here too: what is drawn next goes by it."""
    before = _besides(offer.questionnaire, answers, step)
    answers[code] = value
    stands = keep(offer, person, {code: value})
    st.session_state[_MOVED] = not stands or _besides(offer.questionnaire, answers, step) != before


def _besides(asked: Questionnaire, answers: Mapping[str, Any], step: int) -> tuple[object, ...]:
    """What of a screen an answer may move besides its own question."""
    code, (_, seen) = asked.screens[step].code, tried(step)
    shown = visible_on(asked, answers, code)
    return drawn_on(asked, answers, code), shown, _wrong_on(asked, answers, [one for one in shown if one.code in seen])


def _wrong_on(asked: Questionnaire, answers: Mapping[str, Any], shown: list[Item]) -> dict[str, str]:
    found = validate(asked, answers)
    return {item.code: found[item.code] for item in shown if item.code in found}


def _leave(offer: Offer, person: Actor, step: int) -> None:
    """Next: the gaps of this screen are named first."""
    filling = survey.resume(store(), actor=person, wave_id=offer.wave.id)
    if filling is None:
        return
    answers = filling.answers | st.session_state.get(UNSAVED, {})
    code = offer.questionnaire.screens[step].code
    here = visible_on(offer.questionnaire, answers, code)
    try_to_leave(step, (item.code for item in here))
    if not _wrong_on(offer.questionnaire, answers, here):
        go(offer, person, step + 1)
