"""Two numbers side by side, and a box for 'does not apply'."""

import streamlit as st

from intake.questionnaires.questionnaire import NA
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.plain import letters
from pages.survey.inputs import first, name_of, said_na, with_na
from pages.survey.kind import DrawnItem, Posted, Shown, label_of, said
from pages.survey.kinds.numbers import (
    limited,
    limits,
    limits_of,
    number_box,
    number_field,
    typed,
    unit_of,
    with_unit,
)
from pages.survey.widgets import does_not_apply, heading


def _draw(drawn: DrawnItem) -> None:
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
            unit = letters(unit_of(item))
            label = t("survey.number", x=label_of(part), u=unit) if unit else label_of(part)
            number_box(item, label, known.get(part.code), keys[part.code], changed, disabled=drawn.given == NA)
    does_not_apply(drawn, skip, changed)


def _inputs(drawn: DrawnItem, told: Markup) -> Markup:
    known = drawn.given if isinstance(drawn.given, dict) else {}
    one = Markup('<div class="part"><label for="{}">{}</label>{}</div>')
    boxes = (
        one.format(f"q-{drawn.item.code}.{p.code}" if n else f"q-{drawn.item.code}", said(p),
                   number_field(drawn, known.get(p.code), told, part=p.code))
        for n, p in enumerate(drawn.item.parts)
    )  # fmt: skip
    return with_na(drawn, Markup().join(boxes))


def _read(drawn: DrawnItem, posted: Posted) -> str | dict[str, int | float | str | None] | None:
    if said_na(drawn, posted):
        return NA
    written = {part.code: first(posted, name_of(drawn.item, part.code)) for part in drawn.item.parts}
    return {code: typed(one) if one else None for code, one in written.items()} if any(written.values()) else None


def _say(drawn: DrawnItem) -> str:
    item, given = drawn.item, drawn.given
    return t("survey.join").join(with_unit(item, f"{p.say(lang())} {given.get(p.code)}") for p in item.parts)


TWO_NUMBERS = Shown(
    "two_numbers", draw=_draw, say=_say, facts=limits_of, group="group", inputs=_inputs, read=_read, limits=limits,
    limited=limited, rule_box=None, rule_value=None, flags=(),
)  # fmt: skip
