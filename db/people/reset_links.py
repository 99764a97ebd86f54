"""Links by which somebody sets a new password, once."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class ResetLink:
    token_hash: str
    account_id: str
    made_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


def add(con: Connection, link: ResetLink) -> None:
    """In the place of every earlier one of the same account."""
    end_of(con, link.account_id, link.created_at)
    sql.insert(con, "reset_link", link)


def live(con: Connection, token_hash: str, at: datetime) -> ResetLink | None:
    statement = "SELECT * FROM reset_link WHERE token_hash = $h AND used_at IS NULL AND expires_at > $at"
    return sql.first(con, ResetLink, statement, {"h": token_hash, "at": at})


def end_of(con: Connection, account_id: str, at: datetime) -> None:
    statement = "UPDATE reset_link SET used_at = $at WHERE account_id = $id AND used_at IS NULL"
    sql.run(con, statement, {"id": account_id, "at": at})
