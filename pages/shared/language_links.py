"""The way to the same page in another language."""

from urllib.parse import quote

from i18n import LANGUAGES, Language, others
from pages.shared.markup import Markup


def language_links(language: Language, back: str) -> Markup:
    """A link for each other language, by its own name. `back` is the path to come back to."""
    link = Markup('<a href="/language/{}?next={}" target="_self" hreflang="{}" lang="{}">{}</a>')
    known = ((code, LANGUAGES[code]) for code in others(language))
    return Markup().join(link.format(code, quote(back), one.html, one.html, one.own_name) for code, one in known)
