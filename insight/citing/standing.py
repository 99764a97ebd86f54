"""Whether a cited figure still stands: what the records say of it now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from db.figures.citations import Cited
from db.scope import ALL
from db.sql import Connection
from insight.cases.history import history
from insight.citing.said import Statement, Texts, filters_of, from_json, measured_point, says


@dataclass(frozen=True)
class Superseded:
    """What the cited figure is now, and of how many of its periods another number is known."""

    now: Texts
    changed: int


def superseded(con: Connection, one: Cited, today: date) -> Superseded | None:
    """None: it stands. Later periods change nothing of what was said."""
    return _CHECKS[one.kind](con, one, from_json(one.content), today)


def _cases(con: Connection, one: Cited, said: Statement, _today: date) -> Superseded | None:
    """The same day, as it is told by the records of now: old cases may have been imported since."""
    now = history(con, scope=ALL, filters=filters_of(one.asked), day=one.as_of).get(one.code)
    point = measured_point(now) if now else None
    if point is None or (point.value, point.n) == (said.last.value, said.last.n):
        return None
    return Superseded(point.shown, 1)


def _periods(con: Connection, one: Cited, said: Statement, today: date) -> Superseded | None:
    found = says(con, one.kind, [one.code], one.asked, max(today, one.as_of)).get(one.code)
    now = {point.end: point for point in found.points} if found else {}
    moved = [now[point.end] for point in said.points if point.end in now and point.known != now[point.end].known]
    return Superseded(moved[-1].shown, len(moved)) if moved else None


_CHECKS: dict[str, Callable[[Connection, Cited, Statement, date], Superseded | None]] = {
    "cases": _cases,
    "economy": _periods,
    "mood": _periods,
}
