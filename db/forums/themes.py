"""What the choice of a forum's theme is made from, and the choices that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from db import sql
from db.cases import past
from db.figures.case_figures import Asked, stood
from db.scope import Scope, enterprises_within
from db.sql import Connection
from db.states import listed, waiting_for


@dataclass(frozen=True)
class Choice:
    """A theme that was chosen. `weights`, `scores` and `proposal` are JSON, as they stood at that moment."""

    id: str
    chosen_at: datetime
    account_id: str
    kind: str
    code: str
    weights: str
    scores: str
    proposal: str
    note: str


def recent(con: Connection, asked: Asked, since: date) -> pd.DataFrame:
    """One row a case that is open or was raised from `since` on: how it stands, its words, how many bodies it has."""
    return sql.frame(
        con,
        f"""
        {stood(asked)}
        SELECT s.id, c.number, c.title, c.text, c.answer_text, s.category, s.sector_code, s.town_code, s.enterprise_id,
               s.lead_body, s.state, s.submitted_at, {past.opposed("s.")} AS reopened, s.rating,
               s.settled AS is_settled, s.due_on, s.deadline, s.settled_on AS settled,
               (SELECT CAST(count(DISTINCT b.body_code) AS INTEGER) FROM case_body b WHERE b.case_id = s.id) AS bodies
        FROM stood s JOIN cases c ON c.id = s.id
        WHERE s.unsettled OR s.state IN {listed(waiting_for("acceptance"))} OR s.submitted_on >= $since
        """,
        asked.params | {"since": since},
    )


def town_coverage(con: Connection, scope: Scope, *, since: date, as_of: date) -> pd.DataFrame:
    """One row a town: its active enterprises, and those of them who came to a forum held from `since` to `as_of`."""
    return sql.frame(
        con,
        f"""
        SELECT e.town_code, CAST(count(DISTINCT e.id) AS INTEGER) AS enterprises,
               CAST(count(DISTINCT CASE WHEN f.id IS NOT NULL THEN e.id END) AS INTEGER) AS came
        FROM enterprise e
        LEFT JOIN attendance a ON a.enterprise_id = e.id
        LEFT JOIN forum f ON f.id = a.forum_id AND f.state = 'held' AND f.held_on BETWEEN $since AND $as_of
        WHERE e.active AND {enterprises_within(scope)}
        GROUP BY e.town_code
        """,
        {"since": since, "as_of": as_of, "scope_key": scope.key},
    )


def forums_of(con: Connection, scope: Scope, enterprise_ids: Sequence[str], as_of: date) -> pd.DataFrame:
    """One row an enterprise: its names, town, and how many forums held by `as_of` it came to."""
    return sql.frame(
        con,
        f"""
        SELECT e.id, e.name_zh, e.name_en, e.town_code,
               CAST(count(DISTINCT f.id) AS INTEGER) AS forums
        FROM enterprise e
        LEFT JOIN attendance a ON a.enterprise_id = e.id
        LEFT JOIN forum f ON f.id = a.forum_id AND f.state = 'held' AND f.held_on <= $as_of
        WHERE e.active AND e.id = ANY($ids) AND {enterprises_within(scope)}
        GROUP BY e.id, e.name_zh, e.name_en, e.town_code
        """,
        {"ids": list(enterprise_ids), "as_of": as_of, "scope_key": scope.key},
    )


def choice(con: Connection, choice_id: str) -> Choice | None:
    found = sql.fetch(con, Choice, "SELECT * FROM theme_choice WHERE id = $id", {"id": choice_id})
    return found[0] if found else None


def add_choice(con: Connection, made: Choice) -> None:
    sql.insert(con, "theme_choice", made)


def choices(con: Connection, *, limit: int) -> list[Choice]:
    """The latest first."""
    statement = "SELECT * FROM theme_choice ORDER BY chosen_at DESC, id LIMIT $limit"
    return sql.fetch(con, Choice, statement, {"limit": limit})
