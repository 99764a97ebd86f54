"""Several choices: boxes as wide as the column."""

import streamlit as st

from intake.questionnaires.questionnaire import NA
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.survey.inputs import name_of, tiles
from pages.survey.kind import DrawnItem, Posted, Shown, said
from pages.survey.kinds.choices import chosen_in_words, names_of, rule_box, rule_value, which_other
from pages.survey.limits import named_limits, whole_limit
from pages.survey.widgets import heading


def _draw(drawn: DrawnItem) -> None:
    """Boxes as wide as the column. What goes alone takes the others away, and the other way round."""
    item, given = drawn.item, drawn.given
    names = names_of(drawn)
    alone = {option.code for option in drawn.questionnaire.options_of(item) if option.alone} | {NA}
    keys = {code: f"f2f-multiple-{item.code}-{code}" for code in names}
    chosen = [NA] if given == NA else list(given or [])

    def changed(code: str) -> None:
        if st.session_state[keys[code]]:
            for other in names:
                if other != code and (code in alone or other in alone):
                    st.session_state[keys[other]] = False
        ticked = [other for other in names if st.session_state[keys[other]]]
        drawn.save(item.code, NA if ticked == [NA] else ticked)

    heading(drawn)
    if item.most:
        show(Markup('<p class="f2f-quiet f2f-hint">{}</p>').format(t("survey.most", most=item.most)))
    with st.container(key=f"f2f-boxes-{item.code}", gap=None):
        for code, name in names.items():
            st.checkbox(name, value=code in chosen, key=keys[code], on_change=changed, args=(code,), width="stretch")
    which_other(drawn, chosen)


def _inputs(drawn: DrawnItem, told: Markup) -> Markup:
    chosen = drawn.given if isinstance(drawn.given, (list, tuple)) else [drawn.given]
    most = (
        Markup('<p class="quiet">{}</p>').format(t("survey.most", most=drawn.item.most))
        if drawn.item.most
        else Markup()
    )
    return most + tiles(drawn, names_of(drawn, said), chosen, told, kind="checkbox")


def _read(drawn: DrawnItem, posted: Posted) -> str | list[str] | None:
    ticked = list(posted.get(name_of(drawn.item), ()))
    return (NA if ticked == [NA] else ticked) if ticked else None


def _say(drawn: DrawnItem) -> str:
    chosen = drawn.given if isinstance(drawn.given, (list, tuple)) else [drawn.given]
    return t("survey.join").join(chosen_in_words(drawn, code) for code in chosen)


def _facts(drawn: DrawnItem) -> dict[str, object]:
    """'Does not apply' goes alone too: without a script it can be ticked beside another."""
    alone = [option.say(lang()) for option in drawn.questionnaire.options_of(drawn.item) if option.alone]
    beside = isinstance(drawn.given, list) and NA in drawn.given
    return {"most": drawn.item.most, "alone": t("survey.na") if beside or not alone else alone[0]}


MULTIPLE = Shown(
    "multiple", draw=_draw, say=_say, facts=_facts, group="group", inputs=_inputs, read=_read,
    limits=lambda item, key, save: whole_limit(item, "most", 100, key, save),
    limited=named_limits("most"), rule_box=rule_box,
    rule_value=rule_value, flags=("words", "alone", "last"),
)  # fmt: skip
