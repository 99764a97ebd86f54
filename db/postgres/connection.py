"""A connection to PostgreSQL as our SQL and our verbs know one: DuckDB's placeholders, types and answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg
from psycopg.adapt import Loader, PyFormat
from psycopg.types.array import ListDumper
from psycopg.types.numeric import FloatDumper

from db import sql
from db.address import Address

_PLACEHOLDER = re.compile(r"\$([a-z_]\w*)|%", re.IGNORECASE)


# A line that is dead is noticed, also where nobody says so.
LINE: dict[str, Any] = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
PRELUDE = Path(__file__).with_name("prelude.sql")


class OtherOrder(ValueError):
    """The database sorts texts by a language: lists, digests and pages would differ from everywhere else."""


class ServedResult:
    """What a statement found, as DuckDB hands it out: of one that changes rows, how many."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor

    @property
    def description(self) -> list[tuple[str]]:
        return [(column.name,) for column in self._cursor.description or ()]

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._cursor.fetchall() if self._cursor.description else [(self._cursor.rowcount,)]

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._cursor.fetchone() if self._cursor.description else (self._cursor.rowcount,)

    def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
        return self._cursor.fetchmany(size)

    def df(self) -> Any:  # noqa: ANN401
        import pandas as pd

        return pd.DataFrame(self.fetchall(), columns=[name for (name,) in self.description])


class Lent:
    """A connection within a transaction. `home`: what lies beside the store is called so (`db.address`)."""

    place = "ctid"

    def __init__(self, con: psycopg.Connection[Any], home: Path) -> None:
        self._con, self.home = con, home

    def execute(self, statement: str, given: Mapping[str, object] | None = None) -> ServedResult:
        cursor = self._con.cursor()
        cursor.execute(cast(LiteralString, _translated(statement) if given else statement), given or None)
        return ServedResult(cursor)

    def prepare(self) -> None:
        """An empty database, before the first table. Raises OtherOrder."""
        order = "SELECT datcollate FROM pg_database WHERE datname = current_database()"
        if sql.scalar(self, order) not in ("C", "POSIX"):
            raise OtherOrder("the database is to be made with LC_COLLATE 'C' and ENCODING 'UTF8' (TEMPLATE template0)")
        self.execute(PRELUDE.read_text(encoding="utf-8"))

    def take_in(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Rows of ours, by the door that the server has for many."""
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self._con.cursor().copy(cast(LiteralString, statement)) as into:
            for row in rows:
                into.write_row(row)

    def give_out(self, statement: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """What a statement finds, by parts."""
        with psycopg.ServerCursor(self._con, "given_out") as cursor:
            cursor.execute(cast(LiteralString, statement))
            while rows := cursor.fetchmany(size):
                yield rows


def adapted(con: psycopg.Connection[Any]) -> None:
    con.adapters.register_loader("numeric", _Number)
    con.adapters.register_dumper(list, _List)
    con.adapters.register_dumper(float, _Float)
    con.execute("SET TimeZone = 'UTC'; SET search_path = public, pg_catalog")


@contextmanager
def opened(at: Address) -> Iterator[Lent]:
    """A connection of its own, outside every store."""
    with psycopg.connect(at.server, autocommit=True, cursor_factory=psycopg.ClientCursor, **LINE) as con:
        adapted(con)
        con.execute("SET default_transaction_isolation = 'repeatable read'")
        yield Lent(con, at.path)


class _Number(Loader):
    """A sum of whole numbers is whole, a mean is a float."""

    def load(self, data: Any) -> int | float:  # noqa: ANN401
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


class _Float(FloatDumper):
    """As what it is: bare digits would be an exact number, which knows no -0 and counts otherwise."""

    def quote(self, obj: float) -> bytes:
        return f"'{obj!r}'::float8".encode()


class _List(ListDumper):
    """With its type, which `unnest` asks for."""

    _kind = b""

    def upgrade(self, obj: list[Any], format: PyFormat) -> Any:  # noqa: ANN401
        made = super().upgrade(obj, format)
        if made.sub_dumper is not None:
            oid = made.sub_dumper.oid
            of = self._get_base_type_info(oid).regtype if oid else "text"
            cast(_List, made)._kind = f"::{of}[]".encode()
        return made

    def quote(self, obj: list[Any]) -> bytes:
        return bytes(super().quote(obj)) + self._kind


@lru_cache(4096)
def _translated(statement: str) -> str:
    return _PLACEHOLDER.sub(lambda found: f"%({found[1]})s" if found[1] else "%%", statement)
