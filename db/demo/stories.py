"""One case's history as it is told: each step appends an event and keeps the row in step with it.

A story ends where the present begins: a step at or after `until` does not happen, nor do those after it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db import clock
from db.demo import workdays
from db.events import Event
from db.hotline import Order
from db.states import BAD_RATINGS
from db.system.integrity import digest_of_case

ACCEPT_WITHIN, DISPATCH_WITHIN, ANSWER_WITHIN = 2, 3, 7
BEHIND_THE_PUBLISHED = datetime(2023, 11, 30, 16)  # midnight in Shanghai: before, nothing had a deadline of acceptance


@dataclass(frozen=True)
class Doer:
    """Who acts: an account (or nobody known), a role, the body that acts."""

    actor_id: str | None
    role: str
    body_code: str | None = None


@dataclass(frozen=True)
class Answer:
    """In the language of whoever raised the case; `house`: the same in the house's own, where that is another."""

    own: str
    house: str | None = None


@dataclass
class Story:
    """A case under way. `row` is the row of `cases` but for its number, `bodies` those of `case_body`."""

    row: dict[str, Any]
    until: datetime
    log: list[Event] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    over: bool = False

    def submit(self, at: datetime, by: Doer, order: Order | None = None) -> None:
        due = _acceptance(at)
        detail = {"content": digest_of_case(self.row), **_days(due)} | ({"order": vars(order)} if order else {})
        self._step("submit", at, by, "submitted", detail, **due)

    def send_back(self, at: datetime, by: Doer, reason: str) -> None:
        self._step("return", at, by, "returned", {"reason": reason}, **_NO_DUE)

    def resubmit(self, at: datetime, by: Doer) -> None:
        due = _acceptance(at)
        self._step("resubmit", at, by, "submitted", {"text": self.row["text"], **_days(due)}, **due)

    def accept(self, at: datetime, by: Doer) -> None:
        due = _due(at, DISPATCH_WITHIN, "dispatch_3wd")
        self._step("accept", at, by, "accepted", _days(due), accepted_at=at, **due)

    def dispatch(self, at: datetime, by: Doer, lead: str, co: list[str]) -> None:
        due = _due(at, ANSWER_WITHIN, "answer_7wd")
        detail = {"lead": lead, **({"co": co} if co else {}), **_days(due)}
        first = self.row["dispatched_at"] or at
        self._step(
            "dispatch", at, by, "dispatched", detail, lead_body=lead, dispatched_at=first, settled_at=None, **due
        )
        if not self.over:
            self.bodies = [(lead, "lead"), *((body, "co") for body in co)]

    def start(self, at: datetime, by: Doer) -> None:
        self._step("start", at, by, "in_progress")

    def answer(self, at: datetime, by: Doer, kind: str, said: Answer) -> None:
        words, row = _worded(at, said)
        changes = {**_NO_DUE, "answer_kind": kind, **row, "settled_at": at}
        self._step("answer", at, by, "awaiting", {"answer_kind": kind, **words}, **changes)

    def promise(self, at: datetime, by: Doer, said: Answer, promised_on: date) -> None:
        due = {"due_on": promised_on, "due_rule": "promise", "due_provisional": False}
        words, row = _worded(at, said)
        detail = {"answer_kind": "committed", **words, "promised_on": promised_on, **_days(due)}
        first = self.row["promised_on"] or promised_on
        changes = {**due, "answer_kind": "committed", **row, "promised_on": first, "settled_at": None}
        self._step("answer", at, by, "committed", detail, **changes)

    def fulfil(self, at: datetime, by: Doer, said: Answer) -> None:
        words, row = _worded(at, said)
        changes = {**_NO_DUE, "answer_kind": "fulfilled", **row, "settled_at": at}
        self._step("fulfil", at, by, "awaiting", words, **changes)

    def close(self, at: datetime, by: Doer, rating: str) -> None:
        """A bad rating opens the case again."""
        bad = rating in BAD_RATINGS
        due = _due(at, DISPATCH_WITHIN, "dispatch_3wd") if bad else {}
        changes = {"settled_at": None, **due} if bad else {"closed_at": at}
        detail = {"rating": rating, **(_days(due) if bad else {})}
        self._step("close", at, by, "reopened" if bad else "closed", detail, rating=rating, **changes)

    def oppose(self, at: datetime, by: Doer, kind: str, reason: str) -> None:
        """`reject` an answer, or `reopen` a closed case."""
        due = _due(at, DISPATCH_WITHIN, "dispatch_3wd")
        self._step(kind, at, by, "reopened", {"reason": reason, **_days(due)}, settled_at=None, closed_at=None, **due)

    def merge(self, at: datetime, by: Doer, into: str, reason: str) -> None:
        self._step("merge", at, by, "merged", {"into": into, "note": reason}, merged_into=into, **_NO_DUE)

    def transfer(self, at: datetime, by: Doer, reason: str) -> None:
        self._step("transfer", at, by, "transferred", {"reason": reason}, **_NO_DUE)

    def note(self, at: datetime, by: Doer, text: str, kind: str = "note") -> None:
        self._step(kind, at, by, self.row["state"], {"note": text})

    def _step(
        self,
        kind: str,
        at: datetime,
        by: Doer,
        state: str,
        detail: dict[str, Any] | None = None,
        **changes: object,
    ) -> None:
        self.over = self.over or at >= self.until
        if self.over:
            return
        seq = len(self.log) + 1
        who = (by.actor_id, by.role, by.body_code)
        self.log.append(Event(at, "case", kind, self.row["id"], seq, *who, state, detail or {}))
        self.row |= {"state": state, "seq": seq, **changes}


def _worded(at: datetime, said: Answer) -> tuple[dict[str, str], dict[str, str | None]]:
    """An answer as its event and its row have it: what is published stands in the enterprise's language alone, what
    came later in the house's, with the other beside it."""
    if not said.house or at < BEHIND_THE_PUBLISHED:
        return {"text": said.own}, {"answer_text": said.own, "answer_translated": None}
    return {"text": said.house, "translated": said.own}, {"answer_text": said.house, "answer_translated": said.own}


_NO_DUE: dict[str, Any] = {"due_on": None, "due_rule": None, "due_provisional": False}


def _due(at: datetime, within: int, rule: str) -> dict[str, Any]:
    day = workdays.plus(clock.day_of(at), within)
    return {"due_on": day, "due_rule": rule, "due_provisional": not workdays.is_published(day)}


def _acceptance(at: datetime) -> dict[str, Any]:
    return _due(at, ACCEPT_WITHIN, "accept_2wd") if at >= BEHIND_THE_PUBLISHED else {}


def _days(due: dict[str, Any]) -> dict[str, Any]:
    return {name: due[name] for name in ("due_on", "due_rule") if name in due}
