"""The way to the same page in another language."""

from html import escape
from urllib.parse import quote

from i18n import LANGUAGES, Language, others


def language_links(language: Language, back: str) -> str:
    """A link for each other language, by its own name. `back` is the path to come back to."""
    return "".join(
        f'<a href="/language/{code}?next={escape(quote(back))}" target="_self" hreflang="{LANGUAGES[code].html}"'
        f' lang="{LANGUAGES[code].html}">{escape(LANGUAGES[code].own_name)}</a>'
        for code in others(language)
    )
