"""Nothing to ten as tiles, the words of its ends below."""

from typing import Any

import streamlit as st

from intake.questionnaires.questionnaire import NA
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.survey.inputs import first, name_of, tiles
from pages.survey.kind import DrawnItem, Posted, Shown, nothing
from pages.survey.kinds.numbers import limits_of, rule_box, rule_value, with_unit
from pages.survey.limits import no_limits
from pages.survey.widgets import hint, radio


def _draw(drawn: DrawnItem) -> None:
    item = drawn.item
    key = f"f2f-scale10-{item.code}"
    radio(drawn.label, _names(drawn), drawn.given, key, lambda: drawn.save(item.code, st.session_state[key]))
    ends = Markup().join(Markup("<span>{}</span>").format(part.say(lang())) for part in item.parts)
    show(Markup('<p class="f2f-ends">{}</p>').format(ends))
    hint(drawn)


def _names(drawn: DrawnItem) -> dict[Any, str]:
    item = drawn.item
    names: dict[Any, str] = {n: str(n) for n in range(int(item.low or 0), int(item.high or 10) + 1)}
    return names | ({NA: t("survey.na")} if item.na else {})


def _inputs(drawn: DrawnItem, told: Markup) -> Markup:
    ends = t("survey.join").join(part.say(lang()) for part in drawn.item.parts)
    below = Markup('<p class="quiet">{}</p>').format(ends) if ends else Markup()
    return below + Markup('<div class="ten">{}</div>').format(tiles(drawn, _names(drawn), [drawn.given], told))


def _read(drawn: DrawnItem, posted: Posted) -> int | str | None:
    said = first(posted, name_of(drawn.item))
    return int(said) if said and said.isdecimal() else said


SCALE10 = Shown(
    "scale10", draw=_draw, say=lambda drawn: with_unit(drawn.item, drawn.given), facts=limits_of, group="radiogroup",
    inputs=_inputs, read=_read, limits=no_limits, limited=nothing, rule_box=rule_box, rule_value=rule_value, flags=(),
)  # fmt: skip
