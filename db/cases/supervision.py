"""What supervision reads of cases, answers and officers, and the calls, checks and visits that it writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.cases import past
from db.people.care import heard
from db.scope import Scope, cases_within
from db.sql import Connection
from db.states import CLOSED, OPEN, listed


@dataclass(frozen=True)
class FollowUp:
    """A reminder call, a monthly check or a return visit. `body_code` None: the enterprise itself was spoken to."""

    id: str
    case_id: str
    kind: str
    done_at: datetime
    account_id: str
    body_code: str | None
    outcome: str
    note: str | None


@dataclass(frozen=True)
class Standing:
    """How a case stands for supervision. `…_at` is the last such act that reached somebody, `…_tried_at` any try.

    `sent_at` is the last dispatch, `dispatched_at` the first; `opposed_at` the last rejection, bad rating or reopening;
    `asked_at` the request for more time that waits, by the account `asked_by`.
    """

    id: str
    number: str
    state: str
    sector_code: str
    town_code: str
    lead_body: str | None
    due_on: date | None
    due_rule: str | None
    promised_on: date | None
    dispatched_at: datetime | None
    settled_at: datetime | None
    sent_at: datetime | None = None
    opposed_at: datetime | None = None
    asked_at: datetime | None = None
    asked_by: str | None = None
    oppositions: int = 0
    call_at: datetime | None = None
    call_tried_at: datetime | None = None
    check_at: datetime | None = None
    visit_at: datetime | None = None
    visit_tried_at: datetime | None = None
    step_on: date | None = None  # the open step of its plan that is due first, and who does it
    step_body: str | None = None
    decision_on: date | None = None  # the open decision of a meeting that is due first
    decision_body: str | None = None


@dataclass(frozen=True)
class LastAnswer:
    """The answer that a case was given last; `open` while nobody has closed the case."""

    case_id: str
    number: str
    sector_code: str
    town_code: str
    text: str
    open: bool
    oppositions: int


@dataclass(frozen=True)
class OfficerCare:
    """A service officer: the enterprises in their care, how many are silent, and when one was last heard or seen."""

    id: str
    name: str
    town_code: str | None
    enterprises: int
    silent: int
    open_cases: int
    heard_on: date | None


def add(con: Connection, done: FollowUp) -> None:
    """Insert it; the caller has appended its event."""
    sql.insert(con, "follow_up", done)


def is_known(con: Connection, follow_up_id: str) -> bool:
    """Whether the form of this id was received: a double click sends it twice."""
    return sql.scalar(con, "SELECT count(*) FROM follow_up WHERE id = $id", {"id": follow_up_id}) > 0


def of_case(con: Connection, scope: Scope, case_id: str) -> list[FollowUp]:
    """The calls, checks and visits of a case within the scope, oldest first."""
    statement = f"""
        SELECT f.* FROM follow_up f JOIN cases c ON c.id = f.case_id
        WHERE f.case_id = $id AND {cases_within(scope)} ORDER BY f.done_at, f.id
        """
    return sql.fetch(con, FollowUp, statement, {"id": case_id, "scope_key": scope.key})


def handled(con: Connection, account_id: str, case_ids: Sequence[str]) -> set[str]:
    """Those of the cases that this account dispatched, worked on or answered: it may not visit for them."""
    statement = """
        SELECT DISTINCT subject FROM event
        WHERE area = 'case' AND kind IN ('dispatch', 'start', 'answer', 'fulfil') AND actor_id = $me
              AND subject = ANY($ids)
        """
    return set(sql.column(con, statement, {"me": account_id, "ids": list(case_ids)}))


def standings(con: Connection, scope: Scope) -> list[Standing]:
    """By number, every case within the scope between submission and closure, and closed ones with something to do."""
    statement = f"""
        SELECT c.id, c.number, c.state, c.sector_code, c.town_code, c.lead_body, c.due_on, c.due_rule, c.promised_on,
               c.dispatched_at, c.settled_at, c.sent_at, c.opposed_at, {past.opposed("c.")} AS oppositions,
               CASE WHEN c.asked_until IS NOT NULL THEN c.since END AS asked_at, c.asked_by,
               f.call_at, f.call_tried_at, f.check_at, f.visit_at, f.visit_tried_at,
               s.due_on AS step_on, s.body_code AS step_body, d.due_on AS decision_on, d.body_code AS decision_body
        FROM cases c
        LEFT JOIN (SELECT case_id,
                          max(done_at) FILTER (WHERE kind = 'reminder_call' AND outcome <> 'not_reached') AS call_at,
                          max(done_at) FILTER (WHERE kind = 'reminder_call') AS call_tried_at,
                          max(done_at) FILTER (WHERE kind = 'monthly_check') AS check_at,
                          max(done_at) FILTER (WHERE kind = 'return_visit' AND outcome <> 'not_reached') AS visit_at,
                          max(done_at) FILTER (WHERE kind = 'return_visit') AS visit_tried_at
                   FROM follow_up GROUP BY case_id) AS f ON f.case_id = c.id
        LEFT JOIN (SELECT p.case_id, o.due_on, o.body_code,
                          row_number() OVER (PARTITION BY p.case_id ORDER BY o.due_on, o.position) AS place
                   FROM plan_step o JOIN case_plan p ON p.id = o.plan_id
                   WHERE o.state = 'open' AND p.state = 'active') AS s ON s.case_id = c.id AND s.place = 1
        LEFT JOIN (SELECT case_id, due_on, body_code,
                          row_number() OVER (PARTITION BY case_id ORDER BY due_on, position) AS place
                   FROM meeting_decision WHERE state = 'open') AS d ON d.case_id = c.id AND d.place = 1
        WHERE (c.state IN {listed(OPEN)}
               OR (c.state IN {listed(CLOSED)} AND (s.due_on IS NOT NULL OR d.due_on IS NOT NULL)))
              AND {cases_within(scope)}
        ORDER BY c.number
        """
    return sql.fetch(con, Standing, statement, {"scope_key": scope.key})


def answers(con: Connection, scope: Scope, *, limit: int) -> list[LastAnswer]:
    """The latest `limit` answers within the scope, the open cases' first."""
    statement = f"""
        SELECT c.id AS case_id, c.number, c.sector_code, c.town_code, c.answer_text AS text,
               c.state IN {listed(OPEN)} AS open, {past.opposed("c.")} AS oppositions
        FROM cases c
        WHERE c.answer_text IS NOT NULL AND {cases_within(scope)}
        ORDER BY CASE WHEN c.state IN {listed(OPEN)} THEN 0 ELSE 1 END, c.submitted_at DESC, c.number DESC
        LIMIT $limit
        """
    return sql.fetch(con, LastAnswer, statement, {"scope_key": scope.key, "limit": limit})


_NAMED = """
    o.role = 'officer' AND o.active AND (position($words in lower(o.name)) > 0 OR position($words in lower(o.login)) > 0
    OR o.town_code IN (SELECT r.code FROM reference_item r WHERE r.list = 'town' AND
        (position($words in lower(r.name_zh)) > 0 OR position($words in lower(r.name_en)) > 0)))
    """


def officers(
    con: Connection, scope: Scope, *, words: str, silent_since: date, page: int, size: int
) -> tuple[list[OfficerCare], int]:
    """A page of the officers whose name, login or town has `words` in it, and how many there are in all.

    First those with enterprises whom nobody has heard from for longest; those without any enterprise come last.
    """
    params = {"words": words.strip().lower(), "until": silent_since, "scope_key": scope.key}
    total = sql.scalar(con, f"SELECT count(*) FROM account o WHERE {_NAMED}", params)
    last = max(1, -(-total // size))
    window = {"limit": size, "offset": (min(max(page, 1), last) - 1) * size}
    statement = f"""
        SELECT o.id, o.name, o.town_code, count(h.id) AS enterprises,
               count(h.id) FILTER (WHERE h.heard_on IS NULL OR h.heard_on <= $until) AS silent,
               CAST(coalesce(sum(h.open_cases), 0) AS INTEGER) AS open_cases, max(h.heard_on) AS heard_on
        FROM account o LEFT JOIN ({heard(scope)}) AS h ON h.officer_id = o.id
        WHERE {_NAMED}
        GROUP BY o.id, o.name, o.town_code
        ORDER BY CASE WHEN count(h.id) = 0 THEN 1 ELSE 0 END, max(h.heard_on) NULLS FIRST, count(h.id) DESC, o.name
        LIMIT $limit OFFSET $offset
        """
    found = sql.fetch(con, OfficerCare, statement, params | window)
    return found, total
