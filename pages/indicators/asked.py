"""What a person adds to a table: who published it, when, whose figures it holds and up to which month."""

from datetime import date

import streamlit as st

import i18n
from db import clock
from intake.indicators.checking import Checked
from intake.indicators.rules.fractions import FRACTION, PERCENT
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.places import CHOICES
from pages.imports.preview import import_id
from pages.indicators.names import names_said
from pages.shared.choices import pick_day
from pages.shared.here import lang, now, t
from pages.shared.plain import told

FORM_WIDTH = 736  # pixels: 46 rem, a form that the eye follows


def given_of(key: str) -> Supplement:
    asked, form = st.session_state, import_id(key)
    released, until = asked.get(f"released-{form}"), _said(f"until-{form}-")
    return Supplement(
        asked.get(f"source-{form}", "").strip(), day_text(released), names_said(key), asked.get(f"place-{form}", ""),
        asked.get(f"hidden-{form}", False), is_sure(key), _said(f"growth-{form}-"), tuple(until.values()),
    )  # fmt: skip


def stated(outcome: Checked, key: str) -> None:
    """Source and release: what the table says itself, unless something else is written here."""
    form = import_id(key)
    with st.container(horizontal=True):
        st.text_input(
            t("import.field.source"), placeholder=outcome.source or t("indicators.source_hint"), key=f"source-{form}"
        )
        pick_day(
            t("import.field.released"), value=None, max_value=clock.day_of(now()),
            key=f"released-{form}",
            help=t("indicators.released_stated", day=outcome.released) if outcome.released else None,
        )  # fmt: skip
    if outcome.remembered:
        st.caption(told("indicators.remembered", n=outcome.remembered, source=outcome.source))


def ask_place(outcome: Checked, key: str) -> None:
    """Asked where the table names another place than ours, and once chosen, so that it can be changed."""
    place = f"place-{import_id(key)}"
    if not st.session_state.get(place) and all(found.code != "other_place" for found in outcome.refused):
        return
    st.selectbox(
        t("indicators.place"), ("", *CHOICES), key=place, width=320,
        format_func=lambda code: t(f"import.place.{code}") if code else t("indicators.place_open"),
    )  # fmt: skip


def ask_until(outcome: Checked, key: str) -> None:
    """One month a year that stands alone beside a cumulative column, and once chosen, so that it can be changed."""
    for year in outcome.open_years:
        months = [date(year, month, 1) for month in range(1, 13)]
        st.selectbox(
            t("indicators.until", year=str(year)), [f"{day:%Y-%m}" for day in months], index=None, width=320,
            key=f"until-{import_id(key)}-{year}", placeholder=t("indicators.until_open"),
            format_func=lambda said: i18n.month(date.fromisoformat(f"{said}-01"), lang()),
        )  # fmt: skip


def ask_hidden(outcome: Checked, key: str) -> None:
    """Offered where the file hides anything, and once chosen, so that it can be taken back."""
    if any(found.code.startswith("hidden_") for found in outcome.warnings):
        st.checkbox(t("indicators.read_hidden"), key=f"hidden-{import_id(key)}")


def ask_sure(outcome: Checked, key: str) -> None:
    """Beside what is doubtful, and once ticked, so that it can be taken back."""
    if outcome.doubts:
        st.checkbox(t("indicators.sure", n=len(outcome.doubts)), key=f"sure-{import_id(key)}")


def is_sure(key: str) -> bool:
    return st.session_state.get(f"sure-{import_id(key)}", False)


def ask_growth(outcome: Checked, key: str) -> None:
    """One choice a column, both readings of one of its numbers shown."""
    form = import_id(key)
    for one in outcome.unclear:
        words = {
            how: t("indicators.growth_as", x=one.said(how), how=t(f"indicators.growth_{how}"))
            for how in (FRACTION, PERCENT)
        }
        asked = t("indicators.growth_asked", line=one.line, value=one.example)
        st.radio(asked, [*words], index=None, key=f"growth-{form}-{one.line}", horizontal=True, format_func=words.get)


def _said(begins: str) -> dict[str, str]:
    """What was chosen in the fields whose keys begin so, by the rest of the key."""
    said = {str(name): how for name, how in st.session_state.items() if str(name).startswith(begins) and how}
    return {name.removeprefix(begins): how for name, how in said.items()}


def day_text(day: date | None) -> str:
    return day.isoformat() if day else ""
