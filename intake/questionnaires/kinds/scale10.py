"""Nothing to ten, with words for its two ends."""

import re
from collections.abc import Iterator, Mapping

from db.survey.kinds import TEN
from intake.questionnaires.kind import Foreign, Form, Guess, Keys, Kind, Row, as_it_was
from intake.questionnaires.kinds.choices import BOX
from intake.questionnaires.kinds.number import row_of_number
from intake.questionnaires.kinds.numbers import (
    LOW_AND_HIGH,
    ONE_NUMBER,
    check_one,
    crossed_limits,
    key_of_number,
    numbers_in,
    read_one,
    span_of,
    store_one,
)
from intake.questionnaires.model import Item, Option, Questionnaire

LIKELY = re.compile(r"推荐|可能性|0\s*[-–~～至]\s*10")
_ENDS = {"low": 0, "high": 10}


def _wrong(asked: Questionnaire, item: Item) -> Iterator[str]:
    yield from crossed_limits(asked, item)
    if (item.low, item.high) != (0, 10):
        yield "scale10_limits"


def _boxes(item: Item, _keys: Mapping[str, Option], language: str) -> list[str]:
    numbers = range(int(item.low or 0), int(item.high or 10) + 1)
    return [" ".join(f"{BOX}{n}" for n in numbers), " … ".join(part.say(language) for part in item.parts)]


def _row(item: Item, row: Row) -> list[Row]:
    ends = {f"f2f_{part.code}_{language}": getattr(part, language) for part in item.parts for language in ("zh", "en")}
    return row_of_number(item, row | ends)


def _likely(words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    numbers = numbers_in(values)
    whole = bool(numbers) and all(number.is_integer() and 0 <= number <= 10 for number in numbers)
    return span_of(numbers) if whole and LIKELY.search(words) else None


SCALE10 = Kind(
    code=TEN, check=check_one, store=store_one, wrong=_wrong, parts=frozenset(), scale=None, asks=True, own_words=False,
    agrees=False, mixes=False, measured=True, start=_ENDS, rule=ONE_NUMBER, limits=LOW_AND_HIGH,
    keys=Keys(_boxes, key_of_number, down=lambda _item: False, one=False),
    form=Form((), select="", begins={}, span=(0, 10, 1), write=_row, group=False),
    foreign=Foreign((Guess(60, "likely", _likely),), lambda value: bool(re.fullmatch(r"\d|10", value)),
                    lambda _values: dict(_ENDS), as_it_was, read_one),
    results="recommend",
)  # fmt: skip
