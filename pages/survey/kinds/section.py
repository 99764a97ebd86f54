"""A text between questions."""

import streamlit as st

from pages.shared.here import lang
from pages.shared.markup import Markup, show
from pages.survey.kind import DrawnItem, Shown, nothing
from pages.survey.limits import no_limits


def _draw(drawn: DrawnItem) -> None:
    item = drawn.item
    hint = Markup('<p class="f2f-quiet">{}</p>').format(item.hint.say(lang())) if item.hint else ""
    with st.container(key=f"f2f-section-{item.code}"):
        show(Markup('<p class="f2f-section">{}</p>{}').format(item.say(lang()), hint))


SECTION = Shown(
    "section", draw=_draw, say=lambda _drawn: "", facts=nothing, group="", inputs=lambda _drawn, _told: Markup(),
    read=lambda _drawn, _posted: None, limits=no_limits, limited=nothing, rule_box=None, rule_value=None, flags=(),
)  # fmt: skip
