"""How often the plain form was used within a window, by whom and from where."""

from datetime import datetime, timedelta

from db import sql
from db.sql import Connection


def count(con: Connection, key: str, *, at: datetime, window: timedelta) -> int:
    """One more under this key; the first of a window begins it. How many there are now."""
    statement = """
        INSERT INTO form_use VALUES ($key, $at, 1) ON CONFLICT (key) DO UPDATE SET
            n = CASE WHEN form_use.began_at <= $since THEN 1 ELSE form_use.n + 1 END,
            began_at = CASE WHEN form_use.began_at <= $since THEN excluded.began_at ELSE form_use.began_at END
        """
    sql.run(con, statement, {"key": key, "at": at, "since": at - window})
    return sql.scalar(con, "SELECT n FROM form_use WHERE key = $key", {"key": key})
