"""Special policies that were issued before this store."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.policies import PolicyForm, enter_policies
from db.cases import entered
from db.sql import Connection
from intake.history.reading import OldRow

_IDS = UUID("0f8a6d0c-3f5e-4d61-9d0b-7d1c2b5f0041")


def _id(row: OldRow) -> str:
    return str(uuid5(_IDS, f"policy:{row.values['old_number']}"))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    there = entered.known(con, "policy", [_id(row) for row in rows])
    return {row.row for row in rows if _id(row) in there}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], _import_id: str, at: datetime) -> int:
    forms = {
        _id(row): PolicyForm(v["title"], v["title_en"] or v["title"], v["body"], v["issued_on"])
        for row in sorted(rows, key=lambda row: row.values["issued_on"])
        for v in [row.values]
    }
    return len(enter_policies(con, actor=actor, forms=forms, at=at))
