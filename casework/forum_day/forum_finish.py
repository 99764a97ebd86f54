"""The end of a forum: its agenda becomes cases, answers, handling letters and notices, all at once or not at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

import i18n
from access.actor import Actor
from access.verbs import reads, writes
from casework.cases.act import NOTHING, Given, act_within, open_case
from casework.documents.letterhead import ZH
from casework.forum_day.forum_day import LATER
from casework.forums.agenda import BEFORE
from casework.forums.forums import ON_SPOT, case_at_table, check_has_come, hold_within, known
from casework.letters.letters import issue_within
from db import events, references
from db.cases import cases
from db.cases.cases import Case
from db.events import Event
from db.forums import forum_day, forums
from db.forums.forum_day import AgendaItem, Finish
from db.forums.forums import Forum
from db.letters import letters
from db.letters.letters import Letter
from db.refused import Refused
from db.scope import Scope
from db.sql import Connection
from db.states import UNDER_WAY
from db.store import Store


@dataclass(frozen=True)
class FinishedForum:
    """What the end made: the letters that went out, how many enterprises are told, which items stayed as they were."""

    finish: Finish
    letters: list[Letter]
    told: int
    left: list[AgendaItem]


@dataclass(frozen=True)
class HandOver:
    """A case that the end of the forum takes from the body in charge: `before`, `after` are lead bodies."""

    item_id: str
    position: int
    number: str
    title: str
    before: str
    after: str


@writes("plan_forum")
def finish(
    con: Connection, *, actor: Actor, forum_id: str, summary: str, at: datetime, agreed: Collection[HandOver] = ()
) -> FinishedForum:
    """Every issue becomes a case of the forum, answered as recorded; what is not settled goes out with one letter to
    each lead body; the enterprises are told; the forum was held.

    What nobody recorded stays with the body in charge, or goes to the body proposed where none is. `agreed` are the
    changes of lead that were shown: another one is refused. A second try returns the first's. Raises
    Refused('agenda_empty' | 'agenda_no_lead' | 'agenda_no_words' | 'agenda_hand_over' | 'forum_not_yet' |
    'forum_summary' | 'forum_step'), or what the lifecycle or a letter refuses.
    """
    actor.must("triage_case")
    forum = known(con, forum_id)
    kept = forum_day.finish_of(con, forum_id)
    if kept is not None:
        return _outcome(con, actor.scope, kept)
    check_has_come(forum, at)
    items = _as_dispatched(con, actor, forum_id)
    _check_items(items)
    _check_hand_overs(con, actor, items, agreed)
    made = _through_the_lifecycle(con, actor, forum, items, at)
    _write_letters(con, actor, forum, made, at)
    forum_day.keep_leads(con, items)
    hold_within(con, actor=actor, forum=forum, summary=summary, at=at)
    done = Finish(forum.id, at, actor.id, len(made))
    forum_day.add_finish(con, done)
    return _outcome(con, actor.scope, done)


@reads("plan_forum")
def hand_overs(con: Connection, *, actor: Actor, forum_id: str) -> list[HandOver]:
    """Every change of lead that the end would make now, in the agenda's order."""
    return _hand_overs(con, actor, _as_dispatched(con, actor, forum_id))


def outcome(store: Store, *, actor: Actor, forum_id: str) -> FinishedForum | None:
    """What the end of this forum made; None where it has not ended."""
    actor.must("see_forums")

    def read(con: Connection) -> FinishedForum | None:
        kept = forum_day.finish_of(con, forum_id)
        return _outcome(con, actor.scope, kept) if kept else None

    return store.read(read)


def summary_of(items: Sequence[AgendaItem], language: str) -> str:
    """The first words of a summary, from what was recorded."""
    counted = {kind: sum(item.answer_kind == kind for item in items) for kind in ON_SPOT}
    later = len(items) - sum(counted.values())
    return i18n.text("forum_day.summary", language, n=len(items), later=later, **counted)


def _as_dispatched(con: Connection, actor: Actor, forum_id: str) -> list[AgendaItem]:
    """The agenda; what nobody recorded goes out with the list and keeps its lead."""
    items = forum_day.items(con, forum_id)
    leads = {case.id: case.lead_body for case in cases.these(con, actor.scope, [i.subject for i in items]).values()}
    return [
        item if item.answer_kind
        else replace(item, answer_kind=LATER, lead_body=leads.get(item.subject) or item.suggested)
        for item in items
    ]  # fmt: skip


def _hand_overs(con: Connection, actor: Actor, items: Sequence[AgendaItem]) -> list[HandOver]:
    found = cases.these(con, actor.scope, [item.subject for item in items])
    return [
        HandOver(item.id, item.position, case.number, item.title, case.lead_body, item.lead_body)
        for item in items
        if (case := found.get(item.subject)) and case.state in BEFORE and case.lead_body and item.lead_body
        and case.lead_body != item.lead_body
    ]  # fmt: skip


def _check_hand_overs(con: Connection, actor: Actor, items: Sequence[AgendaItem], agreed: Collection[HandOver]) -> None:
    """No body loses a case unless whoever ends the forum has seen it."""
    unseen = [str(one.position) for one in _hand_overs(con, actor, items) if one not in agreed]
    if unseen:
        raise Refused("agenda_hand_over", places=", ".join(unseen))


def _check_items(items: Sequence[AgendaItem]) -> None:
    if not items:
        raise Refused("agenda_empty")
    without = [str(item.position) for item in items if item.lead_body is None]
    if without:
        raise Refused("agenda_no_lead", places=", ".join(without))
    unsaid = [str(item.position) for item in items if item.answer_kind in ON_SPOT and not item.words]
    if unsaid:  # recorded before an answer had to have words
        raise Refused("agenda_no_words", places=", ".join(unsaid))


def _through_the_lifecycle(
    con: Connection, actor: Actor, forum: Forum, items: Sequence[AgendaItem], at: datetime
) -> list[Case]:
    """The cases as they stand afterwards, in the agenda's order."""
    made: list[Case] = []
    answered: list[str] = []
    for item in items:
        case = _case(con, actor, forum, item, at)
        if case.state in BEFORE:
            made.append(_answered(con, actor, _at_table(con, actor, case, forum, item, at), forum, item, at))
            answered += [case.id] if _on_spot(item) else []
    forum_day.keep_last_notices(con, [case.id for case in made], answered, at)
    return made


def _on_spot(item: AgendaItem) -> str | None:
    return item.answer_kind if item.answer_kind in ON_SPOT else None


def _at_table(con: Connection, actor: Actor, case: Case, forum: Forum, item: AgendaItem, at: datetime) -> Case:
    """The case is the forum's from now on, with the answer given on the spot. Its words are not touched."""
    if (case.forum_id, case.on_spot) == (forum.id, _on_spot(item)):
        return case
    said = {"forum_id": forum.id, "on_spot": _on_spot(item) or ""}
    event = Event(max(at, case.since), "case", "belong", case.id, case.seq + 1, actor.id, actor.role,
                  state=case.state, detail=said)  # fmt: skip
    moved = cases.move(con, case, event, {})
    events.append(con, event)
    return moved


def _case(con: Connection, actor: Actor, forum: Forum, item: AgendaItem, at: datetime) -> Case:
    """The case that came to the table, or the one that is opened of what was raised there."""
    if item.case_id is None:
        said = {name: getattr(item, name) for name in ("id", "enterprise_id", "kind", "category", "title")}
        fresh = case_at_table(con, actor, forum, **said, text=item.title, language=ZH, on_spot=_on_spot(item))
        return open_case(con, case=fresh, actor=actor, at=at)
    case = cases.get(con, actor.scope, item.case_id)
    if case is None:
        raise Refused("case_unknown")
    return case


def _answered(con: Connection, actor: Actor, case: Case, forum: Forum, item: AgendaItem, at: datetime) -> Case:
    """Through the lifecycle, one action after the other: what happened at one table leaves the usual history."""
    same = case.lead_body == item.lead_body
    before = BEFORE[case.state] or (() if same else ("dispatch",))
    later = item.answer_kind == LATER
    note = _said(con, forum, item, ZH) if later and item.words else None
    sent = Given(lead=item.lead_body, co=case.co if same else (), note=note)
    text = None if later else _said(con, forum, item, ZH)
    theirs = _said(con, forum, item, case.language) if text and item.words_translated else None
    said = Given(answer_kind=item.answer_kind, text=text, translated=theirs, promised_on=item.promised_on)
    given = {"dispatch": sent, "answer": said, "note": Given(note=note)}
    answer = ("answer",) if not later else ("note",) if note and not before else ()
    for action in (*before, *answer):
        case = act_within(
            con, actor=actor, case_id=case.id, action=action, seen=case.seq, given=given.get(action, NOTHING), at=at
        )
    return case


def _said(con: Connection, forum: Forum, item: AgendaItem, language: str) -> str:
    """Who answered, and what, in the house's language or in the case's."""
    who = item.answered_by or _head_of(con, forum, item.lead_body or "", language)
    words = item.words if language == ZH else item.words_translated
    return i18n.text("forum_day.said.by", language, who=who, words=words or "")


def _head_of(con: Connection, forum: Forum, body: str, language: str) -> str:
    """The head of the lead body who sits at the table, else the body's head as an office."""
    there = [p for p in forums.attendances(con, forum.id) if p.kind == "department_head" and p.body_code == body]
    if there:
        return there[0].person_name
    found = references.get(con, "body", body)
    return i18n.text("forum_day.said.head", language, body=found.say(language) if found else body)


def _write_letters(con: Connection, actor: Actor, forum: Forum, made: Sequence[Case], at: datetime) -> None:
    """One letter to each lead body, of what it still has to settle and has no letter of yet."""
    open_ = [case for case in made if case.state in UNDER_WAY and letters.of_case(con, actor.scope, case.id) is None]
    note = i18n.text("forum_day.letter_note", ZH, number=forum.number, theme=forum.theme_zh)
    for lead in dict.fromkeys(case.lead_body or "" for case in open_):
        of_lead = [case for case in open_ if case.lead_body == lead]
        issue_within(
            con,
            actor=actor,
            letter_id=_letter_id(forum.id, lead),
            case_ids=[case.id for case in of_lead],
            lead=lead,
            copied=tuple(dict.fromkeys(body for case in of_lead for body in case.co)),
            at=at,
            note=note,
        )


def _outcome(con: Connection, scope: Scope, done: Finish) -> FinishedForum:
    items = forum_day.items(con, done.forum_id)
    found = cases.these(con, scope, [item.subject for item in items])
    ids = dict.fromkeys(_letter_id(done.forum_id, item.lead_body or item.suggested or "") for item in items)
    sent = [letter for letter_id in ids if (letter := letters.get(con, scope, letter_id))]
    mine = [case_id for case_id, case in found.items() if case.forum_id == done.forum_id]
    left = [item for item in items if item.subject not in mine]
    return FinishedForum(done, sorted(sent, key=lambda one: one.number), _told(con, mine, done), left)


def _told(con: Connection, case_ids: Sequence[str], done: Finish) -> int:
    return forum_day.notices_at(con, case_ids, done.finished_at)


def _letter_id(forum_id: str, lead: str) -> str:
    return str(uuid5(NAMESPACE_OID, f"forum:{forum_id}:{lead}"))
