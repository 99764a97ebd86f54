"""Standing deadlines that count working days, with the event that each runs from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.cases.cases import Case, these
from db.cases.past import stands
from db.scope import EVERY, Scope, cases_within
from db.sql import Connection
from db.states import OPEN, listed, waiting_for


@dataclass(frozen=True)
class Running:
    """An open case whose deadline was made by `case.due_rule`, counted from the day of `since`; `days` of it where a
    clock that had stood still gave back fewer than the rule's."""

    case: Case
    since: datetime
    days: int | None


_SET = f"""
    e.kind NOT IN ('recompute_deadline', 'start_clock') AND (CAST(e.detail AS JSON) ->> 'due_rule') = c.due_rule
    AND {stands("e")}
    """
# A clock given later runs from here, too.
_SENT = f"c.state IN {listed(waiting_for('acceptance'))} AND e.kind IN ('submit', 'resubmit')"


def running(
    con: Connection, scope: Scope, rules: Sequence[str], case_ids: Sequence[str] | None = None
) -> list[Running]:
    """Those within the scope, by number, among `case_ids` where they are given. A promise is a date that somebody
    gave: it counts nothing."""
    among = "(CAST($ids AS VARCHAR[]) IS NULL OR c.id = ANY($ids))"
    where = f"c.due_on IS NOT NULL AND c.due_rule = ANY($rules) AND (({_SET}) OR ({_SENT})) AND {among}"
    ids = None if case_ids is None else list(case_ids)
    return _since(con, f"{where} AND {cases_within(scope)}", {"rules": list(rules), "ids": ids, "scope_key": scope.key})


def without_clock(con: Connection) -> list[Running]:
    """Submitted cases, from before acceptance had a deadline, that nobody has accepted yet."""
    return _since(con, f"c.due_on IS NULL AND {_SENT}", {})


def _since(con: Connection, where: str, params: Mapping[str, object]) -> list[Running]:
    """Open cases, each with the latest of its events that `where` names."""
    statement = f"""
        SELECT id, since, CAST(days AS INTEGER) AS days
        FROM (SELECT c.id, c.number, e.happened_at AS since, CAST(e.detail AS JSON) ->> 'days' AS days,
                     row_number() OVER (PARTITION BY c.id ORDER BY e.happened_at DESC, e.n DESC) AS place
              FROM cases c JOIN event e ON e.subject = c.id
              WHERE e.area = 'case' AND c.state IN {listed(OPEN)} AND {where}) AS told
        WHERE place = 1 ORDER BY number
        """
    found = sql.rows(con, statement, params)
    whole = these(con, EVERY, [row["id"] for row in found])
    return [Running(whole[row["id"]], row["since"], row["days"]) for row in found]
