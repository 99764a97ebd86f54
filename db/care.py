"""What a service officer sees of the enterprises in their care: cases and visits, never a survey answer."""

from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.scope import Scope, enterprises_within
from db.sql import Connection


@dataclass(frozen=True)
class Named:
    """An enterprise in a list to choose from."""

    id: str
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_zh


@dataclass(frozen=True)
class InCare(Named):
    """One enterprise. `heard_at` is when it last opened a case, `met_on` when it last sat at a forum."""

    sector_code: str
    town_code: str
    contact_name: str | None
    heard_at: datetime | None
    met_on: date | None
    open_cases: int
    judging: int


@dataclass(frozen=True)
class Promise:
    """A case in care that somebody has to move by a day, or that the enterprise has to judge."""

    case_id: str
    number: str
    title: str
    state: str
    lead_body: str | None
    due_on: date | None
    due_rule: str | None
    enterprise_id: str
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_zh


def enterprises(con: Connection, scope: Scope) -> list[InCare]:
    """All active enterprises of the scope, those not heard for longest first."""
    return sql.fetch(
        con,
        InCare,
        f"""
        SELECT e.id, e.name_zh, e.name_en, e.sector_code, e.town_code, e.contact_name,
               c.heard_at, a.met_on, coalesce(c.open_cases, 0) AS open_cases, coalesce(c.judging, 0) AS judging
        FROM enterprise e
        LEFT JOIN (SELECT enterprise_id, max(submitted_at) AS heard_at,
                          count(*) FILTER (WHERE state NOT IN ('closed', 'merged')) AS open_cases,
                          count(*) FILTER (WHERE state = 'awaiting') AS judging
                   FROM cases GROUP BY enterprise_id) AS c ON c.enterprise_id = e.id
        LEFT JOIN (SELECT v.enterprise_id, max(f.held_on) AS met_on
                   FROM attendance v JOIN forum f ON f.id = v.forum_id
                   WHERE f.state = 'held' AND v.enterprise_id IS NOT NULL GROUP BY v.enterprise_id) AS a
               ON a.enterprise_id = e.id
        WHERE e.active AND {enterprises_within(scope)}
        ORDER BY greatest(CAST(c.heard_at AS DATE), a.met_on) NULLS FIRST, e.name_zh
        """,
        {"scope_key": scope.key},
    )


def promises(con: Connection, scope: Scope, *, limit: int) -> list[Promise]:
    """Open cases with a day on them, the nearest first."""
    return sql.fetch(
        con,
        Promise,
        f"""
        SELECT c.id AS case_id, c.number, c.title, c.state, c.lead_body, c.due_on, c.due_rule,
               e.id AS enterprise_id, e.name_zh, e.name_en
        FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
        WHERE c.due_on IS NOT NULL AND c.state NOT IN ('awaiting', 'closed', 'merged')
              AND {enterprises_within(scope)}
        ORDER BY c.due_on, c.number LIMIT $limit
        """,
        {"scope_key": scope.key, "limit": limit},
    )


def how_many(con: Connection, scope: Scope) -> int:
    statement = f"SELECT count(*) FROM enterprise e WHERE e.active AND {enterprises_within(scope)}"
    return sql.scalar(con, statement, {"scope_key": scope.key})


def named(con: Connection, scope: Scope, words: str, also: str | None, *, limit: int) -> list[Named]:
    """Active enterprises whose name or credit code has `words` in it, and the one with the id `also`, by name."""
    return sql.fetch(
        con,
        Named,
        f"""
        SELECT e.id, e.name_zh, e.name_en FROM enterprise e
        WHERE e.active AND {enterprises_within(scope)} AND (e.id = $also
              OR position($words in lower(e.name_zh)) > 0 OR position($words in lower(e.name_en)) > 0
              OR position($words in lower(e.uscc)) > 0)
        ORDER BY CASE WHEN e.id = $also THEN 0 ELSE 1 END, e.name_zh LIMIT $limit
        """,
        {"scope_key": scope.key, "words": words.strip().lower(), "also": also or "", "limit": limit},
    )
