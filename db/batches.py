"""A whole table by parts, so that what goes through a store of any size has so much of it in memory and no more."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from db import sql
from db.sql import Connection, Row

Say = Callable[[str], None]
T = TypeVar("T")


def silent(_: str) -> None:
    """For those to whom nobody listens."""


def batches(con: Connection, table: str, key: str, *, size: int, say: Say = silent) -> Iterator[Row]:
    """The `first` and the `last` value of the unique `key` of so many rows each, in its order."""
    statement = f"""
        SELECT min({key}) AS first, max({key}) AS last, count(*) AS n
        FROM (SELECT {key}, row_number() OVER (ORDER BY {key}) - 1 AS place FROM {table}) AS placed
        GROUP BY place - place % {size} ORDER BY first
        """
    found = sql.rows(con, statement)
    done, total = 0, sum(row["n"] for row in found)
    for row in found:
        yield {"first": row["first"], "last": row["last"]}
        done += row["n"]
        say(f"{table}: {done} of {total}")


def chunks(of: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(of), size):
        yield of[start : start + size]
