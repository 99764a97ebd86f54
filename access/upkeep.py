"""What keeps the system well: a backup, a look along the history, the district's name and address."""

import re
from datetime import datetime
from pathlib import Path

from access.actor import Actor
from access.reference_lists import both_names
from access.verbs import writes
from db.events import ChainBreak
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.system import integrity, settings
from db.system.settings import District

LONGEST_URL = 200
_SITE = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


def back_up(store: Store, *, actor: Actor, folder: Path) -> Path:
    """A copy named by the chain's head; where nothing changed since the last one, that one."""
    actor.must("keep_system")
    return store.backup(folder)


def verify_history(store: Store, *, actor: Actor) -> list[ChainBreak]:
    """Every place where the chain of hashes does not hold."""
    actor.must("keep_system")
    return store.read(integrity.verify)


@writes("keep_system")
def rename_district(con: Connection, *, actor: Actor, name_zh: str, name_en: str, at: datetime) -> District:
    """Raises Refused('names_missing')."""
    zh, en = both_names(name_zh, name_en)
    return settings.rename_district(con, name_zh=zh, name_en=en, actor_id=actor.id, role=actor.role, at=at)


def set_public_url(store: Store, *, actor: Actor, typed: str, at: datetime) -> str:
    """The address that links in notices begin with; nothing typed takes it away. Raises Refused('public_url')."""
    actor.must("keep_system")
    url = typed.strip().rstrip("/")
    if url and (len(url) > LONGEST_URL or not _SITE.fullmatch(url)):
        raise Refused("public_url")
    store.write(lambda con: settings.set_public_url(con, url, actor_id=actor.id, role=actor.role, at=at))
    return url


@writes("keep_system")
def set_form_page(con: Connection, *, actor: Actor, chosen: str, at: datetime) -> None:
    """Which page a link opens. Raises Refused('form_page')."""
    if chosen not in settings.FORM_PAGES:
        raise Refused("form_page")
    settings.set_form_page(con, chosen, actor_id=actor.id, role=actor.role, at=at)
