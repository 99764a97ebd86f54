"""The questions as they stand on paper, and what a clerk types for each.

A clerk types what is printed beside the box: levels 5 to 1, options 1, 2, 3 …, 'n' for does not apply, '.' for what
was left blank. One character needs no space; what may need more (10, a number, a date) ends with a space.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any

from stdnum import luhn

from db.refused import Refused
from db.survey.surveys import Wave
from intake.questionnaires.kinds import table as question_kinds
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import NA, Answers, Item, Option, Questionnaire, passes_on

BLANK = (".", "-")
NA_KEY = "n"
_MISSING_IS_FINE = ("answer_required", "answer_every_row")  # on paper, what was not answered stays so


@dataclass(frozen=True)
class KeyedQuestion:
    """One box to key: an item, or one row of a matrix. `number` is printed before it: '12', '12.1'."""

    number: str
    item: Item
    row: Option | None = None

    @property
    def code(self) -> str:
        return f"{self.item.code}.{self.row.code}" if self.row else self.item.code

    def say(self, language: str) -> str:
        words = self.item.say(language)
        return f"{words} — {self.row.say(language)}" if self.row else words


@dataclass(frozen=True)
class Keyed:
    """What a line of keys says: answers by item, and what is wrong by question's code."""

    answers: dict[str, Any]
    wrong: dict[str, str]


def questions(asked: Questionnaire) -> list[KeyedQuestion]:
    """Everything that is printed to be answered, in order. Texts have their numbers too.

    A consent to open words as an issue is not asked: no comment on paper is opened, as its notice says.
    """
    found: list[KeyedQuestion] = []
    number = 0
    for item in asked.items:
        if not KINDS[item.kind].asks or passes_on(item):
            continue
        number += 1
        rows = [KeyedQuestion(f"{number}.{n}", item, row) for n, row in enumerate(item.rows, 1)]
        found += rows or [KeyedQuestion(str(number), item)]
    return found


def keyed_questions(asked: Questionnaire, screen: str) -> list[KeyedQuestion]:
    """Those of a screen that are typed as keys, in a line."""
    return [q for q in questions(asked) if q.item.screen == screen and KINDS[q.item.kind].keys]


def texts(asked: Questionnaire) -> list[KeyedQuestion]:
    return [question for question in questions(asked) if KINDS[question.item.kind].own_words]


def keys_of(asked: Questionnaire, item: Item) -> dict[str, Option]:
    """Key → option, as printed: levels count down to 1, so that the better answer has the higher number."""
    options, keys = asked.options_of(item), KINDS[item.kind].keys
    if keys and keys.down(item):
        return {str(len(options) - place): option for place, option in enumerate(options)}
    return {str(place): option for place, option in enumerate(options, 1)}


def read_line(asked: Questionnaire, wanted: list[KeyedQuestion], line: str) -> Keyed:
    """Take the line apart, question by question. Nothing is guessed: what cannot be read is said of its question."""
    rest = " ".join(unicodedata.normalize("NFKC", line).lower().split())
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for question in wanted:
        key, rest = _next(asked, question, rest)
        if not key:
            wrong[question.code] = "paper_missing"
            continue
        try:
            _put(answers, question, _read(asked, question, key))
        except (ValueError, KeyError):
            wrong[question.code] = "paper_unreadable"
    if rest and wanted:
        wrong[wanted[-1].code] = "paper_too_many"
    return Keyed(answers, wrong)


def problems(asked: Questionnaire, answers: Answers) -> dict[str, str]:
    """Item → what is wrong with what was written on paper, also where a skip rule makes it void."""
    found = {item.code: question_kinds.wrong(asked, item, answers) for item in asked.items if KINDS[item.kind].asks}
    return {code: wrong for code, wrong in found.items() if wrong and wrong not in _MISSING_IS_FINE}


def serial_of(wave: Wave, serial: int) -> str:
    """'7-00345-1': the wave, the enterprise's number in it, a check digit."""
    return f"{wave.number}-{serial:05d}-{luhn.calc_check_digit(f'{wave.number}{serial:05d}')}"


def read_serial(wave: Wave, typed: str) -> int:
    """The number behind what was typed, with or without the wave and the zeros. Raises Refused('paper_serial')."""
    parts = unicodedata.normalize("NFKC", typed).replace("—", "-").replace(" ", "-").strip("-").split("-")
    if len(parts) == 3 and parts[0] == str(wave.number):
        parts = parts[1:]
    digits = "".join(parts)
    if len(parts) > 2 or not digits.isascii() or not digits.isdigit() or not 2 <= len(digits) <= 9:
        raise Refused("paper_serial")
    serial = int(digits[:-1])
    if serial_of(wave, serial)[-1] != digits[-1]:
        raise Refused("paper_serial")
    return serial


def _next(asked: Questionnaire, question: KeyedQuestion, rest: str) -> tuple[str, str]:
    """The keys of this question and what remains."""
    rest = rest.lstrip()
    if not _wide(asked, question.item) or rest[:1] == NA_KEY or rest[:1] == ".":
        return rest[:1], rest[1:]
    key, _, after = rest.partition(" ")
    return key, after


def _wide(asked: Questionnaire, item: Item) -> bool:
    """Whether its keys may be more than one character, so that a space ends them."""
    keys = KINDS[item.kind].keys
    return keys is None or not keys.one or len(asked.options_of(item)) > 9


def _put(answers: dict[str, Any], question: KeyedQuestion, given: Any) -> None:  # noqa: ANN401
    if given is None:
        return
    if question.row:
        answers.setdefault(question.item.code, {})[question.row.code] = given
    else:
        answers[question.item.code] = given


def _read(asked: Questionnaire, question: KeyedQuestion, key: str) -> Any:  # noqa: ANN401
    if key in BLANK:
        return None
    item, keys = question.item, KINDS[question.item.kind].keys
    if keys is None or (key == NA_KEY and not item.na):
        raise ValueError(key)
    return NA if key == NA_KEY else keys.read(item, keys_of(asked, item), key)
