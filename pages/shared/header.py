"""The line on top of every page: whose dialogue this is, demo mark, language, who is signed in."""

from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from access.actor import Actor
from db.system import settings
from pages.shared.here import lang, store, t
from pages.shared.language_links import language_links
from pages.shared.streamlit_words import streamlit_words
from pages.shared.style import style

_LOGO = Template((Path(__file__).parents[1] / "static/logo.svg").read_text(encoding="utf-8"))


def header(actor: Actor | None, path: str, *, beside_menu: bool) -> None:
    """Draw it. `path` is where a change of language comes back to.

    Beside a menu, Streamlit's bar carries the logo and this line stands at its right end; without one, there is no bar.
    """
    style("shared/style")
    streamlit_words()
    if beside_menu:
        st.logo(_logo(t("header.product")), size="large")
    district = store().read(settings.district)
    demo = f'<span class="f2f-demo">{escape(t("header.demo"))}</span>' if district.demo else ""
    brand = "" if beside_menu else f'<a class="f2f-brand" href="/" target="_self">{escape(t("header.product"))}</a>'
    st.html(
        f'<div class="f2f-header {"f2f-beside-menu" if beside_menu else "f2f-alone"}">{brand}'
        f'<span class="f2f-district">{escape(district.say(lang()))}</span>{demo}<span class="f2f-gap"></span>'
        f"{language_links(lang(), '/' + path)}{_who(actor)}</div>"
    )


def _logo(product: str) -> str:
    """As wide as the name: a Latin letter takes 12 of the picture's units, a Chinese one 23."""
    return _LOGO.substitute(
        product=escape(product), width=max(190, 56 + sum(12 if c < "\u2e80" else 23 for c in product))
    )


def _who(actor: Actor | None) -> str:
    if actor is None:
        return f'<a href="/sign-in" target="_self">{escape(t("header.sign_in"))}</a>'
    role = escape(t(f"role.{actor.role}"))
    if not actor.name:  # a wall's visitor is nobody in particular
        return _sign_out()
    initial = (
        f'<span class="f2f-initial" aria-hidden="true">{escape(actor.name[:1])}</span>'  # all that a phone has room for
    )
    name = f'{initial}<span class="f2f-who" title="{role}">{escape(actor.name)}</span>'
    own = _own_page(name) if actor.may("choose_notices") else name
    return own + _sign_out()


def _sign_out() -> str:
    """A button that posts: what a link does, any site's page can do."""
    return f'<form method="post" action="/sign-out"><button>{escape(t("header.sign_out"))}</button></form>'


def _own_page(name: str) -> str:
    """The name leads to one's own settings; on a phone, where the name has no room, the bell alone does."""
    title = escape(t("page.notices_mine"))
    return f'<a class="f2f-own" href="/notices_mine" target="_self" title="{title}" aria-label="{title}">{name}</a>'
