"""Who wishes to be told of the weekly leaf, and of which weeks they were."""

from datetime import datetime

from db import sql
from db.notices.outbox import Listener
from db.sql import Connection


def reads(con: Connection, account_id: str) -> bool:
    return bool(
        sql.one(con, "SELECT 1 FROM leaf_reader WHERE account_id = $id AND left_at IS NULL", {"id": account_id})
    )


def choose(con: Connection, account_id: str, *, wanted: bool, at: datetime) -> None:
    row = {"account_id": account_id, "since": at, "left_at": None if wanted else at}
    sql.upsert(con, "leaf_reader", row, key=["account_id"])


def listeners(con: Connection) -> list[Listener]:
    """Readers with a channel; `party` is their role today."""
    statement = """
        SELECT a.role AS party, c.owner_kind, c.owner_id, c.channel_url, c.language
        FROM leaf_reader r JOIN account a ON a.id = r.account_id AND a.active
        JOIN contact c ON c.owner_kind = 'account' AND c.owner_id = a.id AND c.active
        WHERE r.left_at IS NULL
        ORDER BY c.owner_id
        """
    return sql.fetch(con, Listener, statement)


def told(con: Connection, week: str) -> bool:
    return bool(sql.one(con, "SELECT 1 FROM leaf_week WHERE week = $week", {"week": week}))


def note_told(con: Connection, week: str, at: datetime) -> None:
    sql.insert(con, "leaf_week", {"week": week, "queued_at": at})
