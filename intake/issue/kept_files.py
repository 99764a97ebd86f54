"""Files that come before the issue is sent: checked as they come in, kept with its draft, sent with it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from db.cases import draft_files
from db.cases.draft_files import DraftFile
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from intake.files.upload import Upload
from intake.issue.attachments import MOST, check_all


def keep_files(store: Store, *, actor: Actor, draft_id: str, uploads: Sequence[Upload], at: datetime) -> None:
    """Raises what an attachment is refused for; then none of these is kept. One that is there already is not kept
    twice: a form that is sent again brings its files again."""
    actor.must("raise_issue")
    checked = store.files.lay(check_all(uploads))

    def keep(con: Connection) -> None:
        known = {one.sha256 for one in draft_files.of(con, owner=actor.id, draft_id=draft_id)}
        fresh = {one.sha256: one for one in checked if one.sha256 not in known}
        if len(known) + len(fresh) > MOST:
            raise Refused("attachments_too_many", most=MOST)
        draft_files.add(con, [
            DraftFile.of(one, str(uuid4()), at, draft_id=draft_id, owner=actor.id) for one in fresh.values()
        ])  # fmt: skip

    store.write(keep)


def kept_files(store: Store, *, actor: Actor, draft_id: str) -> list[DraftFile]:
    return store.read(lambda con: draft_files.of(con, owner=actor.id, draft_id=draft_id))


def leave_out(store: Store, *, actor: Actor, draft_id: str, file_id: str) -> None:
    store.write(lambda con: draft_files.drop(con, owner=actor.id, draft_id=draft_id, file_id=file_id))
