"""The way to the same page in another language."""

from urllib.parse import quote

from i18n import LANGUAGES, Language, others, text
from pages.shared.markup import Markup


def language_links(language: Language, back: str, *, in_house: bool = False) -> Markup:
    """A link for each other language, by its own name. `back` is the path to come back to; on pages of the house a
    language that has the enterprise's alone is not offered."""
    link = Markup('<a href="/language/{}?next={}" target="_self" hreflang="{}" lang="{}">{}</a>')
    known = ((code, LANGUAGES[code]) for code in others(language, in_house=in_house))
    return Markup().join(link.format(code, quote(back), one.html, one.html, one.own_name) for code, one in known)


def unreviewed(language: Language) -> Markup:
    """What every page of a translation says that nobody has looked through."""
    if LANGUAGES[language].reviewed:
        return Markup()
    return Markup('<p class="f2f-unreviewed quiet">{}</p>').format(text("header.unreviewed", language))
