"""The line on top of every page: whose dialogue this is, demo mark, language, who is signed in."""

from functools import lru_cache
from pathlib import Path
from string import Template
from urllib.parse import urlencode

import streamlit as st

import i18n
from access.actor import Actor
from db.notices import inbox
from db.system.keeping import is_late
from pages.shared.here import kept, lang, now, store, t
from pages.shared.language_links import language_links, unreviewed
from pages.shared.markup import Markup, filled, show
from pages.shared.names import person
from pages.shared.style import style
from pages.shared.whose import whose

_LINE = Markup(
    '<div class="f2f-header {place}">{brand}{whose}'
    '<span class="f2f-gap"></span><span class="f2f-doors">{ends}</span></div>'
)
COMMANDS = {"find": "python -m db verify", "mend": "python -m db recover"}
_LOGO = Template((Path(__file__).parents[1] / "static/logo.svg").read_text(encoding="utf-8"))


def header(actor: Actor | None, path: str, *, beside_menu: bool) -> None:
    """Draw it. `path`, with what the address asks of it by now, is where a change of language comes back to.

    Beside a menu, Streamlit's bar carries the logo and this line stands at its right end; without one, there is no bar.
    """
    style("shared/beside_menu" if beside_menu else "shared/alone")
    if beside_menu:
        st.logo(_logo(t("header.product")), size="large")
    brand = Markup('<a class="f2f-brand" href="/" target="_self">{}</a>').format(t("header.product"))
    place, brand = ("f2f-beside-menu", "") if beside_menu else ("f2f-alone", brand)
    in_house = actor is not None and actor.in_house
    ends = language_links(lang(), _here(path), in_house=in_house) + _who(actor)
    line = _LINE.format(place=place, brand=brand, whose=whose(lang()), ends=ends)
    show(line + unreviewed(lang()))
    if store().damage:
        _read_only(actor)
    elif actor and actor.may("keep_system") and is_late(now()):
        st.warning(t("header.backup_late"), icon=":material/error:")


def _here(path: str) -> str:
    asked = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return f"/{path}?{urlencode(asked)}" if asked else f"/{path}"


def _read_only(actor: Actor | None) -> None:
    """On every page, until an operator has brought back what the store lacks; whoever keeps the system is told how."""
    said = [t("header.read_only")]
    if actor and actor.may("keep_system"):
        said.append(t("header.read_only_mend", **COMMANDS))
    st.warning("\n\n".join(said), icon=":material/error:")


@lru_cache(maxsize=50)
def _logo(product: str) -> str:
    """As wide as the name: a Latin letter takes 12 of the picture's units, a Chinese one 23."""
    width = max(190, 56 + sum(12 if c < "\u2e80" else 23 for c in product))
    return str(filled(_LOGO, {"product": product, "width": width}))


def _who(actor: Actor | None) -> Markup:
    if actor is None:
        return Markup('<a href="/sign-in" target="_self">{}</a>').format(t("header.sign_in"))
    role = t(f"role.{actor.role}")
    if not actor.name:  # a wall's visitor is nobody in particular
        return _sign_out()
    called = person(actor.name)
    name = Markup(
        '<span class="f2f-initial" aria-hidden="true">{}</span>'  # all that a phone has room for
        '<span class="f2f-who" title="{}">{}</span>'
    ).format(called[:1], role, called)
    own = _bell(actor) + _own_page(name) if actor.may("choose_notices") else name
    return own + _sign_out()


def _bell(actor: Actor) -> Markup:
    """How much is new; read once after a write, not at every run."""
    n = kept(inbox.unread, actor.scope, actor.id, actor.addresses)
    shown = t("inbox.more", n=inbox.MOST - 1) if n >= inbox.MOST else i18n.number(n, lang())
    badge = Markup("<b>{}</b>").format(shown) if n else ""
    said = t("inbox.bell_new", n=shown) if n else t("inbox.bell")
    link = Markup('<a class="f2f-bell" href="/inbox" target="_self" title="{said}" aria-label="{said}">{badge}</a>')
    return link.format(said=said, badge=badge)


def _sign_out() -> Markup:
    """A button that posts: what a link does, any site's page can do."""
    return Markup('<form method="post" action="/sign-out"><button>{}</button></form>').format(t("header.sign_out"))


def _own_page(name: Markup) -> Markup:
    """The name leads to one's own settings; on a phone, where it has no room, the page behind the bell does."""
    title = t("page.notices_mine")
    link = Markup(
        '<a class="f2f-own" href="/notices_mine" target="_self" title="{title}" aria-label="{title}">{name}</a>'
    )
    return link.format(title=title, name=name)
