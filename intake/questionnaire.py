"""A questionnaire is data: which items are shown, which answers can be taken, what is stored of them.

Answers are JSON-able, by item code: a code ('satisfied', 'yes', 'na'), a whole number (scale10), a text, true
(consent), or {'actual': 3, 'promised': 5} (two numbers).
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter

from access.typed import tidy
from intake.words import fits

Kind = Literal["level5", "change5", "yes_no", "single", "scale10", "two_numbers", "text", "consent"]
Answers = Mapping[str, Any]
NA = "na"
FILLED = "filled"


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Option(Words):
    """A choice, or one number of a pair. `value` is what a level counts; `last` keeps its place in a random order."""

    code: str
    value: float | None = None
    last: bool = False


@dataclass(frozen=True)
class Screen(Words):
    code: str


@dataclass(frozen=True)
class Notice(Words):
    """The privacy notice. Its version is stored with every response."""

    version: int


@dataclass(frozen=True)
class When:
    """The item is asked only where another has this answer ('filled': any text)."""

    item: str
    answer: str


@dataclass(frozen=True)
class Item(Words):
    """One question. `na` offers 'does not apply', which counts as an answer and stands outside every denominator."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    code: str
    kind: Kind
    screen: str
    dimension: str | None
    required: bool
    na: bool
    options: tuple[Option, ...] = ()
    parts: tuple[Option, ...] = ()
    unit: Words | None = None
    low: int = 0
    high: int = 0
    longest: int = 0
    random_order: bool = False
    when: When | None = None


@dataclass(frozen=True)
class Questionnaire:
    """One version, which never changes once answered. `scales` are the options that all items of a kind share."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    code: str
    version: int
    title: Words
    purpose: Words
    minutes: int
    notice: Notice
    screens: tuple[Screen, ...]
    scales: dict[str, tuple[Option, ...]]
    items: tuple[Item, ...]

    def on_screen(self, code: str) -> list[Item]:
        return [item for item in self.items if item.screen == code]

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """What can be chosen, in the order of the data, without 'does not apply'."""
        return self.scales.get(item.kind, item.options)


@dataclass(frozen=True)
class Stored:
    """What one row of the answers keeps: a pair of numbers takes two, told apart by `choice`."""

    item: str
    value: float | None = None
    choice: str | None = None
    text: str | None = None


@cache
def read_questionnaire(content: str) -> Questionnaire:
    """From the stored JSON. Raises pydantic.ValidationError, a ValueError, where the data is not a questionnaire."""
    return TypeAdapter(Questionnaire).validate_json(content)


def visible_items(questionnaire: Questionnaire, answers: Answers) -> list[Item]:
    """The items that apply, given the answers so far: a skipped question skips what hangs on it."""
    shown: dict[str, Item] = {}
    for item in questionnaire.items:
        if item.when is None or (item.when.item in shown and _holds(item.when, answers)):
            shown[item.code] = item
    return list(shown.values())


def validate(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Item → code of what is wrong (`error.<code>` says it), for the visible items."""
    shown = visible_items(questionnaire, answers)
    found = {item.code: _wrong(questionnaire, item, answers.get(item.code)) for item in shown}
    return {code: wrong for code, wrong in found.items() if wrong}


def to_store(questionnaire: Questionnaire, answers: Answers) -> list[Stored]:
    """The rows of valid answers. What was answered on a path that no longer applies is void: it is not among them."""
    return [
        stored
        for item in visible_items(questionnaire, answers)
        if not _empty(answers.get(item.code))
        for stored in _stored(questionnaire, item, answers[item.code])
    ]


def in_order(questionnaire: Questionnaire, item: Item, seed: str) -> list[Option]:
    """The options as one form shows them: a random order is the same for the same seed, the form's id."""
    options = list(questionnaire.options_of(item))
    if not item.random_order:
        return options
    mixed = [option for option in options if not option.last]
    random.Random(f"{seed}:{item.code}").shuffle(mixed)
    return mixed + [option for option in options if option.last]


def _holds(when: When, answers: Answers) -> bool:
    given = answers.get(when.item)
    return not _empty(given) if when.answer == FILLED else given == when.answer


def _empty(given: object) -> bool:
    if isinstance(given, str):
        return not tidy(given)
    if isinstance(given, dict):
        return all(number is None for number in given.values())
    return given is None or given is False


def _wrong(questionnaire: Questionnaire, item: Item, given: object) -> str | None:
    if _empty(given):
        return "answer_required" if item.required else None
    if item.na and given == NA:
        return None
    return _CHECKS[item.kind](questionnaire, item, given)


def _check_choice(questionnaire: Questionnaire, item: Item, given: object) -> str | None:
    known = {option.code for option in questionnaire.options_of(item)}
    return None if isinstance(given, str) and given in known else "answer_unknown"


def _check_scale(_questionnaire: Questionnaire, item: Item, given: object) -> str | None:
    return _check_number(item, given)


def _check_pair(_questionnaire: Questionnaire, item: Item, given: object) -> str | None:
    if not isinstance(given, dict):
        return "answer_unknown"
    numbers = [given.get(part.code) for part in item.parts]
    if None in numbers:
        return "answer_both_numbers"
    return next((wrong for number in numbers if (wrong := _check_number(item, number))), None)


def _check_number(item: Item, given: object) -> str | None:
    if isinstance(given, bool) or not isinstance(given, int):
        return "answer_whole_number"
    return None if item.low <= given <= item.high else "answer_out_of_range"


def _check_text(_questionnaire: Questionnaire, item: Item, given: object) -> str | None:
    if not isinstance(given, str):
        return "answer_unknown"
    return None if fits(tidy(given), item.longest) else "answer_too_long"


def _check_consent(_questionnaire: Questionnaire, _item: Item, given: object) -> str | None:
    return None if given is True else "answer_unknown"


_CHECKS: dict[str, Callable[[Questionnaire, Item, object], str | None]] = {
    "level5": _check_choice,
    "change5": _check_choice,
    "yes_no": _check_choice,
    "single": _check_choice,
    "scale10": _check_scale,
    "two_numbers": _check_pair,
    "text": _check_text,
    "consent": _check_consent,
}


def _stored(questionnaire: Questionnaire, item: Item, given: Any) -> list[Stored]:  # noqa: ANN401
    if given == NA:
        return [Stored(item.code, choice=NA)]
    if item.kind in questionnaire.scales:
        worth = {option.code: option.value for option in questionnaire.options_of(item)}
        return [Stored(item.code, value=worth[given])]
    if item.kind == "two_numbers":
        return [Stored(item.code, value=float(given[part.code]), choice=part.code) for part in item.parts]
    if item.kind == "scale10":
        return [Stored(item.code, value=float(given))]
    if item.kind == "text":
        return [Stored(item.code, text=tidy(given))]
    return [Stored(item.code, choice="yes" if given is True else given)]
