"""Numbers: a scale, one number, two of them."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from intake.questionnaires.questionnaire import NA, Item
from intake.questionnaires.rules import is_number
from pages.shared.here import lang, t
from pages.shared.plain import letters
from pages.survey.question_frame import Drawn, does_not_apply, heading, hint, label_of, radio

_MOST_SHOWN = 3  # decimals


def scale(drawn: Drawn) -> None:
    """Nothing to ten as tiles, the words of its ends below."""
    item = drawn.item
    key = f"f2f-scale10-{item.code}"
    names: dict[Any, str] = {n: str(n) for n in range(int(item.low or 0), int(item.high or 10) + 1)}
    if item.na:
        names[NA] = t("survey.na")
    radio(drawn.label, names, drawn.given, key, lambda: drawn.save(item.code, st.session_state[key]))
    ends = "".join(f"<span>{escape(part.say(lang()))}</span>" for part in item.parts)
    st.html(f'<p class="f2f-ends">{ends}</p>')
    hint(drawn)


def number(drawn: Drawn) -> None:
    """One number with its unit; its limits are said below."""
    item = drawn.item
    key = f"f2f-number-{item.code}"
    skip = f"f2f-na-{item.code}"

    def changed() -> None:
        drawn.save(item.code, NA if st.session_state.get(skip) else st.session_state[key])

    label = t("survey.number", x=drawn.label, u=letters(item.unit.say(lang()))) if item.unit else drawn.label
    _number_box(item, label, drawn.given, key, changed, disabled=drawn.given == NA)
    hint(drawn)
    does_not_apply(drawn, skip, changed)


def pair(drawn: Drawn) -> None:
    """Two numbers side by side, and a box for 'does not apply'."""
    item = drawn.item
    keys = {part.code: f"f2f-number-{item.code}-{part.code}" for part in item.parts}
    skip = f"f2f-na-{item.code}"

    def changed() -> None:
        numbers = {part: st.session_state[key] for part, key in keys.items()}
        drawn.save(item.code, NA if st.session_state.get(skip) else numbers)

    heading(drawn)
    known = drawn.given if isinstance(drawn.given, dict) else {}
    with st.container(horizontal=True, wrap=False, gap="small"):
        for part in item.parts:
            unit = letters(item.unit.say(lang())) if item.unit else ""
            label = t("survey.number", x=label_of(part), u=unit) if unit else label_of(part)
            _number_box(item, label, known.get(part.code), keys[part.code], changed, disabled=drawn.given == NA)
    does_not_apply(drawn, skip, changed)


def _number_box(
    item: Item,
    label: str,
    given: Any,  # noqa: ANN401
    key: str,
    changed: Callable[[], None],
    *,
    disabled: bool,
) -> None:
    """Whole numbers are typed as such; others show as many decimals as they may have, three at most."""
    known = given if is_number(given) and abs(given) < 1e15 else None
    if item.decimals:
        shown = f"%.{min(item.decimals, _MOST_SHOWN)}f"
        value, step = (None if known is None else float(known)), 10.0**-item.decimals
    else:
        shown, value, step = "%d", (None if known is None else int(known)), 1
    st.number_input(label, value=value, step=step, format=shown, key=key, disabled=disabled, on_change=changed)
