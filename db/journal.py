"""What was committed, statement by statement, in a file beside the store: on the disk before anybody is told.

A frame a commit: how long, its number, a checksum, and as JSON the statements as they ran with where the chain stood
before and after. The store holds the number of its last commit (`mark`), so that what it lost is known and runs again.
The first frame says at which commit the file begins: what is older is in a backup that was read whole, and in the
store's own file. The number of the last commit that was told stands once more in a file of its own: a journal that
lost its end looks as if it had never been longer.
"""

import base64
import json
import logging
import os
import re
import struct
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import duckdb
from duckdb import DuckDBPyConnection

from db import events, sql
from db.events import GENESIS, Head
from db.refused import StoreUnavailable
from db.sql import Connection, Result

log = logging.getLogger(__name__)

MARK = "journal"  # the setting that holds the number of the last commit
_MAGIC = b"\xf2fj\n"
_FRAME = struct.Struct("<4sQII")  # magic, number, bytes of the content, checksum of number and content
_TOLD = struct.Struct("<QI")  # number, its checksum
_CHAIN = "INSERT INTO event ("
_OF_DRAFTS = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) draft\b")
_READS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
# What JSON has no word for: how it is written, and how it is read.
_KINDS: dict[str, tuple[type, Any, Any]] = {
    "at": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
    "time": (time, time.isoformat, time.fromisoformat),
    "span": (timedelta, lambda span: span / timedelta(microseconds=1), lambda n: timedelta(microseconds=n)),
    "decimal": (Decimal, str, Decimal),
    "uuid": (UUID, str, UUID),
    "bytes": ((bytes, bytearray, memoryview), lambda b: base64.b64encode(b).decode(), base64.b64decode),  # type: ignore[dict-item]
}


@dataclass(frozen=True)
class Frame:
    """Where commit `n` stands in the file."""

    n: int
    start: int
    end: int


@dataclass(frozen=True)
class Commit:
    """One commit. `steps`: a statement with what it was given, or a table that was lent to the statements after it."""

    before: Head
    after: Head
    steps: list[Any]


@dataclass(frozen=True)
class Kept:
    """A journal as it lies there. `damaged`: something stands between or behind its frames that is no torn end."""

    content: bytes
    frames: list[Frame]
    damaged: bool

    @property
    def ends(self) -> int:
        return self.frames[-1].n

    def base(self) -> Head:
        """Where the chain stood behind which it begins."""
        return self.entry(self.frames[0]).before

    def after(self, n: int) -> list[Frame]:
        """All commits behind number `n`; none where one of them is not there."""
        later = [frame for frame in self.frames if frame.n > n]
        return later if [frame.n for frame in later] == list(range(n + 1, self.ends + 1)) else []

    def entry(self, frame: Frame) -> Commit:
        found = json.loads(self.content[frame.start + _FRAME.size : frame.end], object_hook=_read)
        return Commit(Head(*found["before"]), Head(*found["after"]), found["steps"])


class Recorder:
    """The connection that a write is given: it keeps what changes the store, as it was executed. `home` is the file."""

    def __init__(self, con: DuckDBPyConnection, home: Path) -> None:
        self._con, self.home = con, home
        self.steps: list[str] = []
        self.writes = False
        self.moves = False  # whether it writes more than drafts, which no answer that is kept speaks of (Store.kept)
        self._chained: Mapping[str, Any] | None = None  # what the last statement gave that made the chain longer

    def execute(self, statement: str, given: Mapping[str, object] | list[object] | None = None, /) -> Result:
        done = self._con.execute(statement, given)
        if _changes(statement):
            self.steps.append(_written({"run": statement, "given": given}))
            self.writes = True
            self.moves = self.moves or not _OF_DRAFTS.match(statement)
        if statement.startswith(_CHAIN):
            self._chained = given if isinstance(given, Mapping) else {}
        return done

    def head(self, before: Head) -> Head:
        """The end of the chain by now: as it was given to be written, for to ask costs as much as to write it."""
        if self._chained is None:
            return before
        last = max((int(name[2:]) for name in self._chained if name.startswith("n_")), default=None)
        if last is None:  # so many that they were lent as a table
            return events.head(self._con)
        return Head(self._chained[f"n_{last}"], self._chained[f"hash_{last}"])

    def register(self, name: str, frame: Any) -> None:  # noqa: ANN401
        self._con.register(name, frame)
        rows = frame.astype(object).to_numpy().tolist()
        self.steps.append(_written({"lent": name, "columns": list(frame.columns), "rows": rows}))

    def unregister(self, name: str) -> None:
        self._con.unregister(name)
        self.steps.append(_written({"taken": name}))


class Journal:
    """The file while the store is open; one thread writes."""

    def __init__(self, path: Path, n: int, head: Head) -> None:
        self.path = path
        self._n, self._head = n, head
        self._file = os.open(path, os.O_RDWR | os.O_APPEND)
        self._size = os.fstat(self._file).st_size
        self._told = os.open(told_beside(path), os.O_RDWR | os.O_CREAT, 0o600)
        self._tell()
        self._founded = n > 0
        self._written: tuple[int, Head] | None = None  # what is in the file and perhaps not in the store

    @property
    def size(self) -> int:
        return self._size

    @property
    def n(self) -> int:
        """The number of the last commit."""
        return self._n

    @property
    def unsettled(self) -> bool:
        """A commit is in the file of which it is not known whether it is in the store."""
        return self._written is not None

    def keep(self, con: Connection, recorder: Recorder) -> None:
        """Within the transaction, before its commit. Raises StoreUnavailable with nothing in the file."""
        self._founded = self._founded or founded(con)
        if not recorder.writes or not self._founded:
            return
        if self.unsettled:
            raise StoreUnavailable
        after = recorder.head(self._head)
        put_mark(con, self._n + 1)
        self._written = (self._n + 1, after)
        try:
            _write(self._file, _framed(self._n + 1, self._head, after, recorder.steps))
            os.fdatasync(self._file)
        except OSError as error:
            log.error("the journal could not be written: %s", error)
            raise StoreUnavailable from error

    def settle(self, stands: int | None = None) -> None:
        """After the commit; where that failed, with the number at which the store stands: what is not in it is taken
        back."""
        if self._written is None:
            return
        n, head = self._written
        if stands is None or stands >= n:
            self._n, self._head, self._size = n, head, os.fstat(self._file).st_size
            self._tell()
        else:
            os.ftruncate(self._file, self._size)
            os.fsync(self._file)
        self._written = None

    def begin_after(self, n: int, head: Head) -> None:
        """Leave out all up to commit `n`, which the store's own file holds, and a copy that was read whole. Between two
        commits."""
        kept = read(self.path)
        rest = [kept.content[frame.start : frame.end] for frame in kept.frames if frame.n > n] if kept else []
        begin(self.path, n, head, b"".join(rest))
        os.close(self._file)
        self._file = os.open(self.path, os.O_RDWR | os.O_APPEND)
        self._size = os.fstat(self._file).st_size

    def close(self) -> None:
        for file in (self._file, self._told):
            if file >= 0:
                os.close(file)
        self._file = self._told = -1

    def _tell(self) -> None:
        """Not waited for: where the power fails it may say less than it could, never more."""
        os.pwrite(self._told, _TOLD.pack(self._n, _checksum(self._n, b"")), 0)


def path_beside(store: Path) -> Path:
    return Path(f"{store}.journal")


def told_beside(journal: Path) -> Path:
    return Path(f"{journal}.told")


def told(journal: Path) -> int:
    """The number of the last commit that anybody was told of; 0 where that cannot be known."""
    path = told_beside(journal)
    said = path.read_bytes()[: _TOLD.size] if path.exists() else b""
    n, checksum = _TOLD.unpack(said) if len(said) == _TOLD.size else (0, 0)
    return n if checksum == _checksum(n, b"") else 0


def read(path: Path) -> Kept | None:
    """None: there is no journal, or nothing of one."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    frames, damaged = [], False
    at = 0
    while at < len(content):
        if frame := _frame_at(content, at):
            frames.append(frame)
            at = frame.end
        else:
            at = _next_whole(content, at + 1)
            damaged = damaged or at < len(content)
    return Kept(content, frames, damaged) if frames else None


def begin(path: Path, n: int, head: Head, rest: bytes = b"") -> None:
    """A journal that begins behind commit `n`, in the place of what is there; whole, or not at all."""
    fresh = Path(f"{path}.new")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write(file, _framed(n, head, head, []) + rest)
        os.fsync(file)
    finally:
        os.close(file)
    fresh.replace(path)
    on_disk(path.parent)


def replay(con: DuckDBPyConnection, kept: Kept, frames: list[Frame]) -> None:
    """Run these commits again, each one transaction. Raises ValueError where the store does not stand as it stood."""
    for frame in frames:
        entry = kept.entry(frame)
        con.execute("BEGIN TRANSACTION")
        try:
            _held(con, entry.before, frame.n - 1)
            for step in entry.steps:
                _again(con, step)
            put_mark(con, frame.n)
            _held(con, entry.after, frame.n)
            con.execute("COMMIT")
        except BaseException:
            _undo(con)
            raise


def hold_end(con: Connection, kept: Kept, n: int) -> None:
    """Raises ValueError where the history of a store that ends at commit `n` is not the one that the journal knows."""
    at_n = next((frame for frame in kept.frames if frame.n == n), None)
    if at_n:
        _held(con, kept.entry(at_n).after, n)


def founded(con: Connection) -> bool:
    """Whether the first migration is applied: before it there is nothing to keep."""
    tables = "SELECT count(*) FROM duckdb_tables() WHERE table_name IN ('setting', 'event')"
    return sql.scalar(con, tables) == 2


def mark(con: Connection) -> tuple[int, Head]:
    """The number of the last commit that the store holds, and the end of its chain."""
    if not founded(con):
        return 0, Head(0, GENESIS)
    said = sql.scalar(con, "SELECT value FROM setting WHERE name = $name", {"name": MARK})
    return int(said or 0), events.head(con)


def put_mark(con: Connection, n: int) -> None:
    row = {"name": MARK, "value": str(n)}
    if sql.scalar(con, "UPDATE setting SET value = $value WHERE name = $name", row) != 1:
        sql.insert(con, "setting", row)


def on_disk(path: Path) -> None:
    """A file's content, or a folder's names, before what follows."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _held(con: Connection, expected: Head, n: int) -> None:
    found = mark(con)[1]
    if found.n != expected.n:
        raise ValueError(f"at write {n} the history ends at event {found.n}, the journal says {expected.n}")
    if found != expected:
        raise ValueError(f"at write {n} event {found.n} is not the one that the journal knows")


def _again(con: DuckDBPyConnection, step: dict[str, Any]) -> None:
    if "run" in step:
        con.execute(step["run"], step["given"])
    elif "lent" in step:
        import pandas as pd

        con.register(step["lent"], pd.DataFrame(step["rows"], columns=step["columns"], dtype=object))
    else:
        con.unregister(step["taken"])


def _undo(con: Connection) -> None:
    with suppress(duckdb.Error):  # a failed commit has already rolled back
        con.execute("ROLLBACK")


@lru_cache(maxsize=1000)
def _changes(statement: str) -> bool:
    return any(part.type not in _READS for part in duckdb.extract_statements(statement))


def _framed(n: int, before: Head, after: Head, steps: list[str]) -> bytes:
    heads = f'"before":{_written([before.n, before.hash])},"after":{_written([after.n, after.hash])}'
    content = f'{{{heads},"steps":[{",".join(steps)}]}}'.encode()
    return _FRAME.pack(_MAGIC, n, len(content), _checksum(n, content)) + content


def _frame_at(content: bytes, at: int) -> Frame | None:
    if len(content) - at < _FRAME.size:
        return None
    magic, n, size, checksum = _FRAME.unpack_from(content, at)
    start, end = at + _FRAME.size, at + _FRAME.size + size
    if magic != _MAGIC or end > len(content) or checksum != _checksum(n, content[start:end]):
        return None
    return Frame(n, at, end)


def _next_whole(content: bytes, at: int) -> int:
    """Where the next frame that is whole begins; the content's end where none does."""
    while (at := content.find(_MAGIC, at)) >= 0:
        if _frame_at(content, at):
            return at
        at += 1
    return len(content)


def _checksum(n: int, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(n.to_bytes(8, "little")))


def _write(file: int, content: bytes) -> None:
    """All of it: one call takes what fits and says how much that was."""
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> object:  # noqa: ANN401
    if _is_nothing(value):
        return None
    for name, (kind, say, _) in _KINDS.items():
        if isinstance(value, kind):
            return {"$": name, "is": say(value)}
    if hasattr(value, "tolist"):  # of numpy's
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in the journal")


def _is_nothing(value: object) -> bool:
    """What pandas says where there is no value."""
    return type(value).__name__ in ("NaTType", "NAType")


def _read(found: dict[str, Any]) -> object:
    return _KINDS[found["$"]][2](found["is"]) if found.keys() == {"$", "is"} else found


def lent(recorder: Recorder) -> Connection:
    """As the verbs know it: they execute, and lend tables."""
    return cast(Connection, recorder)
