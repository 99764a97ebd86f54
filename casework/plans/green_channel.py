"""The green channel (特事特办): staff ask for it on a legal or policy basis, somebody else approves."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from access.actor import Actor
from access.typed import one_line, tidy
from access.verbs import writes
from db import clock, events
from db.calendar.workdays import working_days
from db.cases import cases
from db.events import Event
from db.plans import green_channel
from db.plans.green_channel import GreenChannel, GreenLine
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection
from db.states import SETTLED, UNSETTLED

LONGEST_BASIS = 500
LONGEST_NUMBER = 80
MOST_DAYS = 365
DECISIONS = {"grant": "granted", "refuse": "refused"}


@dataclass(frozen=True)
class GreenForm:
    """The basis in words and by its document number, and the working days that such a matter normally takes."""

    basis: str
    document_no: str
    normal_days: int


@dataclass(frozen=True)
class Pace:
    """Working days from the grant: up to the settlement, or (`running`) up to today."""

    days: int
    running: bool


@writes("edit_plan")
def ask_green_channel(
    con: Connection, *, actor: Actor, channel_id: str, case_id: str, form: GreenForm, at: datetime
) -> GreenChannel:
    """Ask that the case may go faster. A second try with the same id returns the first's.

    Raises Refused('forbidden' | 'case_unknown' | 'green_case_over' | 'green_twice' | 'green_basis' | 'green_days').
    """
    basis, number, wrong = tidy(form.basis), one_line(form.document_no), Wrong()
    based = 0 < len(basis) <= LONGEST_BASIS and 0 < len(number) <= LONGEST_NUMBER
    wrong.unless(based, "green_basis", longest=LONGEST_BASIS)
    wrong.unless(1 <= form.normal_days <= MOST_DAYS, "green_days", most=MOST_DAYS)
    wrong.refuse()
    if kept := green_channel.get(con, actor.scope, channel_id):
        return kept
    _check_case(con, actor, case_id)
    undecided = dict.fromkeys(("decided_by", "decided_role", "decided_at", "note"))
    asked = (basis, number, form.normal_days, "asked", actor.id, at)
    channel = GreenChannel(channel_id, case_id, *asked, **undecided, seq=1)
    green_channel.add(con, channel)
    told = {"basis": basis, "document_no": number, "normal_days": form.normal_days}
    events.append(con, _event(channel, "ask", actor, at, **told))
    return channel


@writes("approve_green_channel")
def decide_green_channel(
    con: Connection, *, actor: Actor, channel_id: str, decision: str, note: str, seen: int, at: datetime
) -> GreenChannel:
    """Grant or refuse what somebody else asked for; a refusal says why.

    Raises Refused('forbidden' | 'green_unknown' | 'green_own' | 'green_decided' | 'green_note' | 'green_case_over'),
    MovedOn.
    """
    channel = green_channel.get(con, actor.scope, channel_id)
    if channel is None or decision not in DECISIONS:
        raise Refused("green_unknown")
    _check_decision(con, actor, channel, decision, note, seen)
    by = {"decided_by": actor.id, "decided_role": actor.role, "decided_at": at, "note": tidy(note) or None}
    after = replace(channel, state=DECISIONS[decision], seq=channel.seq + 1, **by)
    green_channel.change(con, after)
    events.append(con, _event(after, decision, actor, at, note=after.note))
    return after


def pace(line: GreenLine, today: date) -> Pace | None:
    """How the granted case goes; None where nothing was granted. A reopened case runs on."""
    channel = line.channel
    if channel.state != "granted" or channel.decided_at is None:
        return None
    settled = line.settled_at if line.case_state in SETTLED else None
    until = clock.day_of(settled) if settled else today
    return Pace(working_days(clock.day_of(channel.decided_at), until), settled is None)


def _check_case(con: Connection, actor: Actor, case_id: str) -> None:
    case = cases.get(con, actor.scope, case_id)
    if case is None:
        raise Refused("case_unknown")
    if case.state not in UNSETTLED:
        raise Refused("green_case_over")
    if any(line.channel.state != "refused" for line in green_channel.of_case(con, actor.scope, case_id)):
        raise Refused("green_twice")


def _check_decision(con: Connection, actor: Actor, channel: GreenChannel, decision: str, note: str, seen: int) -> None:
    """Nobody approves their own request, and nothing is granted after the fact."""
    if channel.seq != seen:
        raise MovedOn()
    if channel.state != "asked":
        raise Refused("green_decided")
    if channel.asked_by == actor.id:
        raise Refused("green_own")
    case = cases.get(con, actor.scope, channel.case_id)
    if decision == "grant" and (case is None or case.state not in UNSETTLED):
        raise Refused("green_case_over")
    if len(tidy(note)) > LONGEST_BASIS or (decision == "refuse" and not tidy(note)):
        raise Refused("green_note", longest=LONGEST_BASIS)


def _event(channel: GreenChannel, kind: str, actor: Actor, at: datetime, **more: object) -> Event:
    detail = {"case": channel.case_id, **{name: value for name, value in more.items() if value is not None}}
    who = (actor.id, actor.role, actor.body_code)
    return Event(at, "green_channel", kind, channel.id, channel.seq, *who, channel.state, detail)
