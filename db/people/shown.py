"""Who was shown whom whole, and why: events in the history of the enterprise, or beside the forum's."""

import json
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection, Row

CONTACT, NAMES = "show_phone", "show_names"
RECORD = "names"  # in the history, apart from the forum's own


def since(con: Connection, *, kind: str, subject: str, account_id: str, began: datetime) -> list[Row]:
    """The details of what this account was shown of this record from `began` on."""
    statement = """
        SELECT detail FROM event WHERE subject = $subject AND kind = $kind AND actor_id = $account_id
          AND happened_at >= $began ORDER BY n
        """
    given = {"subject": subject, "kind": kind, "account_id": account_id, "began": began}
    return [json.loads(one) for one in sql.column(con, statement, given)]


@dataclass(frozen=True)
class Looked:
    """`of_zh` is the enterprise's name or the forum's theme; `detail` says why, and of which case."""

    happened_at: datetime
    kind: str
    who: str
    of_zh: str
    detail: Row


def latest(con: Connection, limit: int) -> list[Looked]:
    """The newest first."""
    statement = f"""
        SELECT e.happened_at, e.kind, coalesce(a.name, '') AS who, coalesce(f.name_zh, m.theme_zh, '') AS of_zh,
               e.detail
        FROM event e LEFT JOIN account a ON a.id = e.actor_id LEFT JOIN enterprise f ON f.id = e.subject
        LEFT JOIN forum m ON e.subject = '{RECORD}:' || m.id WHERE e.kind = ANY($kinds) ORDER BY e.n DESC LIMIT $limit
        """
    found = sql.rows(con, statement, {"kinds": [CONTACT, NAMES], "limit": limit})
    return [Looked(**row | {"detail": json.loads(row["detail"])}) for row in found]
