"""Naming a stand-in (AB角) while one is away: a colleague of one's own desk, or an officer of the same town."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from access.actor import Actor
from access.verbs import reads, writes
from casework.cases.holding import people_of
from db import clock
from db.cases import cases
from db.people import stand_ins
from db.people.stand_ins import Absence, DoneInPlace, StandIn
from db.refused import Refused, Wrong
from db.sql import Connection

LONGEST = timedelta(days=183)


@reads("name_stand_in")
def may_stand_in(con: Connection, *, actor: Actor) -> dict[str, str]:
    """Id → name of those who may."""
    return _may(con, actor)


@reads("name_stand_in")
def absences(con: Connection, *, actor: Actor, today: date) -> list[Absence]:
    """The actor's own, and those in which they stand in for somebody, that last or are still to come."""
    return stand_ins.lasting(con, actor.id, today)


@reads("see_cases")
def stood_in(con: Connection, *, actor: Actor, case_id: str) -> dict[int, DoneInPlace]:
    """What was done in the place of whoever of the reader's own desk had the case in hand then, by the event's
    number. Nobody else is told which person did what."""
    hands, held = dict[int, str | None](), None
    for event in cases.history(con, actor.scope, case_id) if actor.desk else ():
        held = event.detail.get("holder") if event.detail.get("desk") == actor.desk else held
        hands[event.n] = held
    done = stand_ins.done_by(con, actor.scope, case_id) if hands else []
    return {one.n: one for one in done if hands.get(one.n) == one.absent_id and _lasted(one)}


def _lasted(one: DoneInPlace) -> bool:
    ended = one.ended_at is not None and one.ended_at <= one.happened_at
    return not ended and one.since <= clock.day_of(one.happened_at) <= one.until


@writes("name_stand_in")
def name_stand_in(
    con: Connection, *, actor: Actor, stand_in_id: str | None, since: date | None, until: date | None, at: datetime
) -> None:
    """From one day to another, both included. Raises Refused('stand_in_unknown' | 'stand_in_dates' | 'stand_in_days' |
    'stand_in_twice')."""
    chosen, today, wrong = stand_in_id or "", clock.day_of(at), Wrong()
    wrong.unless(chosen in _may(con, actor), "stand_in_unknown")
    first, last = wrong.tried(lambda: _days(since, until, today), (date.max, date.min))
    taken = any(one.since <= last and first <= one.until for one in _own(con, actor, today))
    wrong.unless(not taken, "stand_in_twice")
    wrong.refuse()
    stand_ins.add(con, StandIn(str(uuid4()), actor.id, chosen, first, last), role=actor.role, at=at)


@writes("name_stand_in")
def end_absence(con: Connection, *, actor: Actor, absence_id: str, at: datetime) -> None:
    """One's own ends before its day. Raises Refused('stand_in_unknown')."""
    if absence_id not in {one.id for one in _own(con, actor, clock.day_of(at))}:
        raise Refused("stand_in_unknown")
    stand_ins.end(con, absence_id, actor_id=actor.id, role=actor.role, at=at)


def _days(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    if since is None or until is None:
        raise Refused("stand_in_dates")
    if not since <= until or until < today or until - since > LONGEST:
        raise Refused("stand_in_days", most=LONGEST.days)
    return since, until


def _own(con: Connection, actor: Actor, today: date) -> list[Absence]:
    return [one for one in stand_ins.lasting(con, actor.id, today) if one.account_id == actor.id]


def _may(con: Connection, actor: Actor) -> dict[str, str]:
    found = stand_ins.officers_of(con, actor.town_code) if actor.role == "officer" else people_of(con, actor)
    return {one: name for one, name in found.items() if one != actor.id}
