"""One number with its unit."""

import streamlit as st

from intake.questionnaires.questionnaire import NA
from pages.shared.here import t
from pages.shared.plain import letters
from pages.survey.inputs import answer_or_na, with_na
from pages.survey.kind import DrawnItem, Shown
from pages.survey.kinds import numbers
from pages.survey.widgets import does_not_apply, hint


def _draw(drawn: DrawnItem) -> None:
    item = drawn.item
    key = f"f2f-number-{item.code}"
    skip = f"f2f-na-{item.code}"

    def changed() -> None:
        drawn.save(item.code, NA if st.session_state.get(skip) else st.session_state[key])

    label = t("survey.number", x=drawn.label, u=letters(numbers.unit_of(item))) if item.unit else drawn.label
    numbers.number_box(item, label, drawn.given, key, changed, disabled=drawn.given == NA)
    hint(drawn)
    does_not_apply(drawn, skip, changed)


NUMBER = Shown(
    "number", draw=_draw, say=lambda drawn: numbers.with_unit(drawn.item, drawn.given), facts=numbers.limits_of,
    group="", inputs=lambda drawn, told: with_na(drawn, numbers.number_field(drawn, drawn.given, told)),
    read=lambda drawn, posted: answer_or_na(drawn, posted, numbers.typed), limits=numbers.limits,
    limited=numbers.limited, rule_box=numbers.rule_box, rule_value=numbers.rule_value, flags=(),
)  # fmt: skip
