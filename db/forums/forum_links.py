"""The link of a forum's wall, and who signed in by it."""

from collections.abc import Sequence
from datetime import datetime

from db import sql
from db.forums.forum_day import ForumLink, SignedIn
from db.people import wall_tokens
from db.sql import Connection
from i18n import folding


def by_live_token(con: Connection, token: str) -> ForumLink | None:
    """The one that was not taken back; its day may be over."""
    return _first(con, "token_hash = $hash AND revoked_at IS NULL", hash=wall_tokens.digest(token))


def live(con: Connection, forum_id: str, at: datetime) -> ForumLink | None:
    """The newest that works at this moment."""
    return _first(con, "forum_id = $id AND revoked_at IS NULL AND expires_at > $now", id=forum_id, now=at)


def _first(con: Connection, where: str, **asked: object) -> ForumLink | None:
    found = sql.rows(con, f"SELECT * FROM forum_link WHERE {where} ORDER BY created_at DESC LIMIT 1", asked)
    return next((ForumLink(**row) for row in wall_tokens.said(con, found)), None)


def add(con: Connection, link: ForumLink) -> None:
    sql.insert(con, "forum_link", wall_tokens.kept(link))


def revoke(con: Connection, link_id: str, at: datetime) -> None:
    sql.run(con, "UPDATE forum_link SET revoked_at = $now WHERE id = $id", {"id": link_id, "now": at})


def add_sign_in(con: Connection, signed: SignedIn) -> None:
    sql.insert(con, "forum_sign_in", signed)


def counted(con: Connection, forum_id: str, address: str) -> tuple[int, int]:
    """How many signed in to the forum by phone, and how many of them from this address."""
    statement = """
        SELECT count(*) AS n, count(*) FILTER (WHERE address = $address) AS here
        FROM forum_sign_in WHERE forum_id = $id
        """
    row = sql.one(con, statement, {"id": forum_id, "address": address})
    return (row["n"], row["here"]) if row else (0, 0)


def unconfirmed(con: Connection, forum_id: str) -> set[str]:
    """The attendances that came by phone and that no clerk has looked at."""
    statement = """
        SELECT s.attendance_id FROM forum_sign_in s JOIN attendance a ON a.id = s.attendance_id
        WHERE s.forum_id = $id AND s.confirmed_at IS NULL
        """
    return set(sql.column(con, statement, {"id": forum_id}))


def confirm(con: Connection, attendance_ids: Sequence[str], at: datetime) -> None:
    statement = "UPDATE forum_sign_in SET confirmed_at = $now WHERE attendance_id = ANY($ids) AND confirmed_at IS NULL"
    sql.run(con, statement, {"ids": list(attendance_ids), "now": at})


def same_person(con: Connection, attendance_id: str, person_id: str) -> None:
    sql.run(con, "UPDATE attendance SET person_id = $person WHERE id = $id", {"id": attendance_id, "person": person_id})


def present(con: Connection, forum_id: str) -> int:
    """How many stand on the forum's list."""
    return sql.scalar(con, "SELECT count(*) FROM attendance WHERE forum_id = $id", {"id": forum_id})


def enterprise_called(con: Connection, typed: str) -> str | None:
    """The active enterprise that has exactly this credit code or name, as names are folded, and none like it."""
    statement = "SELECT id FROM enterprise WHERE active AND position($line IN words) > 0 LIMIT 2"
    found = sql.rows(con, statement, {"line": folding.lines(typed)})
    return found[0]["id"] if len(found) == 1 else None
