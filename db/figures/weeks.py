"""The last weeks and the next one: what came in, what was settled, what falls due, in one reading of the cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import sql
from db.figures.stood import Asked, stood
from db.sql import Connection, Row
from db.states import RUNNING, listed

WEEKS, DAYS = 12, 7


@dataclass(frozen=True)
class WeekCounts:
    """`counts` by week of seven days, the last of them the newest; `kinds` of that week, the most first."""

    counts: tuple[int, ...]
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Weeks:
    """The week ends on `as_of`. `due` has the seven days after it; its kinds are the bodies that lead the cases."""

    as_of: date
    came: WeekCounts
    settled: WeekCounts
    due: WeekCounts


def weeks(con: Connection, asked: Asked) -> Weeks:
    """`came` by category, `settled` by the kind of answer, `due` by the lead body, '' for none yet."""
    back = f"CAST(as_of - {{}} AS INTEGER) // {DAYS}"
    recent = f"as_of - {{}} < {WEEKS * DAYS}"
    statement = f"""
        SELECT 'came' AS what, {back.format("submitted_on")} AS place, category AS kind, count(*) AS n
        FROM stood WHERE {recent.format("submitted_on")} GROUP BY place, category
        UNION ALL
        SELECT 'settled', {back.format("settled_on")} AS place, answered_as, count(*)
        FROM stood WHERE settled AND {recent.format("settled_on")} GROUP BY place, answered_as
        UNION ALL
        SELECT 'due', CAST(due_on - as_of AS INTEGER) - 1 AS place, coalesce(lead_body, ''), count(*)
        FROM stood WHERE state IN {listed(RUNNING)} AND due_on > as_of AND due_on <= as_of + {DAYS}
        GROUP BY place, lead_body
        """
    found = sql.rows(con, stood(asked, statement), asked.params)
    of = {what: [row for row in found if row["what"] == what] for what in ("came", "settled", "due")}
    every = range(DAYS)
    return Weeks(
        asked.as_of,
        WeekCounts(_counts(of["came"], range(WEEKS))[::-1], _kinds(of["came"], [0])),
        WeekCounts(_counts(of["settled"], range(WEEKS))[::-1], _kinds(of["settled"], [0])),
        WeekCounts(_counts(of["due"], every), _kinds(of["due"], every)),
    )


def _counts(rows: Sequence[Row], places: Sequence[int]) -> tuple[int, ...]:
    return tuple(sum(row["n"] for row in rows if row["place"] == place) for place in places)


def _kinds(rows: Sequence[Row], places: Sequence[int]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for row in rows:
        if row["place"] in places:
            found[row["kind"] or ""] = found.get(row["kind"] or "", 0) + row["n"]
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
