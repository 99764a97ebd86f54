"""Names in a source's tables that the list does not have: what a person said they mean is kept for the next table."""

import hashlib
from collections.abc import Sequence

from db import indicators
from db.sql import Connection


def form_of(headings: Sequence[str]) -> str:
    """A short digest of a table's form; next month's table of the same form has the same."""
    return hashlib.sha256("\n".join(dict.fromkeys(headings)).encode()).hexdigest()[:16]


def names_for(con: Connection, source: str, form: str) -> dict[str, str]:
    """Folded name → indicator's code, or '' for one that is left out: of this form, else of any form of the source."""
    return indicators.mapped_names(con, source, form) if source else {}
