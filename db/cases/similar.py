"""Past cases as something to learn from, and what came of what was suggested."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db import clock, sql
from db.batches import batches
from db.scope import Scope, cases_within
from db.sql import Connection
from db.states import OPEN, UNCOUNTED, listed

AT_ONCE = 50_000  # cases


@dataclass(frozen=True)
class PastCase:
    """What a case said, its month, and what was decided of it: None where nothing is yet."""

    number: str
    month: str
    text: str
    category: str | None
    lead: str | None


@dataclass(frozen=True)
class Suggestion:
    """What was suggested by a version of what was learnt, and what somebody chose."""

    case_id: str
    what: str
    version: int
    suggested: str
    sure: float
    chosen: str
    decided_at: datetime


@dataclass(frozen=True)
class Taken:
    """How many suggestions somebody chose by, and how many of them they took."""

    what: str
    of: int
    taken: int


def past_cases(con: Connection) -> Iterator[PastCase]:
    """All that count and are not confidential. The lead body is learnt of those that it settled."""
    columns = "number, title, text, category, submitted_at, accepted_at, settled_at, lead_body"
    counted = f"state NOT IN {listed(UNCOUNTED)} AND NOT confidential"
    statement = f"SELECT {columns} FROM cases WHERE id BETWEEN $first AND $last AND {counted}"
    for part in batches(con, "cases", "id", size=AT_ONCE):
        for row in sql.rows(con, statement, part):
            yield PastCase(
                row["number"],
                f"{clock.day_of(row['submitted_at']):%Y-%m}",
                said(row["title"], row["text"]),
                row["category"] if row["accepted_at"] else None,
                row["lead_body"] if row["settled_at"] else None,
            )


def said(title: str, text: str) -> str:
    """What one case is compared with another by."""
    return f"{title}\n{text}"


def count(con: Connection) -> int:
    return sql.scalar(con, f"SELECT count(*) FROM cases WHERE state NOT IN {listed(UNCOUNTED)}")


def open_numbers(con: Connection, scope: Scope) -> list[str]:
    statement = f"SELECT c.number FROM cases c WHERE c.state IN {listed(OPEN)} AND {cases_within(scope)}"
    return sql.column(con, statement, {"scope_key": scope.key})


def newest(con: Connection, scope: Scope, *, since: datetime, most: int) -> list[str]:
    """The numbers of the latest cases raised since."""
    statement = f"""
        SELECT c.number FROM cases c WHERE c.submitted_at > $since AND {cases_within(scope)}
        ORDER BY c.submitted_at DESC, c.number DESC LIMIT $most
        """
    return sql.column(con, statement, {"since": since, "most": most, "scope_key": scope.key})


def keep(con: Connection, suggestion: Suggestion) -> None:
    """The first choice counts: a case that is sent elsewhere later was not wrongly suggested then."""
    asked = {"case_id": suggestion.case_id, "what": suggestion.what}
    if not sql.one(con, "SELECT 1 FROM suggestion WHERE case_id = $case_id AND what = $what", asked):
        sql.insert(con, "suggestion", suggestion)


def taken(con: Connection) -> list[Taken]:
    statement = """
        SELECT what, count(*) AS "of", count(*) FILTER (WHERE suggested = chosen) AS taken
        FROM suggestion GROUP BY what ORDER BY what
        """
    return sql.fetch(con, Taken, statement)
