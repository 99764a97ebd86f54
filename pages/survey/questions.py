"""Questions drawn for a thumb: words in big tiles, what is wrong in words beside the question."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from intake.questionnaires.questionnaire import Item, Questionnaire
from pages.shared import lead
from pages.shared.here import lang, t
from pages.survey.question_choices import consent, matrix, multiple, single
from pages.survey.question_frame import Drawn, Save, facts
from pages.survey.question_values import number, pair, scale
from pages.survey.question_words import comment, day

_DRAW: dict[str, Callable[[Drawn], None]] = {
    "level5": single,
    "change5": single,
    "yes_no": single,
    "single": single,
    "multiple": multiple,
    "matrix": matrix,
    "scale10": scale,
    "number": number,
    "two_numbers": pair,
    "date": day,
    "text": comment,
    "consent": consent,
}


def question(
    questionnaire: Questionnaire, item: Item, *, answers: Mapping[str, Any], wrong: str | None, seed: str, save: Save
) -> None:
    """Draw one item with the answer in `answers`. Every change goes to `save` at once; `seed` fixes a random order."""
    if item.kind == "section":
        _section(item)
        return
    drawn = Drawn(questionnaire, item, answers, seed, save)
    with st.container(key=f"f2f-question-{item.code}", gap="small"):
        _DRAW[item.kind](drawn)
        if wrong:
            lead.wrong(item.code, t(f"error.{wrong}", **facts(drawn)), "f2f-wrong")


def _section(item: Item) -> None:
    """A text between questions."""
    hint = f'<p class="f2f-quiet">{escape(item.hint.say(lang()))}</p>' if item.hint else ""
    with st.container(key=f"f2f-section-{item.code}"):
        st.html(f'<p class="f2f-section">{escape(item.say(lang()))}</p>{hint}')
