"""A day, chosen in a calendar."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

import i18n
from intake.questionnaires.kinds.date import day_of
from intake.questionnaires.questionnaire import NA, Item
from pages.shared.choices import pick_day
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.survey.inputs import answer_or_na, field, with_na
from pages.survey.kind import DrawnItem, RuleBox, Shown
from pages.survey.widgets import does_not_apply, hint

_LIMITS = ("earliest", "latest")
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def _draw(drawn: DrawnItem) -> None:
    """The browser's language names the months."""
    item = drawn.item
    key = f"f2f-date-{item.code}"
    skip = f"f2f-na-{item.code}"

    def changed() -> None:
        drawn.save(item.code, NA if st.session_state.get(skip) else _iso(st.session_state[key]))

    _calendar(drawn.label, drawn.given, key, changed, disabled=drawn.given == NA)
    hint(drawn)
    does_not_apply(drawn, skip, changed)


def _inputs(drawn: DrawnItem, told: Markup) -> Markup:
    """The browser's calendar, which cannot show what is no day: that stands in a plain line until it is mended."""
    given = drawn.given if isinstance(drawn.given, str) and drawn.given != NA else ""
    day = day_of(given)
    calendar = "" if given and day is None else "date"
    return with_na(drawn, field(drawn, day.isoformat() if day else given, told, kind=calendar))


def _typed(written: str) -> str:
    """What is no day stays as it was typed, and is refused with its screen."""
    day = day_of(written)
    return day.isoformat() if day else written


def _calendar(label: str, given: object, key: str, changed: Callable[[], None], *, disabled: bool = False) -> None:
    day = day_of(given) if isinstance(given, str) else None
    shown = day if day and _FIRST_DAY <= day <= _LAST_DAY else None
    span = {"min_value": _FIRST_DAY, "max_value": _LAST_DAY}
    pick_day(label, shown, **span, key=key, on_change=changed, disabled=disabled)


def _iso(chosen: object) -> str | None:
    return chosen.isoformat() if isinstance(chosen, date) else None


def _in_words(written: str | None) -> str:
    day = day_of(written or "")
    return i18n.day(day, lang()) if day else ""


def _limits(item: Item, key: str, save: Callable[[], None]) -> None:
    for column, name in zip(st.columns(2), _LIMITS, strict=True):
        with column:
            _calendar(t(f"designer.{name}"), getattr(item, name), f"{key}-{name}", save)


def _limited(_item: Item, said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _iso(said[name]) for name in _LIMITS if name in said}


def _rule_box(box: RuleBox) -> None:
    _calendar(t("designer.rule_value"), box.value, box.key, box.save)


DATE = Shown(
    "date", draw=_draw, say=lambda drawn: _in_words(drawn.given),
    facts=lambda drawn: {name: _in_words(getattr(drawn.item, name)) for name in _LIMITS}, group="",
    inputs=_inputs, read=lambda drawn, posted: answer_or_na(drawn, posted, _typed), limits=_limits,
    limited=_limited, rule_box=_rule_box, rule_value=_iso, flags=(),
)  # fmt: skip
