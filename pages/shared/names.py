"""The reference lists' names in the reader's language. A code says which thing only within its list."""

from dataclasses import dataclass

import i18n
from db import references
from db.sql import Connection
from pages.shared.here import kept, lang

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
    return kept(_names, lang())


def _names(con: Connection, language: i18n.Language) -> Names:
    return Names(**{name: {item.code: item.say(language) for item in references.items(con, name)} for name in _LISTS})
