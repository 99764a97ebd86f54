"""Whose turn it is to host, and how the turns were shared so far."""

from html import escape

import streamlit as st

import i18n
from casework.forums.rota import RECENT, Turn, balance, propose_host
from db.forums import forums
from pages.shared.here import lang, store, t
from pages.shared.names import names


def rota_bars() -> None:
    """A sentence with its reason, then a bar for each of the four bodies."""
    history = store().read(forums.hostings)
    turns, called = balance(history), names()
    most = max(turn.count for turn in turns) or 1
    proposed = next(turn for turn in turns if turn.body == propose_host(history))
    bars = "".join(_bar(turn, called.who(turn.body), most, turn is proposed) for turn in turns)
    st.html(
        f'<section class="f2f-rota"><div class="f2f-rota-say"><b>'
        f"{escape(t('rota.next', body=called.who(proposed.body)))}</b>"
        f'<span class="f2f-quiet">{escape(_reason(proposed))} {escape(t("rota.source"))}</span></div>'
        f'<div class="f2f-rota-bars" role="list">{bars}</div></section>'
    )


def _reason(turn: Turn) -> str:
    if turn.last_on is None:
        return t("rota.because_never", recent=RECENT, n=turn.recent)
    return t("rota.because", recent=RECENT, n=turn.recent, month=i18n.month(turn.last_on, lang()))


def _bar(turn: Turn, name: str, most: int, proposed: bool) -> str:
    """The length is the count; the words say it too, so that the bar may go unseen."""
    share = i18n.DOT + t("rota.share", share=i18n.number(turn.share * 100, lang())) if turn.share is not None else ""
    last = t("rota.last", month=i18n.month(turn.last_on, lang())) if turn.last_on else t("rota.never")
    recent = t("rota.recent", recent=RECENT, n=turn.recent)
    style = "f2f-turn f2f-turn-next" if proposed else "f2f-turn"
    return (
        f'<div class="{style}" role="listitem"><div>{escape(name)}</div>'
        f'<div class="f2f-bar"><i style="width:{100 * turn.count / most:.1f}%"></i></div>'
        f"<div><b>{escape(t('rota.count', n=turn.count))}</b>{escape(share)}</div>"
        f'<div class="f2f-quiet">{escape(i18n.DOT.join((recent, last)))}</div></div>'
    )
