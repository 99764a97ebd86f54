"""Views of the desk that somebody saved: what its address says, under a name."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from db import sql
from db.events import canonical
from db.sql import Connection

_IDS = UUID("b1f1a7d3-95bb-4b0e-8f0c-6d5d0a4f9055")


@dataclass(frozen=True)
class SavedView:
    """`owner` is the address of a person or a desk (`access.actor`), `asked` what the desk's address says."""

    id: str
    owner: str
    name: str
    asked: dict[str, str]
    saved_by: str
    saved_at: datetime


def id_of(owner: str, name: str) -> str:
    """An owner has one of a name."""
    return str(uuid5(_IDS, f"{owner}:{name}"))


def of(con: Connection, owners: Sequence[str]) -> list[SavedView]:
    """Those of each owner by name, in the order of the owners."""
    statement = "SELECT * FROM saved_view WHERE owner = ANY($owners) ORDER BY name, id"
    rows = sql.rows(con, statement, {"owners": list(owners)})
    found = [SavedView(**{**row, "asked": json.loads(row["asked"])}) for row in rows]
    return sorted(found, key=lambda view: owners.index(view.owner))


def save(con: Connection, view: SavedView) -> None:
    """In the place of the one of its id, if there is one."""
    sql.upsert(con, "saved_view", {**vars(view), "asked": canonical(view.asked)}, ["id"])


def drop(con: Connection, view_id: str) -> None:
    sql.run(con, "DELETE FROM saved_view WHERE id = $id", {"id": view_id})
