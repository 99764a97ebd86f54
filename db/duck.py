"""DuckDB behind the `Store` interface: a cursor a read, one writer thread with group commit and a journal."""

import logging
import queue
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb

from db import events, journal, migrations, references, start
from db.answers import Answers
from db.calendar import workdays
from db.journal import Journal, Recorder
from db.refused import StoreUnavailable
from db.sql import Connection
from db.system import backups, rebuild

T = TypeVar("T")
P = ParamSpec("P")

log = logging.getLogger(__name__)

BATCH = 200  # writes that one commit may carry
KEPT = 1000  # small answers between two writes
SMALL = 256 * 1024 * 1024  # bytes of a file below which a statement costs less on one thread than handed to several
LONGEST = 64 * 1024 * 1024  # bytes of the journal, before a backup is made so that it begins anew
ROOM = 16 * 1024 * 1024  # bytes that a disk has free, or it counts as full
# How a disk that is full shows itself; a commit that fails is a TransactionException.
_FULL = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException)


@dataclass(frozen=True)
class _Job:
    fn: Callable[[Connection], Any]
    result: "Future[Any]"


class DuckStore:
    """One file, one process. A second process is told whose the file is (DuckDB names the PID)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()  # guards replacing the instance after a fatal error
        self._con = connect(path)
        self.damage: str | None = None
        self._journal = self._brought_up()
        self._due = LONGEST
        self._wake: list[Callable[[], None]] = []
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writes, self._answers = 0, Answers(KEPT)
        self._writer = threading.Thread(target=self._write_batches, name="store-writer", daemon=True)
        self._writer.start()

    def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` on a cursor of its own, in one snapshot that cannot write."""
        try:
            return self._read_once(fn)
        except duckdb.FatalException:
            self._reopen()
            return self._read_once(fn)

    def kept(self, fn: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T:
        """What `fn` reads, by its name and arguments. Every write goes through this process, so that what was read
        since the last one still holds; a write that is not answered yet may be missing."""
        question = (self._writes, fn, asked, tuple(more.items()))
        return self._answers.get(question, lambda: self.read(lambda con: fn(con, *asked, **more)))

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction of the writer thread and return after the commit is durable.

        Raises what `fn` raises, with nothing of it written. `fn` may run twice, so it changes nothing but the store.
        Raises StoreUnavailable where the store lacks what its journal cannot bring back: `damage` says what.
        """
        job = _Job(fn, Future())
        if self.damage or not self._writer.is_alive():
            raise StoreUnavailable
        self._jobs.put(job)
        return job.result.result()

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
        """A consistent copy into `folder`, named by the chain's head. Writers go on. Returns the new file."""
        head = self.read(events.head)
        target = folder / f"face-to-face-{head.n:09d}-{head.hash[:12] or 'empty'}.duckdb"
        if target.exists():
            return target
        folder.mkdir(parents=True, exist_ok=True)
        # DuckDB may write beside the store only; a copy that is whole gets its name at the end.
        unfinished = self.path.resolve().parent / f"{target.name}.unfinished"
        unfinished.unlink(missing_ok=True)
        self._copy_to(unfinished)
        n, head = backups.read_whole(unfinished)
        shutil.move(unfinished, target)
        for kept in (target, folder):
            journal.on_disk(kept)
        if self._journal:
            self.write(lambda _con: self._journal and self._journal.begin_after(n, head))
        return target

    def migrate(self) -> list[str]:
        """Apply what is missing, a transaction each, then the reference lists and the calendar. Returns their names.

        DuckDB refuses the commit where one transaction alters a table twice that holds rows. A damaged
        store stays as it is.
        """
        if self.damage:
            return []
        missing = self.read(migrations.pending)
        for name in missing:
            self.write(partial(migrations.apply, name=name))
        if rebuild.DERIVED & set(missing):
            self.write(rebuild.rebuild)
        self.write(references.load)
        self.write(workdays.load)
        return missing

    def close(self) -> None:
        self._jobs.put(None)
        self._writer.join()
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
            log.error("READ-ONLY: %s. Stop the service; `python -m db recover` brings it back.", damaged)
            self.damage = str(damaged)
            return None

    def _copy_to(self, copy: Path) -> None:
        cursor = self._con.cursor()
        try:
            cursor.execute(f"ATTACH '{quoted(copy)}' AS backup_copy")
            cursor.execute(f'COPY FROM DATABASE "{quoted(Path(self.path.stem))}" TO backup_copy')
            cursor.execute("DETACH backup_copy")
        finally:
            cursor.close()

    def _read_once(self, fn: Callable[[Connection], T]) -> T:
        with self._lock:
            cursor = self._con.cursor()
        try:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            try:
                return fn(cursor)
            finally:
                cursor.execute("ROLLBACK")
        finally:
            cursor.close()

    def _write_batches(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, stop = self._drain(first)
            self._commit(batch)
            if stop:
                break

    def _drain(self, first: _Job) -> tuple[list[_Job], bool]:
        """What waits. With little room each write commits by itself: a key that one deletes and the next inserts must
        not share a commit that fails, for DuckDB ends the process over it."""
        batch = [first]
        most = BATCH if self.has_room() else 1
        while len(batch) < most:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _commit(self, batch: list[_Job]) -> None:
        """One commit for all; where anything fails, each again by itself, so that one refusal costs nobody else."""
        try:
            results = self._transaction(batch)
        except Exception as error:
            if len(batch) > 1:
                for job in batch:
                    self._commit([job])
                return
            batch[0].result.set_exception(self._as_seen(error))
            return
        for job, value in zip(batch, results, strict=True):
            job.result.set_result(value)
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

    def _transaction(self, batch: list[_Job]) -> list[Any]:
        if self._journal is None:
            raise StoreUnavailable
        recorder = Recorder(self._con)
        self._con.execute("BEGIN TRANSACTION")
        try:
            results = [job.fn(journal.lent(recorder)) for job in batch]
            self._journal.keep(self._con, recorder)
            self._con.execute("COMMIT")
            self._journal.settle()
        except BaseException:
            self._roll_back()
            self._settle()
            raise
        finally:
            self._writes += 1  # also where it failed: a commit can be durable although it raised
        self._answers.forget()
        return results

    def _settle(self) -> None:
        """What the store says of a commit that raised: it can be durable all the same."""
        if self._journal and self._journal.unsettled:
            try:
                stands = journal.mark(self._con)[0]
            except duckdb.FatalException:
                self._reopen()
                stands = journal.mark(self._con)[0]
            self._journal.settle(stands)

    def _roll_back(self) -> None:
        try:
            self._con.execute("ROLLBACK")
        except duckdb.FatalException:
            self._reopen()
        except duckdb.Error:
            pass  # a failed commit has already rolled back

    def _as_seen(self, error: Exception) -> Exception:
        if isinstance(error, duckdb.FatalException):
            self._reopen()
        elif not isinstance(error, _FULL):
            return error
        log.error("the store could not write: %s", error)
        return StoreUnavailable()

    def _reopen(self) -> None:
        """A full disk during a checkpoint invalidates the instance; closing and connecting brings all back."""
        with self._lock:
            self._con.close()
            self._con = connect(self.path)


def connect(path: Path) -> Connection:
    """Connect and harden, in the order that DuckDB needs: nothing can be loosened afterwards."""
    home = path.resolve().parent
    con = duckdb.connect(
        str(path),
        config={
            "memory_limit": "2GB",
            **({"threads": 1} if not path.exists() or path.stat().st_size < SMALL else {}),
            "temp_directory": str(home / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"SET allowed_directories = ['{quoted(home)}/']")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con


def quoted(path: Path) -> str:
    return str(path).replace("'", "''").replace('"', '""')
