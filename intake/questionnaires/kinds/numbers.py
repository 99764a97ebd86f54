"""What kinds of numbers have in common: limits, decimals, a unit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from intake.questionnaires.kind import IF_FILLED, AnsweredItem, Limits, SkipRule, only
from intake.questionnaires.model import Item, Option, Questionnaire, Stored
from intake.questionnaires.rules import is_number

_ENDS = {"low": ". >= {}", "high": ". <= {}"}
_WRITTEN = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


def check_number(item: Item, given: Any) -> str | None:  # noqa: ANN401
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


def check_one(asked: AnsweredItem) -> str | None:
    return check_number(asked.item, asked.given)


def store_one(asked: AnsweredItem) -> list[Stored]:
    return [Stored(asked.item.code, value=float(asked.given))]


def crossed_limits(_asked: Questionnaire, item: Item) -> Iterator[str]:
    if item.low is not None and item.high is not None and item.low > item.high:
        yield "limits"


def _rule_wrong(_asked: Questionnaire, _item: Item, answer: Any) -> str | None:  # noqa: ANN401
    return None if is_number(answer) else "rule_number"


def number_in(written: Any) -> int | float:  # noqa: ANN401
    """A ValueError where it is none."""
    if is_number(written):
        return written
    return float(written) if "." in written else int(written)


ONE_NUMBER = SkipRule(("is", "ge", "gt", "le", "lt", "filled"), _rule_wrong, IF_FILLED.say, str,
                  lambda value, _choices: number_in(value), equal="is", selected=None)  # fmt: skip


def _write(item: Item) -> str:
    return " and ".join(form.format(end) for name, form in _ENDS.items() if (end := getattr(item, name)) is not None)


def _read(item: Item, limits: dict[str, Any]) -> dict[str, Any]:
    """An end that is excluded is the whole number beside it; of others there is none."""
    found = dict(limits)
    for side, step in (("low", 1), ("high", -1)):
        if found.pop(f"{side}_open", False):
            if item.decimals:
                raise ValueError(limits)
            found[side] = int(found[side]) + step
    return only(found, *_ENDS)


LOW_AND_HIGH = Limits(_write, _read)


def key_of_number(_item: Item, _keys: Mapping[str, Option], key: str) -> int | float:
    return int(key) if key.lstrip("-").isdigit() else float(key)


def unit_of(item: Item, language: str) -> str:
    return item.unit.say(language) if item.unit else ""


def is_written(value: str) -> bool:
    return bool(_WRITTEN.fullmatch(value))


def numbers_in(values: list[str]) -> list[float]:
    """None of them where one is no number."""
    return [float(value) for value in values] if all(map(is_written, values)) else []


def span_of(numbers: list[float]) -> dict[str, object]:
    return {"low": f"{min(numbers):g}", "high": f"{max(numbers):g}"}


def read_one(item: Item, values: list[str]) -> dict[str, Any]:
    """What is no number stays as it was written, and is refused with its sheet."""
    return {item.code: number_in(values[0]) if is_written(values[0]) else values[0]}


def with_decimals(item: Item, decimals: int) -> Item:
    return replace(item, decimals=max(item.decimals, decimals))
