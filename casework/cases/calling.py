"""Whom to call, whole: the contact of a case's enterprise, or who called the hotline for it. Masked until whoever
handles the case says why, which is kept; then whole to them, of this case, for the rest of the day."""

from dataclasses import dataclass, replace
from datetime import datetime

from access.actor import Actor
from access.typed import reason_of
from access.verbs import reads, writes
from db import clock, events, hotline, masked
from db.cases import cases
from db.events import Event
from db.people import enterprises, shown
from db.people.enterprises import WholeContact
from db.refused import Refused
from db.sql import Connection, Row
from db.store import Store


@dataclass(frozen=True)
class ToCall:
    """As this person reads it by now, '' where there is nothing. `hidden`: there is more, for whoever says why."""

    name: str = ""
    number: str = ""
    hidden: bool = False


def may_call(actor: Actor) -> bool:
    return actor.may("triage_case") or actor.may("answer_case")


@dataclass(frozen=True)
class _Whole:
    """Whom there is to call, the enterprise in whose history it is kept, and of which case, or of the register."""

    contact: WholeContact
    firm_id: str
    about: Row


def whom_to_call(store: Store, *, actor: Actor, case_id: str, at: datetime, caller: bool = False) -> ToCall:
    """`caller`: of the hotline's order. Raises Refused('forbidden')."""
    _must_call(actor)
    return store.read(lambda con: _seen(con, actor, _of_case(con, actor, case_id, caller), at))


@writes()
def show_whom_to_call(
    con: Connection, *, actor: Actor, case_id: str, reason: str, at: datetime, caller: bool = False
) -> ToCall:
    """Whole, with an event of it. Raises Refused('forbidden' | 'needs_call_reason' | 'case_unknown')."""
    _must_call(actor)
    return _shown(con, actor, _of_case(con, actor, case_id, caller), reason, at)


@reads("edit_enterprise")
def contact_kept(con: Connection, *, actor: Actor, enterprise_id: str, at: datetime) -> ToCall:
    """Of the register, as whoever keeps it reads it."""
    return _seen(con, actor, _of_register(con, actor, enterprise_id), at)


@writes("edit_enterprise")
def show_contact(con: Connection, *, actor: Actor, enterprise_id: str, reason: str, at: datetime) -> ToCall:
    """Whole, with an event of it. Raises Refused('needs_call_reason' | 'case_unknown')."""
    return _shown(con, actor, _of_register(con, actor, enterprise_id), reason, at)


def _must_call(actor: Actor) -> None:
    if not may_call(actor):
        raise Refused("forbidden")


def _of_case(con: Connection, actor: Actor, case_id: str, caller: bool) -> _Whole | None:
    case = cases.get(con, actor.scope, case_id)
    found = _of_register(con, actor, case.enterprise_id) if case else None
    if case is None or found is None:
        return None
    if not caller:
        return replace(found, about={"case": case.number})
    order = hotline.orders(con, [case_id]).get(case_id)
    called = WholeContact(order.caller, order.phone, found.contact.seq) if order else None
    return replace(found, contact=called, about={"case": case.number, "caller": "hotline"}) if called else None


def _of_register(con: Connection, actor: Actor, enterprise_id: str) -> _Whole | None:
    found = enterprises.contacts(con, actor.enterprise_scope, [enterprise_id]).get(enterprise_id)
    return _Whole(found, enterprise_id, {}) if found else None


def _seen(con: Connection, actor: Actor, found: _Whole | None, at: datetime) -> ToCall:
    if found is None:
        return ToCall()
    began, whole = clock.start_of_day(clock.day_of(at)), found.contact
    told = shown.since(con, kind=shown.CONTACT, subject=found.firm_id, account_id=actor.id, began=began)
    if any({name: one[name] for name in one if name != "reason"} == found.about for one in told):
        return ToCall(whole.name, whole.number)
    name, number = masked.name(whole.name), masked.number(whole.number)
    return ToCall(name, number, hidden=(name, number) != (whole.name, whole.number))


def _shown(con: Connection, actor: Actor, found: _Whole | None, reason: str, at: datetime) -> ToCall:
    why = reason_of(reason, "needs_call_reason")
    if found is None:
        raise Refused("case_unknown")
    kept = {"area": "enterprise", "kind": shown.CONTACT, "subject": found.firm_id, "seq": found.contact.seq}
    detail = found.about | {"reason": why}
    events.append(con, Event(at, **kept, actor_id=actor.id, actor_role=actor.role, detail=detail))
    return ToCall(found.contact.name, found.contact.number)
