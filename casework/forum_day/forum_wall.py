"""The wall of a forum and the sign-in by phone: public, by one link that staff hang up; and staff look at who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, uuid4, uuid5

import i18n
from access.actor import Actor
from access.throttle import Try, decided
from access.typed import link_part, one_line
from access.verbs import reads, writes
from casework.forums.attendance import LONGEST
from casework.forums.forums import known
from db import clock, events
from db.events import Event
from db.forums import forum_day, forum_links, forums
from db.forums.forum_day import AgendaLine, ForumLink, SignedIn
from db.forums.forums import Attendance, Forum, KnownGuest
from db.people import enterprises, wall_tokens
from db.refused import Refused, Wrong
from db.scope import ALL
from db.sql import Connection
from db.store import Store
from db.survey import open_links, surveys
from i18n import folding

NOTICE_VERSION = 1  # of `arrive.notice`; a changed text takes the next number
MOST_BY_PHONE = 400  # of one forum
MOST_FROM_ADDRESS = 150  # a hall's network may have one address for everybody in it


@dataclass(frozen=True)
class Wall:
    """What everybody in the room may read. An enterprise is named where it agreed; `survey` opens the survey."""

    forum: Forum
    lines: list[AgendaLine]
    present: int
    survey: str | None


@dataclass(frozen=True)
class PhoneArrival:
    """Somebody who signed in by phone and whom no clerk has looked at. `offered`: of that name, from other forums."""

    attendance: Attendance
    enterprise: str | None
    offered: list[KnownGuest]


@writes("plan_forum")
def hang(con: Connection, *, actor: Actor, forum_id: str, at: datetime) -> ForumLink:
    """The forum's link, good until the end of its day; the one that hangs already where there is one.

    Raises Refused('forum_unknown' | 'forum_step' | 'wall_over').
    """
    forum = known(con, forum_id)
    if forum.state == "cancelled":
        raise Refused("forum_step")
    if clock.end_of_day(forum.held_on) <= at:
        raise Refused("wall_over")
    there = forum_links.live(con, forum_id, at)
    if there and there.token:
        return there
    made = str(uuid4())
    link = ForumLink(made, wall_tokens.made(con, made), forum_id, at, clock.end_of_day(forum.held_on), None)
    forum_links.add(con, link)
    events.append(con, _event("wall_hang", link.id, forum, actor, at))
    return link


@writes("plan_forum")
def take_down(con: Connection, *, actor: Actor, forum_id: str, at: datetime) -> None:
    """Wall and sign-in work no more; who signed in stays. Down already is done."""
    link = forum_links.live(con, forum_id, at)
    if link is not None:
        forum_links.revoke(con, link.id, at)
        events.append(con, _event("wall_down", link.id, known(con, forum_id), actor, at, seq=2))


@reads("plan_forum")
def link_of(con: Connection, *, actor: Actor, forum_id: str, at: datetime) -> ForumLink | None:
    return forum_links.live(con, forum_id, at)


def wall(store: Store, *, token: str, address: str, at: datetime) -> Wall:
    """Raises Refused('wall_unknown' | 'wall_over' | 'too_many_tries')."""
    link = _opened(store, token, address, at)
    return store.read(lambda con: _wall(con, link, at))


def forum_of(store: Store, *, token: str, address: str, at: datetime) -> Forum:
    """What a phone that scanned the code signs in to. Raises as `wall`."""
    link = _opened(store, token, address, at)
    return store.read(lambda con: known(con, link.forum_id))


def arrive(
    store: Store, *, token: str, name: str, organisation: str, country: str, address: str, at: datetime
) -> Attendance:
    """Put somebody on the list by their own word; who stands on it already is told the same and written once.

    `organisation` is an enterprise's exact name or credit code, or any other: the answer never says which it was.
    Raises as `wall`, and Refused('sign_in_early' | 'person_name' | 'arrival_place' | 'person_country' |
    'arrivals_full').
    """
    link = _opened(store, token, address, at)
    who, place = one_line(name), one_line(organisation)
    _check_typed(who, place, country)

    def enter(con: Connection) -> Attendance:
        forum = known(con, link.forum_id)
        if clock.day_of(at) < forum.held_on:
            raise Refused("sign_in_early", day=forum.held_on)
        row = _row(con, forum, who, place, country)
        if there := _there(con, forum, row):
            return there
        hashed = open_links.address_hash(con, address, at=at)
        _check_room(con, forum, hashed)
        forums.add_attendance(con, [row])
        forum_links.add_sign_in(con, SignedIn(row.id, forum.id, link.id, hashed, at, None))
        events.append(con, _event("attend", row.id, forum, None, at, counts={row.kind: 1},
                                  notice_version=NOTICE_VERSION))  # fmt: skip
        return row

    return store.write(enter)


@reads("plan_forum")
def arrivals(con: Connection, *, actor: Actor, forum_id: str) -> list[PhoneArrival]:
    """Those who signed in by phone and whom no clerk has looked at yet."""
    waiting = forum_links.unconfirmed(con, forum_id)
    here = forums.attendances(con, forum_id)
    rows, at_table = [row for row in here if row.id in waiting], {row.person_id for row in here}
    named = forums.known_as(con, [row.person_name for row in rows])
    found = []
    for row in rows:
        enterprise = enterprises.get(con, actor.scope, row.enterprise_id) if row.enterprise_id else None
        others = [one for one in named if one.person_name == row.person_name and one.person_id not in at_table]
        found.append(PhoneArrival(row, enterprise.name_zh if enterprise else None, others))
    return found


@writes("plan_forum")
def confirm(con: Connection, *, actor: Actor, forum_id: str, attendance_ids: Sequence[str], at: datetime) -> int:
    """They were there. Returns how many of these waited for it."""
    forum = known(con, forum_id)
    waiting = forum_links.unconfirmed(con, forum_id) & set(attendance_ids)
    if waiting:
        forum_links.confirm(con, sorted(waiting), at)
        subject = f"arrivals:{forum_id}"
        seq = len(events.of_subject(con, subject)) + 1
        events.append(con, _event("confirm", subject, forum, actor, at, seq=seq, counts={"people": len(waiting)}))
    return len(waiting)


@writes("plan_forum")
def same_person(con: Connection, *, actor: Actor, attendance_id: str, person_id: str, at: datetime) -> None:
    """Who came is somebody of that name who came before: from now on one person. It confirms them, too.

    Raises Refused('person_unknown' | 'person_there' | 'forum_step').
    """
    row = forums.attendance(con, attendance_id)
    if row is None:
        raise Refused("person_unknown", name="")
    forum = known(con, row.forum_id)
    if not any(one.person_id == person_id for one in forums.known_as(con, [row.person_name])):
        raise Refused("person_unknown", name=row.person_name)
    if row.person_id == person_id:
        return
    if person_id in forums.people_at(con, forum.id):
        raise Refused("person_there", name=row.person_name)
    forum_links.same_person(con, attendance_id, person_id)
    forum_links.confirm(con, [attendance_id], at)
    events.append(con, _event("same_person", attendance_id, forum, actor, at, seq=2))


def _opened(store: Store, token: str, address: str, at: datetime) -> ForumLink:
    tried, token = Try("wall", "", address, at), link_part(token)
    link = decided(store, tried, lambda con: forum_links.by_live_token(con, token), wrong="wall_unknown")
    if link.expires_at <= at:
        raise Refused("wall_over")
    return link


def _wall(con: Connection, link: ForumLink, at: datetime) -> Wall:
    lines = forum_day.lines(con, ALL, link.forum_id)
    return Wall(known(con, link.forum_id), lines, forum_links.present(con, link.forum_id), _survey(con, link, at))


def _survey(con: Connection, link: ForumLink, at: datetime) -> str | None:
    """The open link of the newest wave that can be answered now: this forum's own, else any of the wave."""
    for wave in surveys.open_waves(con, at):
        hung = [one for one in open_links.live(con, wave.id) if one.token]
        own = [one for one in hung if one.forum_id == link.forum_id] or hung
        if own:
            return own[-1].token
    return None


def _check_typed(who: str, place: str, country: str) -> None:
    wrong = Wrong()
    wrong.unless(0 < len(who) <= LONGEST, "person_name", longest=LONGEST)
    wrong.unless(0 < len(place) <= LONGEST, "arrival_place", longest=LONGEST)
    wrong.unless(country in i18n.countries("en"), "person_country")
    wrong.refuse()


def _row(con: Connection, forum: Forum, who: str, place: str, country: str) -> Attendance:
    """Who came before under this name from the same place is the same person; two of them, and a clerk says which."""
    enterprise = forum_links.enterprise_called(con, place)
    outside = None if enterprise else place
    before = {
        one.person_id
        for one in forums.known_as(con, [who])
        if one.kind == "entrepreneur" and _same_place(one, enterprise, outside)
    }
    made = str(uuid5(NAMESPACE_OID, f"arrival:{forum.id}:{who}:{enterprise or folding.folded(place)}"))
    person = before.pop() if len(before) == 1 else made
    return Attendance(made, forum.id, person, who, "entrepreneur", None, None, enterprise, outside, country)


def _same_place(one: KnownGuest | Attendance, enterprise: str | None, outside: str | None) -> bool:
    return one.enterprise_id == enterprise and folding.folded(one.organisation or "") == folding.folded(outside or "")


def _there(con: Connection, forum: Forum, row: Attendance) -> Attendance | None:
    """Whoever stands on the list under this name from this place, or as this person, is there already."""
    for one in forums.attendances(con, forum.id):
        named = one.person_name == row.person_name and _same_place(one, row.enterprise_id, row.organisation)
        if named or one.person_id == row.person_id:
            return one
    return None


def _check_room(con: Connection, forum: Forum, address: str) -> None:
    by_phone, from_here = forum_links.counted(con, forum.id, address)
    if by_phone >= MOST_BY_PHONE or from_here >= MOST_FROM_ADDRESS:
        raise Refused("arrivals_full")


def _event(
    kind: str, subject: str, forum: Forum, actor: Actor | None, at: datetime, *, seq: int = 1,
    counts: dict[str, int] | None = None, **more: int,
) -> Event:  # fmt: skip
    """No names, and nobody's account where a phone signed in."""
    who = (actor.id, actor.role, actor.body_code) if actor else (None, None, None)
    detail = {"forum": forum.id, "number": forum.number} | ({"counts": counts} if counts else {"by": "staff"}) | more
    return Event(at, "forum", kind, subject, seq, *who, forum.state, detail)
