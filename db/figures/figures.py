"""What the leader's figures are computed from: cases as they stood at a date, forums, policies, officers, moods.

States come from the events, so that any earlier date gives what was true on that date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import clock, sql
from db.events import GENESIS, Head
from db.sql import Connection, Row
from i18n.names import Named

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


def held(filters: Filters) -> str:
    """Forums that were held by the day, within the filters."""
    of_town = """
      AND (f.id IN (SELECT a.forum_id FROM attendance a JOIN enterprise e ON e.id = a.enterprise_id
                    WHERE e.town_code = $town)
        OR f.id IN (SELECT c.forum_id FROM cases c WHERE c.town_code = $town))
        """
    return f"""
    SELECT f.* FROM forum f
    WHERE f.state = 'held' AND f.held_on <= $as_of AND f.held_on BETWEEN $since AND $until
      {"AND " + in_sector("f.sector_code") if filters.sector else ""}{of_town if filters.town else ""}
    """


def issued(filters: Filters) -> str:
    """The condition on policies `p`: with a sector or a town, those that grew from its cases."""
    grown = f"""
    AND p.id IN (
        SELECT l.policy_id FROM policy_case l JOIN cases c ON c.id = l.case_id
        WHERE {in_sector("c.sector_code")} AND ($town = '' OR c.town_code = $town))
        """
    return f"p.issued_on <= $as_of AND p.issued_on BETWEEN $since AND $until {grown if _placed(filters) else ''}"


def benefits(filters: Filters) -> str:
    """Benefits `b` of policies `p`: with a sector or a town, to enterprises that the register places there."""
    there = f"AND b.uscc IN (SELECT r.uscc FROM enterprise r WHERE {_THERE})" if _placed(filters) else ""
    return f"""
    p.issued_on <= $as_of AND b.benefited_on <= $as_of AND b.benefited_on BETWEEN $since AND $until {there}
    """


def on_duty(filters: Filters, end: str = "$end") -> str:
    """Accounts `o` in the role of service officer at that instant; with a sector or a town, who look after one
    there."""
    there = f"AND o.id IN (SELECT r.officer_id FROM enterprise r WHERE {_THERE})" if _placed(filters) else ""
    return f"o.role = 'officer' AND o.created_at < {end} AND (o.active OR o.disabled_at >= {end}) {there}"


_THERE = f"{in_sector('r.sector_code')} AND ($town = '' OR r.town_code = $town)"


def _placed(filters: Filters) -> bool:
    return bool(filters.sector or filters.town)


@dataclass(frozen=True)
class HeldForum(Named):
    """With how many persons were present; the theme in both languages."""

    id: str
    number: int
    theme_zh: str
    theme_en: str
    held_on: date
    host_office: str
    host_person: str
    present: int


def forum_facts(con: Connection, filters: Filters, as_of: date) -> list[HeldForum]:
    """The forums held by `as_of`, oldest first."""
    statement = f"""
        SELECT f.id, f.number, f.theme_zh, f.theme_en, f.held_on, f.host_office, f.host_person,
               coalesce(a.present, 0) AS present
        FROM ({held(filters)}) AS f
        LEFT JOIN (SELECT forum_id, count(*) AS present FROM attendance GROUP BY forum_id) AS a ON a.forum_id = f.id
        ORDER BY f.held_on, f.number
        """
    return sql.fetch(con, HeldForum, statement, bound(filters, as_of))


def attendance_counts(con: Connection, filters: Filters, days: Sequence[date]) -> dict[date, Row]:
    """For each day, persons and person-times at the forums held by it. With a town, only its own entrepreneurs."""
    of_town = "AND a.enterprise_id IN (SELECT e.id FROM enterprise e WHERE e.town_code = $town)" if filters.town else ""
    found = sql.rows(
        con,
        f"""
        WITH held AS ({held(filters)}),
        present AS (
            SELECT a.person_id, a.kind, a.body_code, h.held_on, a.kind = 'entrepreneur' {of_town} AS counted
            FROM attendance a JOIN held h ON h.id = a.forum_id
        )
        SELECT d.day, count(DISTINCT person_id) FILTER (WHERE counted) AS entrepreneurs,
               count(*) FILTER (WHERE counted) AS entrepreneur_attendances,
               count(*) FILTER (WHERE kind = 'district_leader') AS district_leader_attendances,
               count(*) FILTER (WHERE kind = 'department_head') AS department_head_attendances,
               count(DISTINCT body_code) AS bodies
        FROM (SELECT unnest($days) AS day) AS d LEFT JOIN present ON held_on <= d.day GROUP BY d.day
        """,
        bound(filters, max(days)) | {"days": list(days)},
    )
    return {row.pop("day"): row for row in found}


def register_counts(con: Connection, filters: Filters, days: Sequence[date]) -> dict[date, Row]:
    """For each day, the policies issued by it, the distinct enterprises that had benefited by then, and the service
    officers in that role at its end."""
    found = sql.rows(
        con,
        f"""
        WITH asked AS (SELECT unnest($days) AS day, unnest($ends) AS ends),
        benefited AS (SELECT min(greatest(p.issued_on, b.benefited_on)) AS since
                      FROM policy_beneficiary b JOIN policy p ON p.id = b.policy_id
                      WHERE {benefits(filters)} GROUP BY b.uscc)
        SELECT d.day, 'policies' AS what, count(*) AS n
        FROM policy p JOIN asked d ON p.issued_on <= d.day WHERE {issued(filters)} GROUP BY d.day
        UNION ALL
        SELECT d.day, 'policy_beneficiaries', count(*)
        FROM benefited JOIN asked d ON since <= d.day GROUP BY d.day
        UNION ALL
        SELECT d.day, 'officers', count(*)
        FROM account o JOIN asked d ON o.created_at < d.ends WHERE {on_duty(filters, "d.ends")} GROUP BY d.day
        """,
        bound(filters, max(days)) | {"days": list(days), "ends": [clock.end_of_day(day) for day in days]},
    )
    counted: dict[date, Row] = {day: {"policies": 0, "policy_beneficiaries": 0, "officers": 0} for day in days}
    for row in found:
        counted[row["day"]][row["what"]] = row["n"]
    return counted


def sectors_in_use(con: Connection) -> list[str]:
    """The sector codes that the register's enterprises and the cases have."""
    statement = "SELECT sector_code FROM enterprise UNION SELECT sector_code FROM cases ORDER BY 1"
    return [row["sector_code"] for row in sql.rows(con, statement)]


def moved_at(con: Connection) -> datetime | None:
    """When the newest event happened."""
    return sql.scalar(con, "SELECT max(happened_at) FROM event WHERE n = (SELECT max(n) FROM event)")


# An answer counts from the day on which its survey takes no more of them: the day moves the figures, not the answer.
_COUNTS_LATER = "area = 'survey' AND kind = 'submit'"


def moved_in(con: Connection, area: str) -> str:
    """The hash of the newest event of an area that moved a figure: what is computed from that area alone changes only
    with it."""
    newest = f"SELECT max(n) FROM event WHERE area = $area AND NOT ({_COUNTS_LATER})"
    return sql.scalar(con, f"SELECT hash FROM event WHERE n = ({newest})", {"area": area}) or ""


def ground(con: Connection) -> Head:
    """The newest event that moved a figure: a hall that sends its answers moves the chain a hundred times, and none;
    nor does whoever cites one."""
    newest = f"SELECT max(n) FROM event WHERE NOT ({_COUNTS_LATER}) AND area <> 'citation'"
    found = sql.first(con, Head, f"SELECT n, hash FROM event WHERE n = ({newest})")
    return found or Head(0, GENESIS)


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
