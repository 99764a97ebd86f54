"""Enterprises and bodies that a forum invites, whether or not somebody of them is named yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql
from db.scope import Scope, enterprises_within
from db.sql import Connection
from i18n.names import Named


@dataclass(frozen=True)
class Invitee(Named):
    """`kind` enterprise or body, `code` its id or code; the names are an enterprise's."""

    kind: str
    code: str
    name_zh: str | None
    name_en: str | None

    def enterprise(self, language: str) -> str:
        return self.say(language)


def unnamed(con: Connection, scope: Scope, forum_id: str) -> list[Invitee]:
    """Those of whom nobody stands on the list of people, enterprises of the scope first."""
    statement = f"""
        SELECT i.kind, i.code, n.name_zh, n.name_en
        FROM forum_invitee i
        LEFT JOIN (SELECT e.id, e.name_zh, e.name_en FROM enterprise e WHERE {enterprises_within(scope)}) n
            ON i.kind = 'enterprise' AND n.id = i.code
        WHERE i.forum_id = $id AND (i.kind = 'body' OR n.id IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.forum_id = i.forum_id
                          AND i.code = CASE WHEN i.kind = 'body' THEN a.body_code ELSE a.enterprise_id END)
        ORDER BY i.kind DESC, n.name_zh, i.code
        """
    return sql.fetch(con, Invitee, statement, {"id": forum_id, "scope_key": scope.key})


def enterprises(con: Connection, forum_id: str) -> set[str]:
    statement = "SELECT code FROM forum_invitee WHERE forum_id = $id AND kind = 'enterprise'"
    return set(sql.column(con, statement, {"id": forum_id}))


def add(con: Connection, forum_id: str, kind: str, codes: Sequence[str]) -> None:
    """Whoever is invited already stays so."""
    for code in codes:
        statement = "INSERT INTO forum_invitee VALUES ($id, $kind, $code) ON CONFLICT DO NOTHING"
        sql.run(con, statement, {"id": forum_id, "kind": kind, "code": code})


def remove(con: Connection, forum_id: str, kind: str, code: str) -> None:
    statement = "DELETE FROM forum_invitee WHERE forum_id = $id AND kind = $kind AND code = $code"
    sql.run(con, statement, {"id": forum_id, "kind": kind, "code": code})
