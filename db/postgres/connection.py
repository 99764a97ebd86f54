"""A connection to PostgreSQL as our SQL and our verbs know one: DuckDB's placeholders, types and answers."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.adapt import Loader, PyFormat
from psycopg.types.array import ListDumper
from psycopg.types.numeric import FloatDumper
from psycopg.types.string import StrDumperUnknown

from db import sql
from db.address import Address

_PLACEHOLDER = re.compile(r"\$([a-z_]\w*)|%", re.IGNORECASE)


# A line that is dead is noticed, also where nobody says so: by us, and by the server, which would keep its locks.
LINE: dict[str, Any] = {
    "connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}  # fmt: skip
SILENCE = 3.0  # seconds without an answer to what costs the server nothing
SESSION = """
    SET TimeZone = 'UTC'; SET search_path = public, pg_catalog;
    SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
    SET tcp_user_timeout = 10000
    """
PRELUDE, INDEXES = (Path(__file__).with_name(f"{name}.sql") for name in ("prelude", "indexes"))


# What a database has to be: one that sorts texts by a language would give other lists, digests and pages.
NEEDED = {
    "current_setting('server_version_num')::int >= 150000": "the server is to be PostgreSQL 15 or newer",
    "getdatabaseencoding() = 'UTF8'": "the database is to be made with ENCODING 'UTF8' (TEMPLATE template0)",
    "'B' < 'a' AND (SELECT datcollate FROM pg_database WHERE datname = current_database()) IN ('C', 'POSIX')":
        "the database is to be made with LOCALE 'C' (TEMPLATE template0), so that it sorts by no language",
    "current_setting('synchronous_commit') <> 'off'":
        "synchronous_commit is off: what was acknowledged would be lost with the server's power",
}  # fmt: skip


class Unfit(ValueError):
    """The database is none that a store can be in."""


class Answering(psycopg.Connection[Any]):
    """A line that asks for little: where it has no answer for SILENCE, the server gives none. A line for work cannot
    know: a server that counts for a minute says as little as one that is cut off. `patience`: seconds, of this line."""

    patience = SILENCE

    def wait(self, gen: PQGen[RV], interval: float = SILENCE / 10, timeout: float | None = None) -> RV:
        """Raises psycopg.errors.ConnectionTimeout, with the line at its end."""
        begun = time.monotonic()
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.Error:
            if timeout is not None or time.monotonic() - begun < self.patience:
                raise
            self.pgconn.finish()
            raise psycopg.errors.ConnectionTimeout(f"no answer in {self.patience:.0f} seconds") from None


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
        """An empty database, before the first table. Raises Unfit."""
        self.hold_fit()
        self.execute(PRELUDE.read_text(encoding="utf-8"))

    def index(self) -> None:
        """What a server looks up by key, where it is not indexed yet."""
        self.execute(INDEXES.read_text(encoding="utf-8"))

    def hold_fit(self) -> None:
        """Raises Unfit."""
        for needed, otherwise in NEEDED.items():
            if not sql.scalar(self, f"SELECT {needed}"):
                raise Unfit(otherwise)

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
    con.adapters.register_dumper(str, _Text)
    con.execute(SESSION)


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


class _Text(StrDumperUnknown):
    """The server knows no NUL in a text: with a sign in its place as little is found as in a file."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401
        return super().dump(obj.replace("\0", "\ufffd"))


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
