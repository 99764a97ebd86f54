"""Names in a source's tables that the list does not have: what a person said they mean is kept for the next table."""

import hashlib
from collections.abc import Sequence

Mapped = tuple[str, str, str, str]  # source, form, folded name, code or ''; the newest last


def form_of(headings: Sequence[str]) -> str:
    """A short digest of a table's form; next month's table of the same form has the same."""
    return hashlib.sha256("\n".join(dict.fromkeys(headings)).encode()).hexdigest()[:16]


def names_for(said: Sequence[Mapped], source: str, form: str) -> dict[str, str]:
    """Folded name → indicator's code, or '' for one that is left out: of this form, else of any form of the source."""
    own = [one for one in said if one[0] == source] if source else []
    return {name: code for _, _, name, code in sorted(own, key=lambda one: one[1] == form)}
