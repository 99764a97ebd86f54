"""What is drawn from the shared board: once a change and a view, for all who look at the same."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from db import references
from db.answers import shared
from db.figures.chart_notes import chart_notes
from db.figures.figures import moved_in
from insight.cases.charts import MONTHS as CHARTED
from insight.cases.charts import case_charts, waiting
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.drawing.pinned import in_months, pinned
from insight.glance.picture import ROOMS, Picture
from insight.glance.pictures import Seen, pictures
from insight.glance.strip import BACK, MONTHS
from insight.survey.mood_chart import mood_chart
from pages.figures.live_board import board, brush, course_of
from pages.figures.live_others import economy_of as published_by
from pages.figures.live_others import mood_of
from pages.figures.live_view import NO_HEAD, View
from pages.results import board as results_board
from pages.shared.charts import FramedChart, framed
from pages.shared.here import kept, store
from pages.shared.prepared import Prepared


@dataclass(frozen=True)
class HungPicture:
    """A picture of the glance, and its figure as the browser gets it."""

    picture: Picture
    figure: Prepared | None
    foot: Markup  # its numbers, folded, and its method


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
        kept(chart_notes),
    )  # fmt: skip
    found = pictures(seen, brush(view), ROOMS[room])
    return {code: hung(one, view) for code, one in found.items()}


@shared(200)
def case_charts_of(view: View) -> dict[str, FramedChart]:
    found, look = board(view.head, view.scope, view.filters, view.as_of), brush(view)
    charts, notes = case_charts(found, look), kept(chart_notes, "cases")
    months = in_months([one.month for one in found.months[-CHARTED:]])
    charts |= {name: pinned(charts[name], notes, months, look) for name in ("flow", "handling")}
    return {key: framed(chart, view.language, dark=view.dark) for key, chart in charts.items()}


@shared(200)
def waiting_of(view: View) -> FramedChart:
    """What is unsettled, by what it is about."""
    found = board(view.head, view.scope, view.filters, view.as_of)
    return framed(waiting(found, brush(view)), view.language, dark=view.dark)


def mood_chart_of(view: View) -> FramedChart:
    return _mood_chart(kept(moved_in, "survey"), replace(view, head=NO_HEAD))


def hung(drawn: Picture, view: View) -> HungPicture:
    chart = framed(drawn, view.language, dark=view.dark)
    return HungPicture(drawn, chart.figure, chart.foot)


@shared(200)
def _mood_chart(moved: str, view: View) -> FramedChart:
    found = mood_of(view.filters, view.as_of)
    return framed(mood_chart(found, view.as_of, unnamed(view)), view.language, dark=view.dark)


def unnamed(view: View) -> Brush:
    """For charts that name no body or town."""
    return Brush(palette(dark=view.dark), CodeNames(), view.language)
