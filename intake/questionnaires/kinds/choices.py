"""What kinds with choices have in common: one of them is given by its code, with the words of 'other' beside it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from intake.questionnaires.kind import (
    NO_LIMITS,
    AnsweredItem,
    Form,
    Inferred,
    Keys,
    Kind,
    Row,
    SkipRule,
    other_of,
)
from intake.questionnaires.model import NA, Item, Option, Questionnaire, Stored
from intake.words import fits

BOX = "□"
LONGEST_OTHER = 100  # characters that say which 'other' it is
SEPARATOR = "┋"  # between several choices in a file of answers
_OTHER = re.compile(r"^(.*?)〖(.*)〗$", re.DOTALL)


def check_choice(asked: AnsweredItem) -> str | None:
    known = isinstance(asked.given, str) and asked.given in asked.options
    return check_other(asked, [asked.given]) if known else "answer_unknown"


def check_other(asked: AnsweredItem, chosen: list[str]) -> str | None:
    said = any(asked.options[code].words for code in chosen)
    return "answer_other_too_long" if said and not fits(asked.other, LONGEST_OTHER) else None


def as_choice(asked: AnsweredItem, item: str, code: str) -> Stored:
    """The choice itself, with the words of 'other'."""
    return Stored(item, choice=code, text=(asked.other or None) if asked.options[code].words else None)


def as_level(asked: AnsweredItem, item: str, code: str) -> Stored:
    """A level counts as its value."""
    value = asked.options[code].value
    return as_choice(asked, item, code) if value is None else Stored(item, value=value)


def few_options(asked: Questionnaire, item: Item) -> Iterator[str]:
    if len(asked.options_of(item)) < 2:
        yield "few_options"


def levels_without_value(asked: Questionnaire, item: Item) -> Iterator[str]:
    yield from few_options(asked, item)
    if any(option.value is None for option in asked.options_of(item)):
        yield "level_value"


def _rule_wrong(asked: Questionnaire, item: Item, answer: Any) -> str | None:  # noqa: ANN401
    wanted = answer if isinstance(answer, tuple) else (answer,)
    known = {option.code for option in asked.options_of(item)} | ({NA} if item.na else set())
    return None if wanted and set(wanted) <= known else "rule_impossible"


def _rule_said(asked: Questionnaire, item: Item, answer: Any, language: str) -> str:  # noqa: ANN401
    names = {option.code: option.say(language) for option in asked.options_of(item)}
    return "/".join(names.get(str(one), str(one)) for one in (answer if isinstance(answer, tuple) else (answer,)))


def _rule_read(value: Any, choices: Callable[[str], str]) -> str:  # noqa: ANN401
    return choices(value if isinstance(value, str) else f"{value:g}")


ONE_CHOICE = SkipRule(("is", "one_of", "filled"), _rule_wrong, _rule_said, "'{}'".format, _rule_read, equal="is",
                  selected="is")  # fmt: skip


def boxes(_item: Item, keys: Mapping[str, Option], language: str) -> list[str]:
    other = ["________________"] if any(option.words for option in keys.values()) else []
    return [*(f"{BOX} {key} {option.say(language)}" for key, option in keys.items()), *other]


def key_of_one(_item: Item, keys: Mapping[str, Option], key: str) -> str:
    return keys[key].code


def list_of(item: Item, shared: str) -> str:
    """The form's list: items with the common scale share one, others have their own."""
    return f"{item.code}_choices" if item.options else shared


def rows_of_choices(shared: str, select: str = "select_one") -> Callable[[Item, Row], list[Row]]:
    """A row of a form, and one for the words of 'other'."""

    def write(item: Item, row: Row) -> list[Row]:
        rows: list[Row] = [{"type": f"{select} {list_of(item, shared)}", **row}]
        other = next((option.code for option in item.options if option.words), None)
        if other:
            relevant = f"selected(${{{item.code}}}, '{other}')"
            rows.append({"type": "text", "name": f"{item.code}_other_words", "relevant": relevant, "f2f_kind": "words",
                         "label::中文 (zh)": "请具体说明", "label::English (en)": "Please say which"})  # fmt: skip
        return rows

    return write


def named(value: str) -> tuple[str, str]:
    """('其他', 'what was typed') for '其他〖what was typed〗'."""
    found = _OTHER.match(value)
    return (found[1].strip() or "其他", found[2].strip()) if found else (value, "")


def names_in(values: Iterable[str]) -> set[str]:
    return {named(value)[0] for value in values}


def asked_for(values: Iterable[str]) -> dict[str, bool]:
    """The choices that answers name, the commonest first, and whether one asks for words."""
    parts = [named(value) for value in values]
    counted = Counter(name for name, _ in parts if name)
    asks = {name for name, words in parts if words}
    return {name: name in asks for name in sorted(counted, key=lambda name: (-counted[name], name))}


def options_of(asks: Iterable[tuple[str, bool]]) -> tuple[Option, ...]:
    return tuple(Option(name, "", f"o{n}", words=own, last=own) for n, (name, own) in enumerate(asks, start=1))


def with_new(item: Item, asks: Mapping[str, bool]) -> Item:
    """The item with the choices that a later file names too."""
    known = {option.zh: option for option in item.options}
    names = dict.fromkeys([*known, *asks])
    options = [known.get(name) or Option(name, "", f"o{n}") for n, name in enumerate(names, start=1)]
    return replace(item, options=tuple(replace(o, words=True, last=True) if asks.get(o.zh) else o for o in options))


def read_choice(item: Item, values: list[str]) -> dict[str, Any]:
    by_words = {option.zh: option.code for option in item.options}
    name, other = named(values[0]) if values[0] not in by_words else (values[0], "")
    return {item.code: by_words.get(name, name)} | with_other(item, other)


def with_other(item: Item, said: str) -> dict[str, str]:
    return {other_of(item.code): said[:LONGEST_OTHER]} if said else {}


def one_choice(
    code: str,
    *,
    stored: Callable[[AnsweredItem, str, str], Stored],
    wrong: Callable[[Questionnaire, Item], Iterator[str]],
    scale: str | None,
    down: bool,
    mixes: bool,
    start: dict[str, Any],
    select: str,
    foreign: Inferred | None,
    results: str | None,
) -> Kind:
    """A kind whose answer is one of its choices. `down`: on paper its keys count down, as levels do."""
    return Kind(
        code=code, check=check_choice, store=lambda asked: [stored(asked, asked.item.code, asked.given)], wrong=wrong,
        parts=frozenset({"options"}), scale=scale, asks=True, own_words=False, agrees=False, mixes=mixes,
        measured=False, start=start, rule=ONE_CHOICE, limits=NO_LIMITS,
        keys=Keys(boxes, key_of_one, down=lambda _item: down, one=True),
        form=Form((), select=select, begins={}, span=None, write=rows_of_choices(code), group=False),
        foreign=foreign, results=results,
    )  # fmt: skip
