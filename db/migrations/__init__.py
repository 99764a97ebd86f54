"""Numbered SQL files, each applied once."""

from datetime import UTC, datetime
from pathlib import Path

from db import sql
from db.sql import Connection

FOLDER = Path(__file__).parent


def apply(con: Connection, name: str) -> None:
    """One of them, within the caller's transaction."""
    sql.run(con, "CREATE TABLE IF NOT EXISTS migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP NOT NULL)")
    sql.run(con, (FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    sql.insert(con, "migration", {"name": name, "applied_at": datetime.now(UTC).replace(tzinfo=None)})


def pending(con: Connection) -> list[str]:
    """Names of migrations not applied yet; all of them on an empty store."""
    if not sql.scalar(con, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'migration'"):
        return [path.stem for path in sorted(FOLDER.glob("*.sql"))]
    done = set(sql.column(con, "SELECT name FROM migration"))
    return [path.stem for path in sorted(FOLDER.glob("*.sql")) if path.stem not in done]
