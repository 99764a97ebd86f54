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
from casework.cases.lifecycle import ACCEPT, CORRECTED, DECIDES, GIVEN_BACK, PROMISE, UNDO, WORDS, Rule
from casework.cases.two_languages import in_two_languages
from casework.cases.undoing import TakenBack, to_take_back
from casework.notices import notices
from casework.notices.notices import Happened
from db import clock, events
from db.cases import attachments, cases, confidential, holders, instructions, supervision
from db.cases.attachments import Attachment, CheckedFile
from db.cases.cases import Case, CaseEvent, NewCase
from db.cases.past import BACK
from db.cases.supervision import FollowUp
from db.events import Event
from db.hotline import Order
from db.people import accounts, enterprises
from db.refused import MovedOn, Refused, Wrong
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

    Raises CaseMovedOn; Refused('case_unknown' | 'action_refused' | 'forbidden' | 'visit_by_handler' | 'undo_refused');
    or all that is wrong with what was given: 'needs_<field>', 'promise_in_the_past', 'extension_not_later',
    'second_promise', 'body_unknown', 'leader_unknown', 'merge_unknown', 'too_long', 'holder_unknown',
    'attachments_case_full'. Nothing is written then.
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
    given, differs = _checked(con, actor, case, action, rule, given, clock.day_of(at))
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
    moves = [(step.case, step.event, _beside(step.case, step.event, step.due, actor)) for step in steps]
    for step, kept in zip(steps, cases.move_all(con, moves), strict=True):
        hand_on(con, step.case, kept, step.event)
        if action == "confide":
            confidential.name(con, kept.id, step.given.readers)
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


def _completed(
    wrong: Wrong, con: Connection, actor: Actor, case: Case, action: str, given: Given, today: date
) -> tuple[Given, Row]:
    if "spoken_to" in lifecycle.RULE_OF[action].takes:  # the lead, unless told otherwise
        given = replace(given, spoken_to=given.spoken_to or case.lead_body)
    if action in DECIDES:
        given = replace(given, extended_on=case.asked_until)
    differs = wrong.tried(lambda: corrected(con, case, vars(given)), {}) if action == "correct" else {}
    given = replace(given, **dict.fromkeys(CORRECTED) | differs)
    if action == "confide":
        given = replace(given, readers=wrong.tried(lambda: named_for(con, given.readers, actor), ()))
    if not in_two_languages(case):
        given = replace(given, translated=None)
    if given.better:
        wrong.tried(lambda: objecting.check(con, actor, case, given.better or "", today), None)
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


def _checked(
    con: Connection, actor: Actor, case: Case, action: str, rule: Rule, given: Given, today: date
) -> tuple[Given, Row]:
    """What was given, with what follows from the case itself; and of a correction, what differs. Refuses all that is
    wrong with it at once, as a form asks for it: words come last."""
    wrong, needed = Wrong(), rule.needs_for(given.outcome)
    offered = {"answer_kind": lifecycle.ANSWER_KINDS, "rating": RATINGS, "result": lifecycle.FOLLOW_UPS.get(action, ())}
    for name in needed:
        value = getattr(given, name)
        wrong.unless(name in WORDS or (value and value in offered.get(name, (value,))), f"needs_{name}")
    _check_days(wrong, case, given, today)
    wrong.unless(given.answer_kind != PROMISE or PROMISE in rule.turns, "second_promise")
    _check_named(wrong, con, actor, case, given)
    given, differs = _completed(wrong, con, actor, case, action, given, today)
    for name in (*needed, *(["text"] if action == "outcome" and not given.order else [])):
        wrong.unless(name not in WORDS or getattr(given, name), f"needs_{name}")
    wrong.unless(max(len(getattr(given, name) or "") for name in WORDS) <= LONGEST, "too_long", most=LONGEST)
    kept = len(attachments.of_case(con, EVERY, case.id)) if given.files else 0
    wrong.unless(kept + len(given.files) <= MOST_FILES, "attachments_case_full", most=MOST_FILES)
    wrong.refuse()
    return given, differs


def _check_days(wrong: Wrong, case: Case, given: Given, today: date) -> None:
    for name, code in TOO_EARLY.items():
        day = getattr(given, name)
        wrong.unless(day is None or day >= earliest(name, case, today), code)
    late = given.review_on and given.review_on > today + REVIEWED_WITHIN
    wrong.unless(not late, "review_too_late", most=REVIEWED_WITHIN.days)


def earliest(name: str, case: Case, today: date) -> date:
    """The first day that may be given as `name`, one of TOO_EARLY."""
    first = {"promised_on": today, "extended_on": max(case.due_on or today, today) + DAY}
    return first.get(name, today + DAY)


def _check_named(wrong: Wrong, con: Connection, actor: Actor, case: Case, given: Given) -> None:
    """The bodies, people and cases that are named."""
    if given.lead:
        wrong.tried(lambda: check_bodies(con, (given.lead or "", *given.co)), None)
        same = given.lead == case.lead_body and BY_CODE[case.state].waits_for == "objection"
        wrong.unless(not same, "objection_same_body")
    if given.leader_id:
        wrong.unless(given.leader_id in accounts.leaders(con), "leader_unknown")
    if given.holder:
        wrong.tried(lambda: check_holder(con, actor, given.holder or ""), None)
    if given.spoken_to:  # a body of the case
        wrong.unless(given.spoken_to in (case.lead_body, *case.co), "body_unknown")
    if given.into:
        other = cases.get(con, actor.scope, given.into)
        over = (*UNCOUNTED, *waiting_for("resubmission"))
        wrong.unless(other and other.id != case.id and other.state not in over, "merge_unknown")


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
