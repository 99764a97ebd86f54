"""What belongs to a body or a town that is no more, whoever reads it, and what lies at its desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db import sql
from db.cases import cases, saved_views
from db.cases.cases import Case
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.scope import ALL, EVERY
from db.sql import Connection
from db.states import OVER, listed


@dataclass(frozen=True)
class Belongs:
    """Ids: of the cases that are not over, of accounts, and, of a town, of enterprises."""

    cases: Sequence[str]
    accounts: Sequence[str]
    enterprises: Sequence[str]


_CASES = {
    "body": "c.id IN (SELECT b.case_id FROM case_body b WHERE b.body_code = $code)",
    "town": "c.town_code = $code",
}


def ids_of(con: Connection, list_name: str, code: str) -> Belongs:
    """Raises KeyError for another list."""
    of = {"code": code}
    statement = f"SELECT c.id FROM cases c WHERE c.state NOT IN {listed(OVER)} AND {_CASES[list_name]} ORDER BY c.id"
    open_cases = sql.column(con, statement, of)
    people = sql.column(con, f"SELECT id FROM account WHERE {list_name}_code = $code ORDER BY id", of)
    firms = sql.column(con, "SELECT id FROM enterprise WHERE town_code = $code ORDER BY id", of)
    return Belongs(open_cases, people, firms if list_name == "town" else [])


def cases_of(con: Connection, ids: Sequence[str]) -> list[Case]:
    return list(cases.these(con, EVERY, ids).values())


def enterprises_of(con: Connection, ids: Sequence[str]) -> list[Enterprise]:
    """Whole, also their contact's number: they are written again."""
    codes = sql.column(con, "SELECT uscc FROM enterprise WHERE id = ANY($ids)", {"ids": list(ids)})
    return list(enterprises.by_uscc(con, ALL, codes).values())


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
