"""What an indicator's row on the glance opens: what was published, on what footing, its past and its revisions."""

import pandas as pd
import streamlit as st

import i18n
from db.indicators import indicators
from insight import wording
from insight.drawing.charts import Brush
from insight.drawing.past import PastPoint, past
from insight.economy.published import Indicator, Point
from insight.economy.tables import numbers, revisions
from pages.citing.button import citing
from pages.economy.parts import as_published, footings
from pages.figures import live_board, live_others
from pages.figures.drawer import paragraph
from pages.figures.live_view import View
from pages.shared.charts import draw_chart, framed
from pages.shared.export_links import export_links
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show

PERIODS = 12  # of the small line


def indicator_drawer(view: View, code: str) -> None:
    indicator = next((one for one in live_others.economy_of(view.as_of) if one.code == code), None)
    if indicator is None:
        return
    _published(indicator)
    footing = [t("glance.drawer.footing", label=label, words=words) for label, words in footings(indicator)]
    broken = [t("economy.broken", day=i18n.day(one.starts_on, lang()), note=one.note) for one in indicator.breaks]
    show(paragraph(t("figures.definition"), "\n".join(footing + broken)))
    show(paragraph(t("figures.formula"), t("glance.drawer.as_published")))
    _past(indicator, view)
    citing("economy", code, view.as_of)
    _rows(indicator, live_board.brush(view))
    _revised(indicator, view)
    if actor().may("export"):
        export_links("economy", {"i": code})
    st.page_link("economy/economy.py", label=t("glance.drawer.page"), icon=":material/arrow_forward:",
                 query_params={"i": code})  # fmt: skip


def _published(indicator: Indicator) -> None:
    """The growth large, the level and where both come from small."""
    point = indicator.latest
    growth = "" if point.growth is None else wording.growth(point.growth, lang())
    has_level = indicator.has_level and point.value is not None
    level = wording.amount(point.value or 0, indicator.unit, point.decimals, lang()) if has_level else ""
    source = t("economy.source", source=wording.publisher(point.source, lang()), day=i18n.day(point.vintage, lang()))
    told = [wording.dated_period(indicator, point, lang()), level, t(f"import.status.{point.status}"), source]
    small = i18n.DOT.join(filter(None, told))
    number = Markup('<span class="f2f-number">{}</span>').format(growth)
    show(Markup('<div class="f2f-figure">{}<span class="f2f-small">{}</span></div>').format(number, small))


def _past(indicator: Indicator, view: View) -> None:
    points = indicator.points[-PERIODS:]
    if sum(point.growth is not None for point in points) < 2:
        return
    drawn = [
        PastPoint(_period(indicator, point), "—" if point.growth is None else wording.growth(point.growth, lang()),
                  point.growth) for point in points
    ]  # fmt: skip
    chart = past(drawn, t("glance.drawer.growth"), "%", live_board.brush(view))
    draw_chart(framed(chart, lang(), dark=view.dark), "past")


def _period(indicator: Indicator, point: Point) -> str:
    return wording.dated_period(indicator, point, lang())


def _rows(indicator: Indicator, brush: Brush) -> None:
    columns = [t(f"import.field.{name}") for name in ("period", "value", "yoy", "status", "source")]
    _table(t("figures.rows"), pd.DataFrame(numbers(indicator, brush), columns=columns))


def _revised(indicator: Indicator, view: View) -> None:
    """What was known on the page's day."""
    stored = store().read(lambda con: indicators.stored(con, [indicator.code]))
    found = revisions(indicator, [one for one in stored if one.vintage <= view.as_of], lang())
    if not found:
        show(paragraph(t("economy.revisions"), t("economy.no_revisions")))
        return
    rows = [
        [one.period, as_published(indicator, one.before), as_published(indicator, one.after),
         i18n.day(one.after.vintage, lang()), wording.publisher(one.after.source, lang())]
        for one in found
    ]  # fmt: skip
    names = ("import.field.period", "glance.drawer.was", "glance.drawer.is", "import.field.released",
             "import.field.source")  # fmt: skip
    _table(t("economy.revisions"), pd.DataFrame(rows, columns=[t(name) for name in names]))


def _table(title: str, rows: pd.DataFrame) -> None:
    show(Markup('<h3 class="f2f-term">{}</h3>').format(title))
    st.dataframe(rows, hide_index=True, height=min(36 * len(rows) + 40, 420), alt=title)
