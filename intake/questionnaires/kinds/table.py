"""All kinds of question, in the order in which they are offered. A new one is a file beside this and a line in it."""

from intake.questionnaires.kind import AnsweredItem, Kind
from intake.questionnaires.kinds.change5 import CHANGE5
from intake.questionnaires.kinds.consent import CONSENT
from intake.questionnaires.kinds.date import DATE
from intake.questionnaires.kinds.level5 import LEVEL5
from intake.questionnaires.kinds.matrix import MATRIX
from intake.questionnaires.kinds.multiple import MULTIPLE
from intake.questionnaires.kinds.number import NUMBER
from intake.questionnaires.kinds.scale10 import SCALE10
from intake.questionnaires.kinds.section import SECTION
from intake.questionnaires.kinds.single import SINGLE
from intake.questionnaires.kinds.text import TEXT
from intake.questionnaires.kinds.two_numbers import TWO_NUMBERS
from intake.questionnaires.kinds.yes_no import YES_NO
from intake.questionnaires.model import NA, Answers, Item, Questionnaire, Stored
from intake.questionnaires.rules import empty

_ALL = (LEVEL5, CHANGE5, SCALE10, YES_NO, SINGLE, MULTIPLE, MATRIX, NUMBER, TWO_NUMBERS, DATE, TEXT, CONSENT, SECTION)
KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}


def wrong(questionnaire: Questionnaire, item: Item, answers: Answers) -> str | None:
    given, kind = answers.get(item.code), KINDS[item.kind]
    if empty(given):
        return "answer_required" if item.required and kind.asks else None
    if item.na and given == NA:
        return None
    return kind.check(AnsweredItem(questionnaire, item, given, answers))


def stored(questionnaire: Questionnaire, item: Item, answers: Answers) -> list[Stored]:
    """The rows of one valid answer."""
    given = answers.get(item.code)
    if empty(given):
        return []
    if given == NA and item.na:
        return [Stored(item.code, choice=NA)]
    return KINDS[item.kind].store(AnsweredItem(questionnaire, item, given, answers))
