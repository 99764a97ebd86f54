"""Coordination meetings (协调会) and small meetings (小会): what was decided, by whom it is done, by when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from access.actor import Actor
from access.typed import one_line, tidy
from access.verbs import writes
from casework.cases.bodies import check_bodies
from casework.cases.by_number import numbered, numbers_typed
from casework.notices import notices
from casework.plans.owned import may_do, what_was_done, words
from db import clock, events, numbers, references
from db.cases import cases
from db.events import Event
from db.plans import meetings
from db.plans.meetings import Decision, Meeting
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection

KINDS = ("coordination", "small")
SETTLED = {"done": "done", "drop": "dropped"}
LONGEST_LINE = 120
LONGEST = {"people": 1000, "minutes": 8000}
MOST_CASES = 30
MOST_DECISIONS = 60
_Told = dict[str, Any]  # what the event says of the change


@dataclass(frozen=True)
class MeetingForm:
    """What is typed. The number in the year is given, never typed; `numbers` are those of the cases."""

    kind: str
    held_on: date
    place: str
    chair: str
    topic: str
    bodies: tuple[str, ...]
    people: str
    numbers: tuple[str, ...]
    minutes: str


@dataclass(frozen=True)
class DecisionForm:
    case_id: str
    words: str
    body_code: str
    due_on: date | None  # None: not chosen yet


@writes("edit_plan")
def hold_meeting(con: Connection, *, actor: Actor, meeting_id: str, form: MeetingForm, at: datetime) -> Meeting:
    """Record a meeting that was held. A second try with the same id returns the first's.

    Raises Refused('forbidden' | 'meeting_kind' | 'meeting_day' | 'meeting_words' | 'too_long' | 'meeting_bodies' |
    'body_unknown' | 'meeting_cases' | 'case_numbers_unknown', numbers=).
    """
    if kept := meetings.get(con, actor.scope, meeting_id):
        return kept
    tidied, ids = _checked(con, actor, form, at)
    year = tidied.held_on.year
    number = numbers.following(con, "meeting", kind=tidied.kind, year=year)
    meeting = Meeting(meeting_id, tidied.kind, year, number, seq=1, **_typed(tidied))
    meetings.add(con, meeting, bodies=tidied.bodies, case_ids=ids)
    events.append(con, _event(meeting, "hold", actor, at, _said(meeting, tidied, ids)))
    return meeting


@writes("edit_plan")
def change_meeting(
    con: Connection, *, actor: Actor, meeting_id: str, form: MeetingForm, seen: int, at: datetime
) -> Meeting:
    """Correct what was recorded; its kind and year stay, since its number came from them.

    Raises as `hold_meeting`, Refused('meeting_unknown' | 'meeting_year' | 'meeting_case_decided'), MovedOn.
    """
    meeting = _as_read(_known(con, actor, meeting_id), seen)
    tidied, ids = _checked(con, actor, form, at)
    if (tidied.kind, tidied.held_on.year) != (meeting.kind, meeting.year):
        raise Refused("meeting_year")
    decided = {decision.case_id for decision in meetings.decisions(con, actor.scope, meeting_id=meeting.id)}
    if not decided <= set(ids):
        raise Refused("meeting_case_decided")
    after = replace(meeting, **_typed(tidied))
    meetings.link(con, meeting.id, bodies=tidied.bodies, case_ids=ids)
    return _changed(con, actor, after, "change", at, _said(after, tidied, ids))


@writes("edit_plan")
def decide(
    con: Connection, *, actor: Actor, meeting_id: str, decision_id: str, form: DecisionForm, seen: int, at: datetime
) -> Meeting:
    """Write down a decision about one of the meeting's cases; a second try with the same id returns the first's.

    Raises Refused('meeting_unknown' | 'decision_case' | 'plan_words' | 'body_unknown' | 'decision_day' |
    'meeting_full'), MovedOn.
    """
    meeting = _known(con, actor, meeting_id)
    known = meetings.decisions(con, actor.scope, meeting_id=meeting.id)
    if any(one.id == decision_id for one in known):
        return meeting
    _as_read(meeting, seen)
    case, due, wrong = cases.get(con, actor.scope, form.case_id), form.due_on or date.min, Wrong()
    met_about = {one.id for one in meetings.cases_of(con, actor.scope, meeting.id)}
    wrong.unless(case and case.id in met_about, "decision_case")
    said = wrong.tried(lambda: words(form.words), "")
    wrong.tried(lambda: check_bodies(con, [form.body_code]), None)
    wrong.unless(due >= meeting.held_on, "decision_day")
    wrong.unless(len(known) < MOST_DECISIONS, "meeting_full", most=MOST_DECISIONS)
    wrong.refuse()
    open_yet = {"state": "open", "done_on": None, "outcome": None}
    given = (form.case_id, said, form.body_code, due)
    decision = Decision(decision_id, meeting.id, len(known) + 1, *given, **open_yet)
    meetings.add_decision(con, decision)
    owner = {"id": decision.id, "body": decision.body_code, "due": decision.due_on}
    changed = _changed(con, actor, meeting, "decide", at, _told(decision))
    if case:
        notices.queue_given(con, case=case, occasion="decision", **owner, actor=actor, at=at)
    return changed


@writes("see_case_plan")
def settle_decision(
    con: Connection, *, actor: Actor, meeting_id: str, decision_id: str, how: str, done_on: date, outcome: str,
    seen: int, at: datetime,
) -> Meeting:  # fmt: skip
    """A decision was carried out ('done': staff, or the department that owns it), or is given up ('drop': staff).

    Raises Refused('forbidden' | 'meeting_unknown' | 'decision_unknown' | 'decision_over' | 'done_day' |
    'plan_words'), MovedOn.
    """
    meeting = _as_read(_known(con, actor, meeting_id), seen)
    found = meetings.decisions(con, actor.scope, meeting_id=meeting.id)
    decision = next((one for one in found if one.id == decision_id), None)
    if decision is None or how not in SETTLED:
        raise Refused("decision_unknown")
    if not (actor.may("edit_plan") if how == "drop" else may_do(actor, decision.body_code)):
        raise Refused("forbidden")
    if decision.state != "open":
        raise Refused("decision_over")
    said = what_was_done(outcome, done_on, since=meeting.held_on, at=at)
    day = done_on if how == "done" else None
    after = replace(decision, state=SETTLED[how], done_on=day, outcome=said)
    meetings.change_decision(con, after)
    return _changed(con, actor, meeting, how, at, {**_told(after), "done_on": day, "outcome": after.outcome})


def _known(con: Connection, actor: Actor, meeting_id: str) -> Meeting:
    meeting = meetings.get(con, actor.scope, meeting_id)
    if meeting is None:
        raise Refused("meeting_unknown")
    return meeting


def _as_read(meeting: Meeting, seen: int) -> Meeting:
    if meeting.seq != seen:
        raise MovedOn()
    return meeting


def _changed(con: Connection, actor: Actor, meeting: Meeting, kind: str, at: datetime, told: _Told) -> Meeting:
    """One change over the version that was read, with its event."""
    after = replace(meeting, seq=meeting.seq + 1)
    meetings.change(con, after)
    events.append(con, _event(after, kind, actor, at, told))
    return after


def _checked(con: Connection, actor: Actor, form: MeetingForm, at: datetime) -> tuple[MeetingForm, list[str]]:
    """The form as it is kept, and the ids of the cases that were met about. A meeting is recorded once it was held;
    every body that came is one of the lists'."""
    wrong = Wrong()
    wrong.unless(form.kind in KINDS, "meeting_kind")
    wrong.unless(form.held_on <= clock.day_of(at), "meeting_day")
    lines = {name: one_line(getattr(form, name)) for name in ("place", "chair", "topic")}
    wrong.unless(all(0 < len(line) <= LONGEST_LINE for line in lines.values()), "meeting_words", longest=LONGEST_LINE)
    numbers = tuple(wrong.tried(lambda: numbers_typed(form.numbers, 1, MOST_CASES, "meeting_cases"), []))
    found = wrong.tried(lambda: numbered(con, actor, numbers, "case_numbers_unknown"), [])
    bodies = tuple(dict.fromkeys(form.bodies))
    wrong.unless(bodies, "meeting_bodies")
    known = {item.code for kind in ("body", "town") for item in references.items(con, kind)}
    wrong.unless(set(bodies) <= known, "body_unknown")
    texts = {name: tidy(getattr(form, name)) for name in LONGEST}
    for field, most in LONGEST.items():
        wrong.unless(len(texts[field]) <= most, "too_long", most=most, field=field)
    wrong.refuse()
    kept = replace(form, **lines, **texts, numbers=numbers, bodies=bodies)
    return kept, [case.id for case in found]


def _typed(form: MeetingForm) -> _Told:
    return {name: getattr(form, name) for name in ("held_on", "place", "chair", "topic", "people", "minutes")}


def _said(meeting: Meeting, form: MeetingForm, ids: Sequence[str]) -> _Told:
    told = {"kind": meeting.kind, "number": meeting.number, "bodies": list(form.bodies), "cases": list(ids)}
    return {**told, **_typed(form)}


def _told(decision: Decision) -> _Told:
    who = {"decision": decision.id, "case": decision.case_id, "body": decision.body_code}
    return {**who, "words": decision.words, "due_on": decision.due_on}


def _event(meeting: Meeting, kind: str, actor: Actor, at: datetime, told: _Told) -> Event:
    detail = {name: value for name, value in told.items() if value is not None}
    return Event(at, "meeting", kind, meeting.id, meeting.seq, actor.id, actor.role, actor.body_code, None, detail)
