"""A person's own words, in a box of some lines."""

import streamlit as st

from pages.shared.here import t
from pages.survey.kind import DrawnItem, Shown, hint, named_limits, whole_limit

_TALL = 132  # px


def _draw(drawn: DrawnItem) -> None:
    key = f"f2f-text-{drawn.item.code}"
    most = drawn.item.longest
    st.text_area(
        drawn.label,
        value=drawn.given if isinstance(drawn.given, str) else "",
        height=_TALL,
        key=key,
        placeholder=t("survey.at_most" if drawn.item.required else "survey.optional", n=most),
        on_change=lambda: drawn.save(drawn.item.code, st.session_state[key]),
    )
    hint(drawn)


TEXT = Shown(
    "text", draw=_draw, say=lambda drawn: drawn.given, facts=lambda drawn: {"longest": drawn.item.longest},
    limits=lambda item, key, save: whole_limit(item, "longest", 5000, key, save),
    limited=named_limits("longest"), rule_box=None,
    rule_value=None, flags=(),
)  # fmt: skip
