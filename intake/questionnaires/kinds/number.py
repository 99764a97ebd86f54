"""One number, with its limits, decimals and unit."""

from collections.abc import Mapping

from intake.questionnaires.kind import Columns, Form, Inferred, Keys, Kind, Looks, Row
from intake.questionnaires.kinds import numbers
from intake.questionnaires.model import Item, Option


def _boxes(item: Item, _keys: Mapping[str, Option], language: str) -> list[str]:
    return [f"________ {numbers.unit_of(item, language)}"]


def row_of_number(item: Item, row: Row) -> list[Row]:
    return [{"type": "decimal" if item.decimals else "integer", **row}]


def _numbers(_words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    given = numbers.numbers_in(values)
    return numbers.span_of(given) if given else None


def _decimals(values: list[str]) -> int:
    return max((len(value.partition(".")[2]) for value in values), default=0)


def _grown(item: Item, columns: Columns) -> Item:
    return numbers.with_decimals(item, _decimals([value for column in columns for value in column]))


NUMBER = Kind(
    code="number", check=numbers.check_one, store=numbers.store_one, wrong=numbers.crossed_limits,
    parts=frozenset(), scale=None, asks=True, own_words=False, agrees=False, mixes=False, measured=True, start={},
    rule=numbers.ONE_NUMBER, limits=numbers.LOW_AND_HIGH,
    keys=Keys(_boxes, numbers.key_of_number, down=lambda _item: False, one=False),
    form=Form(("integer", "int", "decimal", "range"), select="", begins={}, span=None, write=row_of_number,
              group=False),
    foreign=Inferred((Looks(61, "numbers", _numbers),), numbers.is_written,
                    lambda values: {"decimals": _decimals(values)}, _grown, numbers.read_one),
    results="numbers",
)  # fmt: skip
