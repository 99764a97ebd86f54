"""Personal data: who was shown whom whole, what goes when its time is over, and what an administrator erases."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from access.actor import Actor
from access.typed import one_line, reason_of
from access.verbs import reads
from db import masked
from db.forums import forums
from db.people import shown
from db.people.shown import Looked
from db.refused import Refused, Wrong
from db.sql import Connection
from db.store import Store
from db.system import erasure, retention
from db.system.erasure import KINDS, Erased, Outlook, Whose
from db.system.retention import Swept

LATEST = 20  # of those who were shown somebody


@dataclass(frozen=True)
class Matched:
    """Somebody of the name that was typed: `key` is what `erasure` knows them by; `place` and `forums` of a guest."""

    key: str
    place: str = ""
    forums: int = 0


@reads("keep_system")
def looked_at(con: Connection, *, actor: Actor) -> list[Looked]:
    """The latest, the newest first."""
    return shown.latest(con, LATEST)


@reads("keep_system")
def kept_until(con: Connection, *, actor: Actor, at: datetime) -> list[Swept]:
    """Each rule, with what would go at this moment."""
    return retention.due(con, at)


@reads("keep_system")
def matching(con: Connection, *, actor: Actor, kind: str, typed: str) -> list[Matched]:
    """Of an enterprise by its credit code or its id, of an account by its login, of a guest of forums by their whole
    name, which several may have."""
    word = one_line(typed)
    if kind != "person":
        return [Matched(word)] if word and kind in KINDS and KINDS[kind](con, word) else []
    found: dict[str, Matched] = {}
    for one in forums.known_as(con, [word]):
        before = found.get(one.person_id, Matched(one.person_id, one.organisation or ""))
        found[one.person_id] = Matched(one.person_id, before.place, before.forums + one.forums)
    return list(found.values())


@reads("keep_system")
def what_would_go(con: Connection, *, actor: Actor, kind: str, key: str) -> Outlook:
    """Nothing is changed. Raises Refused('erase_unknown')."""
    return erasure.outlook(con, _meant(con, kind, key))


def erase(
    store: Store, *, actor: Actor, path: Path, kind: str, key: str, typed: str, reason: str, forget: bool, at: datetime
) -> Erased:
    """For good. `typed` is what they are called by, once more; `forget`: the backups of before go too. Raises
    Refused('forbidden' | 'erase_unknown' | 'erase_typed' | 'erase_reason' | 'erase_oneself')."""
    actor.must("keep_system")
    whose, name = store.read(lambda con: (found := _meant(con, kind, key), erasure.called(con, found)))
    wrong = Wrong()
    wrong.unless(kind != "account" or actor.id not in whose.accounts, "erase_oneself")
    why = wrong.tried(lambda: reason_of(reason, "erase_reason"), "")
    wrong.unless(one_line(typed) == name, "erase_typed", name=masked.name(name) if kind == "person" else name)
    wrong.refuse()
    who = (actor.id, actor.role)
    return erasure.carried_out(store, path, kind, key, reason=why, at=at, forget=forget, who=who)


def _meant(con: Connection, kind: str, key: str) -> Whose:
    whose = KINDS[kind](con, key) if kind in KINDS else None
    if whose is None:
        raise Refused("erase_unknown")
    return whose
