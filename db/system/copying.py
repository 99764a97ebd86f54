"""All tables of one store in another, of whatever kind either is: by parts, and held against each other at the end.

A table is whole or not there. What was copied so far stands in a table of its own, so that a copy that was cut off goes
on where it was; until it is whole nobody can open it as a store.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from db import events, migrations, sql
from db.batches import Say, silent
from db.events import Head
from db.migrations import UNFINISHED
from db.sql import Connection, Row
from db.system import outside

SIZE, FEW = 20_000, 20  # rows at once, and of a table that may hold files' bytes
# In which order the rows of a large table lie in a file, so that what is asked for together lies together.
ORDER = {"event": "n", "case_past": "until, case_id", "answer": "wave_id, response_id"}
Carried = Callable[[Row], Row]
_HEAD = ""  # as a table's name: where the history stood that is being copied


class Unlike(ValueError):
    """What was copied is not what it was copied from, or what stands there is another store's."""


@dataclass(frozen=True)
class TableSum:
    """How many rows a table has, and a sum over all of them in whatever order."""

    n: int = 0
    digest: int = 0

    def and_(self, rows: Sequence[Sequence[Any]]) -> "TableSum":
        more = sum(int.from_bytes(hashlib.blake2b(repr(tuple(row)).encode(), digest_size=16).digest()) for row in rows)
        return TableSum(self.n + len(rows), (self.digest + more) % 2**128)


def copy(source: Connection, target: Connection, say: Say = silent, carried: Carried | None = None) -> Head:
    """Returns the head of the history in both. Raises Unlike with nothing changed that stood there before.

    `carried` gives the row that a file has in the target. Of the source it is what stands there at one moment; nobody
    writes to the target meanwhile.
    """
    source.execute("BEGIN TRANSACTION READ ONLY")
    try:
        return _all(source, target, say, carried)
    finally:
        source.execute("ROLLBACK")


def _all(source: Connection, target: Connection, say: Say, carried: Carried | None) -> Head:
    head, tables = events.head(source), sorted(sql.tables(source))
    _begun(source, target, head)
    done = _done(target)
    for table in tables:
        if table not in done:
            with _transaction(target):
                copied = _copied(source, target, table, say, carried if table in outside.TABLES else None)
                sql.insert(target, UNFINISHED, {"name": table, "n": copied.n, "digest": f"{copied.digest:032x}"})
    with _transaction(target):
        _compared(target, say)
    sql.run(target, f"DROP TABLE {UNFINISHED}")
    return head


def _compared(target: Connection, say: Say) -> None:
    for table, copied in _done(target).items():
        if table != _HEAD and _held(target, table) != copied:
            raise Unlike(f"{table}: what stands there is not what was copied")
        say(f"{table}: compared")
    if broken := events.verify(target, say):
        raise Unlike(f"event {broken[0].n}: {broken[0].reason} does not hold")


def _begun(source: Connection, target: Connection, head: Head) -> None:
    """The tables, empty, with the note of how far it is; or those of a copy that was cut off."""
    stands = sql.tables(target)
    if UNFINISHED in stands:
        if _done(target)[_HEAD] != TableSum(head.n, int(head.hash or "0", 16)):
            raise Unlike("a copy of another history was begun there")
        return
    if stands:
        raise Unlike("there is a store already")
    applied = sql.column(source, "SELECT name FROM migration ORDER BY applied_at, name")
    with _transaction(target):
        if prepare := getattr(target, "prepare", None):
            prepare()
        for name in applied:
            migrations.apply(target, name)
        for table in sql.tables(target) - sql.tables(source):  # made by a migration, and dropped when it was read
            sql.run(target, f'DROP TABLE "{table}"')
        sql.run(target, f"CREATE TABLE {UNFINISHED} (name VARCHAR PRIMARY KEY, n BIGINT, digest VARCHAR)")
        sql.insert(target, UNFINISHED, {"name": _HEAD, "n": head.n, "digest": head.hash or "0"})


def _done(target: Connection) -> dict[str, TableSum]:
    return {
        row["name"]: TableSum(row["n"], int(row["digest"], 16))
        for row in sql.rows(target, f"SELECT * FROM {UNFINISHED}")
    }


def _copied(source: Connection, target: Connection, table: str, say: Say, carried: Carried | None) -> TableSum:
    columns = sorted(sql.columns(source, table))
    sql.run(target, f'DELETE FROM "{table}"')
    found = TableSum()
    for given in _given_out(source, table, columns):
        rows = given
        if carried:
            rows = [tuple(carried(dict(zip(columns, row, strict=True))).values()) for row in given]
        sql.take_in(target, table, columns, rows)
        found = found.and_(rows)
        say(f"{table}: {found.n}")
    return found


def _held(con: Connection, table: str) -> TableSum:
    found = TableSum()
    for rows in _given_out(con, table, sorted(sql.columns(con, table))):
        found = found.and_(rows)
    return found


def _given_out(con: Connection, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    named, size = ", ".join(f'"{name}"' for name in columns), FEW if table in outside.TABLES else SIZE
    if door := getattr(con, "give_out", None):
        order = f" ORDER BY {ORDER[table]}" if table in ORDER else ""
        yield from door(f'SELECT {named} FROM "{table}"{order}', size)
        return
    last = sql.scalar(con, f'SELECT coalesce(max(rowid), -1) FROM "{table}"')
    for first in range(0, last + 1, size):
        given = {"first": first, "behind": first + size}
        yield sql.run(con, f'SELECT {named} FROM "{table}" WHERE rowid >= $first AND rowid < $behind', given).fetchall()


@contextmanager
def _transaction(con: Connection) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
