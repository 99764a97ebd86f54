"""Demonstration data: the published figures of five years, computable from records, and every month since.

The same each time: months up to November 2023 never change, later ones grow until the day before `today`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pwdlib import PasswordHash

from db import clock, events, keys, loading, references, sql
from db.cases.supervision import FollowUp
from db.demo import (
    cases,
    desk,
    economy,
    enterprises,
    forum_day,
    forums,
    guidance,
    hard,
    letters,
    notices,
    people,
    plans,
    policies,
    promises,
    supervision,
    surveys,
    visits,
)
from db.demo.common import BEFORE_ALL, district, table
from db.demo.forums import Attendance, Forum
from db.demo.stories import Story
from db.districts import begin
from db.people.accounts import Account
from db.people.enterprises import Enterprise
from db.references import ReferenceItem
from db.sql import Connection
from db.store import Store
from db.survey import separation
from db.system import rebuild, seals, settings

PASSWORD = "face-to-face-demo"
Say = Callable[[str], None]


@dataclass(frozen=True)
class World:
    """Everybody and everything before it is written."""

    bodies: list[ReferenceItem]
    accounts: list[Account]
    register: list[Enterprise]
    forums: list[Forum]
    attendance: list[Attendance]
    stories: list[Story]
    follow_ups: list[FollowUp]


def is_empty(con: Connection) -> bool:
    """Neither an enterprise nor a case."""
    return not sql.scalar(con, "SELECT (SELECT count(*) FROM enterprise) + (SELECT count(*) FROM cases)")


def begin_district(store: Store) -> None:
    """A migrated store knows its district: lists, groups, questionnaires, and nobody yet."""
    store.write(lambda con: begin.put(con, district(), BEFORE_ALL))


def load(store: Store, *, today: date, say: Say = lambda _: None) -> None:
    """Fill an empty, migrated store: with its district, then everything else in one transaction."""
    begin_district(store)
    loading.speak(store)
    known = store.read(lambda con: references.items(con, "body"))
    towns = store.read(lambda con: references.items(con, "town"))
    world = imagine(today, known, towns, PasswordHash.recommended().hash(PASSWORD))
    say(f"{len(world.register)} enterprises, {len(world.accounts)} accounts")
    say(f"{len(world.forums)} forums, {len(world.attendance)} attendances, {len(world.stories)} cases")
    answered = surveys.imagine(today, world.register)
    say(f"{len(answered.waves)} survey waves, {len(answered.responses)} responses")
    store.write(lambda con: _write(con, world, answered, today))
    store.write(lambda con: keys.destroy(con, separation.spent(con)))  # the journal has their answers, sealed
    say(f"{store.revision()} events")


def imagine(today: date, known: list[ReferenceItem], towns: list[ReferenceItem], password_hash: str) -> World:
    bodies = [*known, *_more_bodies(len(known))]
    accounts = people.accounts(password_hash, bodies)
    register = enterprises.register(people.officers_by_town(accounts))
    meetings = forum_day.on_today(forums.plan(today), today)
    present = [(item.code, item.name_zh) for item in [*bodies, *towns] if item.kind not in ("leadership", "bank")]
    attendance = forums.attendance(meetings, register, present)
    planned = desk.instead(today, plans.plans(today, register, meetings, attendance), register)
    told = cases.tell(planned, clock.start_of_day(today))
    chased = supervision.follow_up(told, today)
    promises.extend(told, today)
    return World(bodies[len(known) :], accounts, register, meetings, attendance, told, chased)


def _write(con: Connection, world: World, answered: surveys.Answered, today: date) -> None:
    settings.put(con, "demo", "true")
    sql.insert_many(con, "reference_item", world.bodies)
    sql.insert_many(con, "account", world.accounts)
    sql.insert_many(con, "enterprise", world.register)
    sql.insert_many(con, "forum", world.forums)
    sql.insert_many(con, "attendance", world.attendance)
    _write_cases(con, world.stories)
    supervision.write(con, world.follow_ups)
    separated = surveys.write(con, answered, world.register)
    granted = policies.imagine(today, world.register, world.stories)
    policies.write(con, granted)
    guided = guidance.imagine(today, granted, world.stories)
    guidance.write(con, guided)
    visited = visits.imagine(today, world.register)
    sql.insert_many(con, "visit", visited)
    notices.write(con, today)
    sent = letters.write(con, today, world.stories, world.register, references.items(con, "body"))
    tabled = forum_day.write(con, today, world.forums, world.stories)
    hard_cases = hard.imagine(today, world.stories)
    hard_cases.write(con)
    published = economy.imagine(today)
    sql.insert_many(con, "observation", published)
    sql.insert_many(con, "indicator_target", economy.budgets(today))
    history = [
        *people.events(world.accounts),
        _import_event(len(world.register)),
        *forums.events(world.forums),
        *[event for story in world.stories for event in story.log],
        *answered.events,
        *separated,
        *policies.events(granted),
        *guided.events,
        *visits.events(visited),
        *economy.events(published),
        *sent,
        *hard_cases.events,
        *tabled,
    ]
    history.sort(key=lambda event: (event.happened_at, event.area, event.subject, event.seq))
    events.append(con, *seals.sealed(con, *history))
    rebuild.rebuild(con)


def _write_cases(con: Connection, told: list[Story]) -> None:
    sql.insert_many(con, "cases", [story.row for story in told])
    parts = [{"case_id": s.row["id"], "body_code": body, "part": part} for s in told for body, part in s.bodies]
    sql.insert_many(con, "case_body", parts)


def _import_event(count: int) -> events.Event:
    actor = people.id_of("admin")
    return events.Event(BEFORE_ALL, "enterprise", "import", "demo", 1, actor, "admin", detail={"added": count})


def _more_bodies(position: int) -> list[ReferenceItem]:
    return [
        ReferenceItem(
            list="body",
            code=row["code"],
            parent=None,
            kind=row["kind"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            position=position + number,
            tile_row=None,
            tile_column=None,
            active=True,
            seq=1,
        )
        for number, row in enumerate(table("bodies"), start=1)
    ]
