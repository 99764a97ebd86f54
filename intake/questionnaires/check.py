"""Whether a version can be opened: complete in one language at least, every question answerable, every rule meaningful,
and every item that goes on with one of the version before asked in the same way."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from i18n import MAIN
from i18n.names import STORED
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import FILLED, NA, Item, Option, Questionnaire, Test, Words
from intake.questionnaires.rules import is_filled, tests_in

ITEM_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
OPTION_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_ITEMS = 400
_RESERVED = {NA, FILLED}
_WORDS = "words_"  # and the language


@dataclass(frozen=True)
class Problem:
    """Something that a version lacks. `problem.<code>` says it; `item` is where, '' the whole."""

    item: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)


def problems(questionnaire: Questionnaire, before: Questionnaire | None = None) -> list[Problem]:
    """In the order of the questions. `before` is the version that this one follows."""
    found = list(_of_the_whole(questionnaire))
    for item in questionnaire.items:
        for check in _CHECKS:
            found += check(questionnaire, item)
        found += _mapping(questionnaire, item, before)
    return found


def lacking(found: Sequence[Problem]) -> tuple[str, ...]:
    """The languages in which words are missing."""
    codes = {problem.code for problem in found}
    return tuple(language for language in STORED if f"{_WORDS}{language}" in codes)


def stopping(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """What keeps a version from being opened: of the words those of the language that lacks fewest, maybe none."""
    codes = [problem.code for problem in found]
    nearest = min(STORED, key=lambda language: codes.count(f"{_WORDS}{language}"))
    others = {f"{_WORDS}{language}" for language in STORED if language != nearest}
    return tuple(problem for problem in found if problem.code not in others)


def languages_lacked(found: Sequence[Problem]) -> tuple[str, ...]:
    """Of a version that is whole in one language: who reads these is shown the other's words. Of none, nothing."""
    lacked = lacking(found)
    return lacked if len(lacked) < len(STORED) else ()


def scale_of(questionnaire: Questionnaire, item: Item) -> tuple[object, ...]:
    """What makes two answers comparable: the choices with their values, or unit and limits."""
    options = tuple(sorted((option.code, option.value) for option in questionnaire.options_of(item)))
    numbers = (item.low, item.high, item.unit, tuple(part.code for part in item.parts))
    return (options, *numbers) if KINDS[item.kind].measured else options


def may_go_on(questionnaire: Questionnaire, item: Item, before: Questionnaire, other: Item) -> bool:
    """Whether a series can go on from `other`: the same kind on the same scale."""
    return item.kind == other.kind and scale_of(questionnaire, item) == scale_of(before, other)


def _of_the_whole(asked: Questionnaire) -> Iterator[Problem]:
    yield from _missing("", "title", asked.title)
    yield from _missing("", "purpose", asked.purpose)
    yield from _missing("", "notice", asked.notice)
    for screen in asked.screens:
        yield from _missing("", "screen", screen, screen.code)
        if not asked.on_screen(screen.code):
            yield Problem("", "screen_empty", {"name": screen.say(MAIN) or screen.code})
    if not any(KINDS[item.kind].asks for item in asked.items):
        yield Problem("", "no_question")
    if len(asked.items) > MOST_ITEMS:
        yield Problem("", "too_many_items", {"most": MOST_ITEMS})
    used = {KINDS[item.kind].scale for item in asked.items if not item.options}
    for scale, options in asked.scales.items():
        if scale in used:
            for option in options:
                yield from _missing("", "scale", option, option.code)


def _words(_asked: Questionnaire, item: Item) -> Iterator[Problem]:
    yield from _missing(item.code, "question", item)
    for name, words in (("hint", item.hint), ("unit", item.unit)):
        if words is not None:
            yield from _missing(item.code, name, words)
    for name, options in (("option", item.options), ("part", item.parts), ("row", item.rows)):
        for option in options:
            yield from _missing(item.code, name, option, option.code)


def _missing(item: str, part: str, words: Words, code: str = "") -> Iterator[Problem]:
    for language in STORED:
        if not getattr(words, language).strip():
            yield Problem(item, f"{_WORDS}{language}", {"part": part, "name": code})


def _codes(asked: Questionnaire, item: Item) -> Iterator[Problem]:
    if not ITEM_CODE.fullmatch(item.code):
        yield Problem(item.code, "item_code")
    if sum(other.code.lower() == item.code.lower() for other in asked.items) > 1:
        yield Problem(item.code, "item_twice")
    if item.screen not in {screen.code for screen in asked.screens}:
        yield Problem(item.code, "no_screen")
    for options in (item.options, item.rows, item.parts):
        yield from _option_codes(item, options)


def _option_codes(item: Item, options: tuple[Option, ...]) -> Iterator[Problem]:
    codes = [option.code for option in options]
    for code in dict.fromkeys(codes):
        if not OPTION_CODE.fullmatch(code) or code in _RESERVED:
            yield Problem(item.code, "option_code", {"name": code})
        if codes.count(code) > 1:
            yield Problem(item.code, "option_twice", {"name": code})


def _of_its_kind(asked: Questionnaire, item: Item) -> Iterator[Problem]:
    return (Problem(item.code, code) for code in KINDS[item.kind].wrong(asked, item))


def _rule(asked: Questionnaire, item: Item) -> Iterator[Problem]:
    """A rule looks back only, so that no rule can wait for itself."""
    before: dict[str, Item] = {}
    for other in asked.items:
        if other is item:
            break
        before[other.code] = other
    if item.when is not None and not isinstance(item.when, Test) and next(tests_in(item.when), None) is None:
        yield Problem(item.code, "rule_empty")
    for test in tests_in(item.when):
        looked_at = before.get(test.item.partition(".")[0])
        if looked_at is None:
            later = asked.item(test.item.partition(".")[0]) is not None
            yield Problem(item.code, "rule_later" if later else "rule_unknown", {"name": test.item})
        elif wrong := _impossible(asked, looked_at, test):
            yield Problem(item.code, wrong, {"name": test.item})


def _impossible(asked: Questionnaire, item: Item, test: Test) -> str | None:
    """Why this answer could never be given, the end of a `problem.…`."""
    row, kind, filled = test.item.partition(".")[2], KINDS[item.kind], is_filled(test)
    if ("rows" in kind.parts) != bool(row) and not filled:
        return "rule_impossible"
    if row and row not in {r.code for r in item.rows}:
        return "rule_impossible"
    if kind.rule is None or ("filled" if filled else test.op) not in kind.rule.ops:
        return "rule_impossible"
    return None if filled else kind.rule.wrong(asked, item, test.answer)


def _mapping(asked: Questionnaire, item: Item, before: Questionnaire | None) -> Iterator[Problem]:
    if item.was is None:
        return
    other = before.item(item.was) if before else None
    if before is None or other is None:
        yield Problem(item.code, "was_unknown", {"name": item.was})
    elif not may_go_on(asked, item, before, other):
        yield Problem(item.code, "was_other_scale", {"name": item.was})
    if sum(i.was == item.was for i in asked.items) > 1:
        yield Problem(item.code, "was_twice", {"name": item.was})


_CHECKS: tuple[Callable[[Questionnaire, Item], Iterator[Problem]], ...] = (_codes, _words, _of_its_kind, _rule)
