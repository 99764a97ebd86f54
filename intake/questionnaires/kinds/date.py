"""A day: ISO, '2023-11-30', and nothing else that ISO calls a date."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import i18n
from intake.questionnaires.kind import (
    AnsweredItem,
    Form,
    Inferred,
    Keys,
    Kind,
    Limits,
    Looks,
    SkipRule,
    as_it_was,
    only,
    plain_row,
)
from intake.questionnaires.model import Item, Option, Questionnaire, Stored

_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_ENDS = {"earliest": ". >= date('{}')", "latest": ". <= date('{}')"}


def is_day(given: object) -> bool:
    return isinstance(given, str) and bool(_ISO.fullmatch(given)) and day_of(given) is not None


def day_of(written: str) -> date | None:
    """'2023-11-30', '2023/2/1' or '2023年2月1日'."""
    found = _WRITTEN.fullmatch(written)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _iso(written: object) -> str:
    day = day_of(str(written))
    if day is None:
        raise ValueError(written)
    return day.isoformat()


def _check(asked: AnsweredItem) -> str | None:
    if not is_day(asked.given):
        return "answer_date"
    day = date.fromisoformat(asked.given)
    earliest, latest = _limits_of(asked.item)
    if earliest and day < earliest:
        return "answer_too_early"
    return "answer_too_late" if latest and day > latest else None


def _limits_of(item: Item) -> tuple[date | None, date | None]:
    """A version that was opened before may have them as '2024-2-1'."""
    return day_of(item.earliest or ""), day_of(item.latest or "")


def _store(asked: AnsweredItem) -> list[Stored]:
    return [Stored(asked.item.code, text=asked.given)]


def _wrong(_asked: Questionnaire, item: Item) -> Iterator[str]:
    if not all(is_day(day) for day in (item.earliest, item.latest) if day):
        yield "limit_day"
    earliest, latest = _limits_of(item)
    if earliest and latest and earliest > latest:
        yield "limits"


def _say(_asked: Questionnaire, _item: Item, answer: Any, language: str) -> str:  # noqa: ANN401
    day = day_of(str(answer))
    return i18n.day(day, language) if day else str(answer)


def _key(_item: Item, _keys: Mapping[str, Option], key: str) -> str:
    """'20231130' or '2023-11-30'; whether there is such a day is asked with the other rules."""
    digits = key.replace("-", "").replace("/", "")
    if len(digits) != 8 or not digits.isdigit():
        raise ValueError(key)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _read(item: Item, values: list[str]) -> dict[str, Any]:
    """What is no day stays as it was written, and is refused with its sheet."""
    day = day_of(values[0])
    return {item.code: day.isoformat() if day else values[0]}


DATE = Kind(
    code="date", check=_check, store=_store, wrong=_wrong, parts=frozenset(), scale=None, asks=True, own_words=False,
    agrees=False, mixes=False, measured=False, start={},
    rule=SkipRule(("ge", "gt", "le", "lt", "filled"), lambda _asked, _item, day: None if is_day(day) else "rule_day",
              _say, "date('{}')".format, lambda value, _choices: _iso(value), equal=None, selected=None),
    limits=Limits(lambda item: " and ".join(form.format(day) for n, form in _ENDS.items() if (day := getattr(item, n))),
                  lambda _item, limits: {name: _iso(day) for name, day in only(limits, *_ENDS).items()}),
    keys=Keys(lambda _item, _keys, language: [i18n.text("paper.date_boxes", language)], _key, lambda _item: False,
              one=False),
    form=Form(("date",), select="", begins={}, span=None, write=plain_row("date"), group=False),
    foreign=Inferred((Looks(70, "dates", lambda _words, values, _numbered: {} if all(map(day_of, values)) else None),),
                    lambda value: day_of(value) is not None, lambda _values: {}, as_it_was, _read),
    results="months",
)  # fmt: skip
