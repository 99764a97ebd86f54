"""What belongs to a body or a town that is no more, whoever reads it, and what lies at its desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db import sql
from db.cases import saved_views
from db.sql import Connection
from db.states import OVER, listed


@dataclass(frozen=True)
class Belongs:
    """Ids of the cases that are not over and of accounts; of a town's enterprises their credit codes."""

    cases: Sequence[str]
    accounts: Sequence[str]
    enterprises: Sequence[str]


_CASES = {
    "body": "c.id IN (SELECT b.case_id FROM case_body b WHERE b.body_code = $code)",
    "town": "c.town_code = $code",
}


def all_of(con: Connection, list_name: str, code: str) -> Belongs:
    """Raises KeyError for another list."""
    of = {"code": code}
    statement = f"SELECT c.id FROM cases c WHERE c.state NOT IN {listed(OVER)} AND {_CASES[list_name]} ORDER BY c.id"
    open_cases = sql.column(con, statement, of)
    people = sql.column(con, f"SELECT id FROM account WHERE {list_name}_code = $code ORDER BY id", of)
    firms = "SELECT uscc FROM enterprise WHERE town_code = $code ORDER BY id"
    return Belongs(open_cases, people, sql.column(con, firms, of) if list_name == "town" else [])


def desk(con: Connection, list_name: str, code: str, into: str) -> None:
    """What was told to the desk, and its views, are the successor's: no history. Of a name that both have, the
    successor's own view stays."""
    of = {"old": f"{list_name}:{code}", "new": f"{list_name}:{into}"}
    sql.run(con, "UPDATE inbox SET address = $new WHERE address = $old", of)
    own = {view.id for view in saved_views.of(con, [of["new"]])}
    for view in saved_views.of(con, [of["old"]]):
        saved_views.drop(con, view.id)
        placed = replace(view, id=saved_views.id_of(of["new"], view.name), owner=of["new"])
        if placed.id not in own:
            saved_views.save(con, placed)
