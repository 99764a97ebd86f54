"""The board: a card a picture, its finding above and its numbers one press away; what is stuck as a list."""

from collections.abc import Mapping

import streamlit as st

from insight.glance.pictures import CODES
from pages.figures.live_charts import HungPicture
from pages.figures.live_view import View
from pages.glance.pressing import NUMBERS, opened, pressed
from pages.glance.stuck import stuck_list
from pages.shared.charts import draw_picture
from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.style import style

STUCK = "stuck"
ORDER = (CODES[0], STUCK, *CODES[1:])


def glance_style() -> None:
    style("glance/glance")


def glance_cards(found: Mapping[str, HungPicture], view: View) -> None:
    """In the order in which a phone shows them."""
    with st.container(key="f2f-glance"):
        for code in ORDER:
            with st.container(border=True, key=f"card-glance-{code}", gap=None):
                stuck_list(view) if code == STUCK else _card(code, found[code])


def _card(code: str, hung: HungPicture) -> None:
    picture = hung.picture
    if code != "strip":
        show(finding(picture.title))
    if hung.figure is None:
        return
    points = draw_picture(hung.figure, f"glance-{code}-{opened()}", picture.title)
    name = t(f"glance.name.{code}")
    st.button(t("glance.numbers", name=name), key=f"open-numbers-{code}", on_click=pressed, args=(f"{NUMBERS}:{code}",))
    if points:
        pressed(points[0].partition("#")[0])


def finding(words: str) -> Markup:
    return Markup('<h2 class="f2f-said">{}</h2>').format(words)
