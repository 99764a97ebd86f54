"""What a service officer sees of the enterprises in their care: cases and visits, never a survey answer."""

from dataclasses import dataclass
from datetime import date

from db import lookup, sql
from db.clock import day_in_sql
from db.people.choices import EnterpriseChoice
from db.people.enterprises import NAMED
from db.scope import Scope, cases_within, enterprises_within
from db.sql import Connection
from db.states import OPEN, listed, waiting_for
from i18n.names import Named


@dataclass(frozen=True)
class InCare(EnterpriseChoice):
    """One enterprise. `heard_on` is the last day of `raised_on` (a case), `met_on` (a forum), `visited_on`."""

    sector_code: str
    town_code: str
    heard_on: date | None
    raised_on: date | None
    met_on: date | None
    visited_on: date | None
    open_cases: int
    judging: int


@dataclass(frozen=True)
class CarePromise(Named):
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


def heard(scope: Scope) -> str:
    """In SQL: a row an active enterprise of the scope, when it was last heard of, and how many cases are open."""
    return f"""
        SELECT e.*, greatest(c.raised_on, a.met_on, v.visited_on, o.visited_on) AS heard_on, c.raised_on, a.met_on,
               greatest(v.visited_on, o.visited_on) AS visited_on,
               coalesce(c.open_cases, 0) AS open_cases, coalesce(c.judging, 0) AS judging
        FROM enterprise e
        LEFT JOIN (SELECT enterprise_id, {day_in_sql("max(submitted_at)")} AS raised_on,
                          count(*) FILTER (WHERE state IN {listed(OPEN)}) AS open_cases,
                          count(*) FILTER (WHERE state IN {listed(waiting_for("verdict"))}) AS judging
                   FROM cases GROUP BY enterprise_id) AS c ON c.enterprise_id = e.id
        LEFT JOIN (SELECT t.enterprise_id, max(f.held_on) AS met_on FROM attendance t JOIN forum f ON f.id = t.forum_id
                   WHERE f.state = 'held' AND t.enterprise_id IS NOT NULL GROUP BY t.enterprise_id) AS a
               ON a.enterprise_id = e.id
        LEFT JOIN (SELECT k.enterprise_id, {day_in_sql("max(w.done_at)")} AS visited_on
                   FROM follow_up w JOIN cases k ON k.id = w.case_id
                   WHERE w.kind = 'return_visit' AND w.outcome <> 'not_reached' GROUP BY k.enterprise_id) AS v
               ON v.enterprise_id = e.id
        LEFT JOIN (SELECT enterprise_id, max(day) AS visited_on FROM visit
                   WHERE officer_id IS NOT NULL GROUP BY enterprise_id) AS o
               ON o.enterprise_id = e.id  -- what the enterprise said of it changes nothing here: officers read this
        WHERE e.active AND {enterprises_within(scope)}
        """


def enterprises(con: Connection, scope: Scope) -> list[InCare]:
    """All active enterprises of the scope, those not heard for longest first."""
    statement = f"""
        SELECT id, name_zh, name_en, sector_code, town_code, heard_on, raised_on, met_on, visited_on,
               open_cases, judging
        FROM ({heard(scope)}) AS h ORDER BY heard_on NULLS FIRST, name_zh
        """
    return sql.fetch(con, InCare, statement, {"scope_key": scope.key})


def promises(con: Connection, scope: Scope, *, limit: int) -> list[CarePromise]:
    """Cases with something due on a day, the nearest first: what is settled or over has none."""
    statement = f"""
        SELECT c.id AS case_id, c.number, c.title, c.state, c.lead_body, c.due_on, c.due_rule,
               e.id AS enterprise_id, e.name_zh, e.name_en
        FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
        WHERE c.due_on IS NOT NULL AND {cases_within(scope)}
        ORDER BY c.due_on, c.number LIMIT $limit
        """
    return sql.fetch(con, CarePromise, statement, {"scope_key": scope.key, "limit": limit})


def how_many(con: Connection, scope: Scope) -> int:
    statement = f"SELECT count(*) FROM enterprise e WHERE e.active AND {enterprises_within(scope)}"
    return sql.scalar(con, statement, {"scope_key": scope.key})


def named(con: Connection, scope: Scope, words: str, also: str | None, *, limit: int) -> list[EnterpriseChoice]:
    """Active enterprises whose names or credit code have all the `words`, and the one with the id `also`, by name."""
    found, params = lookup.sought(con, words, NAMED)
    return sql.fetch(
        con,
        EnterpriseChoice,
        f"""
        SELECT e.id, e.name_zh, e.name_en FROM enterprise e
        WHERE e.active AND {enterprises_within(scope)} AND (e.id = $also
              OR {found})
        ORDER BY CASE WHEN e.id = $also THEN 0 ELSE 1 END, e.name_zh LIMIT $limit
        """,
        {**params, "scope_key": scope.key, "also": also or "", "limit": limit},
    )
