"""The weekly leaf by notice: each Monday from eight in the morning in Shanghai, once a week, to those who asked."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from access.actor import Actor
from access.roles import PERMISSIONS
from access.verbs import reads, writes
from db import clock
from db.notices import leaf_readers, outbox
from db.notices.outbox import Listener, Notice
from db.sql import Connection
from db.store import Store

KIND = "weekly_leaf"
FROM = 8  # o'clock on Monday; a server that was down then tells later in the week
_IDS = UUID("5d0a3a4e-6f0c-4f5e-9c55-0f2f0c0d0023")


@reads("see_dashboard")
def reads_leaf(con: Connection, *, actor: Actor) -> bool:
    return leaf_readers.reads(con, actor.id)


@writes("see_dashboard")
def choose_leaf(con: Connection, *, actor: Actor, wanted: bool, at: datetime) -> None:
    leaf_readers.choose(con, actor.id, wanted=wanted, at=at)


def queue_leaves(store: Store, *, at: datetime) -> int:
    """How many were queued. Whoever may no longer see the leaf is not told; the link asks again anyway."""
    local = clock.local(at)
    week = f"{local:%G-W%V}"
    if (local.weekday() == 0 and local.hour < FROM) or store.read(lambda con: leaf_readers.told(con, week)):
        return 0

    def queue(con: Connection) -> int:
        if leaf_readers.told(con, week):
            return 0
        leaf_readers.note_told(con, week, at)
        readers = [one for one in leaf_readers.listeners(con) if "see_dashboard" in PERMISSIONS[one.party]]
        sunday = local.date() - timedelta(days=local.weekday() + 1)
        outbox.add(con, [_notice(one, week, sunday.isoformat(), at) for one in readers])
        return len(readers)

    return store.write(queue)


def _notice(to: Listener, week: str, sunday: str, at: datetime) -> Notice:
    """The id is the week's and the reader's: a second try queues nothing twice."""
    notice_id = str(uuid5(_IDS, f"{week}:{to.owner_id}"))
    params = {"path": f"/leaf.pdf?as_of={sunday}", "as_of": sunday}
    return Notice(notice_id, at, KIND, f"leaf:{week}", to.owner_kind, to.owner_id, to.language, params, "queued",
                  attempts=0, next_at=at)  # fmt: skip
