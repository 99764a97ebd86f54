"""Choices: one of some words, several of them, one in each row of a table, a consent."""

from typing import Any

import streamlit as st

from intake.questionnaires.kind import other_of
from intake.questionnaires.questionnaire import NA, Option, in_order, rows_in_order
from pages.shared.here import t
from pages.survey.question_frame import Drawn, heading, hint, label_of, radio

_FACES = 5  # levels in a row of faces


def single(drawn: Drawn) -> None:
    """The key's beginning chooses the look: a row of tiles, two buttons or a list."""
    item = drawn.item
    key = f"f2f-{item.kind}-{item.code}"

    def changed() -> None:
        drawn.save(item.code, st.session_state[key])

    radio(drawn.label, _names(drawn), drawn.given, key, changed)
    hint(drawn)
    _which_other(drawn, [drawn.given])


def multiple(drawn: Drawn) -> None:
    """Boxes as wide as the column. What goes alone takes the others away, and the other way round."""
    item, given = drawn.item, drawn.given
    names = _names(drawn)
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
        st.html(f'<p class="f2f-quiet f2f-hint">{t("survey.most", most=item.most)}</p>')
    with st.container(key=f"f2f-boxes-{item.code}", gap=None):
        for code, name in names.items():
            st.checkbox(name, value=code in chosen, key=keys[code], on_change=changed, args=(code,), width="stretch")
    _which_other(drawn, chosen)


def matrix(drawn: Drawn) -> None:
    """One small card a row: no table goes sideways on a phone."""
    item = drawn.item
    names = _names(drawn)
    look = "level5" if len(drawn.questionnaire.options_of(item)) == _FACES else "single"
    keys = {row.code: f"f2f-{look}-{item.code}-{row.code}" for row in item.rows}
    given = drawn.given if isinstance(drawn.given, dict) else {}

    def changed() -> None:
        drawn.save(item.code, {row: st.session_state[key] for row, key in keys.items()})

    heading(drawn)
    for row in rows_in_order(item, drawn.seed):
        with st.container(key=f"f2f-row-{item.code}-{row.code}"):
            radio(label_of(row), names, given.get(row.code), keys[row.code], changed)


def consent(drawn: Drawn) -> None:
    key = f"f2f-consent-{drawn.item.code}"
    st.checkbox(
        drawn.label,
        value=bool(drawn.given),
        key=key,
        on_change=lambda: drawn.save(drawn.item.code, st.session_state[key]),
    )
    hint(drawn)


def _names(drawn: Drawn) -> dict[str, str]:
    """Code → words, in the order of this form, 'does not apply' last."""
    names = {option.code: _word(option) for option in in_order(drawn.questionnaire, drawn.item, drawn.seed)}
    return names | ({NA: t("survey.na")} if drawn.item.na else {})


def _word(option: Option) -> str:
    """A soft hyphen lets the one long English word break in a narrow tile."""
    return label_of(option).replace("issatisfied", "is\u00adsatisfied")


def _which_other(drawn: Drawn, chosen: list[Any]) -> None:
    """Where 'other' is chosen, a line to say which."""
    asks = {option.code for option in drawn.questionnaire.options_of(drawn.item) if option.words}
    if not asks & {code for code in chosen if isinstance(code, str)}:
        return
    code = other_of(drawn.item.code)
    key = f"f2f-other-{drawn.item.code}"
    st.text_input(
        t("survey.which_other"),
        value=drawn.answers.get(code) or "",
        key=key,
        on_change=lambda: drawn.save(code, st.session_state[key]),
    )
