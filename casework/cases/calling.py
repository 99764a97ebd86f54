"""The whole telephone number of a case's enterprise, or of who called the hotline for it: shown to those who handle
the case, for a reason that is kept."""

from datetime import datetime

from access.actor import Actor
from access.typed import tidy
from db import events, hotline
from db.cases import cases
from db.cases.cases import Case
from db.events import Event
from db.people import enterprises
from db.people.enterprises import Telephone
from db.refused import Refused
from db.sql import Connection
from db.store import Store


def may_call(actor: Actor) -> bool:
    return actor.may("triage_case") or actor.may("answer_case")


def number_to_call(
    store: Store, *, actor: Actor, case_id: str, reason: str, at: datetime, caller: bool = False
) -> str:  # fmt: skip
    """Everywhere else it is masked. `caller`: of the hotline's order. Raises Refused('forbidden' |
    'needs_call_reason' | 'case_unknown')."""
    if not may_call(actor):
        raise Refused("forbidden")
    why = tidy(reason)
    if not why:
        raise Refused("needs_call_reason")
    return store.write(lambda con: _shown(con, actor, case_id, why, at, caller))


def _shown(con: Connection, actor: Actor, case_id: str, why: str, at: datetime, caller: bool) -> str:
    case = cases.get(con, actor.scope, case_id)
    look_up = _of_caller if caller else _of_contact
    found = look_up(con, actor, case) if case else None
    if case is None or found is None:
        raise Refused("case_unknown")
    detail, firm = {"case": case.number, "reason": why}, case.enterprise_id
    detail |= {"caller": "hotline"} if caller else {}
    events.append(con, Event(at, "enterprise", "show_phone", firm, found.seq, actor.id, actor.role, detail=detail))
    return found.number


def _of_contact(con: Connection, actor: Actor, case: Case) -> Telephone | None:
    return enterprises.telephone(con, actor.enterprise_scope, case.enterprise_id)


def _of_caller(con: Connection, actor: Actor, case: Case) -> Telephone | None:
    order = hotline.orders(con, [case.id]).get(case.id)
    firm = enterprises.get(con, actor.enterprise_scope, case.enterprise_id)
    return Telephone(order.phone, firm.seq) if order and order.phone and firm else None
