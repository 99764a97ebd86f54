"""A body or a town that is no more: what is open goes to what took its place, by an event of each case.

Figures of past days go by the stretches that ended, so they keep the old name, and those of today have the new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from access.actor import BODY, Actor
from access.reference_lists import retire_for
from access.verbs import reads, writes
from casework.cases.act import hand_on
from db import clock, events, references
from db.cases import cases, holders, moved
from db.cases.cases import Case
from db.cases.moved import Belongs
from db.cases.past import CORRECTED_FROM
from db.events import Event
from db.people import accounts, enterprises
from db.people.enterprises import Enterprise
from db.references import ReferenceItem
from db.refused import Refused
from db.scope import ALL, EVERY
from db.sql import Connection, Row

LISTS = ("body", "town")
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class GoesOver:
    """How many open cases, accounts and, of a town, enterprises go, or went, to the successor."""

    cases: int
    accounts: int
    enterprises: int


@reads("edit_reference")
def would_move(con: Connection, *, actor: Actor, list_name: str, code: str) -> GoesOver:
    """Counts alone: an administrator reads no case."""
    return _counted(moved.all_of(con, list_name, code))


@writes("edit_reference")
def reorganise(
    con: Connection, *, actor: Actor, list_name: str, code: str, successor: str | None, seen: int, at: datetime
) -> GoesOver:
    """From today on `successor` is in the place of `code`. Raises Refused('successor_unknown' |
    'code_unknown_in_list'), MovedOn."""
    item = references.get(con, list_name, code) if list_name in LISTS else None
    into = references.get(con, list_name, successor or "") if list_name in LISTS else None
    if item is None:
        raise Refused("code_unknown_in_list", code=code)
    leads = "leadership" in (item.kind, into.kind if into else None)
    if into is None or not into.active or into.code == code or leads:
        raise Refused("successor_unknown")
    return hand_over(con, actor, replace(item, seq=seen), into, at)


def hand_over(con: Connection, actor: Actor, item: ReferenceItem, into: ReferenceItem, at: datetime) -> GoesOver:
    """Within the caller's transaction, who asked for the permission and saw that `into` may. Raises MovedOn."""
    list_name, code = item.list, item.code
    found = moved.all_of(con, list_name, code)
    retire_for(con, actor=actor, item=item, successor=into.code, valid_until=clock.day_of(at) - A_DAY, at=at)
    for case in cases.these(con, EVERY, found.cases).values():
        _move_case(con, case, item, into, actor, at)
    for account in filter(None, (accounts.by_id(con, one) for one in found.accounts)):
        placed = replace(account, **{f"{list_name}_code": into.code})
        accounts.save(con, placed, actor_id=actor.id, role=actor.role, at=at, kind="reorganise")
    _move_enterprises(con, enterprises.by_uscc(con, ALL, found.enterprises).values(), into, actor, at)
    moved.desk(con, list_name, code, into.code)
    return _counted(found)


def _counted(found: Belongs) -> GoesOver:
    return GoesOver(len(found.cases), len(found.accounts), len(found.enterprises))


def _move_case(
    con: Connection, case: Case, item: ReferenceItem, into: ReferenceItem, actor: Actor, at: datetime
) -> None:
    at = max(at, case.since)
    said = _body_of(case, item, into) if item.list == "body" else _town_of(item, into)
    hand = holders.holder_of(con, EVERY, case.id, f"{BODY}{item.code}") if item.list == "body" else None
    said |= {"desk": f"{BODY}{into.code}", "holder": hand} if hand else {}
    event = Event(at, "case", "reorganise", case.id, case.seq + 1, actor.id, actor.role, None, case.state, said)
    kept = cases.move(con, case, event, {})
    hand_on(con, case, kept, event)
    events.append(con, event)


def _body_of(case: Case, item: ReferenceItem, into: ReferenceItem) -> Row:
    there = [into.code if one == item.code else one for one in (case.lead_body or "", *case.co)]
    lead, *co = dict.fromkeys(there)
    return {"lead": lead, "co": co, "was": item.code}


def _town_of(item: ReferenceItem, into: ReferenceItem) -> Row:
    return {"town_code": into.code, CORRECTED_FROM: {"town_code": item.code}}


def _move_enterprises(
    con: Connection, found: Iterable[Enterprise], into: ReferenceItem, actor: Actor, at: datetime
) -> None:
    changed = [replace(one, town_code=into.code, seq=one.seq + 1) for one in found]
    said = {"town_code": into.code, "changed": ["town"]}
    told = [Event(at, "enterprise", "save", one.id, one.seq, actor.id, actor.role, detail=said) for one in changed]
    if changed:
        enterprises.save_all(con, [], changed, told)
