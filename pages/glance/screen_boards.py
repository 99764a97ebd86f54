"""The boards of the large screen: each look draws the next one, from the records as they stand then."""

import streamlit as st

import i18n
from db import clock
from db.figures.figures import EVERYTHING
from db.system import settings
from pages.figures import live_charts, live_view
from pages.figures.live_view import View
from pages.glance.cards import STUCK, finding
from pages.glance.stuck import stuck_words
from pages.shared.charts import draw_picture
from pages.shared.here import lang, now, store, t, visitor
from pages.shared.markup import Markup, run_script, show
from pages.shared.style import style

SECONDS = 15  # a board stands
BOARDS = (("strip", "backlog", "towns", STUCK), ("economy", "forums", "mood"))


def screen_style() -> None:
    """With what stands until the first board is read: no bar, no control, not even for a moment."""
    style("glance/glance")
    style("glance/screen")
    show(Markup('<div class="f2f-screen-wait">{}</div>').format(t("screens.wait")))


def watch() -> None:
    """Our own fixed script: nothing that a person typed is in it."""
    run_script("screen_watch")


def draw_board() -> None:
    """Who looks is asked at every board: a link that was taken back shows nothing more."""
    viewer = visitor()
    if viewer is None or not viewer.may("see_screen"):
        st.rerun()
    at = now()
    view = live_view.view_of(live_view.chain_head(), viewer.scope, EVERYTHING, clock.day_of(at))
    place = int(at.timestamp() // SECONDS) % len(BOARDS)
    with st.container(key=f"f2f-wall-{place}", gap=None):
        for code in BOARDS[place]:
            with st.container(border=True, key=f"card-wall-{code}", gap=None):
                _card(code, view)
        show(_foot(place, f"{at:%H%M%S}"))


def _card(code: str, view: View) -> None:
    if code == STUCK:
        show(stuck_words(view))
        return
    hung = live_charts.glance(view, "wall")[code]
    if code != "strip":
        show(finding(hung.picture.title))
    if hung.figure is not None:
        draw_picture(hung.figure, f"wall-{code}", hung.picture.title)


def _foot(place: int, beat: str) -> Markup:
    district = store().read(settings.district).say(lang())
    steps = Markup().join(
        Markup('<i class="{}"></i>').format("f2f-now" if step == place else "") for step in range(len(BOARDS))
    )
    moment = i18n.moment(clock.local(now()), lang())
    return Markup(
        '<footer class="f2f-screen" data-beat="{}"><span>{}　{}</span><span class="f2f-steps">{}</span>'
        "<span>{}</span></footer>"
    ).format(beat, district, t("dashboard.title"), steps, moment)
