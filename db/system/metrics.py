"""How the service stands, in numbers that say nothing of anybody: for whoever watches over it."""

from datetime import datetime, timedelta

from db import events, sql
from db.sql import Connection

DAY = timedelta(days=1)
_COUNTS = {
    "f2f_cases": "SELECT count(*) FROM cases",
    "f2f_sessions_live": "SELECT count(*) FROM session WHERE ended_at IS NULL AND expires_at > $at",
    "f2f_notices_waiting": "SELECT count(*) FROM outbox WHERE state IN ('queued', 'failed')",
    "f2f_notices_abandoned": "SELECT count(*) FROM outbox WHERE state = 'abandoned'",
}
_SIGN_INS = """
    SELECT outcome, count(*) FROM sign_in WHERE happened_at >= $since GROUP BY outcome ORDER BY outcome
"""


def standing(con: Connection, at: datetime) -> dict[str, int]:
    """By the name that a watcher knows each by."""
    given = {"at": at, "since": at - DAY}
    found = {name: sql.scalar(con, statement, given) for name, statement in _COUNTS.items()}
    tried = sql.pairs(con, _SIGN_INS, given)
    return {"f2f_revision": events.revision(con), **found} | {
        f'f2f_sign_ins_of_a_day{{outcome="{outcome}"}}': n for outcome, n in tried.items()
    }
