"""What pages of the plain form are put together from: forms and their buttons, notes, what is wrong, ways on."""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from pages.plain.fields import unseen
from pages.plain.visits import Visit
from pages.shared.here import t
from pages.shared.markup import Markup
from pages.web.taken import mark


def form(visit: Visit, inside: Markup, *, hidden: Mapping[str, object] | None = None) -> Markup:
    """Posts to this page. Who opened it is said, so that nobody's answers become another's."""
    told = {"of": mark(visit.person), **(hidden or {})}
    files = Markup(' enctype="multipart/form-data"') if 'type="file"' in inside else ""
    return Markup('<form method="post" action="{}" novalidate{}>{}{}</form>').format(
        visit.base, files, unseen(told.items()), inside
    )


def press(does: str, words: str, *, look: str = "first") -> Markup:
    return Markup('<button class="{}" name="do" value="{}">{}</button>').format(look, does, words)


def bar(*buttons: Markup) -> Markup:
    return Markup('<div class="bar">{}</div>').format(Markup().join(buttons))


def note(words: str, *, late: bool = False) -> Markup:
    return Markup('<p class="note{}" role="status">{}</p>').format(" late" if late else "", words)


def errors_first(wrong: Mapping[str, str]) -> Markup:
    """What is wrong, on top, each a way to its field; the page opens there. A field's id → the sentence."""
    lines = Markup().join(Markup('<li><a href="#{}">{}</a></li>').format(*one) for one in wrong.items())
    title = t("plain.errors", n=len(wrong))
    box = Markup('<div class="summary" id="errors" role="alert" tabindex="-1" autofocus><h2>{}</h2><ul>{}</ul></div>')
    return box.format(title, lines) if wrong else Markup()


def link(to: str, words: str, look: str = "") -> Markup:
    return Markup('<a class="{}" href="{}">{}</a>').format(look or "act", to, words)


def titled(title: str, inside: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(t(title), inside)


def raise_way(visit: Visit, words: str = "mine.raise") -> Markup:
    return link("/f/raise", t(words), "button first") if visit.person.may("raise_issue") else Markup()


def leads_to(path: str) -> Response:
    return RedirectResponse(path, status_code=303)
