"""What a store of any kind is given after its migrations: words to look up by, the reference lists, the calendar."""

from functools import partial

import i18n
from db import references, sql
from db.calendar import workdays
from db.store import Store
from db.survey import carried_over
from db.system import refold, settings


def load(store: Store) -> None:
    if store.read(refold.is_old):
        for part in store.read(refold.parts):
            store.write(partial(refold.fold, part=part))
        store.write(refold.done)
    if store.read(carried_over.waits):
        store.write(carried_over.carry_over)
    store.write(references.load)
    store.write(workdays.load)


def speak(store: Store) -> None:
    """In the languages and names of the store's district; one that was never migrated has none."""
    there = store.read(lambda con: "setting" in sql.tables(con))
    i18n.settle(*store.read(settings.spoken) if there else ((), {}))
