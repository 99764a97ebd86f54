"""Answers as the reader sees them before sending."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import i18n
from intake.questionnaires.kind import other_of
from intake.questionnaires.questionnaire import NA, Item, Questionnaire
from intake.questionnaires.rules import empty
from pages.shared.here import lang, t


def lines_in_words(asked: Questionnaire, item: Item, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Question and answer: one line an item, one a row of a matrix, none for a text between questions."""
    if item.kind == "section":
        return []
    if item.kind != "matrix":
        return [(item.say(lang()), answer_in_words(asked, item, answers))]
    given = answers.get(item.code)
    rows = given if isinstance(given, dict) else {}
    return [
        (t("survey.row", item=item.say(lang()), row=row.say(lang())), _chosen(asked, item, rows.get(row.code)))
        for row in item.rows
    ]


def answer_in_words(asked: Questionnaire, item: Item, answers: Mapping[str, Any]) -> str:
    """A comment, and the words of 'other', are the person's own text."""
    given: Any = answers.get(item.code)
    if given is None or empty(given):
        return t("survey.no_answer")
    if given == NA and item.na:
        return t("survey.na")
    if given is True:
        return t("survey.consented")
    if isinstance(given, (list, tuple)):
        return t("survey.join").join(_with_other(asked, item, code, answers) for code in given)
    if isinstance(given, dict):
        return t("survey.join").join(f"{p.say(lang())} {given.get(p.code)}{_unit(item)}" for p in item.parts)
    if item.kind == "date":
        return i18n.day(date.fromisoformat(given), lang())
    if item.kind in ("number", "scale10"):
        return f"{given}{_unit(item)}"
    return given if item.kind == "text" else _with_other(asked, item, given, answers)


def _unit(item: Item) -> str:
    return f" {item.unit.say(lang())}" if item.unit else ""


def _with_other(asked: Questionnaire, item: Item, code: object, answers: Mapping[str, Any]) -> str:
    said = answers.get(other_of(item.code))
    words = any(option.words and option.code == code for option in asked.options_of(item))
    name = _chosen(asked, item, code)
    return t("survey.other_said", name=name, said=said) if words and said else name


def _chosen(asked: Questionnaire, item: Item, code: object) -> str:
    if empty(code):
        return t("survey.no_answer")
    names = {option.code: option.say(lang()) for option in asked.options_of(item)} | {NA: t("survey.na")}
    return names.get(code, str(code))  # type: ignore[arg-type]
