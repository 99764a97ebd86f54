"""Numbered SQL files, each applied once."""

from datetime import UTC, datetime
from pathlib import Path

from db import references, sql
from db.sql import Connection

FOLDER = Path(__file__).parent


def apply(con: Connection) -> list[str]:
    """Apply what is missing and load the reference lists, within the caller's transaction. Returns names applied."""
    sql.run(con, "CREATE TABLE IF NOT EXISTS migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP NOT NULL)")
    done = {row["name"] for row in sql.rows(con, "SELECT name FROM migration")}
    missing = [path for path in sorted(FOLDER.glob("*.sql")) if path.stem not in done]
    for path in missing:
        sql.run(con, path.read_text(encoding="utf-8"))
        sql.insert(con, "migration", {"name": path.stem, "applied_at": datetime.now(UTC).replace(tzinfo=None)})
    references.load(con)
    return [path.stem for path in missing]


def pending(con: Connection) -> list[str]:
    """Names of migrations not applied yet; all of them on an empty store."""
    if not sql.scalar(con, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'migration'"):
        return [path.stem for path in sorted(FOLDER.glob("*.sql"))]
    done = {row["name"] for row in sql.rows(con, "SELECT name FROM migration")}
    return [path.stem for path in sorted(FOLDER.glob("*.sql")) if path.stem not in done]
