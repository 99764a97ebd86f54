"""Names in a table that are no indicator's: a person says what each means, or makes it a series of its own."""

from collections.abc import Sequence

import streamlit as st

from db.indicators import indicators
from intake.indicators.checking import Checked
from intake.indicators.new_series import GROWTHS, PERIODS, PRICES, SOURCES, UNITS, NewIndicator, add_indicator
from intake.indicators.terms.given import LEFT_OUT
from intake.indicators.terms.known import name_of
from pages.imports.preview import import_id
from pages.shared.asking import attempt, by
from pages.shared.choices import pick
from pages.shared.here import lang, store, t

MOST = 60
_OPEN = "?"  # not said: left out this time, asked again next time


def names_said(key: str) -> dict[str, str]:
    """Folded name → code of an indicator or LEFT_OUT, as far as somebody has said so."""
    said = {name: st.session_state.get(f"name-{key}-{name}", _OPEN) for name in _asked(key)}
    return {name_of(name): code for name, code in said.items() if code != _OPEN}


def say_names(outcome: Checked, key: str) -> None:
    """One choice a name. A name that was mapped stays in the list, so that it can be changed."""
    asked = _asked(key)
    asked.update(dict.fromkeys(one.name for one in outcome.unknown))
    st.session_state[f"names-{key}"] = asked
    if not asked:
        return
    known = {one.code: one.say(lang()) for one in store().read(indicators.indicators)}
    words = {_OPEN: t("indicators.name_open"), LEFT_OUT: t("indicators.name_left"), **known}
    with st.expander(t("indicators.names", n=len(asked)), icon=":material/label:"):
        st.caption(t("indicators.names_lead"))
        with st.grid(3, min_column_width=260, gap="small"):
            for name in list(asked)[:MOST]:
                pick(st.selectbox, name, words, key=f"name-{key}-{name}")


def _asked(key: str) -> dict[str, None]:
    return st.session_state.get(f"names-{key}", {})


def new_indicator(outcome: Checked, key: str) -> None:
    """Offered where the table has names that no indicator has."""
    if not outcome.unknown:
        return
    form = import_id(key)
    with st.expander(t("indicators.new"), icon=":material/add_chart:"):
        st.caption(t("indicators.new_lead"))
        with st.form(f"new-{form}", enter_to_submit=False, border=False):
            said = _new(form, outcome.unknown[0].name)
            pressed = st.form_submit_button(t("indicators.new_save"), type="primary")
    if pressed and attempt(lambda: add_indicator(store(), new=said, **by())) is not None:
        st.rerun()


def _new(form: str, name: str) -> NewIndicator:
    with st.grid(2, min_column_width=260, gap="small"):
        zh = st.text_input(t("indicators.new_zh"), value=name, key=f"new-zh-{form}")
        en = st.text_input(t("indicators.new_en"), key=f"new-en-{form}")
        unit = _choice("economy.unit", UNITS, "import.unit_name", f"new-unit-{form}")
        period = _choice("economy.period_kind", PERIODS, "economy.kind", f"new-period-{form}")
        price = _choice("indicators.new_price", PRICES, "indicators.price", f"new-price-{form}")
        growth = _choice("indicators.new_growth", GROWTHS, "indicators.basis", f"new-growth-{form}")
        source = _choice("economy.published_by", SOURCES, "economy.publisher", f"new-source-{form}")
    growth_only = st.checkbox(t("indicators.new_growth_only"), key=f"new-only-{form}")
    return NewIndicator(zh, en, unit, period, price, growth, has_level=not growth_only, source=source)


def _choice(label: str, codes: Sequence[str], words: str, key: str) -> str:
    return st.selectbox(t(label), codes, format_func=lambda one: t(f"{words}.{one}"), key=key)
