"""Figures of a briefing over a period: what was dispatched, settled, late and reopened, as it stood at its end."""

from dataclasses import dataclass
from datetime import date, datetime

from db import clock, sql
from db.cases import instructions, past
from db.figures.case_figures import Asked, stood
from db.figures.figures import EVERYTHING
from db.scope import Scope, counted_within, shown_to
from db.shared_fields import OfEnterprise
from db.sql import Connection, Row
from db.states import TIMED, listed, overdue, waiting_for

GROUPS = {"all": "'all'", "body": "lead_body", "town": "town_code", "leader": "leader_id"}
_RECEIVED = "coalesce(dispatched_at >= $begin, false)"
_SETTLED = "settled AND settled_at >= $begin"
_SENT_BACK = "coalesce(opposed_at >= $begin, false)"


@dataclass(frozen=True)
class Line:
    """One department's, town's or leader's part; `code` None: nobody named, or not dispatched yet.

    `received`: first dispatched in the period; `settled`: the answer that stands was given in it, `on_time` of
    those by the deadline, `mean_days` from dispatch to that answer; `overdue`: past what is due next at its end, see
    `db.states.overdue`; `reopened`: sent back in it.
    """

    code: str | None
    received: int
    settled: int
    on_time: int
    overdue: int
    reopened: int
    mean_days: float | None


@dataclass(frozen=True)
class OpenCase(OfEnterprise):
    """A case of which something is due by a day. `oppositions`: see `db.cases.past.opposed`."""

    number: str
    title: str
    lead_body: str | None
    state: str
    due_on: date | None
    oppositions: int
    instructed_until: date | None = None

    def late(self, day: date) -> bool:
        return overdue(self.state, self.due_on, day)


@dataclass(frozen=True)
class Objections:
    """A department's objections to dispatches within the period, and how they were decided by its end: `upheld` went to
    another, `refused` stayed; the rest waits."""

    body: str
    raised: int
    upheld: int
    refused: int


@dataclass(frozen=True)
class Instructed:
    """Leaders' instructions of the period to a body (None: to the office) as they stood at its end: `open_late` wait
    for longer than they should, `answered_late` were answered later."""

    body: str | None
    given: int
    answered: int
    answered_late: int
    open_late: int


@dataclass(frozen=True)
class Period:
    """Shanghai days, both included; `end` is the instant that figures stand at."""

    since: date
    until: date
    end: datetime

    def asked(self, scope: Scope) -> Asked:
        return Asked(scope, EVERYTHING, self.until)

    def params(self, scope: Scope) -> Row:
        return self.asked(scope).params | {"begin": clock.start_of_day(self.since), "end": self.end}


def lines(con: Connection, scope: Scope, period: Period, group: str) -> list[Line]:
    """A line for each member of the group that has anything to show, most received first. Raises KeyError."""
    column = GROUPS[group]
    statement = f"""
        SELECT {column} AS code,
               count(*) FILTER (WHERE {_RECEIVED}) AS received,
               count(*) FILTER (WHERE {_SETTLED}) AS settled,
               count(*) FILTER (WHERE {_SETTLED} AND settled_on <= deadline) AS on_time,
               count(*) FILTER (WHERE late) AS overdue,
               count(*) FILTER (WHERE {_SENT_BACK}) AS reopened,
               avg(days) FILTER (WHERE {_SETTLED}) AS mean_days
        FROM stood WHERE {_RECEIVED} OR ({_SETTLED}) OR {_SENT_BACK} OR late
        GROUP BY 1 ORDER BY received DESC, settled DESC, code
        """
    return sql.fetch(con, Line, stood(period.asked(scope), statement), period.params(scope))


def pressing(con: Connection, scope: Scope, period: Period, *, soon: date) -> list[OpenCase]:
    """Those that are due by `soon` at the period's end, that the enterprise was against often, or of which a leader's
    instruction is late, by department and deadline."""
    statement = f"""
        SELECT c.number, c.title, s.lead_body, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en, s.state,
               s.due_on, {past.opposed("s.")} AS oppositions, s.instructed_until
        FROM stood s JOIN cases c ON c.id = s.id JOIN enterprise e ON e.id = s.enterprise_id
        WHERE ((s.state IN {listed(TIMED)} AND (s.due_on <= $soon OR {past.opposed("s.")} >= {past.OFTEN}))
               OR s.instructed_until < $as_of)
          AND {shown_to(scope, "s.id")}
        ORDER BY s.lead_body NULLS FIRST, s.due_on NULLS LAST, c.number
        """
    return sql.fetch(con, OpenCase, stood(period.asked(scope), statement), period.params(scope) | {"soon": soon})


@dataclass(frozen=True)
class Flow:
    """Cases submitted, accepted and closed within the period, as they stand at its end."""

    submitted: int
    accepted: int
    closed: int


def flow(con: Connection, scope: Scope, period: Period) -> Flow:
    statement = """
        SELECT count(*) FILTER (WHERE submitted_at >= $begin) AS submitted,
               count(*) FILTER (WHERE accepted_at >= $begin) AS accepted,
               count(*) FILTER (WHERE closed_at >= $begin) AS closed
        FROM stood
        """
    found = sql.fetch(con, Flow, stood(period.asked(scope), statement), period.params(scope))
    return found[0]


def objections(con: Connection, scope: Scope, period: Period) -> list[Objections]:
    """A line for each department that objected, most first. Where a case goes to a leader, the leader decides."""
    statement = f"""
        WITH decided AS (
            SELECT o.body_code AS body, v.kind, CAST(v.detail AS JSON) ->> 'lead' AS lead,
                   row_number() OVER (PARTITION BY o.n ORDER BY v.seq) AS place
            FROM event o JOIN cases c ON c.id = o.subject
            LEFT JOIN event v ON v.subject = o.subject AND v.area = 'case' AND v.seq > o.seq AND v.happened_at < $end
                AND v.kind IN ('dispatch', 'refuse_objection') AND v.state NOT IN {listed(waiting_for("ruling"))}
                AND {past.stands("v")}
            WHERE o.area = 'case' AND o.kind = 'object' AND o.happened_at >= $begin AND o.happened_at < $end
              AND {counted_within(scope)})
        SELECT body, count(*) AS raised, count(*) FILTER (WHERE kind = 'dispatch' AND lead <> body) AS upheld,
               count(*) FILTER (WHERE kind = 'refuse_objection' OR lead = body) AS refused
        FROM decided WHERE place = 1 GROUP BY body ORDER BY raised DESC, body
        """
    given = {"begin": clock.start_of_day(period.since), "end": period.end, "scope_key": scope.key}
    return sql.fetch(con, Objections, statement, given)


def instructed(con: Connection, scope: Scope, period: Period) -> list[Instructed]:
    """A line for each body that was given any, most first."""
    answered, open_late = instructions.STATES["answered"], instructions.STATES["late"]
    statement = f"""
        WITH {instructions.given(counted_within(scope))}
        SELECT body, count(*) AS given, count(*) FILTER (WHERE {answered}) AS answered,
               count(*) FILTER (WHERE {answered} AND late) AS answered_late,
               count(*) FILTER (WHERE {open_late}) AS open_late
        FROM given WHERE given_at >= $begin GROUP BY body ORDER BY given DESC, body
        """
    asked = {"begin": clock.start_of_day(period.since), "end": period.end, "today": period.until}
    return sql.fetch(con, Instructed, statement, asked | {"scope_key": scope.key})


def leader_names(con: Connection) -> dict[str, str]:
    """Id → name of the district leaders."""
    return {row["id"]: row["name"] for row in sql.rows(con, "SELECT id, name FROM account WHERE role = 'leader'")}
