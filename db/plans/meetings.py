"""Coordination meetings and small meetings: who met about which cases, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import sql
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise, ToDo
from db.sql import Connection


@dataclass(frozen=True)
class Meeting:
    """`number` is given by kind and year; `people` are typed; `seq` is the version, which decisions move too."""

    id: str
    kind: str
    year: int
    number: int
    held_on: date
    place: str
    chair: str
    topic: str
    people: str
    minutes: str
    seq: int


@dataclass(frozen=True)
class Decision(ToDo):
    """What a meeting decided about one of its cases: who does it, by when, and what became of it."""

    id: str
    meeting_id: str
    position: int
    case_id: str
    words: str
    body_code: str
    due_on: date
    state: str
    done_on: date | None
    outcome: str | None


@dataclass(frozen=True)
class MeetingLine:
    """A meeting of the list. `cases` and `decisions` count what the reader may see; `late` those that are overdue."""

    meeting: Meeting
    cases: int
    decisions: int
    done: int
    late: int
    led: bool  # about a case that the leader asked for leads


@dataclass(frozen=True)
class MetAbout(OfEnterprise):
    """A case that a meeting was about."""

    id: str
    number: str
    title: str
    state: str


@dataclass(frozen=True)
class YearCount:
    year: int
    coordination: int
    small: int


def _seen(scope: Scope) -> str:
    """Meetings about at least one case within the scope."""
    return f"""m.id IN (SELECT l.meeting_id FROM meeting_case l JOIN cases c ON c.id = l.case_id
        WHERE {cases_within(scope)})"""


def get(con: Connection, scope: Scope, meeting_id: str) -> Meeting | None:
    statement = f"SELECT m.* FROM meeting m WHERE m.id = $id AND {_seen(scope)}"
    return sql.first(con, Meeting, statement, {"id": meeting_id, "scope_key": scope.key})


def find(con: Connection, scope: Scope, *, year: int, leader_id: str | None, today: date) -> list[MeetingLine]:
    """The meetings of a year, the latest first; `led` says which were about a case of this leader."""
    return sql.fetch_lines(
        con,
        MeetingLine,
        ("meeting", Meeting),
        f"""
        SELECT m.*, coalesce(l.cases, 0) AS cases, coalesce(l.led, 0) > 0 AS led, coalesce(d.decisions, 0) AS decisions,
               coalesce(d.done, 0) AS done, coalesce(d.late, 0) AS late
        FROM meeting m
        LEFT JOIN (SELECT l.meeting_id, count(DISTINCT c.id) AS cases,
                          count(*) FILTER (WHERE c.leader_id = $leader OR p.leader_id = $leader) AS led
                   FROM meeting_case l JOIN cases c ON c.id = l.case_id
                   LEFT JOIN case_plan p ON p.case_id = c.id AND p.state <> 'withdrawn'
                   WHERE {cases_within(scope)} GROUP BY l.meeting_id) AS l ON l.meeting_id = m.id
        LEFT JOIN (SELECT d.meeting_id, count(*) FILTER (WHERE d.state <> 'dropped') AS decisions,
                          count(*) FILTER (WHERE d.state = 'done') AS done,
                          count(*) FILTER (WHERE d.state = 'open' AND d.due_on < $today) AS late
                   FROM meeting_decision d JOIN cases c ON c.id = d.case_id
                   WHERE {cases_within(scope)} GROUP BY d.meeting_id) AS d ON d.meeting_id = m.id
        WHERE m.year = $year AND {_seen(scope)}
        ORDER BY m.held_on DESC, m.kind, m.number DESC
        """,
        {"year": year, "leader": leader_id, "today": today, "scope_key": scope.key},
    )


def years(con: Connection, scope: Scope) -> list[YearCount]:
    """How many of each kind a year, the latest first."""
    statement = f"""
        SELECT m.year, count(*) FILTER (WHERE m.kind = 'coordination') AS coordination,
               count(*) FILTER (WHERE m.kind = 'small') AS small
        FROM meeting m WHERE {_seen(scope)} GROUP BY m.year ORDER BY m.year DESC
        """
    return sql.fetch(con, YearCount, statement, {"scope_key": scope.key})


def add(con: Connection, meeting: Meeting, *, bodies: Sequence[str], case_ids: Sequence[str]) -> None:
    sql.insert(con, "meeting", meeting)
    link(con, meeting.id, bodies=bodies, case_ids=case_ids)


def link(con: Connection, meeting_id: str, *, bodies: Sequence[str], case_ids: Sequence[str]) -> None:
    """These bodies came and these cases were talked about, in place of those said before."""
    for table in ("meeting_body", "meeting_case"):
        sql.run(con, f"DELETE FROM {table} WHERE meeting_id = $id", {"id": meeting_id})
    sql.insert_many(con, "meeting_body", [{"meeting_id": meeting_id, "body_code": body} for body in bodies])
    sql.insert_many(con, "meeting_case", [{"meeting_id": meeting_id, "case_id": case_id} for case_id in case_ids])


def change(con: Connection, meeting: Meeting) -> None:
    """Write the meeting over the version before its own. Raises MovedOn."""
    sql.rewrite(con, "meeting", meeting, "held_on place chair topic people minutes")


def bodies(con: Connection, meeting_id: str) -> list[str]:
    """The bodies that came, for a meeting that was read within a scope."""
    statement = "SELECT body_code FROM meeting_body WHERE meeting_id = $id ORDER BY body_code"
    return sql.column(con, statement, {"id": meeting_id})


def cases_of(con: Connection, scope: Scope, meeting_id: str) -> list[MetAbout]:
    """Its cases as far as the reader may see them."""
    statement = f"""
        SELECT c.id, c.number, c.title, c.state, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
        WHERE c.id IN (SELECT case_id FROM meeting_case WHERE meeting_id = $id) AND {cases_within(scope)}
        ORDER BY c.number
        """
    return sql.fetch(con, MetAbout, statement, {"id": meeting_id, "scope_key": scope.key})


def of_case(con: Connection, scope: Scope, case_id: str) -> list[Meeting]:
    """The meetings about a case within the scope, the latest first."""
    statement = f"""
        SELECT m.* FROM meeting m JOIN meeting_case l ON l.meeting_id = m.id JOIN cases c ON c.id = l.case_id
        WHERE l.case_id = $id AND {cases_within(scope)} ORDER BY m.held_on DESC, m.id
        """
    return sql.fetch(con, Meeting, statement, {"id": case_id, "scope_key": scope.key})


def decisions(con: Connection, scope: Scope, *, meeting_id: str = "", case_id: str = "") -> list[Decision]:
    """The decisions of a meeting or about a case, those about cases within the scope."""
    statement = f"""
        SELECT d.* FROM meeting_decision d JOIN cases c ON c.id = d.case_id
        WHERE (d.meeting_id = $meeting OR d.case_id = $case_id) AND {cases_within(scope)}
        ORDER BY d.meeting_id, d.position
        """
    return sql.fetch(con, Decision, statement, {"meeting": meeting_id, "case_id": case_id, "scope_key": scope.key})


def add_decision(con: Connection, decision: Decision) -> None:
    sql.insert(con, "meeting_decision", decision)


def change_decision(con: Connection, decision: Decision) -> None:
    """The caller moves the meeting's version in the same transaction."""
    statement = "UPDATE meeting_decision SET state = $state, done_on = $done_on, outcome = $outcome WHERE id = $id"
    sql.run(con, statement, vars(decision))
