"""Taking a backup away: everything that the store knows leaves the house, so whoever asks shows once more who they are,
and the history says who took what."""

from datetime import datetime
from pathlib import Path

from access.actor import Actor
from access.second_factor import show_again
from access.verbs import reads
from db import events, keys
from db.events import Event
from db.people import second_factors
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.system import backups
from db.system.backups import Backup, Holds

WHAT = ("copy", "keys")


@reads("keep_system")
def code_is_asked(con: Connection, *, actor: Actor) -> bool:
    """Whether this person shows who they are by their device; else it is by their password."""
    return second_factors.confirmed(con, actor.id)


def backup_named(store: Store, *, actor: Actor, folder: Path, name: str) -> Backup:
    """One of those that lie there. Raises Refused('forbidden' | 'backup_unknown')."""
    actor.must("keep_system")
    found = next((one for one in backups.listed(folder) if one.name == name), None)
    if found is None:
        raise Refused("backup_unknown")
    return found


def take_backup(
    store: Store, *, actor: Actor, folder: Path, name: str, what: str, secret: str, address: str, at: datetime
) -> Path:
    """The file to send: the copy, or the keys that lie beside it. `secret`: the present code of the device, or the
    password of who has none. Raises Refused('backup_unknown'), or as `show_again`."""
    found = backup_named(store, actor=actor, folder=folder, name=name)
    path = folder / found.name
    path = keys.path_beside(path) if what == "keys" else path
    if what not in WHAT or not path.is_file():
        raise Refused("backup_unknown")
    show_again(store, actor=actor, secret=secret, address=address, at=at)
    store.write(lambda con: events.append(con, _taken(con, actor, path, at)))
    return path


def what_it_holds(store: Store, *, actor: Actor, folder: Path, backup: Backup) -> Holds | None:
    """None of a copy that an earlier release made. Raises Refused('forbidden')."""
    actor.must("keep_system")
    return backups.said_to_hold(folder / backup.name)


def _taken(con: Connection, actor: Actor, path: Path, at: datetime) -> Event:
    subject = f"backup:{path.name}"
    seq = len(events.of_subject(con, subject)) + 1
    detail = {"name": path.name, "size": path.stat().st_size}
    return Event(at, "backup", "take_away", subject, seq, actor.id, actor.role, detail=detail)
