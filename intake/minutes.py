"""Files for the minutes of a meeting or a forum: checked as those of an issue are."""

from collections.abc import Sequence
from datetime import datetime

from access.actor import Actor
from casework.minutes_files import OF, keep_minutes_files
from db.minutes_files import MinutesFileLine
from db.store import Store
from intake.files.upload import Upload
from intake.issue.attachments import check_all


def attach_to_minutes(
    store: Store, *, actor: Actor, kind: str, record_id: str, uploads: Sequence[Upload], form_id: str, at: datetime
) -> list[MinutesFileLine]:
    """Raises as `check_all` and `keep_minutes_files`; who may not is told so before a file is read."""
    actor.must(OF[kind].keep)
    files = store.files.lay(check_all(uploads))
    return keep_minutes_files(store, actor=actor, kind=kind, record_id=record_id, files=files, form_id=form_id, at=at)
