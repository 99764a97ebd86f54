"""Every town or sector by the share settled within 7 days; what chance cannot tell apart shares its rank."""

from html import escape

import streamlit as st

import i18n
from insight.cases.places import Ranked, ranking
from pages.figures import live_board
from pages.figures.live_board import View
from pages.shared.here import lang, t


def draw_ranks(view: View, kind: str, chosen: set[str]) -> None:
    names = live_board.names(view.head, lang())
    codes = list(names.lists["town"]) if kind == "town" else live_board.sectors(view.head)
    found = ranking(live_board.place_shares(view.head, view.scope, view.filters, view.as_of, kind), codes)
    if all(one.first is None for one in found):
        _card(f'<p class="f2f-source">{escape(t("place.rank_none"))}</p>')
        return
    rows = "".join(_row(one, kind, names.of(kind, one.code), one.code in chosen) for one in found)
    heads = "".join(
        f'<th scope="col">{escape(t(f"place.rank_{name}"))}</th>' for name in ("rank", "name", "share", "n")
    )
    _card(
        f'<table class="f2f-ranks"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="f2f-source">{escape(t("place.rank_note"))}</p>'
    )


def _card(body: str) -> None:
    """`body` is our own markup, its words escaped."""
    with st.container(border=True, key="card-place-ranks"):
        st.html(f'<h3 class="f2f-finding">{escape(t("place.rank_title"))}</h3>{body}')


def _row(one: Ranked, kind: str, name: str, chosen: bool) -> str:
    look = ' class="f2f-chosen"' if chosen else ""
    link = f'<a href="/place?{kind}={escape(one.code)}" target="_self">{escape(name)}</a>'
    settled = i18n.number(one.n, lang())
    return f"<tr{look}><td>{escape(_rank(one))}</td><td>{link}</td><td>{_span(one)}</td><td>{settled}</td></tr>"


def _rank(one: Ranked) -> str:
    if one.first is None:
        return "—"
    return str(one.first) if one.first == one.last else t("place.tied", first=one.first, last=one.last)


def _span(one: Ranked) -> str:
    """The share as a dot on its interval, and in words."""
    if one.share is None or one.low is None or one.high is None:
        return escape(t("place.rank_few"))
    said = t("place.rank_said", share=i18n.number(one.share, lang()), low=i18n.number(one.low, lang()),
             high=i18n.number(one.high, lang()))  # fmt: skip
    bar = f'<i style="left:{one.low:.1f}%;width:{one.high - one.low:.1f}%"></i><b style="left:{one.share:.1f}%"></b>'
    return f'<span class="f2f-span" aria-hidden="true">{bar}</span><span class="f2f-figure-words">{escape(said)}</span>'
