"""Nothing to ten, with words for its two ends."""

import re
from collections.abc import Iterator, Mapping

from db.survey.kinds import TEN
from intake.questionnaires.kind import Form, Inferred, Keys, Kind, Looks, Row, as_it_was
from intake.questionnaires.kinds import numbers
from intake.questionnaires.kinds.choices import BOX
from intake.questionnaires.kinds.number import row_of_number
from intake.questionnaires.model import Item, Option, Questionnaire

LIKELY = re.compile(r"推荐|可能性|0\s*[-–~～至]\s*10")
_ENDS = {"low": 0, "high": 10}


def _wrong(asked: Questionnaire, item: Item) -> Iterator[str]:
    yield from numbers.crossed_limits(asked, item)
    if (item.low, item.high) != (0, 10):
        yield "scale10_limits"


def _boxes(item: Item, _keys: Mapping[str, Option], language: str) -> list[str]:
    numbers = range(int(item.low or 0), int(item.high or 10) + 1)
    return [" ".join(f"{BOX}{n}" for n in numbers), " … ".join(part.say(language) for part in item.parts)]


def _row(item: Item, row: Row) -> list[Row]:
    ends = {f"f2f_{part.code}_{language}": getattr(part, language) for part in item.parts for language in ("zh", "en")}
    return row_of_number(item, row | ends)


def _likely(words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    given = numbers.numbers_in(values)
    whole = bool(given) and all(number.is_integer() and 0 <= number <= 10 for number in given)
    return numbers.span_of(given) if whole and LIKELY.search(words) else None


SCALE10 = Kind(
    code=TEN, check=numbers.check_one, store=numbers.store_one, wrong=_wrong, parts=frozenset(), scale=None,
    asks=True, own_words=False, agrees=False, mixes=False, measured=True, start=_ENDS,
    rule=numbers.ONE_NUMBER, limits=numbers.LOW_AND_HIGH,
    keys=Keys(_boxes, numbers.key_of_number, down=lambda _item: False, one=False),
    form=Form((), select="", begins={}, span=(0, 10, 1), write=_row, group=False),
    foreign=Inferred((Looks(60, "likely", _likely),), lambda value: bool(re.fullmatch(r"\d|10", value)),
                    lambda _values: dict(_ENDS), as_it_was, numbers.read_one),
    results="recommend",
)  # fmt: skip
