"""A skip rule in words, as it stands on paper: 'Only if question 2 is “Yes”'."""

from collections.abc import Mapping

import i18n
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Condition, Either, Every, Test
from intake.questionnaires.questionnaire import Questionnaire
from intake.questionnaires.rules import is_filled


def when_in_words(asked: Questionnaire, rule: Condition, number_of: Mapping[str, str], language: str) -> str:
    """`number_of` gives the printed number of an item's code."""
    return i18n.text("paper.only_if", language, rule=_rule(asked, rule, number_of, language))


def _rule(asked: Questionnaire, rule: Condition, number_of: Mapping[str, str], language: str) -> str:
    if isinstance(rule, Test):
        return _test(asked, rule, number_of, language)
    kind, parts = ("every", rule.every) if isinstance(rule, Every) else (
        ("either", rule.either) if isinstance(rule, Either) else ("neither", rule.neither)
    )  # fmt: skip
    said = [_rule(asked, part, number_of, language) for part in parts]
    if kind == "neither":
        return i18n.text("paper.rule.neither", language, rules=i18n.text("paper.rule.either", language).join(said))
    return i18n.text(f"paper.rule.{kind}", language).join(said)


def _test(asked: Questionnaire, test: Test, number_of: Mapping[str, str], language: str) -> str:
    code = test.item.partition(".")[0]
    item, number = asked.item(code), number_of.get(code, code)
    looked_at = KINDS[item.kind].rule if item else None
    if item is None or looked_at is None or is_filled(test):
        return i18n.text("paper.rule.filled", language, q=number)
    said = looked_at.say(asked, item, test.answer, language)
    return i18n.text(f"paper.rule.{test.op}", language, q=number, answer=said)
