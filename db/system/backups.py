"""The copies that lie beside the store."""

import hashlib
import json
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from db import journal, sql
from db.address import path_of
from db.events import Head
from db.sql import Connection

FOLDER = "backups"  # beside the store
# As a backup is called: the end of its chain, and of one made for an upgrade the first migration that it lacks.
NAMED = re.compile(r"face-to-face-(\d+)-([0-9a-f]{12})(\.before-\w+)?\.duckdb")


@dataclass(frozen=True)
class Compared:
    """When (UTC) a copy was last restored and compared, and whether it was what it says."""

    at: datetime
    good: bool


@dataclass(frozen=True)
class Backup:
    """One copy: its name holds the number and the hash at which the chain stood. Times are UTC."""

    name: str
    size: int
    made_at: datetime
    good_at: datetime | None = None  # when the service had it restored, compared and carried where it has to be
    compared: Compared | None = None  # by the service or by a command

    @property
    def events(self) -> int:
        """How many events its name says that it holds; 0 where it has another's name, or is of an earlier release."""
        named = NAMED.fullmatch(self.name)
        return int(named[1]) if named and not named[3] else 0


@dataclass(frozen=True)
class Holds:
    """What a copy holds: how many of what, when its first and last event happened (UTC), where its chain ends."""

    cases: int
    submissions: int
    enterprises: int
    forums: int
    since: datetime | None
    until: datetime | None
    events: int
    head: str


def folder() -> Path:
    """Beside the store's file."""
    return path_of().parent / FOLDER


def beside(con: Connection) -> Path:
    """Beside the store that is open."""
    return store_of(con).parent / FOLDER


def store_of(con: Connection) -> Path:
    if home := getattr(con, "home", None):
        return home
    statement = """
        SELECT path FROM duckdb_databases() WHERE path IS NOT NULL
        ORDER BY database_name = current_database() DESC LIMIT 1
        """
    return Path(sql.scalar(con, statement))  # of one that is only read the file is attached to another (connecting.py)


def read_whole(copy: Path) -> tuple[int, Head]:
    """The last write and the end of the chain in a copy, of which every value was read. Raises duckdb.Error."""
    with duckdb.connect(str(copy), read_only=True) as con:
        read_all(con)
        return journal.mark(con)


def opens(copy: Path) -> bool:
    """Whether every value in it can be read."""
    with suppress(duckdb.Error):
        read_whole(copy)
        return True
    return False


def ends_at(copy: Path) -> tuple[int, Head] | None:
    """The same without reading it; None where no copy is there, or none that opens."""
    with suppress(duckdb.Error), duckdb.connect(str(copy), read_only=True) as con:
        return journal.mark(con)
    return None


def read_all(con: Connection) -> None:
    """Every value of every table, so that DuckDB holds each block against its checksum; a server's blocks are its own
    to hold. Raises duckdb.Error."""
    if hasattr(con, "take_in"):
        return
    for table in sql.column(con, "SELECT table_name FROM duckdb_tables()"):
        sql.scalar(con, f'SELECT sum(hash(COLUMNS(*))) FROM "{table}"')


def tables(path: Path) -> dict[str, tuple[int, int]]:
    """Of each table how many rows it has, and a sum over all of them. Raises duckdb.Error."""
    with duckdb.connect(str(path), read_only=True) as con:
        return {
            table: sql.pairs(con, f'SELECT count(*), sum(hash(t)) FROM "{table}" t').popitem()
            for table in sql.column(con, "SELECT table_name FROM duckdb_tables()")
        }


def said_to_hold(copy: Path) -> Holds | None:
    """As it was read when it was made; None for one of an earlier release."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads(_holds(copy).read_text(encoding="utf-8"))
        days = {name: told[name] and datetime.fromisoformat(told[name]) for name in ("since", "until")}
        return Holds(**told | days)
    return None


def _counted(copy: Path, head: Head) -> Holds:
    with duckdb.connect(str(copy), read_only=True) as con:
        there = set(sql.column(con, "SELECT table_name FROM duckdb_tables()"))
        counted = {name: next(filter(there.__contains__, tables)) for name, tables in _COUNTED.items()}
        counts = {name: sql.scalar(con, f"SELECT count(*) FROM {table}") for name, table in counted.items()}
        span = sql.rows(con, "SELECT min(happened_at) AS since, max(happened_at) AS until FROM event")[0]
        return Holds(**counts, **span, events=head.n, head=head.hash)


# By the table of today, or by that of a store that is about to be upgraded.
_COUNTED = {
    "cases": ("cases",),
    "submissions": ("participation", "response"),
    "enterprises": ("enterprise",),
    "forums": ("forum",),
}


def listed(within: Path) -> list[Backup]:
    """Newest first; none where the folder is not there yet."""
    files = (path for path in within.glob("*.duckdb") if path.is_file())
    return sorted((_described(path) for path in files), key=lambda backup: backup.made_at, reverse=True)


def _described(path: Path) -> Backup:
    facts, good = path.stat(), _word(path)
    made_at = datetime.fromtimestamp(facts.st_mtime, UTC).replace(tzinfo=None)
    good_at = datetime.fromisoformat(good.read_text(encoding="utf-8")) if good.exists() else None
    return Backup(path.name, facts.st_size, made_at, good_at, _compared(path, good_at))


def _compared(copy: Path, good_at: datetime | None) -> Compared | None:
    """What is said beside it; of a copy that an earlier release compared, only that it was good."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads(_comparison(copy).read_text(encoding="utf-8"))
        return Compared(datetime.fromisoformat(told["at"]), bool(told["good"]))
    return Compared(good_at, good=True) if good_at else None


def name_of(head: Head) -> str:
    return f"face-to-face-{head.n:09d}-{head.hash[:12] or 'empty'}.duckdb"


def settle(unfinished: Path, target: Path, head: Head) -> None:
    """A copy that is whole and ends at `head` gets its name, on the disk before anybody is told; beside it lies
    what it holds."""
    held = _counted(unfinished, head)
    shutil.move(unfinished, target)
    _holds(target).write_text(json.dumps(vars(held), default=datetime.isoformat), encoding="utf-8")
    for kept in (target, target.parent):
        journal.on_disk(kept)


def tidy(within: Path) -> None:
    """Take away what a process left that did not live to end it; at what is younger than a day one may be at work."""
    for left in within.glob("face-to-face-*.unfinished*"):
        with suppress(FileNotFoundError):  # another process takes it away too
            if time.time() - left.stat().st_mtime > timedelta(days=1).total_seconds():
                left.unlink()


def say_good(copy: Path, at: datetime) -> None:
    """It was found good at `at`: that stands in a file beside it."""
    _say(_word(copy), at.isoformat())


def say_compared(copy: Path, compared: Compared) -> None:
    """What came of restoring and comparing it, in a file beside it. Raises OSError where none can be written there."""
    _say(_comparison(copy), json.dumps(vars(compared), default=datetime.isoformat))


def take_back(copy: Path) -> None:
    """It is no longer said to be good: another one takes its place."""
    _word(copy).unlink(missing_ok=True)
    _comparison(copy).unlink(missing_ok=True)


def put_by(copy: Path, lacks: str) -> Path:
    """Keep it, with what lies beside it, as the one from before an upgrade, by the first migration that it `lacks`."""
    named = copy.with_suffix(f".before-{lacks}.duckdb")
    for path in _with_it(copy):
        path.rename(named.with_name(named.name + path.name.removeprefix(copy.name)))
    return named


def forget(copy: Path) -> None:
    for path in _with_it(copy):
        path.unlink()


def _with_it(copy: Path) -> list[Path]:
    """The copy behind what lies beside it under its name: the word that it is good, and keys (db.keys)."""
    return sorted(copy.parent.glob(f"{copy.name}*"), reverse=True)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _holds(copy: Path) -> Path:
    return Path(f"{copy}.holds")


def _word(copy: Path) -> Path:
    return Path(f"{copy}.good")


def _comparison(copy: Path) -> Path:
    return Path(f"{copy}.compared")


def _say(beside: Path, words: str) -> None:
    """Whole or not at all."""
    unfinished = Path(f"{beside}.unfinished")
    unfinished.write_text(words, encoding="utf-8")
    unfinished.replace(beside)
