"""The boards of the large screen: each look draws the next one, from the records as they stand then."""

from pathlib import Path

import streamlit as st

import i18n
from db import clock
from db.figures.figures import EVERYTHING
from db.system import settings
from insight.glance.answer import GlanceAnswer
from insight.glance.questions import QUESTIONS
from pages.figures import live_board, live_charts
from pages.figures.live_board import View
from pages.glance.cards import drawing_of, words_of
from pages.shared.here import lang, now, store, t, visitor
from pages.shared.look import is_dark
from pages.shared.markup import Markup, run_script, show
from pages.shared.style import style

SECONDS = 15  # a board stands
_WATCH = Path(__file__).with_name("screen_watch.js").read_text(encoding="utf-8")


def screen_style() -> None:
    """With what stands until the first board is read: no bar, no control, not even for a moment."""
    style("glance/glance")
    style("glance/screen")
    show(Markup('<div class="f2f-screen-wait">{}</div>').format(t("screens.wait")))


def watch() -> None:
    """Our own fixed script: nothing that a person typed is in it."""
    run_script(_WATCH)


def draw_board() -> None:
    """Who looks is asked at every board: a link that was taken back shows nothing more."""
    viewer = visitor()
    if viewer is None or not viewer.may("see_screen"):
        st.rerun()
    at = now()
    view = View(live_board.chain_head(), viewer.scope, EVERYTHING, clock.day_of(at), lang(), is_dark())
    place = int(at.timestamp() // SECONDS) % len(QUESTIONS)
    show(_board(live_charts.glance(view)[place], place, f"{at:%H%M%S}"))


def _board(answer: GlanceAnswer, place: int, beat: str) -> Markup:
    drawing = drawing_of(answer) if answer.sketch else ""
    return Markup(
        '<main class="f2f-screen" data-beat="{}"><div class="f2f-screen-words">{}</div>'
        '<div class="f2f-screen-drawing">{}</div>{}</main>'
    ).format(beat, words_of(answer), drawing, _foot(place))


def _foot(place: int) -> Markup:
    district = store().read(settings.district).say(lang())
    steps = Markup().join(
        Markup('<i class="{}"></i>').format("f2f-now" if step == place else "") for step in range(len(QUESTIONS))
    )
    moment = i18n.moment(clock.local(now()), lang())
    return Markup('<footer><span>{}　{}</span><span class="f2f-steps">{}</span><span>{}</span></footer>').format(
        district, t("dashboard.title"), steps, moment
    )
