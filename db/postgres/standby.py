"""A standby of the server (streaming replication): it answers what takes long, so that those who write have the
server's processors for themselves."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg_pool import ConnectionPool

from db import sql
from db.events import Head
from db.postgres.connection import LINE, SILENCE, Answering, Lent, adapted
from db.sql import Connection

T = TypeVar("T")

log = logging.getLogger(__name__)

MOST = 8  # connections
LONGEST = 60.0  # seconds that a look may take before the server is asked instead
AGAIN = 5.0  # seconds for which a standby that failed is not asked
NEAR = 1.0  # seconds until a standby has to have a line for us
# One that was made a server of its own, or that follows another one, has other records than we speak of.
_HAS = "SELECT pg_is_in_recovery() AND EXISTS (SELECT 1 FROM event WHERE n = $n AND hash = $hash)"


class Absent(Exception):
    """The standby has not answered: it is behind, away, or none of ours."""


class Standby:
    """`at`: how it is reached, as libpq reads it; `home` as of `Lent`."""

    def __init__(self, at: str, home: Path) -> None:
        self._home, self._not_before = home, 0.0
        self._pool = ConnectionPool(
            at, connection_class=Answering, min_size=0, max_size=MOST, timeout=NEAR, open=True, reconnect_timeout=NEAR,
            kwargs={**LINE, "cursor_factory": psycopg.ClientCursor, "autocommit": True}, configure=adapted,
        )  # fmt: skip

    def look(self, fn: Callable[[Connection], T], known: Head) -> T:
        """What `fn` reads in one snapshot in which the records are there up to `known`. Raises Absent, and what `fn`
        raises that is not the line's."""
        if time.monotonic() < self._not_before:
            raise Absent
        try:
            with self._pool.connection() as con, _snapshot(con):
                lent = Lent(con, self._home)
                if not sql.scalar(lent, _HAS, {"n": known.n, "hash": known.hash}):
                    raise Absent
                con.patience = LONGEST
                return fn(lent)
        except psycopg.Error as error:
            self._not_before = time.monotonic() + AGAIN
            log.warning("the standby does not answer, the server does: %s", error)
            raise Absent from error

    def close(self) -> None:
        self._pool.close()


@contextmanager
def _snapshot(con: Any) -> Iterator[None]:  # noqa: ANN401
    con.patience = SILENCE
    with con.transaction():
        con.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
