"""The reference lists' names in the reader's language. A code says which thing only within its list."""

from dataclasses import dataclass

from db import references
from db.sql import Connection
from pages.shared.here import lang, store

_LISTS = ("sector", "town", "category", "body")


@dataclass(frozen=True)
class Names:
    """Code → name, in the order of each list; items switched off are named too, since old cases carry them."""

    sector: dict[str, str]
    town: dict[str, str]
    category: dict[str, str]
    body: dict[str, str]

    def who(self, code: str | None) -> str:
        """A body; a town acts under its own code."""
        return self.body.get(code or "") or self.town.get(code or "") or code or ""


def names() -> Names:
    return store().read(lambda con: Names(**{name: _names(con, name) for name in _LISTS}))


def _names(con: Connection, list_name: str) -> dict[str, str]:
    return {item.code: item.say(lang()) for item in references.items(con, list_name)}
