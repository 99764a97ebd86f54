"""A name in a table that is a series of its own: what it means is said here, and then it is read."""

from collections.abc import Sequence

import streamlit as st

from intake.indicators.checking import Checked
from intake.indicators.new_series import GROWTHS, PERIODS, PRICES, SOURCES, UNITS, NewIndicator, add_indicator
from pages.imports.preview import import_id
from pages.shared.asking import attempt, by
from pages.shared.here import store, t


def new_indicator(outcome: Checked, key: str) -> None:
    """Offered where the table has names that no indicator has."""
    if not outcome.unknown:
        return
    form = import_id(key)
    with st.expander(t("indicators.new"), icon=":material/add_chart:"):
        st.caption(t("indicators.new_lead"))
        with st.form(f"new-{form}", enter_to_submit=False, border=False):
            said = _said(form, outcome.unknown[0].name)
            pressed = st.form_submit_button(t("indicators.new_save"), type="primary")
    if pressed and attempt(lambda: add_indicator(store(), new=said, **by())) is not None:
        st.rerun()


def _said(form: str, name: str) -> NewIndicator:
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
