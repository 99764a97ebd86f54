"""Standing deadlines that count working days, with the event that each runs from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.cases import OPEN_STATES, Case, these
from db.scope import Scope, cases_within
from db.sql import Connection


@dataclass(frozen=True)
class Running:
    """An open case whose deadline was made by `case.due_rule`, counted from the day of `since`."""

    case: Case
    since: datetime


def running(con: Connection, scope: Scope, rules: list[str], case_ids: Sequence[str] | None = None) -> list[Running]:
    """Those within the scope, by number, among `case_ids` where they are given. A promise is a date that somebody
    gave: it counts nothing."""
    found = sql.rows(
        con,
        f"""
        SELECT c.id, max(e.happened_at) AS since
        FROM cases c JOIN event e ON e.subject = c.id
        WHERE c.due_on IS NOT NULL AND c.due_rule = ANY($rules) AND c.state = ANY($open) AND e.area = 'case'
              AND e.kind <> 'recompute_deadline' AND (CAST(e.detail AS JSON) ->> 'due_rule') = c.due_rule
              AND (CAST($ids AS VARCHAR[]) IS NULL OR c.id = ANY($ids)) AND {cases_within(scope)}
        GROUP BY c.id, c.number ORDER BY c.number
        """,  # noqa: S608
        {
            "rules": rules,
            "open": list(OPEN_STATES),
            "ids": None if case_ids is None else list(case_ids),
            "scope_key": scope.key,
        },
    )
    whole = these(con, scope, [row["id"] for row in found])
    return [Running(whole[row["id"]], row["since"]) for row in found]
