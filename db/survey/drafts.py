"""What was typed and not yet sent: one draft an owner and form. Not history, so no event."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import events, keys, sql
from db.refused import Refused
from db.sql import Connection, Row
from db.survey import separation

SURVEY = "survey:"  # before the wave, in the form's name: what is filled in there is sealed as answers are
STEP = 512  # characters: a sealed draft's length says little of it
_CHANGED = "UPDATE draft SET content = $content, updated_at = $updated_at WHERE id = $id"


@dataclass(frozen=True)
class Draft:
    """`id` is the id that the submission will have."""

    id: str
    content: dict[str, Any]
    updated_at: datetime


def save(con: Connection, *, owner: str, form: str, draft_id: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep `content` as the owner's one draft of this form. Raises Refused('forbidden') for somebody else's id, or
    Refused('survey_closed')."""
    known = sql.one(con, "SELECT owner, form FROM draft WHERE id = $id", {"id": draft_id})
    if known and (known["owner"], known["form"]) != (owner, form):
        raise Refused("forbidden")
    kept = _sealed(con, form, draft_id, content)
    row = {"id": draft_id, "owner": owner, "form": form, "content": kept, "updated_at": at}
    if known:
        sql.run(con, _CHANGED, row)
    else:
        discard(con, owners=[owner], form=form)
        sql.insert(con, "draft", row)
    return Draft(draft_id, content, at)


def change(con: Connection, draft: Draft, *, form: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep `content` in the place of what this draft was found with. Raises Refused('survey_closed')."""
    row = {"id": draft.id, "content": _sealed(con, form, draft.id, content), "updated_at": at}
    sql.run(con, _CHANGED, row)
    return Draft(draft.id, content, at)


def of(con: Connection, *, owner: str, form: str) -> Draft | None:
    return these(con, [owner], form=form).get(owner)


def these(con: Connection, owners: Sequence[str], *, form: str) -> dict[str, Draft]:
    """The drafts of this form, by their owners."""
    statement = "SELECT id, owner, content, updated_at FROM draft WHERE owner = ANY($owners) AND form = $form"
    found = sql.rows(con, statement, {"owners": list(owners), "form": form})
    key = keys.of(con, form.removeprefix(SURVEY)) if found and form.startswith(SURVEY) else None
    return {row["owner"]: Draft(row["id"], _opened(key, form, row), row["updated_at"]) for row in found}


def discard(con: Connection, *, owners: Sequence[str], form: str) -> None:
    statement = "DELETE FROM draft WHERE owner = ANY($owners) AND form = $form"
    sql.run(con, statement, {"owners": list(owners), "form": form})


def _sealed(con: Connection, form: str, draft_id: str, content: dict[str, Any]) -> str:
    if not form.startswith(SURVEY):
        return events.canonical(content)
    wave_id = form.removeprefix(SURVEY)
    key = keys.of(con, wave_id)
    if key is None and wave_id in separation.over(con):
        raise Refused("survey_closed")
    return keys.sealed(key or keys.made(con, wave_id), draft_id, content, step=STEP)


def _opened(key: bytes | None, form: str, row: Row) -> dict[str, Any]:
    return keys.opened(key, row["id"], row["content"]) if form.startswith(SURVEY) else json.loads(row["content"])
