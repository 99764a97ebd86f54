"""The agenda of a forum: which issues come to the table, in which order, who puts each, which body might lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from access.actor import Actor
from access.typed import one_line
from access.verbs import reads, writes
from casework.cases.bodies import check_bodies, handling_bodies
from casework.forums.forums import KINDS, LONGEST_NAME, known, note
from db import references
from db.cases import cases
from db.cases.cases import Case, CaseFilters
from db.clock import day_of
from db.forums import forum_day, forum_invitees, forums
from db.forums.forum_day import AgendaItem, AgendaLine
from db.forums.forums import Forum
from db.people import enterprises
from db.refused import MovedOn, Refused
from db.sql import Connection
from db.states import TABLE

# What nobody has answered yet can come to the table: what its state waits for → what is done before the answer.
_BEFORE = {"acceptance": ("accept", "dispatch"), "letter": ("dispatch",), "answer": ()}
BEFORE: Mapping[str, tuple[str, ...]] = {s.code: _BEFORE[s.waits_for] for s in TABLE if s.waits_for in _BEFORE}
MOST_ITEMS = 50  # as many as one handling letter holds
MOST_PROPOSED = 60
LONGEST_WHO = 80


@dataclass(frozen=True)
class AgendaProposal:
    """A case that fits the forum: `invited` its enterprise is on the list, `sector` it is of the forum's sector."""

    case: Case
    invited: bool
    sector: bool


@dataclass(frozen=True)
class Matter:
    """What somebody raises at the table, as a clerk types it in one line."""

    enterprise_id: str
    title: str
    category: str
    kind: str = "problem"


@reads("see_forums")
def agenda(con: Connection, *, actor: Actor, forum_id: str) -> list[AgendaLine]:
    return forum_day.lines(con, actor.scope, forum_id)


@reads("plan_forum")
def proposals(con: Connection, *, actor: Actor, forum_id: str, at: datetime) -> list[AgendaProposal]:
    """Issues not answered yet and on no agenda: invited enterprises' first, then the sector's, the oldest first."""
    forum = known(con, forum_id)
    invited = {person.enterprise_id for person in forums.attendances(con, forum.id) if person.enterprise_id}
    invited |= forum_invitees.enterprises(con, forum.id)
    found = cases.find(con, actor.scope, CaseFilters(today=day_of(at), state="open"), sort="oldest", size=1000).rows
    open_ = [case for case in found if case.state in BEFORE and case.forum_id in (None, forum.id)]
    taken = forum_day.taken(con, [case.id for case in open_])
    fits = [
        AgendaProposal(case, case.enterprise_id in invited, case.sector_code.startswith(forum.sector_code or ""))
        for case in open_
        if case.id not in taken
    ]
    return sorted(fits, key=lambda one: (not one.invited, not one.sector))[:MOST_PROPOSED]


@writes("plan_forum")
def add_items(
    con: Connection, *, actor: Actor, forum_id: str, case_ids: Sequence[str], at: datetime
) -> list[AgendaItem]:
    """Put these cases at the end of the agenda; one that stands on it already stays where it is.

    Raises Refused('case_unknown' | 'agenda_answered' | 'agenda_elsewhere' | 'agenda_no_room' | 'agenda_closed').
    """
    forum, there = _open(con, forum_id)
    made, left_out = put(con, actor, forum, there, case_ids, at)
    for refusal in left_out.values():
        raise refusal
    return made


def put(
    con: Connection, actor: Actor, forum: Forum, there: Sequence[AgendaItem], case_ids: Sequence[str], at: datetime
) -> tuple[list[AgendaItem], dict[str, Refused]]:
    """Within the caller's transaction: what could be put at the end of the agenda, and why each other could not."""
    had = {item.case_id for item in there}
    wanted = [case_id for case_id in dict.fromkeys(case_ids) if case_id not in had]
    found = cases.these(con, actor.scope, wanted)
    left_out = _not_free(con, wanted, found)
    free = [id_ for id_ in wanted if id_ not in left_out]
    room = MOST_ITEMS - len(there)
    left_out |= {id_: Refused("agenda_no_room", number=found[id_].number, most=MOST_ITEMS) for id_ in free[room:]}
    made = [_item(con, actor, forum, found[id_], len(there) + n) for n, id_ in enumerate(free[:room], start=1)]
    forum_day.add(con, made)
    if made:
        note(con, actor, forum, "agenda", "agenda_add", at, cases=[found[id_].number for id_ in free[:room]])
    return made, left_out


@writes("plan_forum")
def raise_matter(
    con: Connection, *, actor: Actor, forum_id: str, item_id: str, matter: Matter, at: datetime
) -> AgendaItem:
    """Something new at the end of the agenda; its case opens when the forum is finished.

    A second try with the same id returns the first's. Raises Refused('matter_incomplete' | 'spot_enterprise' |
    'agenda_full' | 'agenda_closed').
    """
    title = one_line(matter.title)
    if not title or len(title) > LONGEST_NAME or matter.kind not in KINDS:
        raise Refused("matter_incomplete", longest=LONGEST_NAME)
    forum, there = _open(con, forum_id)
    if kept := forum_day.item(con, item_id):
        return kept
    _check_matter(con, actor, matter)
    if len(there) >= MOST_ITEMS:
        raise Refused("agenda_full", most=MOST_ITEMS)
    item = _blank(
        id=item_id, forum_id=forum.id, position=len(there) + 1, enterprise_id=matter.enterprise_id,
        kind=matter.kind, category=matter.category, title=title,
        suggested=usual_lead(con, actor, matter.category),
    )  # fmt: skip
    forum_day.add(con, [item])
    note(con, actor, forum, "agenda", "agenda_add", at, title=title)
    return item


@writes("plan_forum")
def move_item(con: Connection, *, actor: Actor, forum_id: str, item_id: str, to: int, at: datetime) -> None:
    """To place `to` (1 is the first; beyond either end is the end)."""
    forum, there = _open(con, forum_id)
    order = [item.id for item in there]
    if item_id not in order:
        raise Refused("agenda_unknown")
    before = order.index(item_id)
    order.insert(min(max(to, 1), len(order)) - 1, order.pop(before))
    if order.index(item_id) != before:
        forum_day.place(con, order)
        note(con, actor, forum, "agenda", "agenda_order", at, moved=before + 1, to=order.index(item_id) + 1)


@writes("plan_forum")
def remove_item(con: Connection, *, actor: Actor, forum_id: str, item_id: str, at: datetime) -> None:
    """Take it off; gone already is done. What was recorded has to stay: Refused('agenda_recorded')."""
    forum, there = _open(con, forum_id)
    item = next((one for one in there if one.id == item_id), None)
    if item is None:
        return
    if item.answer_kind:
        raise Refused("agenda_recorded")
    forum_day.remove(con, item_id)
    forum_day.place(con, [one.id for one in there if one.id != item_id])
    note(con, actor, forum, "agenda", "agenda_remove", at, title=item.title)


@writes("plan_forum")
def describe_item(
    con: Connection, *, actor: Actor, forum_id: str, item_id: str, speaker: str, suggested: str | None, named: bool,
    seen: int, at: datetime,
) -> AgendaItem:  # fmt: skip
    """Who puts it, which body might lead, whether the wall may name the enterprise. Raises MovedOn."""
    who = one_line(speaker)
    if len(who) > LONGEST_WHO:
        raise Refused("too_long", most=LONGEST_WHO)
    forum, there = _open(con, forum_id)
    item = next((one for one in there if one.id == item_id), None)
    if item is None:
        raise Refused("agenda_unknown")
    if item.seq != seen:
        raise MovedOn(number=item.position)
    check_bodies(con, [suggested] if suggested else [])
    after = replace(item, speaker=who or None, suggested=suggested, named=named, seq=item.seq + 1)
    forum_day.change(con, after)
    note(con, actor, forum, "agenda", "agenda_change", at, position=item.position, suggested=suggested, named=named)
    return after


def usual_lead(con: Connection, actor: Actor, category: str) -> str | None:
    """The body that settled most such cases and still handles cases."""
    may = {body.code for body in handling_bodies(con)}
    return next((body for body, _ in cases.usual_leads(con, actor.scope, category) if body in may), None)


def check_open(con: Connection, forum: Forum) -> None:
    """Raises Refused('agenda_closed') where the forum was cancelled or its list finished."""
    if forum.state == "cancelled" or forum_day.finish_of(con, forum.id):
        raise Refused("agenda_closed")


def _open(con: Connection, forum_id: str) -> tuple[Forum, list[AgendaItem]]:
    """The forum and its agenda, where that may still change."""
    forum = known(con, forum_id)
    check_open(con, forum)
    return forum, forum_day.items(con, forum_id)


def _not_free(con: Connection, wanted: Sequence[str], found: dict[str, Case]) -> dict[str, Refused]:
    """Case → why it cannot come to this table."""
    taken = forum_day.taken(con, wanted)
    answered = [case for case in found.values() if case.state not in BEFORE]
    return (
        {id_: Refused("case_unknown") for id_ in wanted if id_ not in found}
        | {id_: Refused("agenda_elsewhere", number=found[id_].number, forum=no) for id_, no in taken.items()}
        | {case.id: Refused("agenda_answered", number=case.number) for case in answered}
    )


def _check_matter(con: Connection, actor: Actor, matter: Matter) -> None:
    firm = enterprises.get(con, actor.scope, matter.enterprise_id)
    if firm is None or not firm.active:
        raise Refused("spot_enterprise")
    category = references.get(con, "category", matter.category)
    if category is None or not category.active:
        raise Refused("matter_incomplete", longest=LONGEST_NAME)


def _item(con: Connection, actor: Actor, forum: Forum, case: Case, position: int) -> AgendaItem:
    return _blank(
        id=str(uuid5(NAMESPACE_OID, f"agenda:{forum.id}:{case.id}")), forum_id=forum.id, position=position,
        case_id=case.id, enterprise_id=case.enterprise_id, kind=case.kind, category=case.category, title=case.title,
        suggested=case.lead_body or usual_lead(con, actor, case.category),
    )  # fmt: skip


def _blank(**given: object) -> AgendaItem:
    return AgendaItem(**{**dict.fromkeys(AgendaItem.__dataclass_fields__), "named": False, "seq": 1, **given})  # type: ignore[arg-type]
