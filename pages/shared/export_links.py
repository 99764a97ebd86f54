"""Links that take what is shown away as a file; the route asks again who is here and what they may see."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pages.shared.here import t
from pages.shared.markup import Markup, show


def export_links(what: str, asked: Mapping[str, str], *, printed: bool = False) -> None:
    """`what` names the route (`/export/cases.xlsx`), `asked` the filters of the address; `printed`: it has a page to be
    printed as well (`/print/cases`)."""
    query = urlencode(asked)
    links = Markup().join(
        Markup('<a href="/export/{}.{}?{}" download>{}</a>').format(what, kind, query, t(f"export.{kind}"))
        for kind in ("xlsx", "csv")
    )
    if printed:
        page = Markup('<a href="/print/{}?{}" target="_blank" rel="noopener">{}</a>')
        links += page.format(what, query, t("export.print"))
    show(Markup('<span class="f2f-export">{}</span>').format(links), width="content")
