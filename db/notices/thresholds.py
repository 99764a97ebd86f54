"""From which value of a figure on somebody wishes to be told."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection, Row


@dataclass(frozen=True)
class Threshold:
    """`side` over or under. `crossed_at`: since when the figure is there, which its owner was told."""

    account_id: str
    kind: str
    code: str
    side: str
    bound: float
    set_at: datetime
    ended_at: datetime | None = None
    crossed_at: datetime | None = None

    @property
    def key(self) -> Row:
        return {"account_id": self.account_id, "kind": self.kind, "code": self.code, "side": self.side}


def live(con: Connection) -> list[Threshold]:
    """Of accounts that are in use."""
    statement = """
        SELECT t.* FROM threshold t JOIN account a ON a.id = t.account_id AND a.active
        WHERE t.ended_at IS NULL ORDER BY t.kind, t.code, t.side, t.account_id
        """
    return sql.fetch(con, Threshold, statement)


def own(con: Connection, account_id: str) -> list[Threshold]:
    return [one for one in live(con) if one.account_id == account_id]


def save(con: Connection, one: Threshold) -> None:
    sql.upsert(con, "threshold", vars(one), key=list(one.key))


def end(con: Connection, account_id: str, kind: str, code: str, side: str, at: datetime) -> None:
    key = {"account_id": account_id, "kind": kind, "code": code, "side": side}
    _set(con, key, "ended_at", at)


def note_crossed(con: Connection, one: Threshold, at: datetime | None) -> None:
    """`at` None: the figure is back."""
    _set(con, one.key, "crossed_at", at)


def _set(con: Connection, key: Row, column: str, at: datetime | None) -> None:
    which = " AND ".join(f"{name} = ${name}" for name in key)
    sql.run(con, f"UPDATE threshold SET {column} = $at WHERE {which}", key | {"at": at})
