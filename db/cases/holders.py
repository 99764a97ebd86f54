"""Who of a desk has a case in hand: the office's own clerk, and one of each body that works on it."""

from collections.abc import Sequence

from db import sql
from db.scope import Scope, cases_within
from db.sql import Connection
from db.states import OVER, listed

NOBODY = "nobody"  # what a filter calls the cases that nobody of the desk has in hand
# A table of the cases that somebody of the parameter `desk` has in hand.
HELD = "(SELECT case_id, account_id FROM case_holder WHERE desk = $desk AND account_id IS NOT NULL)"
IN_HAND = f"c.state NOT IN {listed(OVER)}"  # what is over is in nobody's hand, and nobody's


def hand(con: Connection, case_id: str, desk: str, account_id: str | None) -> None:
    """It is in this person's hand from now on, or (None) in nobody's; the caller appends the event."""
    sql.upsert(con, "case_holder", {"case_id": case_id, "desk": desk, "account_id": account_id}, ["case_id", "desk"])


def holder_of(con: Connection, scope: Scope, case_id: str, desk: str) -> str | None:
    """The account of the desk that has the case in hand."""
    return names(con, scope, [case_id], desk).get(case_id, (None, ""))[0]


def names(con: Connection, scope: Scope, case_ids: Sequence[str], desk: str) -> dict[str, tuple[str, str]]:
    """Case → the id and the name of who has it in hand at the desk."""
    statement = f"""
        SELECT c.id, h.account_id, a.name FROM cases c JOIN {HELD} AS h ON h.case_id = c.id
        JOIN account a ON a.id = h.account_id WHERE c.id = ANY($ids) AND {cases_within(scope)}
        """
    found = sql.rows(con, statement, {"ids": list(case_ids), "desk": desk, "scope_key": scope.key})
    return {row["id"]: (row["account_id"], row["name"]) for row in found}


def loads(con: Connection, scope: Scope, desk: str) -> dict[str, int]:
    """Account → how many open cases it has in hand."""
    statement = f"""
        SELECT h.account_id, count(*) FROM {HELD} AS h JOIN cases c ON c.id = h.case_id
        WHERE {IN_HAND} AND {cases_within(scope)} GROUP BY h.account_id
        """
    return sql.pairs(con, statement, {"desk": desk, "scope_key": scope.key})
