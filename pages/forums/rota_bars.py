"""Whose turn it is to host, and how the turns were shared so far."""

import i18n
from casework.forums.rota import RECENT, Turn, balance, propose_host
from db import clock
from db.forums import forums
from pages.shared.here import lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import names


def rota_bars() -> None:
    """A sentence with its reason, then a bar for each of the four bodies."""
    history = store().read(forums.hostings)
    turns, called = balance(history), names()
    most = max(turn.count for turn in turns) or 1
    proposed = next(turn for turn in turns if turn.body == propose_host(history))
    bars = Markup().join(_bar(turn, called.who(turn.body), most, turn is proposed) for turn in turns)
    show(
        Markup(
            '<section class="f2f-rota"><div class="f2f-rota-say"><b>{}</b>'
            '<span class="f2f-quiet">{} {}</span></div><div class="f2f-rota-bars" role="list">{}</div>'
            "</section>"
        ).format(t("rota.next", body=called.who(proposed.body)), _reason(proposed), t("rota.source"), bars)
    )


def _reason(turn: Turn) -> str:
    if turn.last_on is None:
        return t("rota.because_never", recent=RECENT, n=turn.recent)
    return t("rota.because", recent=RECENT, n=turn.recent, month=i18n.month(turn.last_on, lang()))


def _bar(turn: Turn, name: str, most: int, proposed: bool) -> Markup:
    """The length is the count; the words say it too, so that the bar may go unseen."""
    share = i18n.DOT + t("rota.share", share=i18n.number(turn.share * 100, lang())) if turn.share is not None else ""
    came = "last" if turn.last_on and turn.last_on <= clock.day_of(now()) else "planned"
    last = t(f"rota.{came}", month=i18n.month(turn.last_on, lang())) if turn.last_on else t("rota.never")
    recent = t("rota.recent", recent=RECENT, n=turn.recent)
    style = "f2f-turn f2f-turn-next" if proposed else "f2f-turn"
    return Markup(
        '<div class="{}" role="listitem"><div>{}</div><div class="f2f-bar"><i style="width:{:.1f}%"></i>'
        '</div><div><b>{}</b>{}</div><div class="f2f-quiet">{}</div></div>'
    ).format(style, name, 100 * turn.count / most, t("rota.count", n=turn.count), share, i18n.DOT.join((recent, last)))
