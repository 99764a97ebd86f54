"""The whole telephone number of a case's enterprise: shown to those who handle it, for a reason that is kept."""

from datetime import datetime

from access.actor import Actor
from access.typed import tidy
from db import events
from db.cases import cases
from db.events import Event
from db.people import enterprises
from db.refused import Refused
from db.sql import Connection
from db.store import Store


def may_call(actor: Actor) -> bool:
    return actor.may("triage_case") or actor.may("answer_case")


def number_to_call(store: Store, *, actor: Actor, case_id: str, reason: str, at: datetime) -> str:
    """Everywhere else it is masked. Raises Refused('forbidden' | 'needs_reason' | 'case_unknown')."""
    if not may_call(actor):
        raise Refused("forbidden")
    why = tidy(reason)
    if not why:
        raise Refused("needs_reason")
    return store.write(lambda con: _shown(con, actor, case_id, why, at))


def _shown(con: Connection, actor: Actor, case_id: str, why: str, at: datetime) -> str:
    case = cases.get(con, actor.scope, case_id)
    found = enterprises.telephone(con, actor.enterprise_scope, case.enterprise_id) if case else None
    if case is None or found is None:
        raise Refused("case_unknown")
    detail, firm = {"case": case.number, "reason": why}, case.enterprise_id
    events.append(con, Event(at, "enterprise", "show_phone", firm, found.seq, actor.id, actor.role, detail=detail))
    return found.number
