"""Word templates that staff brought, and those that a letter was written with."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class Template:
    """`uploaded_by` None: the built-in one, kept because a letter was written with it."""

    kind: str
    sha256: str
    content: bytes
    uploaded_at: datetime
    uploaded_by: str | None
    chosen: bool


def chosen(con: Connection, kind: str) -> Template | None:
    """The one that staff brought last; None where the built-in one is used."""
    return sql.first(con, Template, "SELECT * FROM document_template WHERE kind = $kind AND chosen", {"kind": kind})


def get(con: Connection, kind: str, sha256: str) -> Template | None:
    statement = "SELECT * FROM document_template WHERE kind = $kind AND sha256 = $sha256"
    return sql.first(con, Template, statement, {"kind": kind, "sha256": sha256})


def keep(con: Connection, template: Template) -> None:
    """Store a template that is not there yet."""
    if get(con, template.kind, template.sha256) is None:
        sql.insert(con, "document_template", template)


def choose(con: Connection, kind: str, sha256: str | None) -> None:
    """Use this one from now on; None goes back to the built-in one."""
    statement = "UPDATE document_template SET chosen = (sha256 = $sha256) WHERE kind = $kind"
    sql.run(con, statement, {"kind": kind, "sha256": sha256 or ""})
