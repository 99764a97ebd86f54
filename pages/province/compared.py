"""The districts by one figure: each on the same scale, and what the figure is."""

import streamlit as st

import i18n
from insight.citing.said import say
from insight.province.side_by_side import LEAST, SideBySide, SideRow, named, number
from pages.province.tables import late_since, table
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show


def districts(one: SideBySide) -> None:
    """Each on one scale from zero, the median as a line through all."""
    known = [0.0, *(row.value for row in one.telling if row.value is not None)]
    scale = (min(known), max(known) if max(known) > min(known) else 1.0)
    rows = Markup().join(_district(row, one, scale) for row in one.rows)
    heads = (t("province.column.district"), "", t("province.column.value"))
    with st.container(border=True, key="card-province-rows"):
        show(Markup('<h2 class="f2f-finding">{}</h2>').format(_finding(one)))
        show(table(heads, rows))
        if note := _note(one):
            show(Markup('<p class="f2f-source">{}</p>').format(note))


def definition(one: SideBySide) -> None:
    said = one.said
    show(
        Markup('<details class="f2f-fold"><summary>{}</summary><p>{}</p><p>{}</p></details>').format(
            t("province.definition"), say(said.definition, lang()), t("province.unit", unit=say(said.unit, lang()))
        )
    )


def _finding(one: SideBySide) -> str:
    name = named(one, lang())
    if one.median is None or one.low is None or one.high is None:
        return t("province.finding_few", name=name, n=len(one.telling))
    median, low, high = (number(one, value, lang()) for value in (one.median, one.low, one.high))
    return t("province.finding", name=name, median=median, low=low, high=high)


def _note(one: SideBySide) -> str:
    if one.median is None:
        return t("province.few", least=LEAST)
    if one.total is not None:
        return t("province.total", total=number(one, one.total, lang()), n=len(one.rows))
    return t("province.no_total") if one.counts else ""


def _district(row: SideRow, one: SideBySide, scale: tuple[float, float]) -> Markup:
    said = row.point and say(row.point.shown, lang())
    when = row.point and (
        t("province.day", day=i18n.day(row.figure.as_of, lang()))
        if one.period is None and row.figure.kind == "cases"
        else say(row.point.period, lang())
    )
    words = t("province.apart") if row.apart else (said if row.value is not None else t("province.untold"))
    late = Markup('<small class="f2f-late">{}</small>').format(late_since(row.sent)) if row.late else ""
    return Markup("<tr><th scope=row>{}{}</th><td>{}</td><td><b>{}</b><small>{}</small></td></tr>").format(
        row.sent.say(lang()), late, _track(row, one, scale), words, when or ""
    )


def _track(row: SideRow, one: SideBySide, scale: tuple[float, float]) -> Markup:
    """For the eye; the words stand beside it."""
    low, wide = scale[0], scale[1] - scale[0]
    middle = (
        "" if one.median is None else Markup('<i style="left:{:.1f}%"></i>').format(100 * (one.median - low) / wide)
    )
    dot = (
        Markup()
        if row.value is None or row.apart
        else Markup('<b style="left:{:.1f}%"></b>').format(100 * (row.value - low) / wide)
    )
    return Markup('<span class="f2f-track" aria-hidden="true">{}{}</span>').format(middle, dot)
