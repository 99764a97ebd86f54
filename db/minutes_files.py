"""Files that lie beside the minutes of a meeting or a forum. Who may read them is asked a layer above."""

from dataclasses import dataclass

from db import sql
from db.cases.attachments import KeptFile
from db.sql import Connection


@dataclass(frozen=True, kw_only=True)
class MinutesFile(KeptFile):
    """`record_kind` is meeting or forum."""

    record_kind: str
    record_id: str


@dataclass(frozen=True)
class MinutesFileLine:
    """A file in a list, without its content; `size` in bytes."""

    id: str
    name: str
    size: int


def add(con: Connection, files: list[MinutesFile]) -> None:
    """The caller appends an event for each."""
    sql.insert_many(con, "minutes_file", files)


def of(con: Connection, kind: str, record_id: str) -> list[MinutesFileLine]:
    """In the order in which they came."""
    statement = """
        SELECT id, name, size FROM minutes_file WHERE record_kind = $kind AND record_id = $id
        ORDER BY created_at, name, id
        """
    return sql.fetch(con, MinutesFileLine, statement, {"kind": kind, "id": record_id})


def get(con: Connection, file_id: str) -> MinutesFile | None:
    return sql.first(con, MinutesFile, "SELECT * FROM minutes_file WHERE id = $id", {"id": file_id})
