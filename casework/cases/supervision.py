"""Supervision by rule: what is due on a day and by whom, which cases carry a warning, who was not heard for long.

Tables; the store asks them of all cases at once. Days are days in Shanghai. Nothing here acts: what is late is shown,
people decide.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.actor import Actor
from casework.cases.lifecycle import ACCEPT, ANSWER, DISPATCH, OBJECTION, RULING
from db import clock
from db.cases import supervision
from db.cases.past import OFTEN
from db.cases.supervision import DutyDue, DutyRule, DutyTally, OfficerCare, Standing, Terms, Watch
from db.sql import Connection
from db.states import COUNTED, PROMISED, UNDER_WAY, waiting_for, where
from db.store import Store

CALL_EVERY = timedelta(days=7)  # 每周一催
CHECK_EVERY = timedelta(days=30)  # 每月一查
SOON = timedelta(days=3)
SILENT_FOR = timedelta(days=7)  # an enterprise that has not judged for longer than this
VISIT_WITHIN = 5  # working days from a rejection or a bad rating
DECIDE_WITHIN = 2  # working days from a request for more time
A_DAY = timedelta(days=1)
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


TERMS = Terms(CALL_EVERY.days, CHECK_EVERY.days, SILENT_FOR.days, VISIT_WITHIN, DECIDE_WITHIN)
_OWN_CLOCK: Mapping[str, Callable[[Standing], datetime | None]] = {
    "return_visit": lambda case: case.opposed_at,
    "extension": lambda case: case.asked_at,
}


def own_clock(duty: Duty) -> date | None:
    """The day from which a duty counts working days of its own; None where it goes by what the case has to do next."""
    since = _OWN_CLOCK.get(duty.kind, lambda _: None)(duty.standing)
    return since and clock.day_of(since)


_WITH_PLAN = where(lambda s: s.unsettled or s.settled)  # steps and decisions have days of their own
RULES: tuple[DutyRule, ...] = (
    DutyRule("acceptance", "office", waiting_for("acceptance"), "due_on", ACCEPT, ahead=None),
    DutyRule("extension", "office", PROMISED, "decide_on", ahead=None),
    DutyRule("review", "office", waiting_for("review"), "due_on", "review"),
    DutyRule("objection", "office", waiting_for("objection"), "due_on", OBJECTION, ahead=None),
    DutyRule("ruling", "leader", waiting_for("ruling"), "due_on", RULING, ahead=None),
    DutyRule("letter", "office", waiting_for("letter"), "due_on", DISPATCH),
    DutyRule("return_visit", "office", (*UNDER_WAY, *waiting_for("verdict")), "visit_on", ahead=None),
    DutyRule("instruction", "lead", COUNTED, "instructed_until", ahead=None),
    DutyRule("promise", "lead", PROMISED, "promised_on", ahead=SOON),
    DutyRule("answer", "lead", waiting_for("answer"), "due_on", ANSWER, ahead=SOON),
    DutyRule("plan_step", "step", _WITH_PLAN, "step_on", ahead=SOON),
    DutyRule("decision", "decision", _WITH_PLAN, "decision_on", ahead=SOON),
    DutyRule("reminder_call", "office", UNDER_WAY, "call_on"),
    DutyRule("monthly_check", "office", UNDER_WAY, "check_on"),
    DutyRule("awaiting", "enterprise", waiting_for("verdict"), "silent_on"),
)
KINDS: tuple[str, ...] = tuple(rule.kind for rule in RULES)
_PARTY = {rule.kind: rule.party for rule in RULES}


@dataclass(frozen=True)
class Caution:
    """A colour and why. Red stands above yellow."""

    colour: str
    reason: str
    holds: Callable[[Standing, date], bool]


CAUTIONS: tuple[Caution, ...] = (
    Caution("red", "promise_past", lambda c, day: c.state in PROMISED and _before(c.promised_on, day)),
    Caution("red", "past_due", lambda c, day: c.state not in PROMISED and _before(c.due_on, day)),
    Caution("red", "instruction_past", lambda c, day: _before(c.instructed_until, day)),
    Caution("red", "rejected_twice", lambda c, _: c.oppositions >= OFTEN),
    Caution("yellow", "due_soon", lambda c, day: c.due_on is not None and day <= c.due_on <= day + SOON),
    Caution("yellow", "no_reminder", lambda c, day: c.state in UNDER_WAY and _before(c.call_on, day + A_DAY)),
)


def cautions(case: Standing, today: date) -> tuple[Caution, ...]:
    """The warnings that hold, red ones first."""
    return tuple(caution for caution in CAUTIONS if caution.holds(case, today))


@dataclass(frozen=True)
class Work:
    """What is due on a day: how much of each kind in the sector and the town that were asked for, and how much in each
    sector, town and hand; of the kinds that were asked for the first `duties`, what has been due for longest first."""

    tallies: Mapping[str, DutyTally]
    sectors: Mapping[str, int]
    towns: Mapping[str, int]
    holders: Mapping[str, int]
    duties: Sequence[Duty]

    def of_kind(self, kind: str) -> int:
        return self.tallies.get(kind, DutyTally()).n

    def headline(self) -> Mapping[str, int]:
        """Of all that is not the enterprise's: late, today, coming; and the cases that wait for their enterprise."""
        mine = [tally for kind, tally in self.tallies.items() if _PARTY[kind] != "enterprise"]
        late, today = sum(tally.late for tally in mine), sum(tally.today for tally in mine)
        coming = sum(tally.n for tally in mine) - late - today
        return {"late": late, "today": today, "coming": coming, "awaiting": self.of_kind("awaiting")}


def work_of_the_day(
    store: Store, *, actor: Actor, today: date, sector: str = "", town: str = "", holder: str = "",
    kinds: Sequence[str] = KINDS, page: int = 1, size: int = 25,
) -> Work:  # fmt: skip
    """The work of those who supervise, of a department its own; a page of each kind. Raises Refused('forbidden')."""
    actor.must("see_work")
    body = "" if actor.may("triage_case") else actor.body_code or ""
    watch = Watch(today, TERMS, RULES, sector, town, actor.desk, holder, body)

    def read(con: Connection) -> Work:
        sums = supervision.tallies(con, actor.scope, watch)
        most = max((sums.kinds.get(kind, DutyTally()).n for kind in kinds), default=0)
        start = size * (page - 1) if size * (page - 1) < most else 0
        wanted = replace(watch, rules=[rule for rule in RULES if rule.kind in kinds])
        found = supervision.due(con, actor.scope, wanted, start=start, size=size) if most else []
        return Work(sums.kinds, sums.sectors, sums.towns, sums.holders, [_duty(one) for one in found])

    return store.read(read)


def _duty(one: DutyDue) -> Duty:
    case = one.standing
    extended = one.kind == "promise" and case.due_on != case.promised_on
    return Duty(one.kind, _PARTY[one.kind], case, one.due_on, case.due_on if extended else None)


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


def _before(one: date | None, day: date) -> bool:
    return one is not None and one < day
