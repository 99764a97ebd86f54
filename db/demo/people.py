"""Accounts: seven that sign in with the demo password, and those only known: 1,164 more officers, departments."""

from dataclasses import replace
from datetime import date, datetime
from random import Random

from db.demo.common import BEFORE_ALL, content, office_hours, stream, uid, words
from db.demo.enterprises import DEMO_ENTERPRISE, TOWNS
from db.events import Event
from db.people.accounts import Account
from db.references import ReferenceItem

OFFICERS = 1165
LEADERS = ("leader", "leader-2", "leader-3", "leader-4", "leader-5")
STAFF = ("staff", "staff-2")

_DEMO = {
    "enterprise": ("示范企业经办人", {"enterprise_id": DEMO_ENTERPRISE}),
    "officer": ("示范驻企服务员", {"town_code": "330603001"}),
    "department": ("区经信局联络员", {"body_code": "economy_it"}),
    "town": ("柯桥街道联络员", {"town_code": "330603001"}),
    "staff": ("专班工作人员", {}),
    "leader": ("分管区领导（示范）", {}),
    "admin": ("系统管理员", {}),
}


def accounts(password_hash: str, bodies: list[ReferenceItem]) -> list[Account]:
    """Everybody: those who can sign in first, then colleagues, bodies and officers without a password."""
    demo = [_demo(role, password_hash) for role in _DEMO]
    return [*demo, *_colleagues(), *[_of_body(body) for body in bodies if body.kind != "leadership"], *_officers()]


def id_of(login: str) -> str:
    return uid("account", login)


def officers_by_town(known: list[Account]) -> dict[str, list[str]]:
    """Ids of the officers by town, and the demo officer's under `demo`."""
    found: dict[str, list[str]] = {"demo": [id_of("officer")]}
    for account in known:
        if account.role == "officer" and account.login != "officer":
            found.setdefault(account.town_code or "", []).append(account.id)
    return found


def events(known: list[Account]) -> list[Event]:
    """One event for each account that can sign in, one for each day's list of the others."""
    signing = [account for account in known if account.password_hash]
    made = [_event(account) for account in signing]
    days = sorted({account.created_at.date() for account in known if not account.password_hash})
    return made + [_list_event(day, [a for a in known if a.created_at.date() == day]) for day in days]


def _demo(role: str, password_hash: str) -> Account:
    name, belongs = _DEMO[role]
    created = {"officer": datetime(2023, 2, 6, 1, 30), "enterprise": datetime(2019, 3, 4, 2, 0)}.get(role, BEFORE_ALL)
    return replace(_known(role, name, role, created), password_hash=password_hash, **belongs)


def _colleagues() -> list[Account]:
    leaders = [_known(login, f"分管区领导（{i}号，示范）", "leader") for i, login in enumerate(LEADERS[1:], start=2)]
    return [*leaders, _known("staff-2", "专班回访员", "staff")]


def _of_body(body: ReferenceItem) -> Account:
    return replace(_known(f"dept-{body.code}", f"{body.name_zh}联络员", "department"), body_code=body.code)


def _officers() -> list[Account]:
    rng = stream("officers")
    surnames = words(content("words")["surname"]["all_zh"])
    towns = rng.choices(list(TOWNS), list(TOWNS.values()), k=OFFICERS - 1)
    towns[: len(TOWNS)] = list(TOWNS)  # every town has one
    return [_officer(rng, number, surnames, town) for number, town in enumerate(towns, start=1)]


def _officer(rng: Random, number: int, surnames: list[str], town: str) -> Account:
    created = office_hours(rng, date(2023, 2, rng.choice((1, 2, 3, 6, 7, 8, 9, 10))))
    known = _known(f"officer-{number:04d}", f"{rng.choice(surnames)}服务员（{number:04d}）", "officer", created)
    return replace(known, town_code=town)


def _known(login: str, name: str, role: str, created: datetime = BEFORE_ALL) -> Account:
    return Account(
        id=id_of(login),
        login=login,
        name=name,
        role=role,
        body_code=None,
        town_code=None,
        enterprise_id=None,
        password_hash=None,
        active=True,
        created_at=created,
        disabled_at=None,
        seq=1,
    )


def _event(account: Account) -> Event:
    shown = ("login", "name", "role", "body_code", "town_code", "enterprise_id", "active")
    detail = {name: getattr(account, name) for name in shown}
    return Event(account.created_at, "account", "save", account.id, 1, id_of("admin"), "admin", detail=detail)


def _list_event(day: date, listed: list[Account]) -> Event:
    last = max(account.created_at for account in listed)
    detail = {"accounts": len(listed)}
    return Event(last, "account", "load", uid("accounts", day), 1, id_of("admin"), "admin", detail=detail)
