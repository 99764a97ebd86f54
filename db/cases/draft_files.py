"""Files that wait beside the draft of an issue until it is sent. No history: what becomes of them is the case's."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class DraftFile:
    """One file, checked already."""

    id: str
    draft_id: str
    owner: str
    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes
    created_at: datetime


def add(con: Connection, files: list[DraftFile]) -> None:
    sql.insert_many(con, "draft_file", files)


def of(con: Connection, *, owner: str, draft_id: str) -> list[DraftFile]:
    """In the order in which they came."""
    statement = """
        SELECT * FROM draft_file WHERE owner = $owner AND draft_id = $draft_id ORDER BY created_at, name, id
        """
    return sql.fetch(con, DraftFile, statement, {"owner": owner, "draft_id": draft_id})


def drop(con: Connection, *, owner: str, draft_id: str, file_id: str | None = None) -> None:
    """One of them, or all."""
    statement = """
        DELETE FROM draft_file WHERE owner = $owner AND draft_id = $draft_id
            AND (CAST($id AS VARCHAR) IS NULL OR id = $id)
        """
    sql.run(con, statement, {"owner": owner, "draft_id": draft_id, "id": file_id})
