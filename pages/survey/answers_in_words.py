"""Answers as the reader sees them before sending."""

from collections.abc import Mapping
from typing import Any

from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import NA, Item, Questionnaire
from intake.questionnaires.rules import empty
from pages.shared.here import lang, t
from pages.survey.kind import still
from pages.survey.kinds.choices import word_of
from pages.survey.kinds.table import SHOWN


def lines_in_words(asked: Questionnaire, item: Item, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Question and answer: one line an item, one a row of a table, none where nothing is asked."""
    if not KINDS[item.kind].asks:
        return []
    if not item.rows:
        return [(item.say(lang()), answer_in_words(asked, item, answers))]
    drawn = still(asked, item, answers)
    rows = drawn.given if isinstance(drawn.given, dict) else {}
    return [
        (t("survey.row", item=item.say(lang()), row=row.say(lang())), word_of(drawn, rows.get(row.code)))
        for row in item.rows
    ]


def answer_in_words(asked: Questionnaire, item: Item, answers: Mapping[str, Any]) -> str:
    """A comment, and the words of 'other', are the person's own text."""
    drawn = still(asked, item, answers)
    if empty(drawn.given):
        return t("survey.no_answer")
    return t("survey.na") if drawn.given == NA and item.na else SHOWN[item.kind].say(drawn)
