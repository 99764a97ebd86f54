"""The pieces of the page of one indicator."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db.figures.figures import EVERYTHING
from db.indicators.indicators import Observation
from db.scope import ALL
from insight import wording
from insight.economy.published import Indicator
from insight.economy.tables import Revised
from pages.figures.live_economy import YEARS
from pages.figures.live_others import economy_of
from pages.figures.live_view import NO_HEAD, View, today, view_of
from pages.imports.preview import lines
from pages.shared.here import lang, t
from pages.shared.rows import cell, facts, strong
from pages.shared.style import style


def shown_indicators() -> tuple[View, dict[str, Indicator]]:
    """By code, what has been published by today."""
    style("imports/imports", "economy/economy")
    view = view_of(NO_HEAD, ALL, EVERYTHING, today())
    return view, {one.code: one for one in economy_of(view.as_of)}


def chosen_indicator(found: dict[str, Indicator]) -> Indicator:
    """The address carries the choice: `?i=exports`."""
    codes, asked = list(found), st.query_params.get("i", "")
    place = codes.index(asked) if asked in found else 0
    code = st.selectbox(t("economy.which"), codes, index=place, format_func=lambda one: found[one].say(lang()))
    if code != asked:
        st.query_params["i"] = code
    return found[code]


def chosen_years() -> int:
    """Over how many years the long view goes."""
    words = {years: t("economy.years_some", n=years) for years in YEARS}
    return st.segmented_control(t("economy.years"), sorted(YEARS), default=YEARS[0], format_func=words.__getitem__,
                                key="economy-years", required=True)  # fmt: skip


def revision_table(indicator: Indicator, found: Sequence[Revised]) -> None:
    """Before, after, and of which day each is."""
    if not found:
        st.caption(t("economy.no_revisions"))
        return
    lines("revision", [
        [strong(one.period), cell(as_published(indicator, one.before), quiet=i18n.day(one.before.vintage, lang())),
         cell("→ " + as_published(indicator, one.after), quiet=i18n.day(one.after.vintage, lang()), style="f2f-figure"),
         cell(t(f"import.status.{one.after.status}"), quiet=wording.publisher(one.after.source, lang()))]
        for one in found
    ])  # fmt: skip


def definition(indicator: Indicator) -> None:
    """Unit, periods, basis, scope, and every break."""
    facts(footings(indicator))
    for one in indicator.breaks:
        st.text(t("economy.broken", day=i18n.day(one.starts_on, lang()), note=one.note))


def footings(indicator: Indicator) -> list[tuple[str, str]]:
    return [
        (t("economy.unit"), i18n.text(f"import.unit_name.{indicator.unit}", lang())),
        (t("economy.period_kind"), t(f"economy.kind.{indicator.period_kind}")),
        (t("economy.basis"), wording.basis(indicator, lang()) or "—"),
        (t("economy.published_by"), wording.publisher(indicator.source, lang())),
        (t("economy.scope_word"), t(f"economy.scope.{indicator.scope}")),
    ]


def as_published(indicator: Indicator, one: Observation) -> str:
    value, growth = one.value, one.yoy_published
    level = [] if value is None else [wording.amount(value, indicator.unit, one.decimals, lang())]
    return " ".join([*level, *([wording.growth(growth, lang())] if growth is not None else [])]) or "—"
