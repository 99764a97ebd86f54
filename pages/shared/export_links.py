"""Links that take what is shown away as a file; the route asks again who is here and what they may see."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pages.shared.here import t
from pages.shared.markup import Markup, show


def export_links(what: str, asked: Mapping[str, str]) -> None:
    """`what` names the route (`/export/cases.xlsx`), `asked` the filters of the address."""
    query = urlencode(asked)
    links = Markup().join(
        Markup('<a href="/export/{}.{}?{}" download>{}</a>').format(what, kind, query, t(f"export.{kind}"))
        for kind in ("xlsx", "csv")
    )
    show(Markup('<span class="f2f-export">{}</span>').format(links), width="content")
