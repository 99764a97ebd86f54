"""Administrators are told by mail or robot, once a day, that there is no good backup: a page tells who looks at it."""

from datetime import datetime
from uuid import UUID, uuid5

from db import clock
from db.notices import outbox
from db.notices.outbox import Listener, Notice
from db.store import Store
from db.system.keeping import is_late

KIND = "backup_late"
_IDS = UUID("0c2b6a1e-94a4-4f55-8a0e-6a1d3f0b6c31")


def tell_late_backup(store: Store, at: datetime) -> int:
    """A chore of the server. How many were queued."""
    if not is_late(at):
        return 0
    day = clock.day_of(at).isoformat()
    told = store.read(lambda con: outbox.fresh(con, [_notice(one, day, at) for one in outbox.of_role(con, "admin")]))
    return store.write(lambda con: outbox.add(con, told)) if told else 0


def _notice(to: Listener, day: str, at: datetime) -> Notice:
    """The id is the day's and the reader's: it is queued once."""
    notice_id = str(uuid5(_IDS, f"{day}:{to.owner_id}"))
    return Notice(notice_id, at, KIND, f"backup:{day}", to.owner_kind, to.owner_id, to.language, {"path": "/system"},
                  "queued", attempts=0, next_at=at)  # fmt: skip
