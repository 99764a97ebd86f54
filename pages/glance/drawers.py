"""What opens beside the board: a figure, an indicator, a score of the mood, or a picture's own numbers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import streamlit as st

from db.figures.figures import Filters
from db.figures.month_ends import YEAR
from insight.glance.picture import Picture
from pages.figures import drawer, live_others, live_view
from pages.figures.card import OPEN, close_drawer
from pages.figures.live_charts import HungPicture
from pages.figures.live_view import View
from pages.glance.indicator_drawer import indicator_drawer
from pages.glance.mood_drawer import mood_drawer
from pages.glance.pressing import NUMBERS
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.tables import table_of

# The picture → the page on which it is seen in full.
MORE = {
    "strip": "figures/figures.py",
    "economy": "economy/economy.py",
    "backlog": "outcomes/outcomes.py",
    "forums": "forums/forums.py",
    "mood": "results/results.py",
    "towns": "places/places.py",
}


def open_drawer(view: View, found: Mapping[str, HungPicture]) -> None:
    """The drawer that somebody opened. It follows the page: when the records move, so does what is open."""
    kind, _, code = st.session_state.get(OPEN, "").partition(":")
    draw = {"figure": _figure, "economy": indicator_drawer, "mood": mood_drawer, NUMBERS: _numbers}.get(kind)
    if draw is None or not code:
        return
    if kind == NUMBERS:
        draw = partial(_numbers, found[code].picture)
    st.dialog(_title(kind, code), width="medium", position="right", on_dismiss=close_drawer)(draw)(view, code)


def _title(kind: str, code: str) -> str:
    if kind == "economy":
        return next((one.say(lang()) for one in live_others.economy_of(live_view.today()) if one.code == code), code)
    return t({"figure": f"figure.{code}.name", "mood": f"mood.dimension.{code}"}.get(kind, f"glance.name.{code}"))


def _figure(view: View, code: str) -> None:
    """The ratings are those of a year, as the strip says."""
    since = view.as_of - timedelta(days=YEAR - 1)
    drawer.figure_drawer(replace(view, filters=Filters(since=since)) if code == "satisfaction_top2" else view, code)


def _numbers(picture: Picture, _: View, code: str) -> None:
    show(Markup('<p class="f2f-said">{}</p><p class="f2f-words">{}</p>').format(picture.title, picture.source))
    show(table_of(picture.columns, picture.rows, picture.leads))
    st.page_link(MORE[code], label=t("glance.drawer.page"), icon=":material/arrow_forward:")
