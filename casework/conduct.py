"""Conduct: an officer records each visit, asked for or not; the enterprise says how it was; staff read it per officer.

What enterprises say is read by the office alone: an officer looks after a few of them, so that any count would tell
who said what. The public reads nothing; nobody is put in an order by it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.actor import Actor
from access.typed import tidy
from access.verbs import reads, writes
from casework.cases.bodies import check_bodies
from db import clock, conduct, events
from db.conduct import ABSENT, FELT, PLACES, Conduct, Made, OfficerVisit, OwnVisit, Recorded, SaidToOffice, ToldVisits
from db.events import Event
from db.people import enterprises
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection
from db.system import seals

LONGEST = 300
BACK = timedelta(days=60)  # how late a visit may be recorded
SHOWN_FOR = timedelta(days=365)
SHOWN = 10  # visits of an officer


@dataclass(frozen=True)
class VisitForm:
    day: date
    place: str
    asked: bool | None
    about: str = ""


@dataclass(frozen=True)
class ToldForm:
    """A visit that nobody recorded: its day, the body that came, and where."""

    day: date
    body_code: str
    place: str


@dataclass(frozen=True)
class WordForm:
    """What an enterprise says of a visit: whether it had asked for it, how it was, words to the office, and whether
    these go with its name."""

    asked: bool | None
    felt: str
    said: str = ""
    named: bool = False


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
    about, wrong = tidy(form.about), Wrong()
    _came(wrong, form.day, form.place, at)
    wrong.unless(form.asked is not None, "visit_asked")
    _short(wrong, about)
    wrong.refuse()
    made = OfficerVisit(visit_id, enterprise_id, actor.id, form.day, form.place, form.asked, about, at)
    conduct.add(con, made)
    detail = {"day": made.day, "place": made.place, "asked": made.asked, "enterprise_id": enterprise_id}
    _told(con, actor, made, "record", at, **detail)


@reads("see_care")
def recorded(con: Connection, *, actor: Actor) -> list[Recorded]:
    """One's own visits, the latest first."""
    return conduct.recorded_by(con, actor.scope, actor.id, limit=SHOWN)


@reads("see_care")
def own_visits(con: Connection, *, actor: Actor, at: datetime) -> Made:
    """How many one made within a year."""
    return conduct.made_by(con, actor.id, since=_since(at))


@reads("judge_officer")
def visits_here(con: Connection, *, actor: Actor, at: datetime) -> list[OwnVisit]:
    """Who came, as the enterprise reads it, a year back."""
    return conduct.of_enterprise(con, actor.scope, since=_since(at))


@writes("judge_officer")
def say_of_visit(con: Connection, *, actor: Actor, visit_id: str, form: WordForm, seen: int, at: datetime) -> None:
    """How it was. It may be said anew: the last word counts.

    Raises Refused('forbidden' | 'visit_unknown' | 'visit_asked' | 'visit_felt' | 'too_long'), MovedOn.
    """
    visit, said = conduct.get(con, actor.scope, visit_id), tidy(form.said)
    if visit is None:
        raise Refused("visit_unknown")
    wrong = Wrong()
    _whole(wrong, form, said)
    wrong.refuse()
    if visit.seq != seen:
        raise MovedOn()
    after = replace(visit, said_at=at, said_asked=form.asked, felt=form.felt, said=said, named=form.named, seq=seen + 1)
    conduct.change(con, after)
    _told(con, actor, after, "say", at)


@writes("judge_officer")
def tell_visit(con: Connection, *, actor: Actor, visit_id: str, told: ToldForm, form: WordForm, at: datetime) -> None:
    """Of a visit that no officer recorded: kept as the enterprise's word, and read by the office alone. A second try
    with the same id does nothing.

    Raises Refused('forbidden' | 'visit_day' | 'visit_body' | 'visit_place' | 'visit_asked' | 'visit_felt' |
    'too_long').
    """
    if conduct.is_kept(con, visit_id):
        return
    said, wrong = tidy(form.said), Wrong()
    wrong.tried(lambda: check_bodies(con, [told.body_code], "visit_body"), None)
    _came(wrong, told.day, told.place, at)
    wrong.unless(form.felt != ABSENT, "visit_felt")
    _whole(wrong, form, said)
    wrong.refuse()
    made = OfficerVisit(
        visit_id, actor.enterprise_id or "", None, told.day, told.place, None, "", at, at, form.asked, form.felt, said,
        form.named, body_code=told.body_code,
    )  # fmt: skip
    conduct.add(con, made)
    _told(con, actor, made, "record", at, day=told.day, enterprise_id=made.enterprise_id)


@reads("triage_case")
def told_visits(con: Connection, *, actor: Actor, at: datetime) -> list[ToldVisits]:
    """A row a body of which enterprises told visits within a year that nobody recorded."""
    return conduct.told_of(con, since=_since(at))


@reads("triage_case")
def conduct_of_officers(con: Connection, *, actor: Actor, at: datetime) -> list[Conduct]:
    """A row an officer who made visits within a year, by name."""
    return conduct.counted(con, since=_since(at))


@reads("triage_case")
def words_to_office(con: Connection, *, actor: Actor, at: datetime) -> list[SaidToOffice]:
    """What enterprises wrote to the office of visits within a year, the latest first."""
    return conduct.said_to_office(con, since=_since(at))


def _since(at: datetime) -> date:
    return clock.day_of(at) - SHOWN_FOR


def _came(wrong: Wrong, day: date, place: str, at: datetime) -> None:
    today = clock.day_of(at)
    wrong.unless(today - BACK <= day <= today, "visit_day", days=BACK.days)
    wrong.unless(place in PLACES, "visit_place")


def _whole(wrong: Wrong, form: WordForm, said: str) -> None:
    wrong.unless(form.felt in FELT, "visit_felt")
    wrong.unless(form.asked is not None or form.felt == ABSENT, "visit_asked")  # of one that was not, nothing was asked
    _short(wrong, said)


def _short(wrong: Wrong, words: str) -> None:
    wrong.unless(len(words) <= LONGEST, "too_long", most=LONGEST)


def _told(con: Connection, actor: Actor, visit: OfficerVisit, kind: str, at: datetime, **detail: object) -> None:
    """The event says that there was a visit, and that somebody spoke of it; their words stand in its seal alone."""
    event = Event(at, "visit", kind, visit.id, visit.seq, actor.id, actor.role, detail=detail)
    events.append(con, *seals.sealed(con, event))
