"""What was typed and not yet sent: one draft an owner and form. Not history, so no event."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import events, sql
from db.refused import Refused
from db.sql import Connection


@dataclass(frozen=True)
class Draft:
    """`id` is the id that the submission will have."""

    id: str
    content: dict[str, Any]
    updated_at: datetime


def save(con: Connection, *, owner: str, form: str, draft_id: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep `content` as the owner's one draft of this form. Raises Refused('forbidden') for somebody else's id."""
    known = sql.one(con, "SELECT owner, form FROM draft WHERE id = $id", {"id": draft_id})
    if known and (known["owner"], known["form"]) != (owner, form):
        raise Refused("forbidden")
    row = {"id": draft_id, "owner": owner, "form": form, "content": events.canonical(content), "updated_at": at}
    if known:
        sql.run(con, "UPDATE draft SET content = $content, updated_at = $updated_at WHERE id = $id", row)
    else:
        discard(con, owner=owner, form=form)
        sql.insert(con, "draft", row)
    return Draft(draft_id, content, at)


def of(con: Connection, *, owner: str, form: str) -> Draft | None:
    statement = "SELECT id, content, updated_at FROM draft WHERE owner = $owner AND form = $form"
    row = sql.one(con, statement, {"owner": owner, "form": form})
    return Draft(row["id"], json.loads(row["content"]), row["updated_at"]) if row else None


def discard(con: Connection, *, owner: str, form: str) -> None:
    sql.run(con, "DELETE FROM draft WHERE owner = $owner AND form = $form", {"owner": owner, "form": form})
