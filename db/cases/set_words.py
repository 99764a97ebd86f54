"""Words that a desk writes again and again."""

from dataclasses import dataclass

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class SetWords:
    """`seq` is its version; `category` None is for issues of all; `translated` is the same in another language."""

    id: str
    desk: str
    category: str | None
    title: str
    words: str
    translated: str | None
    retired: bool
    seq: int


def of(con: Connection, desk: str) -> list[SetWords]:
    """A desk's, by title, with those that are not used any more."""
    return sql.fetch(con, SetWords, "SELECT * FROM set_words WHERE desk = $desk ORDER BY title, id", {"desk": desk})


def save(con: Connection, one: SetWords) -> None:
    sql.upsert(con, "set_words", vars(one), ["id"])
