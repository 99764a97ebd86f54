"""Numbered SQL files, each applied once."""

from datetime import UTC, datetime
from pathlib import Path

from db import sql
from db.sql import Connection

FOLDER = Path(__file__).parent
UNFINISHED = "copy_progress"  # the table of a copy that is not whole


class UnfinishedCopy(ValueError):
    """It was cut off, and is no store: `python -m db copy` goes on with it."""


class NewerStore(ValueError):
    """A newer release has migrated the store: this one would misread it."""


def apply(con: Connection, name: str) -> None:
    """One of them, within the caller's transaction. What the store raises of it says which one it was."""
    sql.run(con, "CREATE TABLE IF NOT EXISTS migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP NOT NULL)")
    try:
        sql.run(con, (FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    except Exception as error:
        error.add_note(f"Migration {name} does not apply to this store.")
        raise
    sql.insert(con, "migration", {"name": name, "applied_at": datetime.now(UTC).replace(tzinfo=None)})


def pending(con: Connection) -> list[str]:
    """Names of migrations not applied yet; all of them on an empty store. Raises NewerStore, UnfinishedCopy."""
    there = sql.tables(con)
    if UNFINISHED in there:
        raise UnfinishedCopy("a copy that was cut off: `python -m db copy` goes on with it")
    known = [path.stem for path in sorted(FOLDER.glob("*.sql"))]
    if "migration" not in there:
        return known
    done = set(sql.column(con, "SELECT name FROM migration"))
    if newer := sorted(done - set(known)):
        raise NewerStore(f"the store is of a newer release: it has {', '.join(newer)}, which this one does not know")
    return [name for name in known if name not in done]
