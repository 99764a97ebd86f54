"""Every town or sector by the share settled within 7 days; what chance cannot tell apart shares its rank."""

import streamlit as st

import i18n
from insight.cases.places import Ranked, ranking
from pages.figures import live_board
from pages.figures.live_view import View
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show


def draw_ranks(view: View, kind: str, chosen: set[str]) -> None:
    names = live_board.names(view.head, lang())
    codes = list(names.lists["town"]) if kind == "town" else live_board.sectors(view.head)
    found = ranking(live_board.place_shares(view.head, view.scope, view.filters, view.as_of, kind), codes)
    if all(one.first is None for one in found):
        _card(Markup('<p class="f2f-source">{}</p>').format(t("place.rank_none")))
        return
    rows = Markup().join(_row(one, kind, names.of(kind, one.code), one.code in chosen) for one in found)
    heads = Markup().join(
        Markup('<th scope="col">{}</th>').format(t(f"place.rank_{name}")) for name in ("rank", "name", "share", "n")
    )
    _card(
        Markup(
            '<table class="f2f-ranks"><thead><tr>{}</tr></thead><tbody>{}</tbody></table><p class="f2f-source">{}</p>'
        ).format(heads, rows, t("place.rank_note"))
    )


def _card(body: str) -> None:
    """`body` is our own markup, its words escaped."""
    with st.container(border=True, key="card-place-ranks"):
        show(Markup('<h3 class="f2f-finding">{}</h3>{}').format(t("place.rank_title"), body))


def _row(one: Ranked, kind: str, name: str, chosen: bool) -> Markup:
    look = Markup(' class="f2f-chosen"') if chosen else ""
    link = Markup('<a href="/place?{}={}" target="_self">{}</a>').format(kind, one.code, name)
    settled = i18n.number(one.n, lang())
    return Markup("<tr{}><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
        look, _rank(one), link, _span(one), settled
    )


def _rank(one: Ranked) -> str:
    if one.first is None:
        return "—"
    return str(one.first) if one.first == one.last else t("place.tied", first=one.first, last=one.last)


def _span(one: Ranked) -> Markup | str:
    """The share as a dot on its interval, and in words."""
    if one.share is None or one.low is None or one.high is None:
        return t("place.rank_few")
    said = t("place.rank_said", share=i18n.number(one.share, lang()), low=i18n.number(one.low, lang()),
             high=i18n.number(one.high, lang()))  # fmt: skip
    return Markup(
        '<span class="f2f-span" aria-hidden="true"><i style="left:{:.1f}%;width:{:.1f}%"></i>'
        '<b style="left:{:.1f}%"></b></span><span class="f2f-figure-words">{}</span>'
    ).format(one.low, one.high - one.low, one.share, said)
