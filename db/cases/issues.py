"""What the intake of issues counts before it opens a case."""

from datetime import datetime

from db import sql
from db.sql import Connection


def raised_by_enterprise(con: Connection, enterprise_id: str, since: datetime) -> int:
    """Cases that the enterprise itself opened since an instant."""
    statement = """
        SELECT count(*) FROM cases
        WHERE enterprise_id = $enterprise_id AND channel = 'self' AND submitted_at >= $since
        """
    return sql.scalar(con, statement, {"enterprise_id": enterprise_id, "since": since})


def raised_by_actor(con: Connection, actor_id: str) -> str | None:
    """The last case that this person, or the holder of this invitation, opened: its id."""
    statement = """
        SELECT subject FROM event WHERE area = 'case' AND kind = 'submit' AND actor_id = $actor_id
        ORDER BY n DESC LIMIT 1
        """
    return sql.scalar(con, statement, {"actor_id": actor_id})
