"""Finding rows by the words that somebody types: each of them has to stand somewhere in what is folded with the row, or
in a name that the row refers to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db import references
from db.sql import Connection, Row
from i18n import folding

# The columns that a table's `words` are folded of; a case's events add what was said.
KEPT_WITH: Mapping[str, tuple[str, ...]] = {
    "cases": ("number", "title", "text"),
    "enterprise": ("name_zh", "name_en", "uscc"),
    "account": ("login", "name"),
    "guidance": ("title_zh", "title_en", "audience_zh", "audience_en", "text_zh", "text_en"),
}
_SAID = ("text", "translated", "reason", "note")  # of an event's detail: what its reader is shown


def of_row(table: str, row: object, *more: str) -> str:
    """What a row of one of these tables is looked up by."""
    given = row if isinstance(row, Mapping) else vars(row)
    return folding.lines(*(given[name] for name in KEPT_WITH[table]), *more)


def with_words(table: str, row: object) -> Row:
    """The row as it is written."""
    given = row if isinstance(row, Mapping) else vars(row)
    return {**given, "words": of_row(table, given)}


def said_in(detail: Mapping[str, object]) -> list[str]:
    """What was said with an event, and the number of the hotline's order that it tells of."""
    order = detail.get("order")
    number = [str(order["number"])] if isinstance(order, Mapping) and order.get("number") else []
    return [*(str(detail[name]) for name in _SAID if detail.get(name)), *number]


def added_by(detail: Mapping[str, object]) -> str:
    """What an event adds to its case's words; nothing where nobody said anything."""
    return folding.lines(*said_in(detail))[1:]


@dataclass(frozen=True)
class WordPlaces:
    """Where a word may stand: in the column `own`; in other rows, by conditions with `{word}`; in the names of a
    reference list, by its condition with `{codes}`."""

    own: str
    rows: Sequence[str] = ()
    lists: Mapping[str, str] = field(default_factory=dict)


def sought(con: Connection, typed: str, places: WordPlaces) -> tuple[str, Row]:
    """The condition that every word stands somewhere, true where there is none, and its parameters."""
    params: Row = {}
    names = {name: references.items(con, name) for name in places.lists} if typed else {}
    conditions = []
    for n, word in enumerate(folding.words_of(typed)):
        params[f"word_{n}"] = word
        either = [f"position($word_{n} IN {places.own}) > 0", *(row.format(word=f"$word_{n}") for row in places.rows)]
        for name, condition in places.lists.items():
            codes = [i.code for i in names[name] if word in folding.lines(i.name_zh, i.name_en)]
            if codes:
                params[f"{name}_{n}"] = codes
                either.append(condition.format(codes=f"${name}_{n}"))
        conditions.append(f"({' OR '.join(either)})")
    return " AND ".join(conditions) or "true", params
