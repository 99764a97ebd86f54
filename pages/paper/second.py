"""The second keying of a form: compared with the first; where they differ, the clerk looks at the paper and decides."""

from functools import partial

import streamlit as st

from intake.paper import keying as paper
from intake.paper.form import questions
from intake.paper.keying import Found
from intake.questionnaires.questionnaire import Answers
from pages.paper.entry import next_form, turn, whose
from pages.paper.lines import lines
from pages.shared.asking import attempt, by
from pages.shared.here import lang, store, t
from pages.shared.plain import letters
from pages.survey.answers_in_words import answer_in_words


def second_keying(found: Found, typed: str) -> None:
    form = found.entered
    if form is None:
        return
    whose(found)
    st.info(t("paper.second", number=found.number))
    if form.checked_at is not None:
        st.caption(t("error.paper_checked"))
        return
    read = lines(found.asked, f"second-{found.serial}-{turn()}")
    compared = f"paper-compared-{found.serial}-{turn()}"
    if st.button(t("paper.compare"), type="primary", disabled=bool(read.wrong), key="paper-compare"):
        st.session_state[compared] = True
    if not st.session_state.get(compared) or read.wrong:
        return
    differing = paper.compare(store(), wave_id=found.wave.id, typed=typed, answers=read.answers, **by())
    first = found.first
    if not differing:
        _settle(found, typed, first)
    _differences(found, differing, first, read.answers)
    with st.container(horizontal=True):
        if st.button(t("paper.first_right"), key="paper-first"):
            _settle(found, typed, first)
        if st.button(t("paper.second_right"), type="primary", key="paper-second"):
            _settle(found, typed, read.answers)


def _differences(found: Found, differing: list[str], first: Answers, second: Answers) -> None:
    st.markdown(t("paper.differ", n=len(differing)))
    asked = found.asked
    for question in questions(asked):
        if question.item.code in differing and (question.row is None or question.number.endswith(".1")):
            said = [letters(answer_in_words(asked, question.item, given)) for given in (first, second)]
            words = letters(question.item.say(lang()))
            number = question.number.partition(".")[0]
            st.markdown(t("paper.difference", number=number, words=words, first=said[0], second=said[1]))


def _settle(found: Found, typed: str, answers: Answers) -> None:
    settle = partial(paper.settle, store(), wave_id=found.wave.id, typed=typed)
    if settled := attempt(lambda: settle(answers=answers, **by())):
        st.toast(t("paper.same") if not settled.corrected else t("asking.saved"), icon=":material/check:")
        next_form()
