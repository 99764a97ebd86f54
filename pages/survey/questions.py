"""Questions drawn for a thumb: words in big tiles, what is wrong in words beside the question."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Test
from intake.questionnaires.questionnaire import Item, Questionnaire, visible_items
from intake.questionnaires.rules import is_filled
from pages.shared import lead
from pages.shared.here import t
from pages.survey.kind import DrawnItem, Save, still
from pages.survey.kinds.table import SHOWN


def question(
    questionnaire: Questionnaire, item: Item, *, answers: Mapping[str, Any], wrong: str | None, seed: str, save: Save
) -> None:
    """Draw one item with the answer in `answers`. Every change goes to `save` at once; `seed` fixes a random order."""
    drawn, shown = DrawnItem(questionnaire, item, answers, seed, save), SHOWN[item.kind]
    if not KINDS[item.kind].asks:
        shown.draw(drawn)
        return
    with st.container(key=f"f2f-question-{item.code}", gap="small"):
        shown.draw(drawn)
        if wrong:
            lead.wrong(item.code, wrong_in_words(drawn, wrong), "f2f-wrong")


def visible_on(asked: Questionnaire, answers: Mapping[str, Any], screen: str) -> list[Item]:
    return [item for item in visible_items(asked, answers) if item.screen == screen]


def steps_of(asked: Questionnaire, codes: Collection[str]) -> set[int]:
    """On which screens these questions stand."""
    screens = [screen.code for screen in asked.screens]
    return {screens.index(item.screen) for item in asked.items if item.code in codes}


def wrong_by_name(asked: Questionnaire, wrong: Mapping[str, str], answers: Mapping[str, Any]) -> dict[str, str]:
    """Which question, and what is wrong with it, by its code."""
    drawn = [still(asked, item, answers) for item in asked.items if item.code in wrong]
    return {one.item.code: named(one, wrong_in_words(one, wrong[one.item.code])) for one in drawn}


def named(drawn: DrawnItem, said: str) -> str:
    return t("survey.row", item=drawn.said, row=said)


def drawn_on(asked: Questionnaire, answers: Mapping[str, Any], screen: str) -> list[Item]:
    """What stands on a screen. Consent stands below its comment even while that is empty: nothing may move under the
    thumb."""
    shown = visible_on(asked, answers, screen)
    codes = {item.code for item in shown}
    waiting = (item for item in asked.on_screen(screen) if KINDS[item.kind].agrees and item not in shown)
    consents = [
        item for item in waiting if isinstance(item.when, Test) and is_filled(item.when) and item.when.item in codes
    ]
    return [*shown, *consents]


def wrong_in_words(drawn: DrawnItem, code: str) -> str:
    return t(f"error.{code}", **SHOWN[drawn.item.kind].facts(drawn))
