"""What an enterprise said, held against the history: the first event of a case keeps a digest of its words."""

import hashlib
from collections.abc import Mapping

from db import events, sql
from db.events import Break, canonical
from db.sql import Connection

# What is never changed after it was submitted.
_SAID = ("id", "kind", "category", "enterprise_id", "title", "text")


def digest_of_case(case: Mapping[str, object]) -> str:
    """SHA-256 over what was submitted; it stands in the detail of the submit event as `content`."""
    return hashlib.sha256(canonical({name: case[name] for name in _SAID}).encode()).hexdigest()


def verify(con: Connection) -> list[Break]:
    """Every place where the chain does not hold, or where a case's words are no longer those of its first event."""
    return [*events.verify(con), *_altered_cases(con)]


def _altered_cases(con: Connection) -> list[Break]:
    found = sql.rows(
        con,
        """
        SELECT e.n, CAST(e.detail AS JSON) ->> 'content' AS content, c.*
        FROM event e JOIN cases c ON c.id = e.subject
        WHERE e.area = 'case' AND e.kind = 'submit'
        ORDER BY e.n
        """,
    )
    return [Break(row["n"], "content") for row in found if row["content"] and row["content"] != digest_of_case(row)]
