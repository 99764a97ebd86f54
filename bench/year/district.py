"""The people of the simulated year: enterprises, officers, bodies, towns, staff, leaders, and one forum."""

import random
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from access.actor import Actor
from casework.forums.forums import ForumPlan, plan_forum, record_forum
from casework.notices import notices
from db import clock, references, sql
from db.people import accounts
from db.people.accounts import Account
from db.people.enterprises import Enterprise
from db.references import ReferenceItem
from db.sql import Connection
from db.store import Store

OPENED = datetime(2022, 12, 31, 16)  # midnight in Shanghai: the year begins
FIRMS, OFFICERS, STAFF, LEADERS = 240, 12, 4, 3
TOLD = 20  # enterprises that wish to be told by e-mail, so that notices are queued too


@dataclass(frozen=True)
class District:
    """`bosses` by enterprise, `officers` by account, `bodies` by code. `visitor` never handles a case."""

    firms: list[Enterprise]
    bosses: dict[str, Actor]
    officers: dict[str, Actor]
    bodies: dict[str, Actor]
    towns: list[Actor]
    staff: list[Actor]
    leaders: list[Actor]
    admin: Actor
    visitor: Actor
    categories: list[str]
    forum_id: str


def found(store: Store, *, seed: int, firms: int = FIRMS) -> District:
    chance = random.Random(f"people {seed}")
    lists = {name: store.read(lambda con, name=name: references.items(con, name)) for name in
             ("sector", "town", "category", "body")}  # fmt: skip
    officers = [_person(store, chance, "officer", n) for n in range(OFFICERS)]
    register = [_firm(chance, n, officers[n % OFFICERS].id, lists) for n in range(firms)]
    store.write(lambda con: sql.insert_many(con, "enterprise", register))
    bodies = [item.code for item in lists["body"] if item.kind != "leadership"][:16]
    staff = [_person(store, chance, "staff", n) for n in range(STAFF)]
    bosses = {
        firm.id: _person(store, chance, "enterprise", n, enterprise_id=firm.id) for n, firm in enumerate(register)
    }
    _wish_to_be_told(store, list(bosses.values())[:TOLD])
    return District(
        firms=register,
        bosses=bosses,
        officers={one.id: one for one in officers},
        bodies={code: _person(store, chance, "department", n, body_code=code) for n, code in enumerate(bodies)},
        towns=[_person(store, chance, "town", n, town_code=item.code) for n, item in enumerate(lists["town"])],
        staff=staff[1:],
        leaders=[_person(store, chance, "leader", n) for n in range(LEADERS)],
        admin=_person(store, chance, "admin", 0),
        visitor=staff[0],
        categories=[item.code for item in lists["category"]],
        forum_id=_forum(store, chance, staff[0]),
    )


def _person(store: Store, chance: random.Random, role: str, n: int, **of: str) -> Actor:
    body, town, firm = (of.get(name) for name in ("body_code", "town_code", "enterprise_id"))
    account = Account(_id(chance), f"{role}-{n}", f"{role} {n}", role, body, town, firm, password_hash=None,
                      active=True, created_at=OPENED, disabled_at=None, seq=0)  # fmt: skip

    def save(con: Connection) -> Account:
        return accounts.save(con, account, actor_id="simulation", role="admin", at=OPENED)

    store.write(save)
    return Actor(account.id, role, account.name, enterprise_id=firm, body_code=body, town_code=town)


def _firm(chance: random.Random, n: int, officer_id: str, lists: dict[str, list[ReferenceItem]]) -> Enterprise:
    divisions = [item.code for item in lists["sector"] if item.parent]
    return Enterprise(
        id=_id(chance),
        uscc=f"91330600SIM{n:07d}",
        name_zh=f"模拟企业{n:03d}",
        name_en=f"Simulated enterprise {n:03d}",
        sector_code=chance.choice(divisions),
        town_code=chance.choice(lists["town"]).code,
        size=chance.choice(("large", "medium", "small", "micro")),
        foreign_funded=False,
        officer_id=officer_id,
        contact_name=None,
        contact_phone=None,
        active=True,
        created_at=OPENED,
        seq=1,
    )


def _wish_to_be_told(store: Store, bosses: list[Actor]) -> None:
    for n, boss in enumerate(bosses):
        notices.choose_contact(store, actor=boss, owner="account", typed=f"firm-{n}@example.com", language="zh",
                               active=True, seen=0, hosts=frozenset(), at=OPENED)  # fmt: skip


def _forum(store: Store, chance: random.Random, clerk: Actor) -> str:
    """Held on the year's first day: what comes from a table later in the year is entered with it."""
    plan = ForumPlan("模拟场次", "Simulated forum", None, clock.day_of(OPENED), "会议室", "Room", "many_to_many",
                "district_government", "district_head")  # fmt: skip
    forum = plan_forum(store, actor=clerk, forum_id=_id(chance), plan=plan, at=OPENED)
    held = record_forum(store, actor=clerk, forum_id=forum.id, summary="模拟", seen=forum.seq, at=OPENED)
    return held.id


def _id(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
