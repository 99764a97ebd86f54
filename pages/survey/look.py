"""The last look over all answers, then sending them once."""

from typing import Any

import streamlit as st

from access.actor import Actor
from db.refused import Refused
from intake.questionnaires.questionnaire import validate
from intake.survey.answering import Filling, Offer
from intake.survey.drafts import AnswersMoved
from intake.survey.responses import Receipt
from intake.survey.submitting import InvalidAnswers, submit
from pages.shared import lead
from pages.shared.here import lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters, why
from pages.survey import frame, own_copy
from pages.survey.kept import UNSAVED, go, keep, try_to_leave
from pages.survey.questions import steps_of, visible_on

_SEEN = "survey-seen"  # those of the last look before, where they have changed since
_RECEIVED = "survey-received"  # the receipt, for the run that brought it
_REFUSED = "survey-refused"  # why it was not taken, said beside the button


def last_look(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any]) -> None:
    asked = offer.questionnaire
    frame.progress(len(asked.screens), len(asked.screens), t("survey.look"), offer.enterprise)
    wrong, moved = validate(asked, answers), _moved(answers)
    if moved:
        st.warning(t("error.answers_moved"), icon=":material/sync:")
        lead.to_the_top("moved", f"screen-{len(asked.screens)}")
    for step, screen in enumerate(asked.screens):
        shown = visible_on(asked, answers, screen.code)
        with st.container(key=f"f2f-part-{screen.code}", gap="small"):
            frame.answered(asked, screen.say(lang()), shown, answers, wrong, moved)
            change, key = t("survey.change", name=letters(screen.say(lang()))), f"survey-change-{screen.code}"
            st.button(change, on_click=go, args=(offer, person, step), key=key, type="tertiary")
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(why(refused), icon=":material/error:")
    with frame.ways_on():
        back = len(asked.screens) - 1
        st.button(t("survey.back"), on_click=go, args=(offer, person, back), key="survey-back")
        st.button(t("survey.submit"), type="primary", width="stretch", on_click=_send,
                  args=(offer, person, filling, answers), key="survey-submit")  # fmt: skip
        # Shown in the button's place from the press on, by the page's script: the server may have a hall to answer.
        show(Markup('<p class="f2f-sending" role="status">{}</p>').format(t("survey.sending")))


def _moved(answers: dict[str, Any]) -> set[str]:
    """What was answered otherwise, in another window, after it had been looked at here."""
    seen = st.session_state.get(_SEEN, answers)
    return {code for code in seen.keys() | answers.keys() if seen.get(code) != answers.get(code)}


def _send(offer: Offer, person: Actor, filling: Filling, answers: dict[str, Any]) -> None:
    """Send once what was on the screen; where that has moved, it is shown again. A refusal leaves everything as it was
    and says why. Before anything is drawn: nobody looks at the answers once more."""
    if st.session_state.get(UNSAVED):
        keep(offer, person, {})  # what the store could not take before
    st.session_state.pop(_SEEN, None)
    try:
        given = submit(store(), actor=person, form_id=filling.form_id, wave_id=offer.wave.id, answers=answers,
                      language=lang(), started_at=filling.started_at, copy_code=own_copy.code_of(filling.form_id),
                      at=now())  # fmt: skip
    except InvalidAnswers as refused:
        _back_to_the_first_gap(offer, person, refused)
    except AnswersMoved:
        st.session_state[_SEEN] = answers
    except Refused as refused:
        st.session_state[_REFUSED] = refused
    else:
        st.query_params.from_dict({"done": offer.wave.id})
        st.session_state[_RECEIVED] = given


def just_received() -> Receipt | None:
    """What this run has sent: a hall that sends at once need not ask for it again."""
    return st.session_state.pop(_RECEIVED, None)


def _back_to_the_first_gap(offer: Offer, person: Actor, refused: InvalidAnswers) -> None:
    steps = steps_of(offer.questionnaire, refused.errors)
    for step in steps:
        try_to_leave(step, refused.errors)
    go(offer, person, min(steps))
