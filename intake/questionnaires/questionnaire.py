"""A questionnaire is data: which items are shown, which answers can be taken, what is stored of them.

Answers are JSON-able, by item code: a code ('satisfied', 'yes', 'na'), a number, a text, a day (ISO), true (consent),
a list of codes (multiple), {'actual': 3, 'promised': 5} (two numbers), {row: code} (matrix); '<item>.other' holds the
words of an 'other'.
"""

import random
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from access.typed import tidy
from db.sql import Connection
from db.survey import surveys
from db.survey.surveys import Answer, Response, Wave
from intake.questionnaires.kinds import table as question_kinds
from intake.questionnaires.kinds.date import DATE, day_of
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import FILLED, NA, Answers, Item, Option, Questionnaire, Screen, Stored, Test, Words
from intake.questionnaires.rules import holds, is_filled, tests_in, with_tests

__all__ = [
    "FILLED", "NA", "Answers", "Item", "Option", "Questionnaire", "Screen", "Stored", "Words", "answers_of",
    "as_content", "asked_in", "handed_over", "in_order", "passes_on", "read_questionnaire", "rows_in_order",
    "to_store", "validate", "visible_items",
]  # fmt: skip

_FORM = TypeAdapter(Questionnaire)


@cache
def read_questionnaire(content: str) -> Questionnaire:
    """From the stored JSON. Raises ValueError where the data is not a questionnaire, or asks what is of no kind."""
    found = _FORM.validate_json(content)
    if unknown := {item.kind for item in found.items} - KINDS.keys():
        raise ValueError(f"no kinds of question: {sorted(unknown)}")
    return replace(found, items=tuple(_with_days(found, item) for item in found.items))


def asked_in(con: Connection, wave: Wave) -> Questionnaire:
    """What the wave asks."""
    return read_questionnaire(surveys.questionnaire(con, wave.questionnaire_code, wave.questionnaire_version))


def _with_days(asked: Questionnaire, item: Item) -> Item:
    """Its rule with days as they are stored: a version that was opened before may compare with '2024-2-1'."""

    def written(test: Test) -> Test:
        other = asked.item(test.item)
        day = day_of(test.answer) if other and other.kind == DATE.code and isinstance(test.answer, str) else None
        return replace(test, answer=day.isoformat()) if day else test

    return replace(item, when=with_tests(item.when, written)) if item.when else item


def as_content(questionnaire: Questionnaire) -> dict[str, Any]:
    """What is stored: everything that is not the default."""
    return _FORM.dump_python(questionnaire, mode="json", exclude_defaults=True)


def visible_items(questionnaire: Questionnaire, answers: Answers) -> list[Item]:
    """The items that apply, given the answers so far: a skipped question skips what hangs on it."""
    shown: dict[str, Item] = {}
    for item in questionnaire.items:
        if item.when is None or holds(item.when, answers, shown):
            shown[item.code] = item
    return list(shown.values())


def validate(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Item → code of what is wrong (`error.<code>` says it), for the visible items."""
    shown = visible_items(questionnaire, answers)
    found = {item.code: question_kinds.wrong(questionnaire, item, answers) for item in shown}
    return {code: wrong for code, wrong in found.items() if wrong}


def to_store(questionnaire: Questionnaire, answers: Answers) -> list[Stored]:
    """The rows of valid answers. What was answered on a path that no longer applies is void: it is not among them."""
    return [
        stored
        for item in visible_items(questionnaire, answers)
        for stored in question_kinds.stored(questionnaire, item, answers)
    ]


def answers_of(questionnaire: Questionnaire, response: Response, answers: Answers) -> list[Answer]:
    """The same, with their response."""
    return [Answer(response.id, response.wave_id, **vars(row)) for row in to_store(questionnaire, answers)]


def passes_on(item: Item) -> list[str]:
    """The questions whose words a consent passes on as an issue; none for what is no such consent."""
    return [test.item for test in tests_in(item.when) if is_filled(test)] if KINDS[item.kind].agrees else []


def handed_over(questionnaire: Questionnaire, answers: Answers) -> str:
    """The words that a consent passes on as an issue: those of the question without which it is not asked.

    A consent whose rule looks at no words, an imported acknowledgement for one, passes nothing on.
    """
    shown = {item.code: item for item in visible_items(questionnaire, answers)}
    agreed = [item for item in shown.values() if answers.get(item.code) is True]
    codes = dict.fromkeys(code for item in agreed for code in passes_on(item))
    texts = (tidy(answers.get(code)) for code in codes if code in shown and KINDS[shown[code].kind].own_words)
    return "\n\n".join(text for text in texts if text)


def in_order(questionnaire: Questionnaire, item: Item, seed: str) -> list[Option]:
    """The options as one form shows them: a random order is the same for the same seed, the form's id."""
    mixes = item.random_order and not item.rows
    return _mixed(questionnaire.options_of(item), f"{seed}:{item.code}" if mixes else None)


def rows_in_order(item: Item, seed: str) -> list[Option]:
    """A table's rows as one form shows them."""
    return _mixed(item.rows, f"{seed}:{item.code}" if item.random_order else None)


def _mixed(options: tuple[Option, ...], seed: str | None) -> list[Option]:
    if seed is None:
        return list(options)
    mixed = [option for option in options if not option.last]
    random.Random(seed).shuffle(mixed)
    return mixed + [option for option in options if option.last]
