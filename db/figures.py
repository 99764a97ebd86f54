"""What the leader's figures are computed from: cases as they stood at a date, forums, policies, officers, moods.

States come from the events, so that any earlier date gives what was true on that date.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from db import clock, sql
from db.scope import Scope, cases_within
from db.sql import Connection, Row

FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Filters:
    """`since` and `until` are Shanghai days, both included: of submission for a case, of holding for a forum,
    of issue for a policy. `sector` is a section (C) or a division (C17); '' is every sector, every town."""

    since: date | None = None
    until: date | None = None
    sector: str = ""
    town: str = ""


EVERYTHING = Filters()


def _sector(column: str) -> str:
    """The condition for a section or a division; a division's code begins with its section's letter."""
    return f"($sector = '' OR {column} = $sector OR substr({column}, 1, 1) = $sector)"


HELD = f"""
    SELECT f.* FROM forum f
    WHERE f.state = 'held' AND f.held_on <= $as_of AND f.held_on BETWEEN $since AND $until
      AND {_sector("f.sector_code")}
      AND ($town = ''
        OR f.id IN (SELECT a.forum_id FROM attendance a JOIN enterprise e ON e.id = a.enterprise_id
                    WHERE e.town_code = $town)
        OR f.id IN (SELECT c.forum_id FROM cases c WHERE c.town_code = $town))
"""  # noqa: S608
# Policies `p`: with a sector or a town, those that grew from its cases.
ISSUED = f"""
    p.issued_on <= $as_of AND p.issued_on BETWEEN $since AND $until
    AND (($sector = '' AND $town = '') OR p.id IN (
        SELECT l.policy_id FROM policy_case l JOIN cases c ON c.id = l.case_id
        WHERE {_sector("c.sector_code")} AND ($town = '' OR c.town_code = $town)))
"""  # noqa: S608
# Benefits `b` of policies `p`: with a sector or a town, to enterprises that the register places there.
BENEFITS = f"""
    p.issued_on <= $as_of AND b.benefited_on <= $as_of AND b.benefited_on BETWEEN $since AND $until
    AND (($sector = '' AND $town = '') OR b.uscc IN (
        SELECT r.uscc FROM enterprise r
        WHERE {_sector("r.sector_code")} AND ($town = '' OR r.town_code = $town)))
"""  # noqa: S608
# Accounts `o` in the role of service officer at the end of the day; with a sector or a town, who look after one there.
ON_DUTY = f"""
    o.role = 'officer' AND o.created_at < $end AND (o.active OR o.disabled_at >= $end)
    AND (($sector = '' AND $town = '') OR o.id IN (
        SELECT r.officer_id FROM enterprise r
        WHERE {_sector("r.sector_code")} AND ($town = '' OR r.town_code = $town)))
"""  # noqa: S608


def case_facts(con: Connection, scope: Scope, filters: Filters, as_of: date) -> pd.DataFrame:
    """One row a case that was submitted by the end of `as_of`, as it stood then. Instants in UTC.

    `state` after its last event by then; `settled_at` the answer that stands, null where none does; `reopened` how
    often the enterprise sent it back; `deadline` the day that an answer was due by (the first promise where one was
    made, else the dispatch's); `due_on` what is due next, a promise as extended; `rating` the last one given by then.
    `responded_at` the first answer of any kind, `answer_due` the day that the first dispatch gave for it (as the
    calendar amended it until then): sending a case on does not put it off. `answered_as` the kind of the answer that
    stands: solved, explained, committed or fulfilled; null where none does.
    """
    return sql.frame(
        con,
        f"""
        WITH told AS (
            SELECT *, CASE WHEN kind = 'grant_extension' OR (kind = 'answer' AND state = 'committed') THEN 'promise'
                           WHEN kind IN ('resubmit', 'start_clock') THEN 'submit'
                           WHEN kind <> 'recompute_deadline' THEN kind
                           WHEN (CAST(detail AS JSON) ->> 'due_rule') = 'accept_2wd' THEN 'submit'
                           WHEN (CAST(detail AS JSON) ->> 'due_rule') = 'answer_7wd' THEN 'dispatch'
                           ELSE 'accept' END AS made_by,
                      kind IN ('answer', 'fulfil') AS answers,
                      sum(CASE WHEN kind = 'dispatch' THEN 1 ELSE 0 END) OVER so_far AS dispatches,
                      sum(CASE WHEN kind = 'answer' THEN 1 ELSE 0 END) OVER so_far AS responses,
                      sum(CASE WHEN kind = 'answer' AND state = 'committed' THEN 1 ELSE 0 END) OVER so_far AS promises
            FROM event
            WHERE area = 'case' AND state IS NOT NULL AND happened_at < $end
            WINDOW so_far AS (PARTITION BY subject ORDER BY happened_at, n)
        ),
        past AS (
            SELECT subject, seq, kind, made_by, state, happened_at, detail, answers,
                   kind = 'answer' AND state = 'committed' AND promises = 1 AS first_promise,
                   made_by = 'dispatch' AND dispatches = 1 AND responses = 0 AS first_clock,
                   row_number() OVER (PARTITION BY subject ORDER BY happened_at DESC, n DESC) AS back,
                   row_number() OVER (PARTITION BY subject, made_by ORDER BY happened_at DESC, n DESC) AS back_of_kind,
                   row_number() OVER (PARTITION BY subject, answers
                                      ORDER BY happened_at DESC, n DESC) AS back_of_answer,
                   row_number() OVER (PARTITION BY subject, made_by, dispatches, responses
                                      ORDER BY happened_at DESC, n DESC) AS back_of_clock
            FROM told
        ),
        known AS (
            SELECT subject,
                max(state) FILTER (WHERE back = 1) AS state,
                max(seq) FILTER (WHERE back = 1) AS seq,
                min(happened_at) FILTER (WHERE kind = 'accept') AS accepted_at,
                min(happened_at) FILTER (WHERE kind = 'dispatch') AS dispatched_at,
                max(happened_at) FILTER (WHERE kind IN ('answer', 'fulfil') AND state = 'awaiting') AS answered_at,
                count(*) FILTER (WHERE kind IN ('close', 'reject', 'reopen') AND state = 'reopened') AS reopened,
                max(CAST(detail AS JSON) ->> 'rating') FILTER (WHERE kind = 'close' AND back_of_kind = 1) AS rating,
                max(CAST(detail AS JSON) ->> 'due_on') FILTER (WHERE made_by = 'submit' AND back_of_kind = 1)
                    AS submit_due,
                max(CAST(detail AS JSON) ->> 'due_on') FILTER (WHERE made_by = 'accept' AND back_of_kind = 1)
                    AS accept_due,
                max(CAST(detail AS JSON) ->> 'due_on') FILTER (WHERE made_by = 'dispatch' AND back_of_kind = 1)
                    AS dispatch_due,
                max(coalesce(CAST(detail AS JSON) ->> 'extended_on', CAST(detail AS JSON) ->> 'promised_on'))
                    FILTER (WHERE made_by = 'promise' AND back_of_kind = 1) AS promise_due,
                max(CAST(detail AS JSON) ->> 'promised_on') FILTER (WHERE first_promise) AS promised_on,
                min(happened_at) FILTER (WHERE kind = 'answer') AS responded_at,
                max(CAST(detail AS JSON) ->> 'due_on') FILTER (WHERE first_clock AND back_of_clock = 1) AS answer_due,
                max(CASE WHEN kind = 'fulfil' THEN 'fulfilled' ELSE CAST(detail AS JSON) ->> 'answer_kind' END)
                    FILTER (WHERE answers AND back_of_answer = 1) AS answered_as
            FROM past GROUP BY subject
        )
        SELECT c.id, c.number, c.kind, c.category, c.sector_code, c.town_code, c.channel, c.forum_id, c.on_spot,
               c.enterprise_id, c.lead_body, c.leader_id, c.submitted_at, k.state, k.accepted_at, k.dispatched_at,
               CASE WHEN k.state IN ('awaiting', 'closed') THEN k.answered_at END AS settled_at,
               CAST(k.reopened AS INTEGER) AS reopened, k.rating, k.responded_at,
               CAST(k.answer_due AS DATE) AS answer_due,
               CASE WHEN k.state IN ('awaiting', 'closed', 'committed') THEN k.answered_as END AS answered_as,
               CAST(coalesce(k.promised_on, k.dispatch_due) AS DATE) AS deadline,
               CAST(k.promised_on AS DATE) AS promised_on,
               CASE WHEN c.seq = k.seq THEN c.due_on
                    WHEN k.state = 'submitted' THEN CAST(k.submit_due AS DATE)
                    WHEN k.state = 'accepted' THEN CAST(k.accept_due AS DATE)
                    WHEN k.state IN ('dispatched', 'in_progress') THEN CAST(k.dispatch_due AS DATE)
                    WHEN k.state = 'committed' THEN CAST(k.promise_due AS DATE) END AS due_on
        FROM cases c JOIN known k ON k.subject = c.id
        WHERE {cases_within(scope)} AND c.submitted_at >= $start AND c.submitted_at < $stop
          AND {_sector("c.sector_code")} AND ($town = '' OR c.town_code = $town)
        ORDER BY c.submitted_at, c.number
        """,  # noqa: S608
        bound(filters, as_of) | {"scope_key": scope.key},
    )


def forum_facts(con: Connection, filters: Filters, as_of: date) -> pd.DataFrame:
    """One row a forum held by `as_of`, oldest first, with its attendance counted by kind."""
    return sql.frame(
        con,
        f"""
        WITH held AS ({HELD})
        SELECT h.id, h.number, h.theme_zh, h.theme_en, h.held_on, h.sector_code, h.format, h.host_body,
               h.host_office, h.host_person,
               CAST(count(a.id) FILTER (WHERE a.kind = 'entrepreneur') AS INTEGER) AS entrepreneurs,
               CAST(count(a.id) FILTER (WHERE a.kind = 'district_leader') AS INTEGER) AS district_leaders,
               CAST(count(a.id) FILTER (WHERE a.kind = 'department_head') AS INTEGER) AS department_heads,
               CAST(count(a.id) AS INTEGER) AS present
        FROM held h LEFT JOIN attendance a ON a.forum_id = h.id
        GROUP BY h.id, h.number, h.theme_zh, h.theme_en, h.held_on, h.sector_code, h.format, h.host_body,
                 h.host_office, h.host_person
        ORDER BY h.held_on, h.number
        """,  # noqa: S608
        bound(filters, as_of),
    )


def attendance_counts(con: Connection, filters: Filters, as_of: date) -> Row:
    """Persons and person-times at the forums held by `as_of`. With a town, only its own entrepreneurs."""
    found = sql.one(
        con,
        f"""
        WITH held AS ({HELD}),
        present AS (
            SELECT a.*, a.kind = 'entrepreneur' AND ($town = '' OR e.town_code = $town) AS counted
            FROM attendance a JOIN held h ON h.id = a.forum_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
        )
        SELECT count(DISTINCT person_id) FILTER (WHERE counted) AS entrepreneurs,
               count(*) FILTER (WHERE counted) AS entrepreneur_attendances,
               count(*) FILTER (WHERE kind = 'district_leader') AS district_leader_attendances,
               count(*) FILTER (WHERE kind = 'department_head') AS department_head_attendances,
               count(DISTINCT body_code) AS bodies
        FROM present
        """,  # noqa: S608
        bound(filters, as_of),
    )
    return found or {}


def policy_counts(con: Connection, filters: Filters, as_of: date) -> Row:
    """Policies issued by `as_of` and the distinct enterprises that had benefited by then."""
    found = sql.one(
        con,
        f"""
        SELECT (SELECT count(*) FROM policy p WHERE {ISSUED}) AS policies,
               (SELECT count(DISTINCT b.uscc) FROM policy_beneficiary b JOIN policy p ON p.id = b.policy_id
                WHERE {BENEFITS}) AS policy_beneficiaries
        """,  # noqa: S608
        bound(filters, as_of),
    )
    return found or {}


def officer_count(con: Connection, filters: Filters, as_of: date) -> int:
    """Service officers in that role at the end of `as_of`."""
    return sql.scalar(con, f"SELECT count(*) FROM account o WHERE {ON_DUTY}", bound(filters, as_of))  # noqa: S608


def titles(con: Connection, scope: Scope, case_ids: list[str]) -> dict[str, str]:
    """The titles of these cases, where the scope lets them be seen."""
    statement = f"SELECT c.id, c.title FROM cases c WHERE c.id = ANY($ids) AND {cases_within(scope)}"  # noqa: S608
    found = sql.rows(con, statement, {"ids": case_ids, "scope_key": scope.key})
    return {row["id"]: row["title"] for row in found}


def sectors_in_use(con: Connection) -> list[str]:
    """The sector codes that the register's enterprises and the cases have."""
    statement = "SELECT sector_code FROM enterprise UNION SELECT sector_code FROM cases ORDER BY 1"
    return [row["sector_code"] for row in sql.rows(con, statement)]


def moved_at(con: Connection) -> datetime | None:
    """When the newest event happened."""
    return sql.scalar(con, "SELECT max(happened_at) FROM event WHERE n = (SELECT max(n) FROM event)")


def moved_in(con: Connection, area: str) -> str:
    """The hash of the newest event of an area: what is computed from that area alone changes only with it."""
    statement = "SELECT hash FROM event WHERE n = (SELECT max(n) FROM event WHERE area = $area)"
    return sql.scalar(con, statement, {"area": area}) or ""


def bound(filters: Filters, as_of: date) -> Row:
    """The statement's parameters: nothing after `as_of`, nothing outside the period."""
    since, until, as_of = (_within(day) for day in (filters.since or FIRST_DAY, filters.until or LAST_DAY, as_of))
    return {
        "as_of": as_of,
        "end": clock.end_of_day(as_of),
        "since": since,
        "until": until,
        "start": clock.start_of_day(since),
        "stop": clock.end_of_day(until),
        "sector": filters.sector,
        "town": filters.town,
    }


def _within(day: date) -> date:
    """A day that has a first and a last instant: the calendar's own ends have not."""
    return min(max(day, FIRST_DAY), LAST_DAY)
