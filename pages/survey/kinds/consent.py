"""A box to agree with."""

import streamlit as st

from pages.shared.here import t
from pages.survey.inputs import box, first, name_of
from pages.survey.kind import DrawnItem, Shown, nothing
from pages.survey.limits import no_limits
from pages.survey.widgets import hint


def _draw(drawn: DrawnItem) -> None:
    key = f"f2f-consent-{drawn.item.code}"
    st.checkbox(
        drawn.label,
        value=bool(drawn.given),
        key=key,
        on_change=lambda: drawn.save(drawn.item.code, st.session_state[key]),
    )
    hint(drawn)


CONSENT = Shown(
    "consent", draw=_draw, say=lambda _drawn: t("survey.consented"), facts=nothing, group="",
    inputs=lambda drawn, told: box(drawn, "yes", drawn.said, bool(drawn.given), told),
    read=lambda drawn, posted: first(posted, name_of(drawn.item)) == "yes" or None, limits=no_limits,
    limited=nothing, rule_box=None, rule_value=None, flags=(),
)  # fmt: skip
