"""What keeps the system well: a backup, a look along the history, the district's name."""

from datetime import datetime
from pathlib import Path

from access.actor import Actor
from access.reference_lists import both_names
from db import events, settings
from db.events import Break
from db.settings import District
from db.store import Store


def back_up(store: Store, *, actor: Actor, folder: Path) -> Path:
    """A copy named by the chain's head; where nothing changed since the last one, that one."""
    actor.must("keep_system")
    return store.backup(folder)


def verify_history(store: Store, *, actor: Actor) -> list[Break]:
    """Every place where the chain of hashes does not hold."""
    actor.must("keep_system")
    return store.read(events.verify)


def rename_district(store: Store, *, actor: Actor, name_zh: str, name_en: str, at: datetime) -> District:
    """Raises Refused('names_missing')."""
    actor.must("keep_system")
    zh, en = both_names(name_zh, name_en)
    return store.write(
        lambda con: settings.rename_district(con, name_zh=zh, name_en=en, actor_id=actor.id, role=actor.role, at=at)
    )
