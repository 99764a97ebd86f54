"""Days and texts."""

from datetime import date

import streamlit as st

from intake.questionnaires.questionnaire import NA
from pages.shared.here import t
from pages.survey.question_frame import Drawn, does_not_apply, hint

_TALL = 132  # px of a comment's box
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def day(drawn: Drawn) -> None:
    """The browser's language names the months."""
    item = drawn.item
    key = f"f2f-date-{item.code}"
    skip = f"f2f-na-{item.code}"

    def changed() -> None:
        chosen = st.session_state[key]
        given = chosen.isoformat() if isinstance(chosen, date) else None
        drawn.save(item.code, NA if st.session_state.get(skip) else given)

    st.date_input(
        drawn.label,
        value=_day_of(drawn.given),
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        key=key,
        on_change=changed,
        disabled=drawn.given == NA,
    )
    hint(drawn)
    does_not_apply(drawn, skip, changed)


def comment(drawn: Drawn) -> None:
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


def _day_of(given: object) -> date | None:
    try:
        day = date.fromisoformat(given) if isinstance(given, str) and given != NA else None
    except ValueError:
        return None
    return day if day and _FIRST_DAY <= day <= _LAST_DAY else None
