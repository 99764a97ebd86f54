"""Two numbers asked together, as actual and promised days."""

from collections.abc import Iterator, Mapping

from intake.questionnaires.kind import IF_FILLED, AnsweredItem, Form, Keys, Kind, Row, labels
from intake.questionnaires.kinds.numbers import LOW_AND_HIGH, check_number, crossed_limits, key_of_number, unit_of
from intake.questionnaires.model import Item, Option, Questionnaire, Stored


def _check(asked: AnsweredItem) -> str | None:
    if not isinstance(asked.given, dict):
        return "answer_unknown"
    numbers = [asked.given.get(part.code) for part in asked.item.parts]
    if None in numbers:
        return "answer_both_numbers"
    return next((found for number in numbers if (found := check_number(asked.item, number))), None)


def _store(asked: AnsweredItem) -> list[Stored]:
    return [Stored(asked.item.code, float(asked.given[part.code]), part.code) for part in asked.item.parts]


def _wrong(asked: Questionnaire, item: Item) -> Iterator[str]:
    if not item.parts:
        yield "no_parts"
    yield from crossed_limits(asked, item)


def _boxes(item: Item, _keys: Mapping[str, Option], language: str) -> list[str]:
    return [f"{part.say(language)} ______ {unit_of(item, language)}" for part in item.parts]


def _key(item: Item, keys: Mapping[str, Option], key: str) -> dict[str, int | float]:
    """'5/10', in the order in which they are printed."""
    return {part.code: key_of_number(item, keys, number)
            for part, number in zip(item.parts, key.split("/"), strict=True)}  # fmt: skip


def _rows(item: Item, row: Row) -> list[Row]:
    own = {"type": "integer", "required": row["required"], "constraint": row["constraint"]}
    rows = [{**own, "name": f"{item.code}__{part.code}", **labels(part)} for part in item.parts]
    return [row | {"type": "begin_group", "required": "", "constraint": ""}, *rows, {"type": "end_group"}]


TWO_NUMBERS = Kind(
    code="two_numbers", check=_check, store=_store, wrong=_wrong, parts=frozenset({"parts"}), scale=None, asks=True,
    own_words=False, agrees=False, mixes=False, measured=True,
    start={"parts": (Option("实际", "Actual", "actual"), Option("承诺", "Promised", "promised"))},
    rule=IF_FILLED, limits=LOW_AND_HIGH, keys=Keys(_boxes, _key, down=lambda _item: False, one=False),
    form=Form((), select="", begins={}, span=None, write=_rows, group=True), foreign=None, results="numbers",
)  # fmt: skip
