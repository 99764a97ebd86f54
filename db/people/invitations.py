"""Links for enterprises without an account: invitations to answer or speak, and codes that follow a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.scope import Scope, enterprises_within
from db.sql import Connection, Row


@dataclass(frozen=True)
class Invitation:
    """A link bound to one enterprise and, for a survey, to one wave. Used up on submit."""

    id: str
    token_hash: str
    enterprise_id: str
    wave_id: str | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def usable(self, at: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and self.expires_at > at


@dataclass(frozen=True)
class Unused:
    """Links of a wave that still work, and how many of them have begun an answer that they would lose."""

    links: int
    begun: int


def add(con: Connection, invitations: list[Invitation]) -> None:
    sql.insert_many(con, "invitation", invitations)


def by_live_token(con: Connection, token_hash: str) -> Invitation | None:
    """The one that was not taken back; it may be used or out of date."""
    statement = "SELECT * FROM invitation WHERE token_hash = $h AND revoked_at IS NULL"
    return sql.first(con, Invitation, statement, {"h": token_hash})


def these(con: Connection, ids: Sequence[str]) -> dict[str, Invitation]:
    found = sql.fetch(con, Invitation, "SELECT * FROM invitation WHERE id = ANY($ids)", {"ids": list(ids)})
    return {one.id: one for one in found}


def by_id(con: Connection, invitation_id: str) -> Invitation | None:
    return sql.first(con, Invitation, "SELECT * FROM invitation WHERE id = $id", {"id": invitation_id})


def use_up(con: Connection, used: Mapping[str, datetime]) -> None:
    """Mark these as used, each at its time; one that was used before stays as it is."""
    statement = """
        UPDATE invitation SET used_at = used.used_at FROM (SELECT unnest($ids) AS id, unnest($times) AS used_at) AS used
        WHERE invitation.id = used.id AND invitation.used_at IS NULL
        """
    if used:
        sql.run(con, statement, {"ids": list(used), "times": list(used.values())})


def revoke(con: Connection, invitation_id: str, at: datetime) -> None:
    sql.run(
        con, "UPDATE invitation SET revoked_at = $revoked_at WHERE id = $id", {"id": invitation_id, "revoked_at": at}
    )


def live(con: Connection, scope: Scope, *, wave_id: str, at: datetime, limit: int) -> list[Row]:
    """Links that still work, newest first: id, enterprise's names, created_at, expires_at."""
    statement = f"""
        SELECT i.id, e.name_zh, e.name_en, i.created_at, i.expires_at
        FROM invitation i JOIN enterprise e ON e.id = i.enterprise_id
        WHERE i.wave_id = $wave_id AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $now
          AND {enterprises_within(scope)}
        ORDER BY i.created_at DESC, e.name_zh LIMIT $most
        """
    return sql.rows(con, statement, {"scope_key": scope.key, "wave_id": wave_id, "now": at, "most": limit})


def unused(con: Connection, scope: Scope, *, wave_id: str, strata: Sequence[str] | None, at: datetime) -> Unused:
    """Of all strata where `strata` is None; made by `at` and still good then."""
    statement = f"""
        SELECT count(*) AS links, count(d.id) AS begun FROM invitation i
        LEFT JOIN draft d ON d.owner = 'invitation:' || i.id AND d.form = 'survey:' || i.wave_id
        WHERE {_unused(scope, strata)}
        """
    [row] = sql.rows(con, statement, _of(scope, wave_id, strata, at))
    return Unused(**row)


def revoke_unused(con: Connection, scope: Scope, *, wave_id: str, strata: Sequence[str] | None,
                  made_by: datetime, at: datetime) -> int:  # fmt: skip
    """Those of `unused` that were made by then and nobody used meanwhile. Returns how many."""
    statement = f"UPDATE invitation AS i SET revoked_at = $revoked_at WHERE {_unused(scope, strata)}"
    return sql.scalar(con, statement, {**_of(scope, wave_id, strata, made_by), "revoked_at": at})


def _unused(scope: Scope, strata: Sequence[str] | None) -> str:
    some = """AND i.enterprise_id IN (SELECT u.enterprise_id FROM sample_unit u
                                   WHERE u.wave_id = $wave_id AND u.stratum = ANY($strata))"""
    return f"""i.wave_id = $wave_id AND i.used_at IS NULL AND i.revoked_at IS NULL
        AND i.created_at <= $made_by AND i.expires_at > $made_by
        AND i.enterprise_id IN (SELECT e.id FROM enterprise e WHERE {enterprises_within(scope)})
        {"" if strata is None else some}"""


def _of(scope: Scope, wave_id: str, strata: Sequence[str] | None, made_by: datetime) -> dict[str, object]:
    return {"scope_key": scope.key, "wave_id": wave_id, "strata": list(strata or ()), "made_by": made_by}


def add_follow_codes(con: Connection, codes: Mapping[str, str], *, at: datetime) -> None:
    """`codes`: the hash of each → its case."""
    rows = [{"code_hash": code, "case_id": case, "created_at": at, "revoked_at": None} for code, case in codes.items()]
    sql.insert_many(con, "follow_code", rows)


def case_of_code(con: Connection, *, code_hash: str, number: str) -> tuple[str, str] | None:
    """(case id, enterprise id) for a live code that goes with this case number."""
    statement = """
        SELECT c.id, c.enterprise_id FROM follow_code f JOIN cases c ON c.id = f.case_id
        WHERE f.code_hash = $h AND f.revoked_at IS NULL AND c.number = $number
        """
    row = sql.one(con, statement, {"h": code_hash, "number": number})
    return (row["id"], row["enterprise_id"]) if row else None


def has_code(con: Connection, case_id: str, *, code_hash: str) -> bool:
    """Whether this code opens the case now."""
    statement = "SELECT count(*) FROM follow_code WHERE case_id = $id AND code_hash = $h AND revoked_at IS NULL"
    return sql.scalar(con, statement, {"id": case_id, "h": code_hash}) > 0


def live_code(con: Connection, case_id: str, *, opened_at: datetime) -> bool:
    """Whether a session that a code opened then still holds: a code given out later does not revive it."""
    statement = """
        SELECT count(*) FROM follow_code
        WHERE case_id = $id AND revoked_at IS NULL AND created_at <= $opened_at
        """
    return sql.scalar(con, statement, {"id": case_id, "opened_at": opened_at}) > 0
