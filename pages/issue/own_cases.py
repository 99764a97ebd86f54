"""An enterprise's own cases: those that wait for it stand first."""

from datetime import date

from access.actor import Actor
from db.cases import cases
from db.cases.cases import Case, CaseFilters
from db.states import ITS_MOVE
from pages.shared.here import store

MOST = 200


def own_cases(person: Actor, today: date) -> list[Case]:
    """Among those that wait, and among the others, the newest first."""
    found = store().read(lambda con: cases.find(con, person.scope, CaseFilters(today), sort="newest", size=MOST)).rows
    return sorted(found, key=lambda case: case.state not in ITS_MOVE)
