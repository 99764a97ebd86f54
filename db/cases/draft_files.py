"""Files that wait beside the draft of an issue until it is sent. No history: what becomes of them is the case's."""

from dataclasses import dataclass

from db import sql
from db.cases.attachments import KeptFile
from db.sql import Connection


@dataclass(frozen=True, kw_only=True)
class DraftFile(KeptFile):
    """`owner` is the account whose draft it is."""

    draft_id: str
    owner: str


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
