"""What is done to a case, with files: checked as those of an issue are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from access.actor import Actor
from casework.cases.act import Given, act
from db.cases.cases import Case
from db.store import Store
from intake.files.upload import Upload
from intake.issue.attachments import check_all


def act_with_files(
    store: Store, *, actor: Actor, case_id: str, action: str, seen: int, given: Given, uploads: Sequence[Upload],
    at: datetime, form_id: str | None = None,
) -> Case:  # fmt: skip
    """Raises as `check_all` and `act`."""
    with_files = replace(given, files=tuple(store.files.lay(check_all(uploads))))
    return act(store, actor=actor, case_id=case_id, action=action, seen=seen, given=with_files, at=at, form_id=form_id)
