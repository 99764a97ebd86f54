"""What each kind of question takes and what is stored of it: one table. Its widgets: pages/survey/questions.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from access.typed import tidy
from intake.questionnaires.model import NA, Answers, Item, Option, Questionnaire, Stored
from intake.questionnaires.rules import empty, is_number
from intake.words import fits

LONGEST_OTHER = 100  # characters that say which 'other' it is


@dataclass(frozen=True)
class Asked:
    """One item with the answer that was given to it, not empty and not 'does not apply'."""

    questionnaire: Questionnaire
    item: Item
    given: Any
    answers: Answers

    @property
    def options(self) -> dict[str, Option]:
        return {option.code: option for option in self.questionnaire.options_of(self.item)}

    @property
    def other(self) -> str:
        """The words that say which 'other' was meant."""
        said = self.answers.get(other_of(self.item.code))
        return tidy(said) if isinstance(said, str) else ""


@dataclass(frozen=True)
class KindOfQuestion:
    """`check` gives the code of what is wrong, or nothing; `tests` are the ways in which a skip rule may look at it."""

    check: Callable[[Asked], str | None]
    store: Callable[[Asked], list[Stored]]
    tests: tuple[str, ...] = ()
    parts: frozenset[str] = field(default_factory=frozenset)  # what it must have: options, rows, parts


def other_of(code: str) -> str:
    """Where the words to an item's 'other' stand among the answers."""
    return f"{code}.other"


def wrong(questionnaire: Questionnaire, item: Item, answers: Answers) -> str | None:
    given = answers.get(item.code)
    if empty(given):
        return "answer_required" if item.required and item.kind != "section" else None
    if item.na and given == NA:
        return None
    return KINDS[item.kind].check(Asked(questionnaire, item, given, answers))


def stored(questionnaire: Questionnaire, item: Item, answers: Answers) -> list[Stored]:
    """The rows of one valid answer."""
    given = answers.get(item.code)
    if empty(given):
        return []
    if given == NA and item.na:
        return [Stored(item.code, choice=NA)]
    return KINDS[item.kind].store(Asked(questionnaire, item, given, answers))


def _check_choice(asked: Asked) -> str | None:
    known = isinstance(asked.given, str) and asked.given in asked.options
    return _check_other(asked, [asked.given]) if known else "answer_unknown"


def _check_multiple(asked: Asked) -> str | None:
    chosen, options = asked.given, asked.options
    if not isinstance(chosen, (list, tuple)) or not all(isinstance(code, str) and code in options for code in chosen):
        return "answer_unknown"
    if len(set(chosen)) != len(chosen):
        return "answer_unknown"
    if len(chosen) > 1 and any(options[code].alone for code in chosen):
        return "answer_alone"
    if asked.item.most and len(chosen) > asked.item.most:
        return "answer_too_many"
    return _check_other(asked, list(chosen))


def _check_other(asked: Asked, chosen: list[str]) -> str | None:
    said = any(asked.options[code].words for code in chosen)
    return "answer_other_too_long" if said and not fits(asked.other, LONGEST_OTHER) else None


def _check_scale(asked: Asked) -> str | None:
    return _check_number(asked.item, asked.given)


def _check_pair(asked: Asked) -> str | None:
    if not isinstance(asked.given, dict):
        return "answer_unknown"
    numbers = [asked.given.get(part.code) for part in asked.item.parts]
    if None in numbers:
        return "answer_both_numbers"
    return next((found for number in numbers if (found := _check_number(asked.item, number))), None)


def _check_number(item: Item, given: Any) -> str | None:  # noqa: ANN401
    if not is_number(given) or not -1e15 < given < 1e15:  # neither infinity nor what is no number
        return "answer_number" if item.decimals else "answer_whole_number"
    if round(given, item.decimals) != given:
        return "answer_decimals" if item.decimals else "answer_whole_number"
    too_low = item.low is not None and given < item.low
    if not too_low and (item.high is None or given <= item.high):
        return None
    if item.low is None or item.high is None:
        return "answer_too_low" if too_low else "answer_too_high"
    return "answer_out_of_range"


def _check_text(asked: Asked) -> str | None:
    if not isinstance(asked.given, str):
        return "answer_unknown"
    return None if fits(tidy(asked.given), asked.item.longest) else "answer_too_long"


def _check_date(asked: Asked) -> str | None:
    item = asked.item
    try:
        day = date.fromisoformat(asked.given).isoformat() if len(asked.given) == len("2023-11-30") else None
    except (TypeError, ValueError):
        day = None
    if day is None:
        return "answer_date"
    if item.earliest and day < item.earliest:
        return "answer_too_early"
    return "answer_too_late" if item.latest and day > item.latest else None


def _check_matrix(asked: Asked) -> str | None:
    if not isinstance(asked.given, dict):
        return "answer_unknown"
    given = {row: choice for row, choice in asked.given.items() if not empty(choice)}
    known = asked.options.keys() | ({NA} if asked.item.na else set())
    rows = {row.code for row in asked.item.rows}
    if not given.keys() <= rows or not all(isinstance(choice, str) and choice in known for choice in given.values()):
        return "answer_unknown"
    return "answer_every_row" if asked.item.required and given.keys() != rows else None


def _check_consent(asked: Asked) -> str | None:
    return None if asked.given is True else "answer_unknown"


def _store_choice(asked: Asked) -> list[Stored]:
    return [_chosen(asked, asked.item.code, asked.given)]


def _store_multiple(asked: Asked) -> list[Stored]:
    return [_chosen(asked, asked.item.code, code) for code in asked.options if code in asked.given]


def _chosen(asked: Asked, item: str, code: str) -> Stored:
    """A level counts as its value, a choice as itself, with the words of 'other'."""
    option = asked.options[code]
    if asked.item.kind in ("level5", "change5", "matrix") and option.value is not None:
        return Stored(item, value=option.value)
    return Stored(item, choice=code, text=(asked.other or None) if option.words else None)


def _store_number(asked: Asked) -> list[Stored]:
    return [Stored(asked.item.code, value=float(asked.given))]


def _store_pair(asked: Asked) -> list[Stored]:
    return [Stored(asked.item.code, float(asked.given[part.code]), part.code) for part in asked.item.parts]


def _store_text(asked: Asked) -> list[Stored]:
    return [Stored(asked.item.code, text=tidy(asked.given))]


def _store_matrix(asked: Asked) -> list[Stored]:
    answered = [(f"{asked.item.code}.{row.code}", asked.given.get(row.code)) for row in asked.item.rows]
    return [
        Stored(item, choice=NA) if given == NA else _chosen(asked, item, given)
        for item, given in answered
        if not empty(given)
    ]


def _store_consent(asked: Asked) -> list[Stored]:
    return [Stored(asked.item.code, choice="yes")]


_NUMBERS = ("is", "ge", "gt", "le", "lt", "filled")
_CHOICES = ("is", "one_of", "filled")
_OPTIONS = frozenset({"options"})

KINDS: dict[str, KindOfQuestion] = {
    "level5": KindOfQuestion(_check_choice, _store_choice, _CHOICES, _OPTIONS),
    "change5": KindOfQuestion(_check_choice, _store_choice, _CHOICES, _OPTIONS),
    "scale10": KindOfQuestion(_check_scale, _store_number, _NUMBERS),
    "yes_no": KindOfQuestion(_check_choice, _store_choice, _CHOICES, _OPTIONS),
    "single": KindOfQuestion(_check_choice, _store_choice, _CHOICES, _OPTIONS),
    "multiple": KindOfQuestion(_check_multiple, _store_multiple, ("selected", "filled"), _OPTIONS),
    "matrix": KindOfQuestion(_check_matrix, _store_matrix, _CHOICES, frozenset({"options", "rows"})),
    "number": KindOfQuestion(_check_scale, _store_number, _NUMBERS),
    "two_numbers": KindOfQuestion(_check_pair, _store_pair, ("filled",), frozenset({"parts"})),
    "date": KindOfQuestion(_check_date, _store_text, ("ge", "gt", "le", "lt", "filled")),
    "text": KindOfQuestion(_check_text, _store_text, ("filled",)),
    "consent": KindOfQuestion(_check_consent, _store_consent, ("filled",)),
    "section": KindOfQuestion(lambda _asked: None, lambda _asked: []),
}
