"""The verbs of a case: open it, and act on it. Each is one transaction that appends exactly one event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from access.actor import Actor
from access.typed import tidy
from access.verbs import writes
from casework.cases import clocks, lifecycle, objecting
from casework.cases.bodies import check_bodies
from casework.cases.clocks import Due
from casework.cases.confiding import named_for
from casework.cases.correction import corrected, what_it_was
from casework.cases.holding import check_holder
from casework.cases.lifecycle import ACCEPT, CORRECTED, DECIDES, GIVEN_BACK, PROMISE, UNDO, WORDS, ActionRefused, Rule
from casework.cases.two_languages import in_two_languages
from casework.cases.undoing import TakenBack, to_take_back
from casework.notices import notices
from casework.notices.notices import Happened
from db import clock, events
from db.cases import attachments, cases, holders, instructions, supervision
from db.cases.attachments import Attachment, CheckedFile
from db.cases.cases import Case, CaseEvent, NewCase
from db.cases.past import BACK
from db.cases.supervision import FollowUp
from db.events import Event
from db.hotline import Order
from db.people import accounts, enterprises
from db.refused import MovedOn, Refused
from db.scope import EVERY
from db.sql import Connection, Row
from db.states import BY_CODE, RATINGS, RULED, UNCOUNTED, waiting_for
from db.system.integrity import digest_of_case

DAY = timedelta(days=1)
# The days that a person gives → what is said where they lie too early.
TOO_EARLY = {
    "promised_on": "promise_in_the_past",
    "extended_on": "extension_not_later",
    "review_on": "review_not_later",
    "answer_by": "instruction_not_later",
}
REVIEWED_WITHIN = timedelta(days=183)  # what is put aside is looked at again
MOST_FILES = 60  # of a case, over the years
LONGEST = 4000  # characters of each of the WORDS
_NO_ORDERS: Mapping[str, Order] = MappingProxyType({})
_FILE_IDS = UUID("5d9b7a0e-0f6f-4a1a-8a59-2c8f5f0f9f31")
_FOLLOW_UP_IDS = UUID("3f0c1b52-6a43-4d0e-9a55-5f0e7b1c2d12")


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
    leader_id: str | None = None
    answer_kind: str | None = None
    text: str | None = None
    translated: str | None = None  # the text in the language of whoever raised the case
    promised_on: date | None = None
    rating: str | None = None
    into: str | None = None
    result: str | None = None
    spoken_to: str | None = None
    extended_on: date | None = None
    review_on: date | None = None
    answer_by: date | None = None
    kind: str | None = None
    category: str | None = None
    sector_code: str | None = None
    town_code: str | None = None
    title: str | None = None
    readers: tuple[str, ...] = ()
    better: str | None = None  # the body that an objection names
    holder: str | None = None
    files: tuple[CheckedFile, ...] = ()
    order: Mapping[str, Any] | None = None  # the hotline's, whose outcome the text is

    @property
    def outcome(self) -> str | None:
        return self.answer_kind or self.rating


NOTHING = Given()


def open_case(con: Connection, *, case: NewCase, actor: Actor, at: datetime) -> Case:
    """Enter a submitted case and its first event within the caller's transaction.

    A second try with the same id gets the first's case and writes nothing. Raises Refused('forbidden').
    """
    return open_cases(con, [case], actor=actor, at=at)[0]


def open_cases(
    con: Connection, wanted: Sequence[NewCase], *, actor: Actor, at: datetime, orders: Mapping[str, Order] = _NO_ORDERS
) -> list[Case]:
    """The same for many, each of another id: what is written is what it would be one after the other. `orders`: id →
    the hotline's order that a case came by."""
    _must_raise(con, actor, {case.enterprise_id for case in wanted})
    ids, day = [case.id for case in wanted], clock.day_of(at)
    there, due = cases.these(con, EVERY, ids), clocks.counted(ACCEPT, day)
    fresh = [case for case in wanted if case.id not in there]
    told = [_opened(case, due, orders.get(case.id), actor, at) for case in fresh]
    cases.add(con, fresh, told, year=day.year, provisional=due.provisional)
    if told:
        events.append(con, *told)
    kept = cases.these(con, EVERY, ids)
    if any(kept[case.id].enterprise_id != case.enterprise_id for case in wanted):  # the id is another's: forged
        raise Refused("forbidden")
    notices.queue(con, [Happened(kept[case.id], "submit") for case in fresh], actor=actor, at=at)
    return [kept[one] for one in ids]


def _opened(case: NewCase, due: Due, order: Order | None, actor: Actor, at: datetime) -> Event:
    said = {"content": digest_of_case(vars(case)), **due.told}  # so that its words cannot be changed unseen
    said |= {"order": vars(order)} if order else {}
    return Event(at, "case", "submit", case.id, 1, actor.id, actor.role, actor.body_code, "submitted", said)


def act_within(
    con: Connection,
    *,
    actor: Actor,
    case_id: str,
    action: str,
    seen: int,
    given: Given = NOTHING,
    at: datetime,
    form_id: str | None = None,
    many: str = "",
) -> Case:
    """Take `action` on the case as it was at version `seen`. Returns the case as it stands afterwards. `many` is what
    was done to many at once.

    Raises Refused('case_unknown'), CaseMovedOn, or ActionRefused: 'action_refused', 'forbidden', 'needs_<field>',
    'promise_in_the_past', 'extension_not_later', 'second_promise', 'body_unknown', 'leader_unknown', 'merge_unknown',
    'visit_by_handler', 'too_long', 'holder_unknown', 'undo_refused', 'attachments_case_full'. Nothing is written then.
    A call, check or visit whose form was received already is not written twice: the case is returned as it stands.
    """
    case = cases.get(con, actor.scope, case_id)
    if case is None:
        raise Refused("case_unknown")
    if action in lifecycle.FOLLOW_UPS and form_id and supervision.is_known(con, _follow_up_id(case, form_id)):
        return case
    at = max(at, case.since)  # a clock that was put back does not turn the past of a case around
    back = to_take_back(con, [case], actor, at).get(case.id) if action == UNDO else None
    step = _decided(con, actor, case, action, seen, given, at, many, back)
    return _written(con, actor, action, [step], at, form_id)[0]


act = writes()(act_within)  # by itself; a forum's list goes out in one transaction


def act_on_each(
    con: Connection, wanted: Mapping[str, tuple[int, Given]], *, actor: Actor, action: str, at: datetime, many: str = ""
) -> dict[str, Case | Refused]:
    """The same action on many: case → the version that it was at, and what is given. What is written is what it would
    be one after the other; none of them names another. Of each, how it stands then or why nothing was done."""
    found = cases.these(con, actor.scope, list(wanted))
    at = max([at, *(case.since for case in found.values())])
    backs = to_take_back(con, list(found.values()), actor, at) if action == UNDO else {}
    steps, refused = dict[str, _Step](), dict[str, Refused]()
    for one, (seen, given) in wanted.items():
        try:
            if one not in found:
                raise Refused("case_unknown")
            steps[one] = _decided(con, actor, found[one], action, seen, given, at, many, backs.get(one))
        except Refused as why:
            refused[one] = why
    written = _written(con, actor, action, list(steps.values()), at) if steps else []
    done = refused | dict(zip(steps, written, strict=True))
    return {one: done[one] for one in wanted}


def act_together(
    con: Connection, wanted: Mapping[str, tuple[int, Given]], *, actor: Actor, action: str, at: datetime
) -> list[Case]:
    """The same, all of them or none. Raises what one of them would raise."""
    acted: list[Case] = []
    for one in act_on_each(con, wanted, actor=actor, action=action, at=at).values():
        if isinstance(one, Refused):
            raise one
        acted.append(one)
    return acted


@dataclass(frozen=True)
class _Step:
    """What an action makes of a case as it was read, before anything of it is written."""

    case: Case
    event: Event
    given: Given
    due: Due | None
    back: TakenBack | None
    files: Sequence[Attachment]


def _decided(
    con: Connection, actor: Actor, case: Case, action: str, seen: int, given: Given, at: datetime, many: str,
    back: TakenBack | None,
) -> _Step:  # fmt: skip
    if case.seq != seen:
        _must_be_fresh(con, actor, case, action, seen)
    handled = action in lifecycle.ANOTHER_HAND and bool(supervision.handled(con, actor.id, [case.id]))
    rule = lifecycle.rule_for(case, action, actor, handled=handled, undoable=back is not None)
    given = _only_what_it_takes(rule, given)
    _check(con, actor, case, rule, given, clock.day_of(at))
    given, differs = _completed(con, actor, case, action, given, clock.day_of(at))
    stopped, undone = clocks.stopped_at(con, case), clocks.stood_before(con, case, rule)
    outcome = stopped["was"] if stopped and rule.due == GIVEN_BACK else undone.state if undone else given.outcome
    if action == "refuse_objection":
        outcome = objecting.refused_before(con, actor, case) or outcome
    state = rule.state_after(case.state, back.state if back else outcome)
    due = clocks.due_after(rule, state, given, stopped, undone, clock.day_of(at))
    stops = due and not undone and BY_CODE[state].clock == "still"
    stood = (stopped or clocks.stop(case, clock.day_of(at))) if stops else {}
    files = _files(case, action, given, actor, at)
    beside = {"many": many, "desk": actor.desk if rule.inside else "", "files": [one.named for one in files]}
    beside |= what_it_was(case, differs) | ({"by_town": case.town_code} if rule.who == "town" else {})
    event = _event(case, action, rule, state, {**vars(given), **stood, **beside}, due, actor, at)
    if back:
        event.detail.update(back.told)
    return _Step(case, event, given, due, back, files)


def _written(
    con: Connection, actor: Actor, action: str, steps: Sequence[_Step], at: datetime, form_id: str | None = None
) -> list[Case]:
    happened: list[Happened] = []
    for step in steps:
        kept = cases.move(con, step.case, step.event, _beside(step.case, step.event, step.due, actor))
        hand_on(con, step.case, kept, step.event)
        named = f"undo_{step.back.kind}" if step.back else action
        happened.append(Happened(kept, named, _told(con, step.case, kept, action, step.given)))
    events.append(con, *(step.event for step in steps))
    attachments.add(con, [file for step in steps for file in step.files])
    for step in steps:
        if action in lifecycle.FOLLOW_UPS:
            supervision.add(con, _follow_up(step.case, action, step.given, actor, at, form_id))
        if step.back:
            notices.take_back(con, case_id=step.case.id, n=step.back.n, at=step.back.happened_at)
    notices.queue(con, happened, actor=actor, at=at)
    return [one.case for one in happened]


def _completed(con: Connection, actor: Actor, case: Case, action: str, given: Given, today: date) -> tuple[Given, Row]:
    """What was given, with what follows from the case itself; and of a correction, what differs."""
    if action in lifecycle.FOLLOW_UPS:
        given = _check_follow_up(case, action, given)
    if action in DECIDES:
        given = replace(given, extended_on=case.asked_until)
    if action == "outcome" and not (given.text or given.order):
        raise ActionRefused("needs_text")
    differs = corrected(con, case, vars(given)) if action == "correct" else {}
    given = replace(given, **dict.fromkeys(CORRECTED) | differs)
    if action == "confide":
        given = replace(given, readers=named_for(con, case, given.readers, actor))
    if not in_two_languages(case):
        given = replace(given, translated=None)
    if given.better:
        objecting.check(con, actor, case, given.better, today)
    if given.lead and given.lead == case.lead_body and BY_CODE[case.state].waits_for == "objection":
        raise ActionRefused("objection_same_body")
    return given, differs


def _must_be_fresh(con: Connection, actor: Actor, case: Case, action: str, seen: int) -> None:
    """Raises CaseMovedOn. What a desk does inside itself makes nobody's form stale, unless it is the same thing, and
    what is done in the house not the enterprise's, which is not shown it."""
    since = [event for event in cases.history(con, actor.scope, case.id) if event.seq > seen]
    unseen = lifecycle.is_in_house if actor.role == "enterprise" else lifecycle.is_inside
    if lifecycle.is_inside(action) or not all(unseen(event.kind) for event in since):
        raise CaseMovedOn(case, since)


def hand_on(con: Connection, case: Case, kept: Case, event: Event) -> None:
    """To the bodies that have it now, and into the hand that the desk gives it."""
    if (kept.lead_body, kept.co) != (case.lead_body, case.co):
        cases.assign(con, case.id, lead=kept.lead_body, co=kept.co)
    if "desk" in event.detail:
        holders.hand(con, case.id, event.detail["desk"], event.detail.get("holder"))


def _told(con: Connection, case: Case, kept: Case, action: str, given: Given) -> dict[str, Sequence[str]]:
    """Who is told besides those whom the case names, before its event is written: the bodies that the action takes the
    case from, who gets it in hand, the leaders whose instructions it answers, all leaders where a
    refusal leaves it to any of them."""
    had, have = (case.lead_body, *case.co), (kept.lead_body, *kept.co)
    to_any = action == "refuse_objection" and kept.state in RULED and not kept.leader_id
    return {
        "former": [body for body in had if body and body not in have],
        "holder": [given.holder] if given.holder else [],
        "instructors": instructions.waiting(con, case.id) if action == "answer_instruction" else [],
        **({"leader": list(accounts.leaders(con))} if to_any else {}),
    }


def _must_raise(con: Connection, actor: Actor, firms: set[str]) -> None:
    """An enterprise raises its own; officers and staff for the enterprises that they may see."""
    if actor.may("raise_issue") and firms == {actor.enterprise_id}:
        return
    actor.must("raise_on_behalf")
    if firms - {firm.id for firm in enterprises.these(con, actor.scope, list(firms))}:
        raise Refused("forbidden")


def _only_what_it_takes(rule: Rule, given: Given) -> Given:
    wanted = {*rule.needs, *rule.takes, *rule.also_needs.values()}
    kept = {name: value for name, value in vars(given).items() if name in wanted}
    kept |= {name: tidy(kept[name]) or None for name in WORDS if name in kept}  # nothing left is None
    if kept.get("answer_kind") != PROMISE:
        kept.pop("promised_on", None)
    if kept.get("lead"):
        kept["co"] = tuple(dict.fromkeys(body for body in given.co if body != given.lead))
    return Given(**kept)


def _check(con: Connection, actor: Actor, case: Case, rule: Rule, given: Given, today: date) -> None:
    if given.answer_kind not in (None, *lifecycle.ANSWER_KINDS):
        raise ActionRefused("needs_answer_kind")
    if given.rating not in (None, *RATINGS):
        raise ActionRefused("needs_rating")
    for name in rule.needs_for(given.outcome):
        if not getattr(given, name):
            raise ActionRefused(f"needs_{name}")
    if any(len(words or "") > LONGEST for words in (getattr(given, name) for name in WORDS)):
        raise ActionRefused("too_long", most=LONGEST)
    for name, code in TOO_EARLY.items():
        day = getattr(given, name)
        if day and day < earliest(name, case, today):
            raise ActionRefused(code)
    if given.review_on and given.review_on > today + REVIEWED_WITHIN:
        raise ActionRefused("review_too_late", most=REVIEWED_WITHIN.days)
    if given.answer_kind == PROMISE and PROMISE not in rule.turns:
        raise ActionRefused("second_promise")
    if given.lead:
        check_bodies(con, (given.lead, *given.co))
    if given.leader_id and given.leader_id not in accounts.leaders(con):
        raise ActionRefused("leader_unknown")
    if given.files and len(attachments.of_case(con, EVERY, case.id)) + len(given.files) > MOST_FILES:
        raise ActionRefused("attachments_case_full", most=MOST_FILES)
    if given.holder:
        check_holder(con, actor, given.holder)
    if given.into:
        _check_merge(con, actor, case, given.into)


def earliest(name: str, case: Case, today: date) -> date:
    """The first day that may be given as `name`, one of TOO_EARLY."""
    first = {"promised_on": today, "extended_on": max(case.due_on or today, today) + DAY}
    return first.get(name, today + DAY)


def _check_merge(con: Connection, actor: Actor, case: Case, into: str) -> None:
    other = cases.get(con, actor.scope, into)
    if other is None or other.id == case.id or other.state in (*UNCOUNTED, *waiting_for("resubmission")):
        raise ActionRefused("merge_unknown")


def _check_follow_up(case: Case, action: str, given: Given) -> Given:
    """A body of the case is spoken to, the lead unless told otherwise; on a visit it is the enterprise."""
    if given.result not in lifecycle.FOLLOW_UPS[action]:
        raise ActionRefused("needs_result")
    if action == "return_visit":
        return given
    if given.spoken_to not in (None, case.lead_body, *case.co):
        raise ActionRefused("body_unknown")
    return replace(given, spoken_to=given.spoken_to or case.lead_body)


def _follow_up_id(case: Case, form_id: str | None) -> str:
    return str(uuid5(_FOLLOW_UP_IDS, f"{case.id}:{form_id or case.seq + 1}"))


def _follow_up(case: Case, action: str, given: Given, actor: Actor, at: datetime, form_id: str | None) -> FollowUp:
    made = _follow_up_id(case, form_id)
    return FollowUp(made, case.id, action, at, actor.id, given.spoken_to, given.result or "", given.note)


def _files(case: Case, action: str, given: Given, actor: Actor, at: datetime) -> list[Attachment]:
    told, seq = lifecycle.is_told(action, actor.role), case.seq + 1
    return [
        Attachment.of(file, str(uuid5(_FILE_IDS, f"{case.id}:{seq}:{n}")), at, case_id=case.id, seq=seq, told=told)
        for n, file in enumerate(given.files)
    ]


def _beside(case: Case, event: Event, due: Due | None, actor: Actor) -> dict[str, object]:
    """The columns that are no facts of a stretch: an answer's words, who asked for more time, a provisional day."""
    beside: dict[str, object] = {}
    if event.kind in ("answer", "fulfil"):
        beside |= {"answer_text": event.detail["text"], "answer_translated": event.detail.get("translated")}
    if "title" in event.detail:
        beside["title"] = event.detail["title"]
    if event.kind == "ask_extension" or event.state != case.state or event.kind in DECIDES:
        beside["asked_by"] = actor.id if event.kind == "ask_extension" else None
    if due or BY_CODE[event.state or ""].clock == "none":
        beside["due_provisional"] = bool(due and due.provisional)
    elif day := event.detail.get(BACK, {}).get("due_on"):
        beside["due_provisional"] = clocks.is_provisional(day, clock.day_of(event.happened_at))
    return beside


def _event(
    case: Case, action: str, rule: Rule, state: str, said: Row, due: Due | None, actor: Actor, at: datetime
) -> Event:
    """`body_code` is the body that acts, also where staff write down a body's answer."""
    detail: Row = {name: value for name, value in said.items() if value or name == "left"}
    detail |= due.told if due else {}
    speaks_for = case.lead_body if rule.who == "lead" else None
    body = speaks_for or actor.body_code
    return Event(at, "case", action, case.id, case.seq + 1, actor.id, actor.role, body, state, detail)
