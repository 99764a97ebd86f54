"""Figures of a briefing over a period: what was dispatched, settled, late and reopened, as it stood at its end."""

from dataclasses import dataclass
from datetime import date, datetime

from db import clock, sql
from db.scope import Scope, cases_within
from db.sql import Connection, Row

GROUPS = {"all": "'all'", "body": "f.lead_body", "town": "f.town_code", "leader": "f.leader_id"}


@dataclass(frozen=True)
class Line:
    """One department's, town's or leader's part; `code` None: nobody named. `mean_days` from dispatch to answer.

    `received`: first dispatched in the period; `settled`: the answer that stands was given in it, `on_time` of
    those by the deadline; `overdue`: unsettled and past what is due at its end; `reopened`: sent back in it.
    """

    code: str | None
    received: int
    settled: int
    on_time: int
    overdue: int
    reopened: int
    mean_days: float | None


@dataclass(frozen=True)
class OpenCase:
    """An unsettled case at the period's end. `rejected` counts how often the enterprise sent an answer back."""

    number: str
    title: str
    lead_body: str | None
    enterprise_zh: str
    enterprise_en: str
    state: str
    due_on: date | None
    rejected: int


@dataclass(frozen=True)
class Period:
    """Shanghai days, both included; `end` is the instant that figures stand at."""

    since: date
    until: date
    end: datetime

    @property
    def start(self) -> datetime:
        return clock.start_of_day(self.since)


def lines(con: Connection, scope: Scope, period: Period, group: str) -> list[Line]:
    """A line for each member of the group that has anything to show, most received first. Raises KeyError."""
    column = GROUPS[group]
    return sql.fetch(
        con,
        Line,
        f"""
        WITH {_facts(scope)}
        SELECT {column} AS code,
               count(*) FILTER (WHERE f.received) AS received,
               count(*) FILTER (WHERE f.settled) AS settled,
               count(*) FILTER (WHERE f.settled AND f.answered_on <= f.deadline) AS on_time,
               count(*) FILTER (WHERE f.is_open AND f.due_on < $until) AS overdue,
               count(*) FILTER (WHERE f.sent_back) AS reopened,
               avg(f.answered_on - f.dispatched_on) FILTER (WHERE f.settled) AS mean_days
        FROM facts f
        WHERE f.received OR f.settled OR f.sent_back OR (f.is_open AND f.due_on < $until)
        GROUP BY {column} ORDER BY received DESC, settled DESC, code
        """,  # noqa: S608
        _bound(scope, period),
    )


def unsettled(con: Connection, scope: Scope, period: Period) -> list[OpenCase]:
    """Dispatched and unsettled at the period's end, by department and deadline."""
    return sql.fetch(
        con,
        OpenCase,
        f"""
        WITH {_facts(scope)}
        SELECT f.number, f.title, f.lead_body, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en, f.state,
               f.due_on, f.rejected
        FROM facts f JOIN enterprise e ON e.id = f.enterprise_id
        WHERE f.is_open ORDER BY f.lead_body, f.due_on NULLS LAST, f.number
        """,  # noqa: S608
        _bound(scope, period),
    )


def flow(con: Connection, scope: Scope, period: Period) -> Row:
    """submitted, accepted, closed within the period; satisfied: those closed with at least fairly satisfied."""
    found = sql.one(
        con,
        f"""
        SELECT count(DISTINCT v.subject) FILTER (WHERE v.kind = 'submit') AS submitted,
               count(DISTINCT v.subject) FILTER (WHERE v.kind = 'accept') AS accepted,
               count(DISTINCT v.subject) FILTER (WHERE v.state = 'closed' AND v.kind = 'close') AS closed
        FROM event v JOIN cases c ON c.id = v.subject
        WHERE v.area = 'case' AND v.happened_at >= $start AND v.happened_at < $end AND {cases_within(scope)}
        """,  # noqa: S608
        _bound(scope, period),
    )
    return found or {}


def leader_names(con: Connection) -> dict[str, str]:
    """Id → name of the district leaders."""
    return {row["id"]: row["name"] for row in sql.rows(con, "SELECT id, name FROM account WHERE role = 'leader'")}


def _bound(scope: Scope, period: Period) -> dict[str, object]:
    return {"start": period.start, "end": period.end, "until": period.until, "scope_key": scope.key}


def _facts(scope: Scope) -> str:
    """Common tables that end in `facts`: a row a case dispatched by the period's end, as it stood then.

    What is due then is what the last action said that set a deadline, unless the enterprise sent the case back since.
    """
    return f"""
        past AS (
            SELECT v.subject, v.n, v.seq, v.kind, v.state, v.happened_at, CAST(v.detail AS JSON) AS detail,
                   row_number() OVER (PARTITION BY v.subject ORDER BY v.n DESC) AS back,
                   row_number() OVER (PARTITION BY v.subject, v.kind ORDER BY v.n DESC) AS back_of_kind,
                   row_number() OVER (PARTITION BY v.subject, (CAST(v.detail AS JSON) ->> 'due_on') IS NOT NULL
                                      ORDER BY v.n DESC) AS back_of_due,
                   row_number() OVER (PARTITION BY v.subject, v.kind = 'answer' AND v.state = 'committed'
                                      ORDER BY v.n) AS nth_promise,
                   max(CASE WHEN v.kind = 'dispatch' OR (v.kind = 'recompute_deadline' AND
                                 (CAST(v.detail AS JSON) ->> 'due_rule') = 'answer_7wd') THEN v.n END)
                       OVER (PARTITION BY v.subject) AS clock_n
            FROM event v WHERE v.area = 'case' AND v.state IS NOT NULL AND v.happened_at < $end
        ),
        known AS (
            SELECT subject,
                max(state) FILTER (WHERE back = 1) AS state,
                max(seq) FILTER (WHERE back = 1) AS seq,
                min(happened_at) FILTER (WHERE kind = 'dispatch') AS dispatched_at,
                max(happened_at) FILTER (WHERE kind IN ('answer', 'fulfil') AND state = 'awaiting') AS answered_at,
                max(detail ->> 'lead') FILTER (WHERE kind = 'dispatch' AND back_of_kind = 1) AS lead_body,
                max(detail ->> 'due_on') FILTER (WHERE clock_n = n) AS dispatch_due,
                max(detail ->> 'promised_on') FILTER (WHERE kind = 'answer' AND state = 'committed' AND nth_promise = 1)
                    AS promised_on,
                max(detail ->> 'due_on') FILTER (WHERE back_of_due = 1) AS due_on,
                max(n) FILTER (WHERE back_of_due = 1 AND (detail ->> 'due_on') IS NOT NULL) AS due_n,
                max(n) FILTER (WHERE kind IN ('close', 'reject', 'reopen') AND state = 'reopened') AS reopened_n,
                count(*) FILTER (WHERE kind IN ('close', 'reject', 'reopen') AND state = 'reopened') AS rejected,
                count(*) FILTER (WHERE kind IN ('close', 'reject', 'reopen') AND state = 'reopened'
                                 AND happened_at >= $start) AS sent_back
            FROM past GROUP BY subject
        ),
        facts AS (
            SELECT c.number, c.title, c.enterprise_id, c.town_code, c.leader_id, k.lead_body, k.state,
                   CAST(k.rejected AS INTEGER) AS rejected, k.sent_back > 0 AS sent_back,
                   k.dispatched_at >= $start AS received,
                   k.state IN ('awaiting', 'closed') AND k.answered_at >= $start AS settled,
                   k.state IN ('dispatched', 'in_progress', 'committed', 'reopened') AS is_open,
                   CAST(k.dispatched_at + INTERVAL '8 hours' AS DATE) AS dispatched_on,
                   CAST(k.answered_at + INTERVAL '8 hours' AS DATE) AS answered_on,
                   CAST(coalesce(k.promised_on, k.dispatch_due) AS DATE) AS deadline,
                   CASE WHEN c.seq = k.seq THEN c.due_on
                        WHEN k.due_n >= coalesce(k.reopened_n, 0) THEN CAST(k.due_on AS DATE) END AS due_on
            FROM cases c JOIN known k ON k.subject = c.id
            WHERE k.dispatched_at IS NOT NULL AND k.state <> 'merged' AND {cases_within(scope)}
        )
        """  # noqa: S608
