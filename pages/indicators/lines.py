"""Indicators as rows: the newest value of each, its history with every vintage, and rows of a file to be imported."""

from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st

import i18n
from db.indicators import indicators
from db.indicators.indicators import IndicatorDefinition, Observation
from insight import wording
from intake.files.imports import Finding
from intake.indicators.rules.figure import Figure
from intake.indicators.terms import units
from intake.indicators.terms.periods import period_words
from pages.imports.findings import lines
from pages.shared.asking import ask
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.rows import cell, row, strong

MOST = 120


def indicator_row(indicator: IndicatorDefinition, newest: Observation | None) -> None:
    """Its name, last period, value, growth, release and source; a press shows all periods and vintages."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{indicator.code}"):
        row("indicator", [strong(indicator.say(lang())), *_standing(indicator, newest)])
        if st.button(
            t("indicators.history"), key=f"history-{indicator.code}", type="tertiary", icon=":material/history:"
        ):
            title = t("indicators.history_title", name=indicator.say(lang()))
            ask(title, partial(_history, indicator), width="large")


def reading_cells(figure: Figure) -> list[Markup]:
    """A row of a file as the import understands it."""
    return [
        cell(figure.cell or figure.growth_cell or t("import.row_number", n=figure.row), style="f2f-quiet"),
        strong(figure.indicator.say(lang()), quiet=_place(figure.geography)),
        cell(period_words(figure.period.start, figure.period.end, lang())),
        cell(_figure(figure.indicator, figure.value, figure.decimals), style="f2f-figure"),
        cell(_growth(figure.yoy)),
        cell(wording.publisher(figure.source, lang()), quiet=_release(figure.released, figure.status)),
    ]


def revision_cells(found: Finding) -> list[Markup]:
    """What a later release changes: before, after."""
    said = {name: fact[lang()] if isinstance(fact, dict) else fact for name, fact in found.facts.items()}
    released = i18n.day(date.fromisoformat(str(said["released"])), lang())
    return [
        strong(found.cell or t("import.row_number", n=found.row)),
        cell(str(said["before"]), quiet=t("indicators.released", day=released)),
        cell("→ " + str(said["after"]), style="f2f-figure"),
        cell(t(f"indicators.{found.code}"), style="f2f-quiet"),
    ]


def _standing(indicator: IndicatorDefinition, newest: Observation | None) -> list[Markup]:
    if newest is None:
        return [cell(t("indicators.none"), style="f2f-quiet")]
    return [
        cell(period_words(newest.period_start, newest.period_end, lang())),
        cell(_figure(indicator, newest.value, newest.decimals), style="f2f-figure"),
        cell(_growth(newest.yoy_published)),
        cell(wording.publisher(newest.source, lang()), quiet=_release(newest.vintage, newest.status)),
    ]


def _history(indicator: IndicatorDefinition) -> None:
    """Newest periods first; of one period, the vintage that stands first."""
    known = store().read(lambda con: indicators.stored(con, [indicator.code]))
    if not known:
        st.caption(t("indicators.no_history"))
        return
    known.sort(
        key=lambda o: (o.geography == indicators.DISTRICT, o.period_end, o.period_start, o.vintage), reverse=True
    )
    standing = {one.place: one.vintage for one in reversed(known)}
    lines("vintage", [_vintage(indicator, one, stands=one.vintage == standing[one.place]) for one in known[:MOST]])
    if len(known) > MOST:
        st.caption(t("indicators.first_periods", most=MOST, n=len(known)))


def _vintage(indicator: IndicatorDefinition, one: Observation, *, stands: bool) -> list[Markup]:
    period = period_words(one.period_start, one.period_end, lang())
    place = "" if one.geography == indicators.DISTRICT else _place(one.geography)
    return [
        strong(period, quiet=place)
        if stands
        else cell(period + t("indicators.earlier"), quiet=place, style="f2f-quiet"),
        cell(_figure(indicator, one.value, one.decimals), style="f2f-figure" if stands else "f2f-quiet"),
        cell(_growth(one.yoy_published)),
        cell(t(f"import.status.{one.status}")),
        cell(wording.publisher(one.source, lang()), quiet=t("indicators.released", day=i18n.day(one.vintage, lang()))),
    ]


def _figure(indicator: IndicatorDefinition, value: float | Decimal | None, decimals: int) -> str:
    if value is None:
        return "—" if indicator.has_level else t("indicators.growth_only")
    return units.figure(value, indicator.unit, lang(), decimals)


def _growth(yoy: float | Decimal | None) -> str:
    return "—" if yoy is None else t("indicators.growth", x=units.growth(yoy, lang()))


def _release(day: date | None, status: str) -> str:
    released = t("indicators.released", day=i18n.day(day, lang())) if day else "—"
    return i18n.DOT.join((released, t(f"import.status.{status}")))


def _place(geography: str) -> str:
    if geography in ("district", "city", "province", "nation"):
        return t(f"import.place.{geography}")
    return geography
