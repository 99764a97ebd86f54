"""The figures that everybody may see, each by the newest that was cited of it."""

from pathlib import Path

import i18n
from db.figures import citations
from db.figures.citations import Cited
from db.sql import Connection
from insight.citing.said import from_json
from pages.shared.here import kept
from pages.shared.markup import Markup, own_file

CITING = own_file(Path(__file__).with_name("citing.css"))


def public_list(language: i18n.Language) -> Markup:
    """Nothing where none is public."""
    line = Markup('<li><a href="{}">{}</a></li>')
    found = kept(_newest)
    lines = Markup().join(line.format(one.path, from_json(one.content).title[language]) for one in found)
    if not found:
        return Markup()
    head = Markup('<h2 class="f2f-section">{}</h2>').format(i18n.text("cite.listed", language))
    return head + Markup('<ul class="f2f-earlier">{}</ul>').format(lines)


def _newest(con: Connection) -> list[Cited]:
    found = [citations.newest(con, one.kind, one.code) for one in citations.public(con)]
    return [one for one in found if one is not None]
