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


def in_sector(column: str) -> str:
    """The condition for a section or a division; a division's code begins with its section's letter."""
    return f"($sector = '' OR {column} = $sector OR substr({column}, 1, 1) = $sector)"


HELD = f"""
    SELECT f.* FROM forum f
    WHERE f.state = 'held' AND f.held_on <= $as_of AND f.held_on BETWEEN $since AND $until
      AND {in_sector("f.sector_code")}
      AND ($town = ''
        OR f.id IN (SELECT a.forum_id FROM attendance a JOIN enterprise e ON e.id = a.enterprise_id
                    WHERE e.town_code = $town)
        OR f.id IN (SELECT c.forum_id FROM cases c WHERE c.town_code = $town))
"""
# Policies `p`: with a sector or a town, those that grew from its cases.
ISSUED = f"""
    p.issued_on <= $as_of AND p.issued_on BETWEEN $since AND $until
    AND (($sector = '' AND $town = '') OR p.id IN (
        SELECT l.policy_id FROM policy_case l JOIN cases c ON c.id = l.case_id
        WHERE {in_sector("c.sector_code")} AND ($town = '' OR c.town_code = $town)))
"""
# Benefits `b` of policies `p`: with a sector or a town, to enterprises that the register places there.
BENEFITS = f"""
    p.issued_on <= $as_of AND b.benefited_on <= $as_of AND b.benefited_on BETWEEN $since AND $until
    AND (($sector = '' AND $town = '') OR b.uscc IN (
        SELECT r.uscc FROM enterprise r
        WHERE {in_sector("r.sector_code")} AND ($town = '' OR r.town_code = $town)))
"""
# Accounts `o` in the role of service officer at the end of the day; with a sector or a town, who look after one there.
ON_DUTY = f"""
    o.role = 'officer' AND o.created_at < $end AND (o.active OR o.disabled_at >= $end)
    AND (($sector = '' AND $town = '') OR o.id IN (
        SELECT r.officer_id FROM enterprise r
        WHERE {in_sector("r.sector_code")} AND ($town = '' OR r.town_code = $town)))
"""


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
        """,
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
        """,
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
        """,
        bound(filters, as_of),
    )
    return found or {}


def officer_count(con: Connection, filters: Filters, as_of: date) -> int:
    """Service officers in that role at the end of `as_of`."""
    return sql.scalar(con, f"SELECT count(*) FROM account o WHERE {ON_DUTY}", bound(filters, as_of))


def titles(con: Connection, scope: Scope, case_ids: list[str]) -> dict[str, str]:
    """The titles of these cases, where the scope lets them be seen."""
    statement = f"SELECT c.id, c.title FROM cases c WHERE c.id = ANY($ids) AND {cases_within(scope)}"
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
