"""What may answer an issue already, offered while it is typed: public guidance and nobody's case."""

from collections.abc import Sequence

from casework.guidance.matching import may_help
from db.guidance import Guidance
from pages.guidance.words import about, beginning, titled
from pages.shared.here import store, t
from pages.shared.markup import Markup


def offers(text: str, category: str | None, *, none: str = "") -> Markup:
    """The pieces that may help with this text, each a link that opens beside it; `none` where there are none."""
    found = may_help(store(), text, category)
    return listed(found) if found else Markup('<p class="quiet">{}</p>').format(none) if none else Markup()


def listed(found: Sequence[Guidance]) -> Markup:
    one = Markup(
        '<li><a href="/guidance/{}" target="_blank" rel="noopener">{}</a><p>{}</p>'
        '<p class="quiet f2f-quiet">{}</p></li>'
    )
    rows = Markup().join(one.format(each.number, titled(each), beginning(each), about(each)) for each in found)
    head = Markup('<h2>{}</h2><p class="quiet f2f-quiet">{}</p>')
    head = head.format(t("guidance.help.title"), t("guidance.help.hint"))
    return Markup('<section class="f2f-offers" aria-live="polite">{}<ul>{}</ul></section>').format(head, rows)
