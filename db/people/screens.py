"""Links of large screens, by the hash of their token."""

from dataclasses import dataclass
from datetime import datetime

from db import events, sql
from db.events import Event
from db.sql import Connection


@dataclass(frozen=True)
class ScreenLink:
    """`place` says where the screen hangs."""

    id: str
    token_hash: str
    place: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None = None


def add(con: Connection, link: ScreenLink, *, role: str) -> None:
    sql.insert(con, "screen_link", link)
    events.append(con, Event(link.created_at, "screen", "open", link.id, 1, link.created_by, role))


def by_id(con: Connection, link_id: str) -> ScreenLink | None:
    return sql.first(con, ScreenLink, "SELECT * FROM screen_link WHERE id = $id", {"id": link_id})


def by_live_token(con: Connection, token_hash: str) -> ScreenLink | None:
    """The one that was not taken back."""
    statement = "SELECT * FROM screen_link WHERE token_hash = $hash AND revoked_at IS NULL"
    return sql.first(con, ScreenLink, statement, {"hash": token_hash})


def live(con: Connection) -> list[ScreenLink]:
    """Those not taken back, oldest first."""
    return sql.fetch(con, ScreenLink, "SELECT * FROM screen_link WHERE revoked_at IS NULL ORDER BY created_at, id")


def revoke(con: Connection, link_id: str, *, actor_id: str, role: str, at: datetime) -> None:
    """Once: a second try finds nothing to take back."""
    statement = "UPDATE screen_link SET revoked_at = $revoked_at WHERE id = $id AND revoked_at IS NULL"
    if sql.scalar(con, statement, {"id": link_id, "revoked_at": at}):
        events.append(con, Event(at, "screen", "revoke", link_id, 2, actor_id, role))
