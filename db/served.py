"""PostgreSQL behind the `Store` interface: several processes serve one store, and write one after another.

Every verb was written for one writer: it looks, decides and writes. So a transaction that writes takes one lock of the
store first, and what waits in this process goes into its next commit together (docs/decisions/0049). What one process
has committed every other hears by NOTIFY.
"""

import logging
import os
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, LiteralString, ParamSpec, TypeVar, cast
from uuid import uuid4
from weakref import WeakSet

import psycopg
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from db import events, keys, loading, migrations, sql, upgrade
from db.address import Address
from db.answers import Answers
from db.connecting import opened, remove
from db.files import Files
from db.postgres.connection import LINE, Answering, Lent, adapted
from db.postgres.standby import Absent, Standby
from db.refused import StoreUnavailable
from db.sql import Connection
from db.system import backups, copying
from db.writer import Together, Write, Writer

T = TypeVar("T")
A = TypeVar("A")
P = ParamSpec("P")

log = logging.getLogger(__name__)

CHANNEL = "committed"
KEPT = 1000  # small answers between two writes
MOST = 24  # connections of this process
PATIENCE = 5.0  # seconds until a page is told that the server does not answer
TURN = 20.0  # seconds that a write waits for those of others: longer than a host that is lost goes unnoticed
IDLE = 60.0  # seconds that a write may think between two statements, or the server ends it
_LOST = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.IdleInTransactionSessionTimeout)
_UNABLE = (*_LOST, psycopg.errors.DiskFull, psycopg.errors.ReadOnlySqlTransaction)
# Of a connection that broke or that nobody gave, of a turn that did not come, of a server that ends or begins.
_OF_ALL = (None, "55P03", "57P01", "57P02", "57P03")
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresStore:
    """A database of a server. `damage` is never said: the server has its own log, and says what it lacks itself."""

    damage: str | None = None

    def __init__(self, at: Address) -> None:
        self.path, self._at, self.files = at.path, at, Files(at.files, at.path)
        self._lines, self._counting = WeakSet[psycopg.Connection[Any]](), threading.Lock()  # all of the pool's
        at.path.parent.mkdir(parents=True, exist_ok=True)
        self._pool = ConnectionPool(
            at.server, min_size=1, max_size=MOST, timeout=PATIENCE, open=True, reconnect_timeout=30,
            kwargs={**LINE, "cursor_factory": psycopg.ClientCursor, "autocommit": True}, configure=self._configured,
            check=ConnectionPool.check_connection,
        )  # fmt: skip
        try:
            self._pool.wait(PATIENCE)
            with self._connection() as con:
                Lent(con, self.path).hold_fit()
        except PoolTimeout as error:
            self._pool.close()
            raise OSError(f"the server of STORE_URL does not answer: {error}") from error
        except BaseException:
            self._pool.close()
            raise
        self._standby = Standby(at.standby, self.path) if at.standby else None
        self._since, self._answers = object(), Answers(KEPT)
        self._wake: list[Callable[[], None]] = []
        self._me, self._hears, self._ended = uuid4().hex, False, threading.Event()
        self._listens = threading.Event()
        self._writer = Writer(self._transaction, done=self._woken, as_seen=_as_seen, of_all=_of_all)
        self._listener = threading.Thread(target=self._listen, name="store-listener", daemon=True)
        self._listener.start()
        self._listens.wait(PATIENCE)

    def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in one snapshot that cannot write; again where the line broke meanwhile."""
        for again in (True, False):
            try:
                with self._connection() as con, _between(con, _READ, "ROLLBACK"):
                    return fn(Lent(con, self.path))
            except _LOST as error:
                if not again or not self._hears or isinstance(error, (PoolTimeout, PoolClosed)):
                    raise _as_seen(error) from error
        raise StoreUnavailable

    def look(self, fn: Callable[[Connection], T], known: events.Head) -> T:
        """By the standby, where there is one that has the records up to `known`."""
        if self._standby:
            with suppress(Absent):
                return self._standby.look(fn, known)
        return self.read(fn)

    def kept(self, fn: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T:
        """What `fn` reads, by its name and arguments, until this process hears of a commit; asked each time while it
        hears nothing."""

        def answer() -> T:
            return self.read(lambda con: fn(con, *asked, **more))

        if not self._hears:
            return answer()
        return self._answers.get((self._since, fn, asked, tuple(more.items())), answer)

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction that has the store for itself and return after the commit is durable. Raises what
        `fn` raises, with nothing of it written. `fn` may run twice, so it changes nothing but the store."""
        return self._writer.write(fn)

    def write_together(self, fn: Together[A, T], asked: A) -> T:
        return self._writer.write_together(fn, asked)

    @contextmanager
    def alone(self, job: str) -> Iterator[bool]:
        """Whether no other process has this job at hand; none takes it until the block ends."""
        key = {"key": zlib.crc32(job.encode())}
        try:
            with self._connection() as con:
                ours = sql.scalar(Lent(con, self.path), "SELECT pg_try_advisory_lock($key)", key)
                try:
                    yield ours
                finally:
                    if ours:
                        sql.run(Lent(con, self.path), "SELECT pg_advisory_unlock($key)", key)
        except _LOST as error:
            raise _as_seen(error) from error

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call `wake` after every commit, of any process, in a thread of the store's: it must not wait for anything."""
        self._wake.append(wake)

    def revision(self) -> int:
        """The number of the last committed event; it moves with every change."""
        return self.read(events.revision)

    def has_room(self) -> bool:
        """The server's disk is the server's to watch: where it is full a write raises StoreUnavailable."""
        return True

    def backup(self, folder: Path) -> Path:
        """A consistent copy into `folder` as a store of one file, named by the chain's head. Writers go on."""
        folder.mkdir(parents=True, exist_ok=True)
        backups.tidy(folder)
        unfinished = folder / f"face-to-face-{self._me}.unfinished"
        try:
            self.copy(unfinished)
            head = backups.read_whole(unfinished)[1]
            target = folder / backups.name_of(head)
            keys.carry(self.path, target)
            backups.take_back(target)
            backups.settle(unfinished, target, head)
        finally:
            unfinished.unlink(missing_ok=True)
        return target

    def copy(self, target: Path) -> None:
        """As it stands, to a file."""
        remove(target)
        with opened(self._at) as source, opened(Address(target)) as made:
            copying.copy(source, made)

    def migrate(self) -> list[str]:
        """Apply what is missing, all or nothing, then the reference lists and the calendar. Returns their names. Of
        several processes one does it, and the others wait. A backup of before goes on standing, for the program of
        before. Raises NewerStore, UnfinishedCopy."""
        try:
            with self._connection() as con, _between(con, _begin("migrate", turn=0, idle=0), "ROLLBACK"):
                return self._migrated()
        except _LOST as error:
            raise _as_seen(error) from error

    def _migrated(self) -> list[str]:
        missing = self.read(migrations.pending)
        if missing and self.read(_founded):
            copy = self.backup(self.path.parent / backups.FOLDER)
            log.warning("before migrating: %s", backups.put_by(copy, missing[0]))
        applied = self.write(lambda con: _migrated(cast(Lent, con)))
        loading.load(self)
        return applied

    def rewrite(self, change: Callable[[Connection], T]) -> T:
        """Make `change`, have the server write every table anew without the rows of before, and make a backup. What the
        server's own log and the backups of its owner still hold is for them to let go. Raises what `change` raises,
        with the store as it was."""
        done = self.write(change)
        try:
            with self._connection() as con:
                con.execute("VACUUM FULL")
        except _LOST as error:
            raise _as_seen(error) from error
        self.backup(self.path.parent / backups.FOLDER)
        return done

    def close(self) -> None:
        self._writer.close()
        self._ended.set()
        with suppress(*_LOST), self._connection() as con:
            con.execute(f"NOTIFY {CHANNEL}, '{self._me}'")  # whoever listens looks up
        self._listener.join(PATIENCE)
        if self._standby:
            self._standby.close()
        self._pool.close()

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        with self._pool.connection() as con:
            yield con

    def _transaction(self, batch: Sequence[Write]) -> list[Any]:
        end = f"SELECT pg_notify('{CHANNEL}', '{self._me}'); COMMIT"
        try:
            with self._connection() as con, _between(con, _begin("write", turn=TURN, idle=IDLE), end):
                return [write(Lent(con, self.path)) for write in batch]
        except _LOST:
            self._woken()  # a commit can be durable although nobody said so
            raise
        finally:
            self._forget()

    def _forget(self) -> None:
        self._since = object()  # no number: two threads could count one another's away
        self._answers.forget()

    def _woken(self) -> None:
        for wake in self._wake:
            wake()

    def _moved(self) -> None:
        self._forget()
        self._woken()

    def _listen(self) -> None:
        """What other processes commit, and that the server still answers: who waits for one that does not is let go.
        Where the line breaks, something may have been missed: all is asked again."""
        while not self._ended.is_set():
            try:
                with Answering.connect(self._at.server, autocommit=True, **LINE) as con:
                    adapted(con)
                    con.execute(f"LISTEN {CHANNEL}")
                    self._moved()
                    self._hears = True
                    self._listens.set()
                    while not self._ended.is_set():
                        if any(notice.payload != self._me for notice in con.notifies(timeout=1, stop_after=1)):
                            self._moved()
                        con.execute("")
            except psycopg.Error as error:
                self._hears = False
                log.error("the store's server does not answer: %s", error)
                if isinstance(error, psycopg.errors.ConnectionTimeout):
                    self._let_go()
            finally:
                self._hears = False
            self._ended.wait(1)

    def _configured(self, con: psycopg.Connection[Any]) -> None:
        adapted(con)
        with self._counting:
            self._lines.add(con)

    def _let_go(self) -> None:
        """End the lines on which somebody waits for an answer: they are told within seconds that there is none."""
        with self._counting:
            lines = list(self._lines)
        for con in lines:
            with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(con.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def _between(con: psycopg.Connection[Any], begin: str, end: str) -> Iterator[None]:
    con.execute(cast(LiteralString, begin))
    try:
        yield
        con.execute(cast(LiteralString, end))
    except BaseException as error:
        with suppress(psycopg.Error):
            con.execute("ROLLBACK")
        if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
            con.close()  # another server writes by now
        raise


def _begin(job: str, *, turn: float, idle: float) -> str:
    """A transaction that has `job` for itself, whatever the server's own settings are."""
    return f"""
        BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
        SET LOCAL lock_timeout = '{turn}s'; SET LOCAL idle_in_transaction_session_timeout = '{idle}s';
        SELECT pg_advisory_xact_lock({zlib.crc32(job.encode())})
        """


def _founded(con: Connection) -> bool:
    return "migration" in sql.tables(con)


def _migrated(con: Lent) -> list[str]:
    if not _founded(con):
        con.prepare()
    missing = migrations.pending(con)
    for name in missing:
        migrations.apply(con, name)
    upgrade.derive(con, missing)
    con.index()
    return missing


def _as_seen(error: Exception) -> Exception:
    if isinstance(error, _UNABLE):
        log.error("the store's server does not answer: %s", error)
        return StoreUnavailable()
    return error


def _of_all(error: Exception) -> bool:
    return isinstance(error, _LOST) and error.sqlstate in _OF_ALL
