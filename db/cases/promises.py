"""The promise ledger, read from the events of a case: what was promised first, what was asked for, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db import clock
from db.cases import cases
from db.cases.cases import Case, CaseEvent
from db.scope import Scope
from db.sql import Connection
from db.states import PROMISED, SETTLED

_DECISIONS = {"grant_extension": "granted", "refuse_extension": "refused"}


@dataclass(frozen=True)
class Extension:
    """More time, asked for by `body` and decided by somebody else.

    `outcome`: pending, granted, refused, or lapsed where the case went on before anybody decided.
    """

    asked_on: date
    body: str | None
    reason: str
    until: date
    outcome: str = "pending"
    decided_on: date | None = None
    decided_by: str | None = None  # the role
    decided_body: str | None = None
    decision: str = ""  # what was written along with it


@dataclass(frozen=True)
class Promise:
    """`first` never changes; `standing` is the date after extensions; `anew` are promises made after a reopening.

    `fulfilled_on` is the day of the answer that stands now; None while none does.
    """

    first: date
    standing: date
    extensions: tuple[Extension, ...] = ()
    anew: tuple[date, ...] = ()
    fulfilled_on: date | None = None

    @property
    def pending(self) -> Extension | None:
        return next((one for one in self.extensions if one.outcome == "pending"), None)

    def in_time(self, today: date) -> bool | None:
        """Against the first promise; None while it can still be kept."""
        return _kept(self.first, self.fulfilled_on, today)

    def in_time_as_extended(self, today: date) -> bool | None:
        """Against the date that stands after extensions; shown beside the first and never in its place."""
        return _kept(self.standing, self.fulfilled_on, today)


@dataclass(frozen=True)
class Line:
    """A case with what was promised in it."""

    case: Case
    promise: Promise


def ledger(con: Connection, scope: Scope) -> list[Line]:
    """Every promise within the scope: what is not answered first, by its first day; then what was, the latest first."""
    promised = cases.promised(con, scope)
    happened = cases.histories(con, promised)
    found = [(case, of_history(case, happened[case.id])) for case in promised]
    lines = [Line(case, promise) for case, promise in found if promise]
    answered = [line for line in lines if line.promise.fulfilled_on]
    waiting = [line for line in lines if not line.promise.fulfilled_on]
    return [*sorted(waiting, key=lambda line: line.promise.first), *answered]


def of_case(con: Connection, scope: Scope, case_id: str) -> Promise | None:
    """The ledger of a case within the scope; None where nothing was promised."""
    case = cases.get(con, scope, case_id)
    return of_history(case, cases.history(con, scope, case_id)) if case else None


def of_history(case: Case, history: Sequence[CaseEvent]) -> Promise | None:
    """The same from the events of a case, oldest first."""
    found: Promise | None = None
    for event in history:
        found = _after(found, event)
    if found is None or case.settled_at is None or case.state not in SETTLED:
        return found
    return replace(found, fulfilled_on=clock.day_of(case.settled_at))


def _after(found: Promise | None, event: CaseEvent) -> Promise | None:
    day = event.detail.get("promised_on")
    if event.state in PROMISED and event.kind == "answer" and day:
        promised = date.fromisoformat(day)
        if found is None:
            return Promise(promised, promised)
        return replace(found, standing=promised, anew=(*found.anew, promised))
    if found is None:
        return None
    if event.kind == "ask_extension":
        return replace(found, extensions=(*found.extensions, _asked(event)))
    if event.kind in _DECISIONS:
        return _decided(found, event)
    return found if event.state in PROMISED else _lapsed(found)


def _asked(event: CaseEvent) -> Extension:
    until = date.fromisoformat(event.detail["extended_on"])
    return Extension(clock.day_of(event.happened_at), event.body_code, event.detail["reason"], until)


def _decided(found: Promise, event: CaseEvent) -> Promise:
    last = replace(
        found.extensions[-1],
        outcome=_DECISIONS[event.kind],
        decided_on=clock.day_of(event.happened_at),
        decided_by=event.actor_role,
        decided_body=event.body_code,
        decision=event.detail.get("reason") or event.detail.get("note") or "",
    )
    standing = last.until if last.outcome == "granted" else found.standing
    return replace(found, standing=standing, extensions=(*found.extensions[:-1], last))


def _lapsed(found: Promise) -> Promise:
    if found.pending is None:
        return found
    return replace(found, extensions=(*found.extensions[:-1], replace(found.extensions[-1], outcome="lapsed")))


def _kept(by: date, fulfilled_on: date | None, today: date) -> bool | None:
    if fulfilled_on:
        return fulfilled_on <= by
    return False if today > by else None
