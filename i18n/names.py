"""Names of records: stored in some languages, said in any (docs/languages.md)."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from i18n.writing import DISTRICT, LANGUAGES, MAIN

STORED = ("zh", "en")  # languages that records have names in: `name_zh`, `name_en`


class Foreign(str):
    """A name in another language than the reader's. Drawn as markup it says in which, so that it is read out well."""

    language: str

    def __new__(cls, words: str, language: str = MAIN) -> "Foreign":
        made = super().__new__(cls, words)
        made.language = language
        return made

    def __html__(self) -> Markup:
        return Markup('<span lang="{}">{}</span>').format(LANGUAGES[self.language].html, str(self))


def said(names: Mapping[str, str | None], language: str) -> str:
    """Of the names by language the reader's own, else what the district's book and then their language's has for the
    main one's, else that of the language which stands in for theirs, the main language's, any; '' where there is none.
    """
    row, main = LANGUAGES.get(language), names.get(MAIN) or ""
    own = names.get(language) or DISTRICT.names.get(language, {}).get(main)
    if own := own or (row and row.names.get(main)):
        return own
    order = (row.otherwise if row else "", MAIN, *names)
    return next((Foreign(name, code) for code in order if (name := names.get(code))), "")


def name_in(row: Mapping[str, Any], what: str, language: str) -> str:
    """Of a row with the columns `what`_zh and `what`_en."""
    names = {code: row[f"{what}_{code}"] for code in STORED}
    return said({code: name for code, name in names.items() if isinstance(name, str)}, language)


class Named:
    """A record with names by language: `name_zh`, `name_en`; or a title, a theme."""

    def say(self, language: str, what: str = "name") -> str:
        return said({code: getattr(self, f"{what}_{code}") for code in STORED}, language)


class Worded:
    """A text with one attribute a language: `zh`, `en`."""

    def say(self, language: str) -> str:
        return said({code: getattr(self, code) for code in STORED}, language)
