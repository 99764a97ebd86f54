"""A body's objection to a dispatch (派单异议): within a working day, with the body that it thinks right.

Triage decides; what is refused for the second time goes to the leader. After 国办函〔2025〕66号.
"""

from collections.abc import Sequence
from datetime import date

from access.actor import Actor
from casework.cases.bodies import check_bodies
from casework.cases.lifecycle import AGAIN, OBJECTION, WORKING_DAYS
from db import clock
from db.calendar.workdays import due_date
from db.cases import cases
from db.cases.cases import Case, CaseEvent
from db.refused import Refused
from db.sql import Connection

_SENT, _REFUSED = "dispatch", "refuse_objection"


def until(happened: Sequence[CaseEvent]) -> date | None:
    """The last day of an objection: a working day from the dispatch, or from the refusal of the first one. None where
    there can be none: nothing was dispatched, or a leader did it."""
    happened = cases.standing(happened)
    sent = [event for event in happened if event.kind == _SENT]
    if not sent or sent[-1].actor_role == "leader":
        return None
    last = [event for event in happened if event.kind in (_SENT, _REFUSED)][-1]
    return due_date(clock.day_of(last.happened_at), WORKING_DAYS[OBJECTION]).day


def check(con: Connection, actor: Actor, case: Case, better: str, today: date) -> None:
    """Raises Refused('objection_late' | 'objection_ruled' | 'objection_same_body')."""
    last = until(cases.history(con, actor.scope, case.id))
    if last is None:
        raise Refused("objection_ruled")
    if today > last:
        raise Refused("objection_late", day=last)
    if better == case.lead_body:
        raise Refused("objection_same_body")
    check_bodies(con, (better,))


def refused_before(con: Connection, actor: Actor, case: Case) -> str | None:
    """AGAIN where the body that has the case was refused once."""
    happened = cases.standing(cases.history(con, actor.scope, case.id))
    sent = max((event.seq for event in happened if event.kind == _SENT), default=0)
    return AGAIN if any(event.kind == _REFUSED and event.seq > sent for event in happened) else None
