"""The verbs of a case: open it, and act on it. Each is one transaction that appends exactly one event."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from access.actor import Actor
from casework import lifecycle, notices
from casework.lifecycle import ActionRefused, Rule
from casework.workdays import due_date
from db import cases, clock, enterprises, events, references
from db.cases import Case, CaseEvent, NewCase
from db.events import Event
from db.refused import MovedOn, Refused
from db.scope import ALL, Scope
from db.sql import Connection
from db.store import Store

DISPATCH_WITHIN = 3  # working days from acceptance to the handling letter
ANSWER_WITHIN = 7  # working days from dispatch to the answer
LONGEST = 4000  # characters of a note, a reason, an answer
KEEPS_DUE = frozenset({"start", "note", "proxy"})  # a clock that runs goes on


class CaseMovedOn(MovedOn):
    """Somebody acted on the case since it was read. `case` is how it stands now, `since` what happened meanwhile."""

    def __init__(self, case: Case, since: list[CaseEvent]) -> None:
        super().__init__(number=case.number)
        self.case = case
        self.since = since


@dataclass(frozen=True)
class Given:
    """What came with an action; what is missing is None. The names are those of the event's detail."""

    note: str | None = None
    reason: str | None = None
    lead: str | None = None
    co: tuple[str, ...] = ()
    answer_kind: str | None = None
    text: str | None = None
    promised_on: date | None = None
    rating: str | None = None
    into: str | None = None

    @property
    def outcome(self) -> str | None:
        return self.answer_kind or self.rating


def open_case(con: Connection, *, case: NewCase, actor: Actor, at: datetime) -> Case:
    """Enter a submitted case and its first event within the caller's transaction.

    A second try with the same id gets the first's case and writes nothing. Raises Refused('forbidden').
    """
    _must_raise(con, actor, case)
    fresh = cases.get(con, ALL, case.id) is None
    if fresh:
        cases.add(con, case, number=cases.next_number(con, clock.day_of(at).year), at=at)
        first = Event(at, "case", "submit", case.id, 1, actor.id, actor.role, actor.body_code, "submitted")
        events.append(con, first)
    kept = cases.get(con, Scope("enterprise", case.enterprise_id), case.id)
    if kept is None:  # the id is another enterprise's: forged
        raise Refused("forbidden")
    if fresh:
        notices.queue(con, case=kept, action="submit", actor=actor, at=at)
    return kept


def act(
    store: Store,
    *,
    actor: Actor,
    case_id: str,
    action: str,
    seen: int,
    at: datetime,
    note: str | None = None,
    reason: str | None = None,
    lead: str | None = None,
    co: tuple[str, ...] = (),
    answer_kind: str | None = None,
    text: str | None = None,
    promised_on: date | None = None,
    rating: str | None = None,
    into: str | None = None,
) -> Case:
    """Take `action` on the case as it was at version `seen`. Returns the case as it stands afterwards.

    Raises Refused('case_unknown'), CaseMovedOn, or ActionRefused: 'action_refused', 'forbidden', 'needs_<field>',
    'promise_in_the_past', 'body_unknown', 'merge_unknown', 'too_long'. Nothing is written then.
    """
    given = Given(_tidy(note), _tidy(reason), lead, co, answer_kind, _tidy(text), promised_on, rating, into)
    return store.write(
        lambda con: act_within(con, actor=actor, case_id=case_id, action=action, seen=seen, given=given, at=at)
    )


def act_within(
    con: Connection, *, actor: Actor, case_id: str, action: str, seen: int, given: Given, at: datetime
) -> Case:
    """The same within the caller's transaction: a forum's list goes out in one."""
    case = cases.get(con, actor.scope, case_id)
    if case is None:
        raise Refused("case_unknown")
    if case.seq != seen:
        raise CaseMovedOn(case, [e for e in cases.history(con, actor.scope, case_id) if e.seq > seen])
    rule = lifecycle.rule_for(case, action, actor)
    given = _only_what_it_takes(rule, given)
    _check(con, actor, case, rule, given, clock.day_of(at))
    changes = _changes(case, action, rule, given, at)
    cases.change(con, case, changes)
    if given.lead:
        cases.assign(con, case.id, lead=given.lead, co=given.co)
    events.append(con, _event(case, action, given, changes, actor, at))
    kept = cases.get(con, actor.scope, case_id) or case
    notices.queue(con, case=kept, action=action, actor=actor, at=at)
    return kept


def _must_raise(con: Connection, actor: Actor, case: NewCase) -> None:
    """An enterprise raises its own; officers and staff for the enterprises that they may see."""
    own = actor.may("raise_issue") and actor.enterprise_id == case.enterprise_id
    if own:
        return
    actor.must("raise_on_behalf")
    if enterprises.get(con, actor.scope, case.enterprise_id) is None:
        raise Refused("forbidden")


def _only_what_it_takes(rule: Rule, given: Given) -> Given:
    wanted = {*rule.needs, *rule.takes, *rule.also_needs.values()}
    kept = {name: value for name, value in vars(given).items() if name in wanted}
    if kept.get("answer_kind") != "committed":
        kept.pop("promised_on", None)
    if kept.get("lead"):
        kept["co"] = tuple(dict.fromkeys(body for body in given.co if body != given.lead))
    return Given(**kept)


def _check(con: Connection, actor: Actor, case: Case, rule: Rule, given: Given, today: date) -> None:
    if given.answer_kind not in (None, *lifecycle.ANSWER_KINDS):
        raise ActionRefused("needs_answer_kind")
    if given.rating not in (None, *lifecycle.RATINGS):
        raise ActionRefused("needs_rating")
    for name in rule.needs_for(given.outcome):
        if not getattr(given, name):
            raise ActionRefused(f"needs_{name}")
    if any(len(words or "") > LONGEST for words in (given.note, given.reason, given.text)):
        raise ActionRefused("too_long", most=LONGEST)
    if given.promised_on and given.promised_on < today:
        raise ActionRefused("promise_in_the_past")
    if given.lead:
        _check_bodies(con, (given.lead, *given.co))
    if given.into:
        _check_merge(con, actor, case, given.into)


def _check_bodies(con: Connection, codes: tuple[str, ...]) -> None:
    """A body that is active and handles cases: the four leadership bodies lead forums, not cases."""
    may = {item.code for item in references.items(con, "body", active_only=True) if item.kind != "leadership"}
    if not set(codes) <= may:
        raise ActionRefused("body_unknown")


def _check_merge(con: Connection, actor: Actor, case: Case, into: str) -> None:
    other = cases.get(con, actor.scope, into)
    if other is None or other.id == case.id or other.state in ("merged", "returned"):
        raise ActionRefused("merge_unknown")


def _changes(case: Case, action: str, rule: Rule, given: Given, at: datetime) -> dict[str, object]:
    """The columns that the action sets. The first promise never changes; a closed case keeps the moment it settled."""
    state = rule.state_after(case.state, given.outcome)
    changes: dict[str, object] = {"state": state}
    if action not in KEEPS_DUE:
        changes |= _due(action, given, clock.day_of(at))
        changes["settled_at"] = at if state == "awaiting" else case.settled_at if state == "closed" else None
        changes["closed_at"] = at if state == "closed" else None
    return changes | _own_columns(case, action, given, at)


def _own_columns(case: Case, action: str, given: Given, at: datetime) -> dict[str, object]:
    """The first dispatch starts the clock of handling days: sending the case to another body does not reset it."""
    columns: dict[str, dict[str, object]] = {
        "accept": {"accepted_at": at},
        "dispatch": {"lead_body": given.lead, "dispatched_at": case.dispatched_at or at},
        "answer": {
            "answer_kind": given.answer_kind,
            "answer_text": given.text,
            "promised_on": case.promised_on or given.promised_on,
        },
        "fulfil": {"answer_kind": "fulfilled", "answer_text": given.text},
        "close": {"rating": given.rating},
        "merge": {"merged_into": given.into},
    }
    return columns.get(action, {})


def _due(action: str, given: Given, today: date) -> dict[str, object]:
    """What is next, by when, and the rule that says so."""
    if given.promised_on:
        return {"due_on": given.promised_on, "due_rule": "promise", "due_provisional": False}
    if action in ("accept", "dispatch"):
        days, rule = (DISPATCH_WITHIN, "dispatch_3wd") if action == "accept" else (ANSWER_WITHIN, "answer_7wd")
        due = due_date(today, days)
        return {"due_on": due.day, "due_rule": rule, "due_provisional": due.provisional}
    return {"due_on": None, "due_rule": None, "due_provisional": False}


def _event(case: Case, action: str, given: Given, changes: dict[str, object], actor: Actor, at: datetime) -> Event:
    """`body_code` is the body that acts, also where staff write down a body's answer."""
    detail = {name: value for name, value in vars(given).items() if value}
    detail |= {name: changes[name] for name in ("due_on", "due_rule") if changes.get(name)}
    speaks_for = case.lead_body if action in ("start", "answer", "fulfil") else None
    state = str(changes["state"])
    body = speaks_for or actor.body_code
    return Event(at, "case", action, case.id, case.seq + 1, actor.id, actor.role, body, state, detail)


def _tidy(words: str | None) -> str | None:
    """NFC, no control or invisible characters but line breaks, no outer space; nothing left is None."""
    whole = unicodedata.normalize("NFC", (words or "").replace("\r\n", "\n").replace("\t", " "))
    return "".join(c for c in whole if c in "\n\u200d" or unicodedata.category(c)[0] != "C").strip() or None
