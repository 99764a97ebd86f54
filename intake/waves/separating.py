"""When a wave's last correction is over, its answers come to stand by themselves, and its key is destroyed."""

import logging
from datetime import datetime
from functools import partial

from access import masking
from db import events, keys
from db.sql import Connection
from db.store import Store
from db.survey import separation
from db.survey.surveys import Wave
from db.system import backups, settings

log = logging.getLogger(__name__)


def separate_due(store: Store, at: datetime) -> None:
    """What is due at `at`; what was done before is not done again. Nobody asks for it: the server does, and staff's
    word that all forms are in."""
    for wave in store.read(lambda con: separation.due(con, at)):
        try:
            store.write(lambda con, wave=wave: _separate(con, wave, at))
        except keys.Unreadable:
            log.error("wave %s stays sealed: its key is not beside the store. Put the file of a backup's keys there.",
                      wave.number)  # fmt: skip
    if spent := store.read(separation.spent):
        store.write(lambda con: separation.forget_keys(con, spent))
        store.backup(store.read(backups.beside))  # before the key goes: an older one holds only what nobody could open
        store.write(lambda con: keys.destroy(con, spent))  # one after another: a new wave's key may be made meanwhile


def _separate(con: Connection, wave: Wave, at: datetime) -> None:
    if wave.id not in separation.over(con):
        places = settings.district(con).places
        events.append(con, separation.separate(con, wave, partial(masking.without_own, places=places), at))
