"""A table: one choice in each row, of its own choices or of the common levels."""

from collections.abc import Iterator
from typing import Any

from db.survey.kinds import LEVELS
from intake.questionnaires.kind import NO_LIMITS, AnsweredItem, Form, Inferred, Keys, Kind, Row, as_it_was, labels
from intake.questionnaires.kinds import choices
from intake.questionnaires.model import NA, Item, Questionnaire, Stored
from intake.questionnaires.rules import empty


def _check(asked: AnsweredItem) -> str | None:
    if not isinstance(asked.given, dict):
        return "answer_unknown"
    given = {row: choice for row, choice in asked.given.items() if not empty(choice)}
    known = asked.options.keys() | ({NA} if asked.item.na else set())
    rows = {row.code for row in asked.item.rows}
    if not given.keys() <= rows or not all(isinstance(choice, str) and choice in known for choice in given.values()):
        return "answer_unknown"
    return "answer_every_row" if asked.item.required and given.keys() != rows else None


def _store(asked: AnsweredItem) -> list[Stored]:
    answered = [(f"{asked.item.code}.{row.code}", asked.given.get(row.code)) for row in asked.item.rows]
    return [
        Stored(item, choice=NA) if given == NA else choices.as_level(asked, item, given)
        for item, given in answered
        if not empty(given)
    ]


def _wrong(asked: Questionnaire, item: Item) -> Iterator[str]:
    yield from choices.few_options(asked, item) if item.rows else ("no_rows",)


def _rows(item: Item, row: Row) -> list[Row]:
    own = {"type": f"select_one {choices.list_of(item, LEVELS)}", "required": row["required"]}
    rows = [{**own, "name": f"{item.code}__{one.code}", **labels(one)} for one in item.rows]
    return [row | {"type": "begin_group", "appearance": "table-list", "required": ""}, *rows, {"type": "end_group"}]


def _read(item: Item, values: list[str]) -> dict[str, Any]:
    by_words = {option.zh: option.code for option in item.options}
    answered = zip(item.rows, values, strict=True)
    return {item.code: {row.code: by_words.get(value, value) for row, value in answered if value}}


MATRIX = Kind(
    code="matrix", check=_check, store=_store, wrong=_wrong, parts=frozenset({"options", "rows"}), scale=LEVELS,
    asks=True, own_words=False, agrees=False, mixes=True, measured=False, start={}, rule=choices.ONE_CHOICE,
    limits=NO_LIMITS, keys=Keys(choices.boxes, choices.key_of_one, down=lambda item: not item.options, one=True),
    form=Form((), select="", begins={}, span=None, write=_rows, group=True),
    foreign=Inferred((), lambda _value: True, None, as_it_was, _read), results="index",
)  # fmt: skip
