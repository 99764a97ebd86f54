"""The questionnaire in a phone's width, drawn by the very code that the enterprise's page uses."""

import streamlit as st

from intake.questionnaires.questionnaire import Questionnaire, visible_items
from pages.shared.choices import pick
from pages.shared.here import lang, t
from pages.survey.frame import progress
from pages.survey.questions import question

_ANSWERS = "designer-answers"


def preview(asked: Questionnaire) -> None:
    """One page at a time; what is tried is kept for this visit only."""
    st.header(t("designer.preview"), anchor=False)
    st.caption(t("designer.preview_lead"))
    screens = {screen.code: screen.say(lang()) for screen in asked.screens}
    answers: dict = st.session_state.setdefault(f"{_ANSWERS}-{asked.code}", {})
    with st.container(key="f2f-phone"):
        named = {code: name or code for code, name in screens.items()}
        code = pick(st.selectbox, t("designer.on_screen"), named, key=f"preview-screen-{asked.code}",
                    label_visibility="collapsed")  # fmt: skip
        if code not in screens:
            return
        progress(list(screens).index(code), len(screens), screens[code], None, level=3)
        for item in visible_items(asked, answers):
            if item.screen == code:
                question(asked, item, answers=answers, wrong=None, seed="preview", save=answers.__setitem__)
