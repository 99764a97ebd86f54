"""What is drawn from the shared board: once a change and a view, for all who look at the same."""

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from db import references
from db.answers import shared
from db.figures.figures import EVERYTHING, moved_in
from insight.cases.charts import case_charts
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.economy.charts import economy
from insight.economy.long_view import long_view
from insight.economy.published import Indicator, neighbours
from insight.economy.tables import monthly, numbers
from insight.economy.together import side_by_side, together
from insight.glance.growth import multiples
from insight.glance.picture import ROOMS, Picture
from insight.glance.pictures import Seen, pictures
from insight.glance.strip import BACK, MONTHS
from insight.survey.mood_chart import mood_chart
from pages.figures.live_board import NO_HEAD, View, board, brush, course_of, mood_of
from pages.figures.live_board import economy_of as published_by
from pages.results import board as results_board
from pages.shared.charts import FramedChart, Prepared, framed
from pages.shared.here import kept, store

YEARS = (5, 3, 10)  # of the long view, the first unless another is chosen
NUMBERS = ("period", "value", "yoy", "status", "source")  # under an indicator's chart


@dataclass(frozen=True)
class HungPicture:
    """A picture of the glance, and its figure as the browser gets it."""

    picture: Picture
    figure: Prepared | None
    foot: Markup  # its numbers, folded, and its method


@dataclass(frozen=True)
class IndicatorCharts:
    """One indicator in full: this year beside the last with its numbers, over the years, and its single months."""

    large: FramedChart
    years: FramedChart | None
    months: FramedChart | None


def glance(view: View, room: str) -> dict[str, HungPicture]:
    """The survey moves the mood, imports move the economy, all else moves with the chain."""
    return _glance(view, room, (kept(moved_in, "survey"), kept(moved_in, "indicator")))


@shared(200)
def _glance(view: View, room: str, moved: tuple[str, str]) -> dict[str, HungPicture]:
    mood = mood_of(view.filters, view.as_of)
    seen = Seen(
        board(view.head, view.scope, view.filters, view.as_of),
        course_of(view.head, view.scope, view.as_of, MONTHS, BACK), published_by(view.as_of), mood,
        results_board.wave_scores(mood), store().read(lambda con: references.items(con, "town")),
    )  # fmt: skip
    found = pictures(seen, brush(view), ROOMS[room])
    return {code: _hung(one, view) for code, one in found.items()}


@shared(200)
def case_charts_of(view: View) -> dict[str, FramedChart]:
    found = board(view.head, view.scope, view.filters, view.as_of)
    return {key: framed(chart, view.language, dark=view.dark) for key, chart in case_charts(found, brush(view)).items()}


def mood_chart_of(view: View) -> FramedChart:
    return _mood_chart(kept(moved_in, "survey"), replace(view, head=NO_HEAD))


def economy_of(view: View, code: str, years: int) -> IndicatorCharts:
    """One indicator's charts, the long one over so many years."""
    return _large(kept(moved_in, "indicator"), replace(view, head=NO_HEAD, filters=EVERYTHING), code, years)


def overview(view: View, room: str) -> HungPicture:
    """Every indicator, a panel each; a press opens it."""
    return _overview(kept(moved_in, "indicator"), replace(view, head=NO_HEAD, filters=EVERYTHING), room)


@shared(200)
def _overview(moved: str, view: View, room: str) -> HungPicture:
    drawn = multiples(published_by(view.as_of), _unnamed(view), ROOMS[room])
    return _hung(drawn, view)


def _hung(drawn: Picture, view: View) -> HungPicture:
    chart = framed(drawn, view.language, dark=view.dark)
    return HungPicture(drawn, chart.figure, chart.foot)


@shared(200)
def together_of(view: View, code: str) -> FramedChart:
    """One indicator beside what forums brought, with the numbers of both."""
    found = board(view.head, view.scope, view.filters, view.as_of)
    indicator, drawn_with = _indicator(view.as_of, code), brush(view)
    columns, rows = side_by_side(indicator, found, drawn_with)
    chart = replace(together(indicator, found, drawn_with), columns=columns, rows=rows)
    return framed(chart, view.language, dark=view.dark)


@shared(200)
def _mood_chart(moved: str, view: View) -> FramedChart:
    found = mood_of(view.filters, view.as_of)
    return framed(mood_chart(found, view.as_of, _unnamed(view)), view.language, dark=view.dark)


@shared(400)
def _large(moved: str, view: View, code: str, years: int) -> IndicatorCharts:
    indicator, look = _indicator(view.as_of, code), _unnamed(view)
    large = replace(
        economy(indicator, look, large=True),
        rows=numbers(indicator, look),
        columns=[look.t(f"import.field.{n}") for n in NUMBERS],
    )
    beside = store().read(lambda con: neighbours(con, code, view.as_of))
    since = indicator.latest.end.year - years + 1
    hung = [one and framed(one, view.language, dark=view.dark)
            for one in (large, long_view(indicator, beside, since, look), monthly(indicator, look))]  # fmt: skip
    return IndicatorCharts(*hung)  # type: ignore[arg-type]


def _indicator(as_of: date, code: str) -> Indicator:
    return next(one for one in published_by(as_of) if one.code == code)


def _unnamed(view: View) -> Brush:
    return Brush(palette(dark=view.dark), CodeNames(), view.language)
