"""Put a backup in the place of the store: read whole and verified first, and what it replaces is kept.

The copy is only read. All its rows are written into a fresh file, which is what takes the place: a table that cannot be
read, or keys that are damaged, stop it here. What stood there is never opened, so it may be beyond opening.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import duckdb

from db import events, sql
from db.duck import DuckStore, quoted
from db.events import Head
from db.sql import Connection
from db.system import integrity

_NAMED = re.compile(r"face-to-face-(\d+)-([0-9a-f]{12})\.duckdb")  # as a backup is called: its head


class BadBackup(ValueError):
    """The copy's history does not verify: nothing was replaced."""


@dataclass(frozen=True)
class Restored:
    """`head` is what the store now has; `kept` is the file that stood there before, if one did."""

    head: Head
    kept: Path | None


def restore(copy: Path, target: Path) -> Restored:
    """Replace the closed store at `target` by `copy`.

    The file that stood there is renamed with the ending `.replaced`, `.replaced-2` and so on, its log with it. Raises
    BadBackup, FileNotFoundError, duckdb.Error where the copy cannot be read, or names the process that holds the store.
    """
    if not copy.is_file():
        raise FileNotFoundError(copy)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(f"{target}.restoring")
    with _held(target):
        try:
            head = _written_anew(copy, fresh)
            kept = _put_aside(target)
            fresh.replace(target)
            _keep(target.parent)
        finally:
            _remove(fresh)
    return Restored(head, kept)


def _written_anew(copy: Path, fresh: Path) -> Head:
    """Every row of the copy in a file of its own, its chain walked. Returns its head."""
    _remove(fresh)
    con = duckdb.connect()
    try:
        con.execute(f"ATTACH '{quoted(copy)}' AS stored (READ_ONLY)")
        con.execute(f"ATTACH '{quoted(fresh)}' AS fresh")
        con.execute("COPY FROM DATABASE stored TO fresh")
    finally:
        con.close()
    opened = DuckStore(fresh)
    try:
        head = opened.read(lambda con: _verified(con, copy.name))
    finally:
        opened.close()
    _keep(fresh)
    return head


def _verified(con: Connection, name: str) -> Head:
    broken = integrity.verify(con)
    if broken:
        raise BadBackup(f"{name}: event {broken[0].n}: {broken[0].reason} does not hold")
    named = _NAMED.fullmatch(name)
    if named and named[2] != (_hash_of(con, int(named[1])) or "")[:12]:
        raise BadBackup(f"{name}: the history does not reach what its name says")
    return events.head(con)


def _hash_of(con: Connection, n: int) -> str | None:
    return sql.scalar(con, "SELECT hash FROM event WHERE n = $n", {"n": n})


def _put_aside(target: Path) -> Path | None:
    """Rename what stands there to a name that nothing has."""
    if not target.exists() and not _log(target).exists():
        return None
    names = (Path(f"{target}.replaced{'' if n == 1 else f'-{n}'}") for n in count(1))
    kept = next(name for name in names if not name.exists() and not _log(name).exists())
    for path, name in ((target, kept), (_log(target), _log(kept))):
        if path.exists():
            path.rename(name)
    return kept


@contextmanager
def _held(target: Path) -> Iterator[None]:
    """The lock that DuckDB takes, so that no process opens the store meanwhile. Raises what names who holds it."""
    if not target.exists():
        yield
        return
    with target.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            duckdb.connect(str(target)).close()  # raises, naming the process
            raise
        yield


def _log(path: Path) -> Path:
    return Path(f"{path}.wal")


def _remove(path: Path) -> None:
    for one in (path, _log(path)):
        one.unlink(missing_ok=True)


def _keep(path: Path) -> None:
    """On the disk before what follows: a file's content, or a folder's names."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
