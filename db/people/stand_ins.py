"""Who stands in for whom while somebody is away (AB角). It counts as long as both are active, of one role and one body,
and an officer's stand-in of the officer's town."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import events, sql
from db.events import Event
from db.scope import Scope, cases_within
from db.sql import Connection


@dataclass(frozen=True)
class StandIn:
    """From `since` to `until`, both included, unless `ended_at` came before."""

    id: str
    account_id: str
    stand_in_id: str
    since: date
    until: date
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Absence:
    """An absence of `absent`, in whose place `stand_in` is: names."""

    id: str
    account_id: str
    absent: str
    stand_in: str
    since: date
    until: date


@dataclass(frozen=True)
class DoneInPlace:
    """What somebody did to a case who stands, or stood, in for `absent_id`: the event's number and instant; names."""

    n: int
    happened_at: datetime
    absent_id: str
    absent: str
    stand_in: str
    since: date
    until: date
    ended_at: datetime | None


_NOW = "s.ended_at IS NULL AND $today BETWEEN s.since AND s.until"
_ALIKE = """
    a.active AND b.active AND a.role = b.role AND coalesce(a.body_code, '') = coalesce(b.body_code, '')
    AND (a.role <> 'officer' OR a.town_code IS NULL OR a.town_code = b.town_code)
    """
_BOTH = "stand_in s JOIN account a ON a.id = s.account_id JOIN account b ON b.id = s.stand_in_id"


def add(con: Connection, one: StandIn, *, role: str, at: datetime) -> None:
    sql.insert(con, "stand_in", one)
    said = {"for": one.account_id, "stand_in": one.stand_in_id, "since": one.since, "until": one.until}
    events.append(con, Event(at, "stand_in", "name", one.id, 1, one.account_id, role, detail=said))


def end(con: Connection, stand_in_id: str, *, actor_id: str, role: str, at: datetime) -> None:
    sql.run(con, "UPDATE stand_in SET ended_at = $at WHERE id = $id", {"id": stand_in_id, "at": at})
    events.append(con, Event(at, "stand_in", "end", stand_in_id, 2, actor_id, role))


def stands_for(con: Connection, account_id: str, today: date) -> tuple[str, ...]:
    """The accounts in whose place this one is today."""
    statement = f"SELECT DISTINCT a.id FROM {_BOTH} WHERE b.id = $id AND {_NOW} AND {_ALIKE} ORDER BY a.id"
    return tuple(sql.column(con, statement, {"id": account_id, "today": today}))


def instead_of(con: Connection, account_ids: Sequence[str], today: date) -> dict[str, list[str]]:
    """Account → those in its place today, of these that have any."""
    found: dict[str, list[str]] = {}
    statement = f"SELECT DISTINCT a.id, b.id FROM {_BOTH} WHERE a.id = ANY($ids) AND {_NOW} AND {_ALIKE} ORDER BY 1, 2"
    given = {"ids": list(account_ids), "today": today}
    for absent, one in sql.run(con, statement, given).fetchall() if account_ids else ():
        found.setdefault(absent, []).append(one)
    return found


def done_by(con: Connection, scope: Scope, case_id: str) -> list[DoneInPlace]:
    """All that was done to this case by somebody after they were named to stand in for anybody at any time."""
    statement = f"""
        SELECT e.n, e.happened_at, s.account_id AS absent_id, a.name AS absent, b.name AS stand_in, s.since, s.until,
            s.ended_at
        FROM {_BOTH} JOIN event named ON named.subject = s.id AND named.kind = 'name'
        JOIN event e ON e.actor_id = s.stand_in_id AND e.n > named.n JOIN cases c ON c.id = e.subject
        WHERE e.area = 'case' AND e.subject = $case_id AND {cases_within(scope)} ORDER BY e.n, s.since
        """
    return sql.fetch(con, DoneInPlace, statement, {"case_id": case_id, "scope_key": scope.key})


def lasting(con: Connection, account_id: str, today: date) -> list[Absence]:
    """What lasts today or is still to come, of this account and of those in whose place it is, by the day. Its own also
    while it does not count, so that it can be ended."""
    statement = f"""
        SELECT s.id, s.account_id, a.name AS absent, b.name AS stand_in, s.since, s.until FROM {_BOTH}
        WHERE $id IN (a.id, b.id) AND s.ended_at IS NULL AND s.until >= $today AND (a.id = $id OR ({_ALIKE}))
        ORDER BY s.since, s.id
        """
    return sql.fetch(con, Absence, statement, {"id": account_id, "today": today})


def officers_of(con: Connection, town_code: str | None) -> dict[str, str]:
    """Id → name of the officers who sign in, of one town where one is named."""
    statement = """
        SELECT id, name FROM account WHERE role = 'officer' AND active AND password_hash IS NOT NULL
        AND (CAST($town AS VARCHAR) IS NULL OR town_code = $town) ORDER BY name, id
        """
    return sql.pairs(con, statement, {"town": town_code})
