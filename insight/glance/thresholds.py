"""A leader says from which value of a figure on they wish to be told, and is told once each time it gets there."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

import i18n
from access import entrance
from access.actor import Actor
from access.verbs import reads, writes
from db import clock
from db.figures.case_figures import SHARES
from db.figures.figures import EVERYTHING, ground
from db.notices import outbox, thresholds
from db.notices.outbox import Notice
from db.notices.thresholds import Threshold
from db.people import accounts
from db.refused import Refused
from db.scope import ALL
from db.sql import Connection
from db.store import Store
from insight import wording
from insight.cases.history import history
from insight.citing.citing import cite
from insight.economy.published import published

CASES = ("overdue", "unsettled", "prompt_share", "received_lately", "settled_lately", "settled_share", "promises_kept")
SIDES = ("over", "under")
EVERY = timedelta(minutes=1)  # between two looks
_IDS = UUID("5d0a3a4e-6f0c-4f5e-9c55-0f2f0c0d0046")
Key = tuple[str, str]


@dataclass(frozen=True)
class Level:
    """How a figure stands: its number, and that with its unit in a language."""

    value: float | None
    name: Callable[[str], str]
    shown: Callable[[str], str]


def levels(con: Connection, day: date) -> dict[Key, Level]:
    """What may be watched: figures of cases, and the growth of each indicator that grows."""
    measures, found = history(con, scope=ALL, filters=EVERYTHING, day=day), dict[Key, Level]()
    for code in CASES:
        found["cases", code] = Level(
            measures[code].value, lambda lang, c=code: i18n.text(f"figure.{c}.name", lang),
            lambda lang, m=measures[code]: wording.measured(m, lang),
        )  # fmt: skip
    return found | _growths(con, day)


def _growths(con: Connection, day: date) -> dict[Key, Level]:
    found: dict[Key, Level] = {}
    for one in published(con, day):
        if (growth := one.latest.growth) is not None:
            found["economy", one.code] = Level(
                growth, lambda lang, o=one: i18n.text("threshold.growth", lang, name=o.say(lang)),
                lambda lang, g=growth: wording.growth(g, lang),
            )  # fmt: skip
    return found


@reads("see_dashboard")
def own_thresholds(con: Connection, *, actor: Actor) -> list[Threshold]:
    return thresholds.own(con, actor.id)


@writes("see_dashboard")
def set_threshold(
    con: Connection, *, actor: Actor, kind: str, code: str, side: str, bound: float | None, at: datetime
) -> None:
    """In the place of one on this side. Raises Refused('forbidden' | 'threshold_bound' | 'figure_unknown')."""
    known = code in CASES if kind == "cases" else (kind, code) in _growths(con, clock.day_of(at))
    if side not in SIDES or not known:
        raise Refused("figure_unknown")
    if bound is None or not math.isfinite(bound):
        raise Refused("threshold_bound")
    thresholds.save(con, Threshold(actor.id, kind, code, side, bound, at))


@writes("see_dashboard")
def drop_threshold(con: Connection, *, actor: Actor, kind: str, code: str, side: str, at: datetime) -> None:
    thresholds.end(con, actor.id, kind, code, side, at)


def watching() -> Callable[[Store, datetime], int]:
    """Looks where a figure moved or the day changed, at most once a minute."""
    looked, seen = datetime.min, None

    def tell_crossed(store: Store, at: datetime) -> int:
        nonlocal looked, seen
        wanted = store.kept(thresholds.live)
        now = (store.kept(ground), clock.day_of(at), wanted)
        if not wanted or now == seen or at - looked < EVERY:
            return 0
        looked, seen = at, now
        return tell(store, at=at)

    return tell_crossed


def tell(store: Store, *, at: datetime) -> int:
    """How many were told. What got there is told with an address at which the number stays as it was."""
    found = store.read(lambda con: levels(con, clock.day_of(at)))
    told = 0
    for one in store.read(thresholds.live):
        there = _there(one, found)
        if there and one.crossed_at is None:
            told += _told(store, one, found, at)
        elif not there and one.crossed_at is not None:
            store.write(lambda con, back=one: thresholds.note_crossed(con, back, None))
    return told


def _there(one: Threshold, found: Mapping[Key, Level]) -> bool:
    level = found.get((one.kind, one.code))
    if level is None or level.value is None:
        return False
    return level.value > one.bound if one.side == "over" else level.value < one.bound


def _told(store: Store, one: Threshold, found: Mapping[Key, Level], at: datetime) -> int:
    """Nobody who lost the right since. Who has no channel sees it on their page."""
    account = store.read(lambda con: accounts.by_id(con, one.account_id))
    if account is None or not (reader := entrance.actor_of(account)).may("see_dashboard"):
        return 0
    path = cite(store, actor=reader, kind=one.kind, code=one.code, as_of=clock.day_of(at), at=at).path

    def write(con: Connection) -> int:
        thresholds.note_crossed(con, one, at)
        contact = outbox.contact(con, "account", one.account_id)
        if contact is None or not contact.active:
            return 0
        outbox.add(con, [_notice(one, found[one.kind, one.code], contact.language, path, at)])
        return 1

    return store.write(write)


def _notice(one: Threshold, level: Level, language: str, path: str, at: datetime) -> Notice:
    notice_id = str(uuid5(_IDS, f"{one.key}:{at:%Y-%m-%d %H:%M:%S}"))
    params = {"path": path, "name": level.name(language), "value": level.shown(language),
              "bound": bound_words(one, language)}  # fmt: skip
    return Notice(notice_id, at, f"threshold_{one.side}", f"threshold:{one.kind}:{one.code}", "account", one.account_id,
                  language, params, "queued", attempts=0, next_at=at)  # fmt: skip


def bound_words(one: Threshold, language: str) -> str:
    """As written: whole where it is."""
    shown = i18n.number(one.bound, language, 0 if float(one.bound).is_integer() else 1)
    return i18n.percent(shown, language) if one.kind == "economy" or one.code in SHARES else shown
