"""Files that belong to a case: each has its row in the store, and its bytes there or outside (`db.files`)."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from db import sql
from db.scope import Scope, cases_within
from db.sql import Connection, Row


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept. `name` is cleaned and ends as its content says. `kept_as`: what it is called outside the
    store, once it was laid down there (`Files.lay`)."""

    name: str
    media_type: str
    sha256: str
    content: bytes
    kept_as: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A checked file in a table of its kind; `size` in bytes. It has its `content`, or is `kept_as` something outside
    the store: `Files.content` has it either way."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes | None
    kept_as: str | None
    created_at: datetime

    @classmethod
    def of(cls, file: CheckedFile, own_id: str, at: datetime, **beside: Any) -> Self:  # noqa: ANN401
        """`beside`: the other fields of its kind."""
        own = vars(file) | {"size": len(file.content), "content": None if file.kept_as else file.content}
        return cls(id=own_id, created_at=at, **own, **beside)

    @classmethod
    def moved(cls, file: "KeptFile", own_id: str, at: datetime, **beside: Any) -> Self:  # noqa: ANN401
        """One of another kind, under an id of its own; its bytes stay where they are."""
        own = {field.name: getattr(file, field.name) for field in fields(KeptFile)}
        return cls(**own | {"id": own_id, "created_at": at}, **beside)

    @property
    def named(self) -> Row:
        """As a history names it."""
        return {"id": self.id, "name": self.name, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class Attachment(KeptFile):
    """A file of a case. `seq`: the version of the case that it came with, None where that is the issue itself; `told`:
    whether the enterprise is (None: yes)."""

    case_id: str
    seq: int | None = None
    told: bool | None = None


@dataclass(frozen=True)
class AttachmentLine:
    """A file in a list, without its content."""

    id: str
    name: str
    media_type: str
    size: int
    created_at: datetime
    seq: int | None
    told: bool | None


def add(con: Connection, attachments: list[Attachment]) -> None:
    sql.insert_many(con, "attachment", attachments)


def of_case(con: Connection, scope: Scope, case_id: str) -> list[AttachmentLine]:
    """The files of a case that this scope may see, in the order in which they came."""
    statement = f"""
        SELECT a.id, a.name, a.media_type, a.size, a.created_at, a.seq, a.told
        FROM attachment a JOIN cases c ON c.id = a.case_id
        WHERE a.case_id = $case_id AND {_within(scope)}
        ORDER BY a.created_at, a.name, a.id
        """
    return sql.fetch(con, AttachmentLine, statement, {"case_id": case_id, "scope_key": scope.key})


def get(con: Connection, scope: Scope, attachment_id: str) -> Attachment | None:
    statement = f"""
        SELECT a.* FROM attachment a JOIN cases c ON c.id = a.case_id
        WHERE a.id = $id AND {_within(scope)}
        """
    return sql.first(con, Attachment, statement, {"id": attachment_id, "scope_key": scope.key})


def _within(scope: Scope) -> str:
    """An enterprise has what it is told of."""
    theirs = " AND a.told IS NOT FALSE" if scope.kind in ("enterprise", "case") else ""
    return cases_within(scope) + theirs
