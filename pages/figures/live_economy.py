"""The charts of the economy: an indicator in full, all of them as panels, one beside what forums brought."""

from dataclasses import dataclass, replace
from datetime import date

from db.answers import shared
from db.figures.chart_notes import AREA, chart_notes
from db.figures.figures import EVERYTHING, moved_in
from insight.drawing.pinned import between, pinned
from insight.economy.charts import economy
from insight.economy.long_view import long_view
from insight.economy.published import Indicator, neighbours
from insight.economy.tables import monthly, numbers
from insight.economy.together import side_by_side, together
from insight.glance.compared import compared
from insight.glance.growth import multiples
from insight.glance.picture import ROOMS
from pages.figures.live_board import board, brush
from pages.figures.live_charts import HungPicture, hung, unnamed
from pages.figures.live_others import economy_of as published_by
from pages.figures.live_view import NO_HEAD, View
from pages.shared.charts import FramedChart, framed
from pages.shared.here import kept, store

YEARS = (5, 3, 10)  # of the long view, the first unless another is chosen
NUMBERS = ("period", "value", "yoy", "status", "source")  # under an indicator's chart


@dataclass(frozen=True)
class IndicatorCharts:
    """One indicator in full: this year beside the last with its numbers, over the years, and its single months."""

    large: FramedChart
    years: FramedChart | None
    months: FramedChart | None


def economy_of(view: View, code: str, years: int) -> IndicatorCharts:
    """One indicator's charts, the long one over so many years."""
    return _large(_moved(), replace(view, head=NO_HEAD, filters=EVERYTHING), code, years)


def overview(view: View, room: str) -> HungPicture:
    """Every indicator, a panel each; a press opens it."""
    return _overview(_moved(), replace(view, head=NO_HEAD, filters=EVERYTHING), room)


def _moved() -> tuple[str, str]:
    """What the charts of the economy change with: what was published, and the notes that are pinned to them."""
    return kept(moved_in, "indicator"), kept(moved_in, AREA)


@shared(200)
def _overview(moved: tuple[str, str], view: View, room: str) -> HungPicture:
    drawn = multiples(published_by(view.as_of), unnamed(view), ROOMS[room], kept(chart_notes, "economy"))
    return hung(drawn, view)


@shared(200)
def _compared(moved: tuple[str, str], view: View, now: date, before: date) -> FramedChart:
    return framed(compared(published_by(view.as_of), now, before, unnamed(view)), view.language, dark=view.dark)


def compared_of(view: View, now: date, before: date) -> FramedChart:
    """Every indicator's growth in two periods."""
    return _compared(_moved(), replace(view, head=NO_HEAD, filters=EVERYTHING), now, before)


@shared(200)
def together_of(view: View, code: str) -> FramedChart:
    """One indicator beside what forums brought, with the numbers of both."""
    found = board(view.head, view.scope, view.filters, view.as_of)
    indicator, drawn_with = _indicator(view.as_of, code), brush(view)
    columns, rows = side_by_side(indicator, found, drawn_with)
    chart = replace(together(indicator, found, drawn_with), columns=columns, rows=rows)
    covered = between(found.months[0].month, view.as_of)
    chart = pinned(chart, kept(chart_notes), covered, drawn_with)
    return framed(chart, view.language, dark=view.dark)


@shared(400)
def _large(moved: tuple[str, str], view: View, code: str, years: int) -> IndicatorCharts:
    indicator, look = _indicator(view.as_of, code), unnamed(view)
    large = replace(
        economy(indicator, look),
        rows=numbers(indicator, look),
        columns=[look.t(f"import.field.{n}") for n in NUMBERS],
    )
    beside = store().read(lambda con: neighbours(con, code, view.as_of))
    since = indicator.latest.end.year - years + 1
    long, end = long_view(indicator, beside, since, look), date(indicator.latest.end.year, 12, 31)
    noted = long and pinned(long, kept(chart_notes, "economy"), between(date(since, 1, 1), end), look)
    made = [one and framed(one, view.language, dark=view.dark) for one in (large, noted, monthly(indicator, look))]
    return IndicatorCharts(*made)  # type: ignore[arg-type]


def _indicator(as_of: date, code: str) -> Indicator:
    return next(one for one in published_by(as_of) if one.code == code)
