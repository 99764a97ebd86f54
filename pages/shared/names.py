"""The reference lists' names in the reader's language. A code says which thing only within its list."""

from collections.abc import Mapping
from dataclasses import dataclass

import i18n
from db import references
from db.sql import Connection
from i18n.names import said
from i18n.writing import MAIN
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


def person(name: str) -> str:
    """Somebody's name, which is stored as they write it: a language's book may have it as its readers say it."""
    return said({MAIN: name}, lang())


def people(names: Mapping[str, str]) -> dict[str, str]:
    """id → somebody's name, as this reader says it."""
    return {id_: person(name) for id_, name in names.items()}


def _names(con: Connection, language: i18n.Language) -> Names:
    return Names(**{name: {item.code: item.say(language) for item in references.items(con, name)} for name in _LISTS})
