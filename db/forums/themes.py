"""What the choice of a forum's theme is made from, counted in the store, and the choices that were made."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from db import sql
from db.cases import past
from db.figures.case_figures import Asked, stood
from db.scope import Scope, enterprises_within, shown_to
from db.sql import Connection, Row
from db.states import ASIDE, BAD_RATINGS, PROMISED, RUNNING, listed, waiting_for
from i18n.names import Named

SOON = timedelta(days=7)
COLUMNS: Mapping[str, str] = MappingProxyType({"sector": "sector_code", "category": "category"})
# A piece of evidence → the condition on `recent`.
EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "reopened_once": f"{past.opposed()} > 0",
        "late": "late OR settled_on > deadline",
        "many_bodies": "co <> ''",  # helpers beside the lead
        "rated_badly": f"rating IN {listed(BAD_RATINGS)}",
        "urgent_words": "regexp_matches(words, $urgent)",
        "due_soon": f"state IN {listed(RUNNING)} AND due_on <= $soon",
        "town_behind": "town_code = ANY($behind)",
    }
)
FIRST_OF_EACH = "turn = 1"  # a case of each enterprise


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


@dataclass(frozen=True)
class Marks:
    """What a recent case is judged by: raised from `since` on or still open; `urgent` are words that say that it cannot
    wait, in lower case; `behind` are towns, `waits` months since a forum of a sector."""

    since: date
    urgent: tuple[str, ...]
    behind: tuple[str, ...]
    waits: Mapping[str, float]


@dataclass(frozen=True)
class Theme:
    """The recent cases of a sector or a category."""

    kind: str
    code: str


@dataclass(frozen=True)
class Counted:
    """Recent cases of a theme, or of all (`kind` ''): how many, of how many enterprises, the mean wait of their
    sectors, and those that each piece of EVIDENCE holds for."""

    kind: str
    code: str
    n: int
    unsettled: int
    enterprises: int
    wait: float
    marked: Mapping[str, int]


@dataclass(frozen=True)
class Guest(Named):
    """An enterprise with recent cases of a theme: how many, and how many forums it came to before; `behind`: its town
    is one of those that forums reached least."""

    id: str
    name_zh: str
    name_en: str
    town_code: str
    cases: int
    forums: int
    behind: bool


@dataclass(frozen=True)
class Titled:
    id: str
    number: str
    title: str


@dataclass(frozen=True)
class Told(Titled):
    """An open case that can come to the table, with its words."""

    enterprise_id: str
    text: str


def counted(con: Connection, asked: Asked, marks: Marks) -> list[Counted]:
    """All recent cases first, then those of each sector and category."""
    columns = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in EVIDENCE.items())
    kinds = " ".join(f"WHEN grouping({column}) = 0 THEN '{kind}'" for kind, column in COLUMNS.items())
    codes = " ".join(f"WHEN grouping({column}) = 0 THEN {column}" for column in COLUMNS.values())
    sets = ", ".join(f"({column})" for column in COLUMNS.values())
    statement = f"""
        SELECT CASE {kinds} ELSE '' END AS kind, CASE {codes} ELSE '' END AS code, count(*) AS n,
               count(*) FILTER (WHERE unsettled) AS unsettled, count(DISTINCT enterprise_id) AS enterprises,
               coalesce(avg(w.months), 0) AS wait, {columns}
        FROM recent LEFT JOIN (SELECT unnest($sectors) AS code, unnest($months) AS months) AS w ON w.code = sector_code
        GROUP BY GROUPING SETS ((), {sets}) ORDER BY kind, code
        """
    found = sql.rows(con, _recent(asked, statement), _params(asked, marks))
    return [Counted(marked={name: row.pop(name) for name in EVIDENCE}, **row) for row in found]


def behind(
    con: Connection, asked: Asked, marks: Marks, theme: Theme, condition: str, *, page: int, size: int
) -> list[Titled]:
    """A page of a theme's recent cases, the latest first, for which a condition of EVIDENCE or FIRST_OF_EACH holds."""
    statement = f"""
        SELECT id, number, title FROM (
            SELECT *, row_number() OVER (PARTITION BY enterprise_id ORDER BY submitted_at DESC, number DESC) AS turn
            FROM recent WHERE {COLUMNS[theme.kind]} = $code) AS in_turn
        WHERE {condition} ORDER BY submitted_at DESC, number DESC LIMIT $size OFFSET $offset
        """
    return sql.fetch(
        con,
        Titled,
        _recent(asked, statement),
        _params(asked, marks) | {"code": theme.code, "size": size, "offset": (page - 1) * size},
    )


def in_hand(con: Connection, asked: Asked, marks: Marks, theme: Theme, *, most: int) -> list[tuple[str, int]]:
    """The lead bodies of the theme's recent cases with how many, most first."""
    statement = f"""
        SELECT lead_body AS body, count(*) AS n FROM recent
        WHERE {COLUMNS[theme.kind]} = $code AND lead_body IS NOT NULL
        GROUP BY lead_body ORDER BY n DESC, body LIMIT $most
        """
    given = _params(asked, marks) | {"code": theme.code, "most": most}
    return sql.run(con, _recent(asked, statement), given).fetchall()


def guests(con: Connection, asked: Asked, marks: Marks, theme: Theme, *, most: int) -> list[Guest]:
    """Whom to invite: who waits for an answer first; then a turn for each town, those behind and those never at a
    forum first."""
    statement = f"""
        , firms AS (SELECT enterprise_id, count(*) AS cases, count(*) FILTER (WHERE unsettled) > 0 AS waits FROM recent
                  WHERE {COLUMNS[theme.kind]} = $code GROUP BY enterprise_id),
        came AS (SELECT a.enterprise_id, count(DISTINCT f.id) AS forums FROM attendance a
                 JOIN forum f ON f.id = a.forum_id AND f.state = 'held' AND f.held_on <= $as_of GROUP BY 1),
        placed AS (SELECT e.id, e.name_zh, e.name_en, e.town_code, r.cases, coalesce(came.forums, 0) AS forums,
                          e.town_code = ANY($behind) AS behind,
                          row_number() OVER (ORDER BY CASE WHEN r.waits THEN 0 ELSE 1 END,
                              CASE WHEN came.forums IS NULL THEN 0 ELSE 1 END, r.cases DESC, e.id) AS place
                   FROM firms r JOIN enterprise e ON e.id = r.enterprise_id LEFT JOIN came ON came.enterprise_id = e.id
                   WHERE e.active AND {enterprises_within(asked.scope)})
        SELECT id, name_zh, name_en, town_code, cases, forums, behind
        FROM (SELECT *, row_number() OVER (PARTITION BY town_code ORDER BY place) AS turn FROM placed) AS in_turn
        ORDER BY turn, CASE WHEN behind THEN 0 ELSE 1 END, place LIMIT $most
        """
    return sql.fetch(con, Guest, _recent(asked, statement), _params(asked, marks) | {"code": theme.code, "most": most})


_ELSEWHERE = """
    id IN (SELECT i.case_id FROM agenda_item i JOIN forum f ON f.id = i.forum_id
           WHERE i.case_id IS NOT NULL AND f.state = 'planned' AND f.id NOT IN (SELECT forum_id FROM forum_finish))
    """


def for_the_table(con: Connection, asked: Asked, marks: Marks, theme: Theme, states: Sequence[str]) -> dict[str, int]:
    """Of the theme's open cases: how many are `answered` by a promise or put `aside`, how many of those in `states` are
    `elsewhere`, on the agenda of another forum, and how many `free`."""
    statement = f"""
        SELECT count(*) FILTER (WHERE state IN {listed(PROMISED)}) AS answered,
               count(*) FILTER (WHERE state IN {listed(ASIDE)}) AS aside,
               count(*) FILTER (WHERE state = ANY($states) AND {_ELSEWHERE}) AS elsewhere,
               count(*) FILTER (WHERE state = ANY($states) AND NOT ({_ELSEWHERE})) AS free
        FROM recent WHERE {COLUMNS[theme.kind]} = $code AND is_open
        """
    found = sql.one(
        con, _recent(asked, statement), _params(asked, marks) | {"code": theme.code, "states": list(states)}
    )
    return found or {}


def free(con: Connection, asked: Asked, marks: Marks, theme: Theme, states: Sequence[str], *, most: int) -> list[Told]:
    """The oldest of the free ones of `for_the_table`, with their words."""
    statement = f"""
        SELECT id, number, title, enterprise_id, text FROM recent
        WHERE {COLUMNS[theme.kind]} = $code AND is_open AND state = ANY($states) AND NOT ({_ELSEWHERE})
        ORDER BY submitted_at, number LIMIT $most
        """
    return sql.fetch(
        con,
        Told,
        _recent(asked, statement),
        _params(asked, marks) | {"code": theme.code, "states": list(states), "most": most},
    )


def _recent(asked: Asked, statement: str) -> str:
    return stood(
        asked,
        f"""
        , recent AS (SELECT * FROM (
            SELECT s.*, c.number, c.title, c.text, lower(c.title || ' ' || c.text) AS words,
                   s.unsettled OR s.state IN {listed(waiting_for("acceptance"))} AS is_open
            FROM stood s JOIN cases c ON c.id = s.id WHERE {shown_to(asked.scope, "s.id")}
        ) AS worded WHERE is_open OR submitted_on >= $recent)
        {statement}
        """,
    )


def _params(asked: Asked, marks: Marks) -> Row:
    return asked.params | {
        "recent": marks.since,
        "urgent": "|".join(re.escape(word) for word in marks.urgent),
        "soon": asked.as_of + SOON,
        "behind": list(marks.behind),
        "sectors": list(marks.waits),
        "months": [float(months) for months in marks.waits.values()],
    }


@dataclass(frozen=True)
class TownReached:
    """A town's active enterprises, and those of them who came to a forum."""

    town_code: str
    enterprises: int
    came: int


def town_coverage(con: Connection, scope: Scope, *, since: date, as_of: date) -> list[TownReached]:
    """Of forums held from `since` to `as_of`."""
    statement = f"""
        SELECT e.town_code, count(DISTINCT e.id) AS enterprises,
               count(DISTINCT CASE WHEN f.id IS NOT NULL THEN e.id END) AS came
        FROM enterprise e
        LEFT JOIN attendance a ON a.enterprise_id = e.id
        LEFT JOIN forum f ON f.id = a.forum_id AND f.state = 'held' AND f.held_on BETWEEN $since AND $as_of
        WHERE e.active AND {enterprises_within(scope)}
        GROUP BY e.town_code ORDER BY e.town_code
        """
    return sql.fetch(con, TownReached, statement, {"since": since, "as_of": as_of, "scope_key": scope.key})


def last_forums(con: Connection, as_of: date) -> dict[str, date]:
    """Sector → the day of its last forum held by `as_of`."""
    statement = """
        SELECT sector_code AS code, max(held_on) AS held_on FROM forum
        WHERE state = 'held' AND held_on <= $as_of AND sector_code IS NOT NULL GROUP BY sector_code
        """
    return sql.pairs(con, statement, {"as_of": as_of})


def choice(con: Connection, choice_id: str) -> Choice | None:
    return sql.first(con, Choice, "SELECT * FROM theme_choice WHERE id = $id", {"id": choice_id})


def add_choice(con: Connection, made: Choice) -> None:
    sql.insert(con, "theme_choice", made)


def choices(con: Connection, *, limit: int) -> list[Choice]:
    """The latest first."""
    statement = "SELECT * FROM theme_choice ORDER BY chosen_at DESC, id LIMIT $limit"
    return sql.fetch(con, Choice, statement, {"limit": limit})
