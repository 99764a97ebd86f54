"""Conduct: an officer records each visit, asked for or not; the enterprise says how it was; staff read it per officer.

What enterprises say is counted from ten words on, by whole months, so that no count tells what one of them said. An
officer reads their own counts and nobody's words; the public reads nothing; nobody is put in an order by it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.actor import Actor
from access.typed import tidy
from access.verbs import reads, writes
from db import clock, conduct, events
from db.conduct import ABSENT, FELT, FEWEST, PLACES, Conduct, OfficerVisit, OwnVisit, Recorded, SaidToOffice
from db.events import Event
from db.people import accounts, enterprises
from db.refused import MovedOn, Refused
from db.sql import Connection
from db.system import seals

LONGEST = 300
BACK = timedelta(days=60)  # how late a visit may be recorded
SHOWN_FOR = timedelta(days=365)
SHOWN = 50  # words of enterprises, visits of an officer


@dataclass(frozen=True)
class VisitForm:
    day: date
    place: str
    asked: bool | None
    about: str = ""


@dataclass(frozen=True)
class WordForm:
    """What an enterprise says of a visit: whether it had asked for it, how it was, words to the office, and whether
    these go with its name."""

    asked: bool | None
    felt: str
    said: str = ""
    named: bool = False


@dataclass(frozen=True)
class OfficersConduct:
    """`told`: whether what enterprises say is counted: there are FEWEST words or more."""

    officer: str
    town_code: str | None
    counts: Conduct

    @property
    def told(self) -> bool:
        return self.counts.spoken >= FEWEST


@writes("see_care")
def record_visit(
    con: Connection, *, actor: Actor, visit_id: str, enterprise_id: str, form: VisitForm, at: datetime
) -> None:
    """Of an enterprise in one's care. A second try with the same id does nothing.

    Raises Refused('forbidden' | 'visit_enterprise' | 'visit_day' | 'visit_place' | 'visit_asked' | 'too_long').
    """
    if conduct.is_kept(con, visit_id):
        return
    if enterprises.get(con, actor.scope, enterprise_id) is None:
        raise Refused("visit_enterprise")
    today, about = clock.day_of(at), tidy(form.about)
    if not today - BACK <= form.day <= today:
        raise Refused("visit_day", days=BACK.days)
    if form.place not in PLACES:
        raise Refused("visit_place")
    if form.asked is None:
        raise Refused("visit_asked")
    _short(about)
    made = OfficerVisit(visit_id, enterprise_id, actor.id, form.day, form.place, form.asked, about, at)
    conduct.add(con, made)
    detail = {"day": made.day, "place": made.place, "asked": made.asked, "enterprise_id": enterprise_id}
    _told(con, actor, made, "record", at, **detail)


@reads("see_care")
def recorded(con: Connection, *, actor: Actor) -> list[Recorded]:
    """One's own visits, the latest first."""
    return conduct.recorded_by(con, actor.scope, actor.id, limit=SHOWN)


@reads("see_care")
def own_conduct(con: Connection, *, actor: Actor, at: datetime) -> OfficersConduct | None:
    """One's own counts of a year; None where there was no visit."""
    found = _counted(con, at, actor.id)
    return next(iter(found), None)


@reads("judge_officer")
def visits_here(con: Connection, *, actor: Actor, at: datetime) -> list[OwnVisit]:
    """Who came, as the enterprise reads it, a year back."""
    return conduct.of_enterprise(con, actor.scope, since=clock.day_of(at) - SHOWN_FOR)


@writes("judge_officer")
def say_of_visit(con: Connection, *, actor: Actor, visit_id: str, form: WordForm, seen: int, at: datetime) -> None:
    """How it was. It may be said anew: the last word counts.

    Raises Refused('forbidden' | 'visit_unknown' | 'visit_asked' | 'visit_felt' | 'too_long'), MovedOn.
    """
    visit, said = conduct.get(con, actor.scope, visit_id), tidy(form.said)
    if visit is None:
        raise Refused("visit_unknown")
    if form.felt not in FELT:
        raise Refused("visit_felt")
    if form.asked is None and form.felt != ABSENT:
        raise Refused("visit_asked")
    _short(said)
    if visit.seq != seen:
        raise MovedOn()
    after = replace(visit, said_at=at, said_asked=form.asked, felt=form.felt, said=said, named=form.named, seq=seen + 1)
    conduct.change(con, after)
    _told(con, actor, after, "say", at)


@reads("triage_case")
def conduct_of_officers(con: Connection, *, actor: Actor, at: datetime) -> list[OfficersConduct]:
    """A row an officer who made visits within a year, by name."""
    return _counted(con, at, None)


@reads("triage_case")
def words_to_office(con: Connection, *, actor: Actor) -> list[SaidToOffice]:
    """What enterprises wrote to the office, the latest first."""
    return conduct.said_to_office(con, limit=SHOWN)


def _counted(con: Connection, at: datetime, officer_id: str | None) -> list[OfficersConduct]:
    """Words count from the first day of the month after: whoever looks every day learns of no single one."""
    today = clock.day_of(at)
    asked = {"since": today - SHOWN_FOR, "spoken_before": clock.start_of_day(today.replace(day=1))}
    found = conduct.counted(con, **asked, officer_id=officer_id)
    known = {one.officer_id: accounts.by_id(con, one.officer_id) for one in found}
    named = ((one, known[one.officer_id]) for one in found)
    return [OfficersConduct(who.name, who.town_code, one) for one, who in named if who]


def _short(words: str) -> None:
    if len(words) > LONGEST:
        raise Refused("too_long", most=LONGEST)


def _told(con: Connection, actor: Actor, visit: OfficerVisit, kind: str, at: datetime, **detail: object) -> None:
    """The event says that there was a visit, and that somebody spoke of it; their words stand in its seal alone."""
    event = Event(at, "visit", kind, visit.id, visit.seq, actor.id, actor.role, detail=detail)
    events.append(con, *seals.sealed(con, event))
