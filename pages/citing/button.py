"""A figure's way to be cited, in its drawer and on its page: keep what it says, and who else may see it."""

from datetime import date

import streamlit as st

from db.figures import citations
from db.figures.citations import Cited, PublicFigure
from db.figures.figures import EVERYTHING, Filters
from insight.citing.citing import PUBLIC, RATED, SEES, cite, show_everybody, show_nobody
from pages.shared.address import full_address
from pages.shared.asking import attempt, by
from pages.shared.here import actor, kept, store, t
from pages.shared.links import here_link
from pages.shared.markup import Markup, show


def citing(kind: str, code: str, as_of: date, filters: Filters = EVERYTHING) -> None:
    """Where somebody presses, the address stands below, to be copied."""
    if not actor().may(SEES[kind]):
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"cite-line-{kind}-{code}"):
        pressed = st.button(t("cite.cite"), key=f"cite-{kind}-{code}", icon=":material/link:",
                            help=t("cite.cite_how"))  # fmt: skip
        if filters == EVERYTHING and kind in PUBLIC and code not in RATED and actor().may("publish_results"):
            _publishing(kind, code, as_of)
    if pressed and (one := attempt(lambda: _cited(kind, code, as_of, filters))):
        show(Markup('<p class="f2f-words"><code>{}</code></p>').format(full_address(one.path)))
        here_link(t("cite.open"), one.path)


def _cited(kind: str, code: str, as_of: date, filters: Filters = EVERYTHING) -> Cited:
    return cite(store(), kind=kind, code=code, as_of=as_of, filters=filters, **by())


def _publishing(kind: str, code: str, as_of: date) -> None:
    public = PublicFigure(kind, code) in kept(citations.public)
    if public:
        show(Markup('<p class="f2f-source">{}</p>').format(t("cite.is_public")), width="content")
    word = "unpublish" if public else "publish"
    st.button(t(f"cite.{word}"), key=f"cite-{word}-{kind}-{code}", on_click=_turn, args=(kind, code, as_of, public))


def _turn(kind: str, code: str, as_of: date, public: bool) -> None:
    """What is made public is cited first: it has an address at once."""
    attempt(lambda: _show(kind, code, as_of, public))


def _show(kind: str, code: str, as_of: date, public: bool) -> None:
    if public:
        show_nobody(store(), kind=kind, code=code, **by())
    else:
        _cited(kind, code, as_of)
        show_everybody(store(), kind=kind, code=code, **by())
