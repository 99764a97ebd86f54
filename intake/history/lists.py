"""The bodies and towns that a district begins with, from a file, beside those that are known."""

from collections.abc import Sequence
from datetime import datetime

from access.actor import Actor
from access.reference_lists import ReferenceEntry, enter_items
from db import references
from db.sql import Connection
from intake.history.reading import OldRow


def known(list_name: str, con: Connection, rows: Sequence[OldRow]) -> set[int]:
    there = {item.code for item in references.items(con, list_name)}
    return {row.row for row in rows if row.values["list_code"] in there}


def keep(list_name: str, con: Connection, actor: Actor, rows: Sequence[OldRow], _id: str, at: datetime) -> int:
    said = (row.values for row in rows)
    entries = {v["list_code"]: ReferenceEntry(v["list_name_zh"], v["list_name_en"], v["list_kind"]) for v in said}
    return len(enter_items(con, actor=actor, list_name=list_name, entries=entries, at=at))
