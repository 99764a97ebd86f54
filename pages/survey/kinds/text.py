"""A person's own words, in a box of some lines."""

import streamlit as st

from pages.shared.here import t
from pages.shared.markup import Markup
from pages.survey.inputs import first, name_of
from pages.survey.kind import DrawnItem, Shown
from pages.survey.limits import named_limits, whole_limit
from pages.survey.widgets import hint

_TALL = 132  # px


def _draw(drawn: DrawnItem) -> None:
    key = f"f2f-text-{drawn.item.code}"
    st.text_area(
        drawn.label,
        value=drawn.given if isinstance(drawn.given, str) else "",
        height=_TALL,
        key=key,
        placeholder=_room(drawn),
        on_change=lambda: drawn.save(drawn.item.code, st.session_state[key]),
    )
    hint(drawn)


def _room(drawn: DrawnItem) -> str:
    return t("survey.at_most" if drawn.item.required else "survey.optional", n=drawn.item.longest)


def _inputs(drawn: DrawnItem, told: Markup) -> Markup:
    given = drawn.given if isinstance(drawn.given, str) else ""
    box = Markup('<p class="quiet">{}</p><textarea id="q-{}" name="{}" rows="5" data-most="{}"{}>\n{}</textarea>')
    return box.format(_room(drawn), drawn.item.code, name_of(drawn.item), drawn.item.longest, told, given)


TEXT = Shown(
    "text", draw=_draw, say=lambda drawn: drawn.given, facts=lambda drawn: {"longest": drawn.item.longest},
    group="", inputs=_inputs, read=lambda drawn, posted: first(posted, name_of(drawn.item)),
    limits=lambda item, key, save: whole_limit(item, "longest", 5000, key, save),
    limited=named_limits("longest"), rule_box=None,
    rule_value=None, flags=(),
)  # fmt: skip
