"""Supervision by rule: what is due on a day and by whom, which cases carry a warning, who was not heard for long.

Tables and pure functions; days are days in Shanghai. Nothing here acts: what is late is shown, people decide.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from access.actor import Actor
from casework.cases.lifecycle import ACCEPT, ANSWER, DISPATCH
from db import clock
from db.calendar.workdays import due_date
from db.cases import supervision
from db.cases.past import OFTEN
from db.cases.supervision import OfficerCare, Standing
from db.states import PROMISED, UNDER_WAY, waiting_for, where
from db.store import Store

CALL_EVERY = timedelta(days=7)  # 每周一催
CHECK_EVERY = timedelta(days=30)  # 每月一查
SOON = timedelta(days=3)
SILENT_FOR = timedelta(days=7)  # an enterprise that has not judged for longer than this
VISIT_WITHIN = 5  # working days from a rejection or a bad rating
DECIDE_WITHIN = 2  # working days from a request for more time
TRY_AGAIN = timedelta(days=1)  # nobody was reached
UNHEARD_FOR = timedelta(days=90)  # an enterprise that nobody heard, met or visited


@dataclass(frozen=True)
class Duty:
    """Something that somebody has to do about a case by a day.

    `party`: office, lead (the body) or enterprise; step, decision: the body that owns the one that is due first.

    `extended_on` stands beside a first promise that was extended.
    """

    kind: str
    party: str
    standing: Standing
    due_on: date
    extended_on: date | None = None

    def late(self, today: date) -> bool:
        return self.due_on < today


@dataclass(frozen=True)
class DutyRule:
    """In these states `due` says the day; listed from `ahead` before it on, or (None) as soon as there is a day."""

    kind: str
    party: str
    states: tuple[str, ...]
    due: Callable[[Standing], date | None]
    ahead: timedelta | None = timedelta(0)


def _by_rule(name: str) -> Callable[[Standing], date | None]:
    return lambda case: case.due_on if case.due_rule == name else None


def _promised(case: Standing) -> date | None:
    return case.promised_on


def call_due(case: Standing) -> date | None:
    """A week after the last dispatch or the last call that reached somebody; a reopened case at once."""
    since = _latest(case.sent_at or case.dispatched_at, case.call_at)
    return None if since is None else _at_least(since + CALL_EVERY, case.opposed_at, again=case.call_tried_at)


def check_due(case: Standing) -> date | None:
    """A month after the first dispatch or the last check: dispatching anew does not put it off."""
    since = _latest(case.dispatched_at, case.check_at)
    return None if since is None else _at_least(since + CHECK_EVERY, case.opposed_at)


def visit_due(case: Standing) -> date | None:
    """Five working days after the rejection or bad rating that nobody has visited for yet."""
    if case.opposed_at is None or (case.visit_at is not None and case.visit_at >= case.opposed_at):
        return None
    tried = case.visit_tried_at if case.visit_tried_at and case.visit_tried_at > case.opposed_at else None
    return _at_least(due_date(clock.day_of(case.opposed_at), VISIT_WITHIN).day, None, again=tried)


def decision_due(case: Standing) -> date | None:
    """Two working days after the request for more time that waits, and never after the day that stands until then."""
    if case.asked_at is None:
        return None
    return min(due_date(clock.day_of(case.asked_at), DECIDE_WITHIN).day, case.due_on or date.max)


_OWN_CLOCK: Mapping[str, Callable[[Standing], datetime | None]] = {
    "return_visit": lambda case: case.opposed_at,
    "extension": lambda case: case.asked_at,
}


def own_clock(duty: Duty) -> date | None:
    """The day from which a duty counts working days of its own; None where it goes by what the case has to do next."""
    since = _OWN_CLOCK.get(duty.kind, lambda _: None)(duty.standing)
    return since and clock.day_of(since)


def _silent(case: Standing) -> date | None:
    """The first day on which the enterprise has been silent for longer than it should."""
    return None if case.settled_at is None else clock.day_of(case.settled_at) + SILENT_FOR + timedelta(days=1)


_WITH_PLAN = where(lambda s: s.unsettled or s.settled)  # steps and decisions have days of their own
RULES: tuple[DutyRule, ...] = (
    DutyRule("acceptance", "office", waiting_for("acceptance"), _by_rule(ACCEPT), ahead=None),
    DutyRule("extension", "office", PROMISED, decision_due, ahead=None),
    DutyRule("review", "office", waiting_for("review"), _by_rule("review")),
    DutyRule("letter", "office", waiting_for("letter"), _by_rule(DISPATCH)),
    DutyRule("return_visit", "office", (*UNDER_WAY, *waiting_for("verdict")), visit_due, ahead=None),
    DutyRule("promise", "lead", PROMISED, _promised, ahead=SOON),
    DutyRule("answer", "lead", waiting_for("answer"), _by_rule(ANSWER), ahead=SOON),
    DutyRule("plan_step", "step", _WITH_PLAN, lambda case: case.step_on, ahead=SOON),
    DutyRule("decision", "decision", _WITH_PLAN, lambda case: case.decision_on, ahead=SOON),
    DutyRule("reminder_call", "office", UNDER_WAY, call_due),
    DutyRule("monthly_check", "office", UNDER_WAY, check_due),
    DutyRule("awaiting", "enterprise", waiting_for("verdict"), _silent),
)
KINDS: tuple[str, ...] = tuple(rule.kind for rule in RULES)


@dataclass(frozen=True)
class Caution:
    """A colour and why. Red stands above yellow."""

    colour: str
    reason: str
    holds: Callable[[Standing, date], bool]


CAUTIONS: tuple[Caution, ...] = (
    Caution("red", "promise_past", lambda c, day: c.state in PROMISED and _before(c.promised_on, day)),
    Caution("red", "past_due", lambda c, day: c.state not in PROMISED and _before(c.due_on, day)),
    Caution("red", "rejected_twice", lambda c, _: c.oppositions >= OFTEN),
    Caution("yellow", "due_soon", lambda c, day: c.due_on is not None and day <= c.due_on <= day + SOON),
    Caution("yellow", "no_reminder", lambda c, day: c.state in UNDER_WAY and not _before(day, call_due(c))),
)


def duties(case: Standing, today: date) -> list[Duty]:
    """What the rules ask for on this case, on this day, in the order of the table."""
    found = []
    for rule in RULES:
        due = rule.due(case) if case.state in rule.states else None
        if due is not None and (rule.ahead is None or due - rule.ahead <= today):
            found.append(Duty(rule.kind, rule.party, case, due, _extended(case) if rule.kind == "promise" else None))
    return found


def work_list(cases: Iterable[Standing], today: date) -> list[Duty]:
    """The day's duties on all the cases: what has been due for longest first."""
    found = [duty for case in cases for duty in duties(case, today)]
    return sorted(found, key=lambda duty: (duty.due_on, KINDS.index(duty.kind), duty.standing.number))


def cautions(case: Standing, today: date) -> tuple[Caution, ...]:
    """The warnings that hold, red ones first."""
    return tuple(caution for caution in CAUTIONS if caution.holds(case, today))


def work_of_the_day(store: Store, *, actor: Actor, today: date) -> list[Duty]:
    """The work list of those who supervise. Raises Refused('forbidden')."""
    actor.must("triage_case")
    return work_list(store.read(lambda con: supervision.standings(con, actor.scope)), today)


def not_mine_to_visit(store: Store, *, actor: Actor, case_ids: Sequence[str]) -> set[str]:
    """Those of the cases that this person handled, so that a colleague has to visit. Raises Refused('forbidden')."""
    actor.must("triage_case")
    return store.read(lambda con: supervision.handled(con, actor.id, case_ids))


def officers(
    store: Store, *, actor: Actor, words: str, page: int, size: int, today: date
) -> tuple[list[OfficerCare], int]:
    """A page of the officers, those whose enterprises were not heard for longest first. Raises Refused('forbidden')."""
    actor.must("triage_case")
    since = today - UNHEARD_FOR
    return store.read(
        lambda con: supervision.officers(con, actor.scope, words=words, silent_since=since, page=page, size=size)
    )


def unheard(heard_on: date | None, today: date) -> bool:
    """Whether an enterprise was last heard, met or visited so long ago that somebody should go."""
    return heard_on is None or today - heard_on >= UNHEARD_FOR


def counts(found: Iterable[Duty], today: date) -> Mapping[str, int]:
    """How many of each kind, and of all: late, today, coming, and cases that wait for their enterprise."""
    listed = list(found)
    mine = [duty for duty in listed if duty.party != "enterprise"]
    return {kind: sum(duty.kind == kind for duty in listed) for kind in KINDS} | {
        "late": sum(duty.late(today) for duty in mine),
        "today": sum(duty.due_on == today for duty in mine),
        "coming": sum(duty.due_on > today for duty in mine),
    }


def _extended(case: Standing) -> date | None:
    return case.due_on if case.due_on != case.promised_on else None


def _latest(*moments: datetime | None) -> date | None:
    known = [moment for moment in moments if moment is not None]
    return clock.day_of(max(known)) if known else None


def _at_least(due: date, reopened: datetime | None, *, again: datetime | None = None) -> date:
    """Not before the day of reopening, nor before the day after a try that reached nobody."""
    floors = [clock.day_of(reopened)] if reopened else []
    floors += [clock.day_of(again) + TRY_AGAIN] if again else []
    return max([due, *floors])


def _before(one: date | None, other: date | None) -> bool:
    """Whether `one` lies before `other`; an unknown day lies nowhere, and after every known one."""
    return one is not None and (other is None or one < other)
