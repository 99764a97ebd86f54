"""DuckDB behind the `Store` interface: a cursor a read, one writer thread with group commit and a journal."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from db import events, journal, keys, loading, migrations, start, upgrade
from db.answers import Answers
from db.connecting import connect, connect_to_read, quoted, remove
from db.events import Head
from db.files import Files
from db.journal import Journal, Recorder
from db.refused import StoreReadOnly, StoreUnavailable
from db.sql import Connection
from db.system import backups, restore
from db.writer import BATCH, Together, Write, Writer

T = TypeVar("T")
A = TypeVar("A")
P = ParamSpec("P")

log = logging.getLogger(__name__)

KEPT = 1000  # small answers between two writes
LONGEST = 64 * 1024 * 1024  # bytes of the journal, before a backup is made so that it begins anew
READERS = 30.0  # seconds that those who read have to end, before the file is replaced
COPIES = 3  # of the store that fit beside it, before it is written anew
TRIES, PAUSE = 50, 0.1  # to empty the log beside those who read; seconds between two
ROOM = 16 * 1024 * 1024  # bytes that a disk has free, or it counts as full
# How a disk that is full shows itself; a commit that fails is a TransactionException.
_FULL = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException)


class DuckStore:
    """One file, one process. A second process is told whose the file is (DuckDB names the PID)."""

    def __init__(self, path: Path, files: str = "") -> None:
        self.path, self.files = path, Files(files, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Condition()  # guards replacing the instance, and how many read from it
        self._reading = 0
        self._commits = threading.RLock()  # held through a transaction, and by what happens between two of them
        self._copies = threading.RLock()  # held while one is made; taken before the commits
        self._con = connect(path)
        for left in ("face-to-face-*.unfinished*", f"{path.name}.looked-at-*", f"{path.name}.migrating*"):
            for unfinished in path.parent.glob(left):  # its process did not live to end it
                unfinished.unlink()
        self.damage: str | None = None
        self._journal = self._brought_up()
        self._due = LONGEST
        self._log = (0, 0)  # the file that was DuckDB's log at the last commit, and its size
        self._wake: list[Callable[[], None]] = []
        self._writes, self._answers = 0, Answers(KEPT)
        self._writer = Writer(self._transaction, done=self._committed, as_seen=self._as_seen, most=self._at_once)

    def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` on a cursor of its own, in one snapshot that cannot write."""
        con, cursor = self._cursor()
        try:
            return self._in_one_snapshot(cursor, fn)
        except duckdb.FatalException:
            self._reopen(con)
        return self._in_one_snapshot(self._cursor()[1], fn)

    def look(self, fn: Callable[[Connection], T], known: Head) -> T:
        """There is one file, which always has them."""
        return self.read(fn)

    def kept(self, fn: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T:
        """What `fn` reads, by its name and arguments. Every write goes through this process, so that what was read
        since the last one still holds; a write that is not answered yet may be missing. Never what speaks of drafts:
        they are written at every tap, and nothing is asked again for them."""
        question = (self._writes, fn, asked, tuple(more.items()))
        return self._answers.get(question, lambda: self.read(lambda con: fn(con, *asked, **more)))

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction of the writer thread and return after the commit is durable.

        Raises what `fn` raises, with nothing of it written. `fn` may run twice, so it changes nothing but the store.
        Where the store lacks what its journal cannot bring back (`damage` says what), people sign in and out in memory;
        what would write anything else raises StoreReadOnly.
        """
        return self._writer.write(fn)

    def write_together(self, fn: Together[A, T], asked: A) -> T:
        return self._writer.write_together(fn, asked)

    def alone(self, job: str) -> AbstractContextManager[bool]:
        return nullcontext(enter_result=True)

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call `wake` after every commit from now on, in the writer's thread: it must not wait for anything."""
        self._wake.append(wake)

    def revision(self) -> int:
        """The number of the last committed event; it moves with every change."""
        return self.read(events.revision)

    def has_room(self) -> bool:
        """Whether the disk that the store lies on has room for what is written next."""
        return shutil.disk_usage(self.path.resolve().parent).free >= ROOM

    def backup(self, folder: Path) -> Path:
        """A consistent copy into `folder`, named by the chain's head, in the place of one that lacks what was written
        since. Writers go on; of several copies one is made after another. Returns the file."""
        with self._copies:
            n, head = self.read(journal.mark)
            target = folder / backups.name_of(head)
            if backups.ends_at(target) == (n, head):
                return target
            folder.mkdir(parents=True, exist_ok=True)
            # DuckDB may write beside the store only; a copy that is whole gets its name at the end.
            unfinished = self.path.resolve().parent / f"{target.name}.unfinished"
            self.copy(unfinished)
            n, head = backups.read_whole(unfinished)
            keys.carry(self.path, target)
            backups.take_back(target)
            backups.settle(unfinished, target, head)
        self._begin_journal_behind(n, head)
        return target

    def copy(self, target: Path) -> None:
        """As it stands, to a file beside the store that is no backup: the journal goes on where it began."""
        with self._copies:
            remove(target)
            self._copy_to(target)

    def migrate(self) -> list[str]:
        """Apply what is missing, all or nothing, then the reference lists and the calendar. Returns their names. A
        damaged store stays as it is."""
        if self.damage:
            return []
        missing = self.read(migrations.pending)
        if missing and self.read(journal.founded):
            self._migrate_copy(missing)
        else:  # nothing is there yet: what fails leaves nothing that anybody would miss
            for name in missing:
                self.write(partial(migrations.apply, name=name))
        self._keep_what_the_journal_lacks()
        loading.load(self)
        return missing

    def close(self) -> None:
        self._writer.close()
        self._con.close()
        if self._journal:
            self._journal.close()

    def _brought_up(self) -> Journal | None:
        """The journal, with what the store had lost in the store again; None: read-only from here on."""
        try:
            return start.bring_up(self._con, self.path)
        except start.Damaged as damaged:
            if not journal.founded(self._con):  # nothing to read either
                self._con.close()
                raise
            self._con.execute("PRAGMA disable_checkpoint_on_shutdown")
            self._con.close()
            self._con = connect_to_read(self.path)
            self.damage = str(damaged)
            log.error("READ-ONLY: %s. Stop the service; `python -m db recover` brings it back.", self.damage)
            return None

    def _migrate_copy(self, missing: list[str]) -> None:
        """A backup of before goes on standing beside the store, for the program of before."""
        folder, copy = self.path.parent / backups.FOLDER, Path(f"{self.path}.migrating")
        log.warning("before migrating: %s", backups.put_by(self.backup(folder), missing[0]))
        with self._copies, self._commits:
            try:
                self.copy(copy)
                self._replace_by(copy, *upgrade.changed(copy, partial(upgrade.migrate, missing=missing)))
            finally:
                remove(copy)
        self.backup(folder)  # where the new journal begins

    def rewrite(self, change: Callable[[Connection], T]) -> T:
        """Make `change` in a copy, have every row that it left written into a file of its own, and put that in the
        store's place, with a new journal and a backup: in none of the three stands a byte of what `change` took out.
        Nobody reads or writes meanwhile. Raises what `change` raises, with the store as it was; StoreUnavailable where
        the disk has no room for it, or somebody reads too long.
        """
        if self.damage:
            raise StoreReadOnly
        folder, done = self.path.resolve().parent, list[T]()
        if shutil.disk_usage(folder).free < COPIES * self.path.stat().st_size + ROOM:
            raise StoreUnavailable
        copy, fresh = Path(f"{self.path}.migrating"), Path(f"{self.path}.migrating-anew")
        with self._copies, self._commits:
            try:
                self.copy(copy)
                n, head = upgrade.changed(copy, lambda con: done.append(change(con)))
                restore.copied(copy, fresh)
                journal.on_disk(fresh)
                self._replace_by(fresh, n, head)
            finally:
                remove(copy)
                remove(fresh)
        self.backup(folder / backups.FOLDER)
        for wake in self._wake:
            wake()
        return done[0]

    def _replace_by(self, copy: Path, n: int, head: Head) -> None:
        """`copy` under the store's name. The store's own log ends first: it would run upon the copy."""
        with self._lock:
            if not self._lock.wait_for(lambda: not self._reading, READERS):
                raise StoreUnavailable
            self._con.execute("CHECKPOINT")
            self._con.close()  # with a cursor left DuckDB would go on in the old file
            try:
                if Path(f"{self.path}.wal").exists():
                    raise StoreUnavailable
                copy.replace(self.path)
                journal.on_disk(self.path.resolve().parent)
            finally:
                self._con = connect(self.path)
        self._writes += 1
        self._answers.forget()
        if self._journal:
            self._journal.close()
        journal.begin(journal.path_beside(self.path), n, head)
        self._journal = Journal(journal.path_beside(self.path), n, head)

    def _keep_what_the_journal_lacks(self) -> None:
        """A backup beside the store, where none there leads to the journal's beginning: a store that is older than its
        journal, or whose journal was damaged."""
        kept = journal.read(journal.path_beside(self.path))
        folder = self.path.parent / backups.FOLDER
        if kept and kept.base().n > max((backup.events for backup in backups.listed(folder)), default=0):
            log.warning("the journal begins behind %s", self.backup(folder))

    def _begin_journal_behind(self, n: int, head: Head) -> None:
        """Without what a copy holds up to write `n`. The store's own file holds it first: what is in its log alone
        would be lost with the log. Where somebody reads too long for that, the journal stays as long as it is."""
        for _ in range(TRIES):
            with self._commits, suppress(duckdb.TransactionException):
                if self._journal:
                    self._con.execute("CHECKPOINT")
                    self._journal.begin_after(n, head)
                return
            time.sleep(PAUSE)
        log.warning("the journal begins where it began: the store's log could not be emptied beside those who read")

    def _copy_to(self, copy: Path) -> None:
        cursor = self._con.cursor()
        try:
            cursor.execute(f"ATTACH '{quoted(copy)}' AS backup_copy")
            cursor.execute(f'COPY FROM DATABASE "{quoted(Path(self.path.stem))}" TO backup_copy')
            cursor.execute("DETACH backup_copy")
        finally:
            cursor.close()

    def _cursor(self) -> tuple[DuckDBPyConnection, DuckDBPyConnection]:
        """The instance, and a cursor of its own on it."""
        with self._lock:
            cursor = self._con.cursor()
            self._reading += 1
            return self._con, cursor

    def _at_once(self) -> int:
        """With little room each write commits by itself: a key that one deletes and the next inserts must not share a
        commit that fails, for DuckDB ends the process over it."""
        return BATCH if self.has_room() else 1

    def _committed(self) -> None:
        for wake in self._wake:
            wake()
        if self._journal and self._journal.size > self._due:
            self._due += self._journal.size
            threading.Thread(target=self._begin_journal_anew, name="store-backup", daemon=True).start()

    def _begin_journal_anew(self) -> None:
        try:
            log.warning("the journal is long; it begins behind %s", self.backup(self.path.parent / backups.FOLDER))
            self._due = LONGEST
        except (duckdb.Error, OSError, StoreUnavailable) as error:
            log.error("the journal is long, and no backup could be made: %s", error)

    def _transaction(self, batch: Sequence[Write]) -> list[Any]:
        with self._commits:
            con, recorder = self._con, Recorder(self._con, self.path)
            try:
                con.execute("BEGIN TRANSACTION")
                results = [write(journal.lent(recorder)) for write in batch]
                if self._journal:
                    self._journal.keep(con, recorder)
                con.execute("COMMIT")
                if self._journal:
                    self._log_by_its_name()
                    self._journal.settle()
            except BaseException as error:
                self._take_back(con, error)
                raise
            finally:
                if recorder.moves:  # also where it failed: a commit can be durable although it raised
                    self._writes += 1
                    self._answers.forget()
            return results

    def _log_by_its_name(self) -> None:
        """DuckDB ends a log and begins one without waiting for the folder. A power loss could bring an old one back by
        its name, which then runs again upon a file that holds it."""
        try:
            facts = os.stat(f"{self.path}.wal")
        except FileNotFoundError:
            return
        if facts.st_ino != self._log[0] or facts.st_size < self._log[1]:
            journal.on_disk(self.path.parent)
        self._log = (facts.st_ino, facts.st_size)

    def _take_back(self, con: DuckDBPyConnection, error: BaseException) -> None:
        try:
            con.execute("ROLLBACK")
        except duckdb.FatalException as fatal:
            error = fatal
        except duckdb.Error:
            pass  # a failed commit has already rolled back
        try:
            if isinstance(error, duckdb.FatalException):
                raise error
            self._settle()
        except duckdb.FatalException:
            self._reopen(con)

    def _settle(self) -> None:
        """What the store says of a commit that raised: it can be durable all the same."""
        if self._journal and self._journal.unsettled:
            self._journal.settle(journal.mark(self._con)[0])

    def _as_seen(self, error: Exception) -> Exception:
        if self.damage and isinstance(error, duckdb.Error):  # it is a view that it would have written
            return StoreReadOnly()
        if not isinstance(error, (*_FULL, duckdb.FatalException)):
            return error
        log.error("the store could not write: %s", error)
        return StoreUnavailable()

    def _reopen(self, failed: DuckDBPyConnection) -> None:
        """A full disk during a checkpoint invalidates the instance; closing and connecting brings all back, and what
        the log has lost meanwhile comes from the journal."""
        with self._commits:
            if self._con is not failed:
                return  # another thread was first
            with self._lock:
                self._con.close()
                self._con = connect_to_read(self.path) if self.damage else connect(self.path)
            self._settle()
            if self._journal and self._journal.n != journal.mark(self._con)[0]:
                self._journal.close()
                self._journal = self._brought_up()

    def _in_one_snapshot(self, cursor: DuckDBPyConnection, fn: Callable[[Connection], T]) -> T:
        try:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            try:
                return fn(cursor)
            finally:
                cursor.execute("ROLLBACK")
        finally:
            cursor.close()
            with self._lock:
                self._reading -= 1
                self._lock.notify_all()
