"""Put a backup in the place of the store, or bring the store back from its journal: read whole and verified first, and
what it replaces is kept.

A copy is only read. All its rows are written into a fresh file, which is what takes the place: a table that cannot be
read, or keys that are damaged, stop it here. What stood there is never opened, so it may be beyond opening.
"""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

import duckdb

from db import events, journal, keys, sql
from db.connecting import connect, quoted, remove
from db.events import Head
from db.journal import Kept, on_disk
from db.sql import Connection
from db.system import backups, integrity
from db.system.backups import NAMED, Compared


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
    keys.carry(copy, target)
    return _replaced(target, lambda fresh: _written_anew(copy, fresh), with_journal=True)


def check(copy: Path, *, at: datetime) -> Head:
    """Restore a copy to a file of its own and hold every table of the two against each other; of it nothing stays but
    the word beside the copy, with `at`, of what came of it. Raises as `restore`."""
    if not copy.is_file():
        raise FileNotFoundError(copy)
    fresh = Path(f"{copy}.checking")
    try:
        head = _written_anew(copy, fresh)
        if backups.tables(copy) != backups.tables(fresh):
            raise BadBackup(f"{copy.name}: what was restored from it is not what it holds")
    except (BadBackup, duckdb.Error) as error:
        if isinstance(error, BadBackup) or not backups.opens(copy):  # else it is the other file that lacks room
            backups.take_back(copy)
            backups.say_compared(copy, Compared(at, good=False))
        raise
    finally:
        remove(fresh)
    backups.say_compared(copy, Compared(at, good=True))
    return head


def recover(target: Path, copies: Sequence[Path], say: Callable[[str], None]) -> Restored:
    """Bring the closed store at `target` to the last write that anybody was told of: from its own file without the log,
    else from the first of `copies` that the journal reaches back to, else from nothing. Raises BadBackup where none
    leads there.
    """
    path = journal.path_beside(target)
    kept = journal.read(path)
    if kept is None:
        raise FileNotFoundError(path)
    told = max(kept.ends, journal.told(path))
    own = Path(f"{target}.without-log")
    for copy in (own, *copies, None):
        try:
            if copy is own:
                shutil.copyfile(target, own)
            return _replaced(
                target, lambda fresh, copy=copy: _rolled_forward(copy, fresh, kept, told), with_journal=False
            )
        except (duckdb.Error, OSError, ValueError) as error:
            say(f"{copy or 'the journal alone'}: {error}")
        finally:
            remove(own)
    raise BadBackup(f"nothing leads to write {told}; `restore` puts a backup in place without what followed it")


def _replaced(target: Path, make: Callable[[Path], Head], *, with_journal: bool) -> Restored:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(f"{target}.restoring")
    with _held(target):
        try:
            head = make(fresh)
            kept = _put_aside(target, _BESIDE if with_journal else [_log])
            fresh.replace(target)
            on_disk(target.parent)
        finally:
            remove(fresh)
    return Restored(head, kept)


def _written_anew(copy: Path, fresh: Path) -> Head:
    """Every row of the copy in a file of its own, its chain walked. Returns its head."""
    _copied_apart(copy, fresh)
    return _walked(fresh, copy.name)


def _rolled_forward(copy: Path | None, fresh: Path, kept: Kept, told: int) -> Head:
    """The same, with what the journal holds behind it."""
    remove(fresh)
    if copy:
        _copied_apart(copy, fresh)
    con = connect(fresh)
    try:
        n, _ = journal.mark(con)
        later = kept.after(n)
        if max([n, *(frame.n for frame in later)]) < told:
            raise ValueError(f"it ends at write {n}, and the journal does not lead from there to {told}")
        journal.hold_end(con, kept, n)
        journal.replay(con, kept, later)
    finally:
        con.close()
    return _walked(fresh, "the journal")


def copied(copy: Path, fresh: Path) -> None:
    """Every row of the copy in a file that holds nothing else."""
    remove(fresh)
    con = duckdb.connect()
    try:
        for statement in _copying(copy, fresh):
            con.execute(statement)
    finally:
        con.close()


def _copied_apart(copy: Path, fresh: Path) -> None:
    """The same of a copy that may be damaged, by a process of its own: there is damage that ends whoever reads it."""
    remove(fresh)
    done = subprocess.run([sys.executable, "-c", _COPIES, *_copying(copy, fresh)], capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] if done.returncode > 0 else []
        raise BadBackup(f"{copy.name}: {said[0] if said else 'it cannot be read: whoever tries is ended'}")


_COPIES = "import sys, duckdb; con = duckdb.connect(); [con.execute(one) for one in sys.argv[1:]]; con.close()"


def _copying(copy: Path, fresh: Path) -> tuple[str, ...]:
    return (f"ATTACH '{quoted(copy)}' AS stored (READ_ONLY)", f"ATTACH '{quoted(fresh)}' AS fresh",
            "COPY FROM DATABASE stored TO fresh")  # fmt: skip


def _walked(fresh: Path, name: str) -> Head:
    con = connect(fresh)
    try:
        head = _verified(con, name)
    finally:
        con.close()
    on_disk(fresh)
    return head


def _verified(con: Connection, name: str) -> Head:
    broken = integrity.verify(con, pasts=False)
    if broken:
        raise BadBackup(f"{name}: event {broken[0].n}: {broken[0].reason} does not hold")
    named = NAMED.fullmatch(name)
    if named and named[2] != (_hash_of(con, int(named[1])) or "")[:12]:
        raise BadBackup(f"{name}: the history does not reach what its name says")
    return events.head(con)


def _hash_of(con: Connection, n: int) -> str | None:
    return sql.scalar(con, "SELECT hash FROM event WHERE n = $n", {"n": n})


def _put_aside(target: Path, beside: Sequence[Callable[[Path], Path]]) -> Path | None:
    """Rename what stands there to a name that nothing has."""
    files = [Path, *beside]
    if not any(name(target).exists() for name in files):
        return None
    names = (Path(f"{target}.replaced{'' if n == 1 else f'-{n}'}") for n in count(1))
    kept = next(free for free in names if not any(name(free).exists() for name in (Path, *_BESIDE)))
    for name in files:
        if name(target).exists():
            name(target).rename(name(kept))
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


def _told(path: Path) -> Path:
    return journal.told_beside(journal.path_beside(path))


_BESIDE = (_log, journal.path_beside, _told)
