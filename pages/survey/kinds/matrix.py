"""A table of choices: one small card a row."""

import streamlit as st

from db.survey.kinds import CHOICE, LEVELS
from intake.questionnaires.questionnaire import rows_in_order
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.survey.inputs import first, name_of, tiles
from pages.survey.kind import DrawnItem, Posted, Shown, label_of, nothing, said
from pages.survey.kinds.choices import names_of, rule_box, rule_value, word_of
from pages.survey.limits import no_limits
from pages.survey.widgets import heading, radio

_FACES = 5  # levels in a row of faces


def _draw(drawn: DrawnItem) -> None:
    """One small card a row: no table goes sideways on a phone."""
    item = drawn.item
    names = names_of(drawn)
    look = LEVELS if len(drawn.questionnaire.options_of(item)) == _FACES else CHOICE
    keys = {row.code: f"f2f-{look}-{item.code}-{row.code}" for row in item.rows}
    given = drawn.given if isinstance(drawn.given, dict) else {}

    def changed() -> None:
        drawn.save(item.code, {row: st.session_state[key] for row, key in keys.items()})

    heading(drawn)
    for row in rows_in_order(item, drawn.seed):
        with st.container(key=f"f2f-row-{item.code}-{row.code}"):
            radio(label_of(row), names, given.get(row.code), keys[row.code], changed)


def _inputs(drawn: DrawnItem, told: Markup) -> Markup:
    given = drawn.given if isinstance(drawn.given, dict) else {}
    names = names_of(drawn, said)
    row = Markup('<fieldset class="row"><legend>{}</legend>{}</fieldset>')
    return Markup().join(
        row.format(said(one), tiles(drawn, names, [given.get(one.code)], told, part=one.code, leads=n == 0))
        for n, one in enumerate(rows_in_order(drawn.item, drawn.seed))
    )


def _read(drawn: DrawnItem, posted: Posted) -> dict[str, str | None] | None:
    """Every row, as the widgets give it; nothing where none is answered."""
    said = {row.code: first(posted, name_of(drawn.item, row.code)) for row in drawn.item.rows}
    return said if any(said.values()) else None


def _say(drawn: DrawnItem) -> str:
    said = ((row.say(lang()), word_of(drawn, drawn.given.get(row.code))) for row in drawn.item.rows)
    return t("survey.join").join(t("survey.row", item=row, row=word) for row, word in said)


MATRIX = Shown(
    "matrix", draw=_draw, say=_say, facts=nothing, group="group", inputs=_inputs, read=_read, limits=no_limits,
    limited=nothing, rule_box=rule_box, rule_value=rule_value, flags=(),
)  # fmt: skip
