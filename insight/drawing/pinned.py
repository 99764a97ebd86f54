"""Notes pinned to a date on a chart: a dotted line under a number, the words below the chart and over the number."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import i18n
from db.figures.chart_notes import ChartNote
from insight.drawing.charts import Brush, Chart, escaped

MOST = 9  # on a chart: the newest
_FIRST = 0x2460  # ①
C = TypeVar("C", bound=Chart)
Where = Callable[[date], Any]  # where on the axis a day lies; None beyond it


def pinned(chart: C, notes: Sequence[ChartNote], where: Where, brush: Brush) -> C:
    """The chart with the notes that its axis covers."""
    shown = [(one, place) for one in notes if (place := where(one.day)) is not None][-MOST:]
    if chart.figure is None or not shown:
        return chart
    p, drawn = brush.palette, chart.figure["layout"]
    marks = [chr(_FIRST + n) for n in range(len(shown))]
    head = {"y": 1, "yref": "paper", "yanchor": "top", "showarrow": False, "bgcolor": p.card, "borderpad": 0,
            "font": {"size": 12, "color": p.quiet}}  # fmt: skip
    said = [told(one, brush) for one, _ in shown]
    chart.figure.update_layout(
        shapes=[*drawn["shapes"], *({**dotted(place, brush), "yref": "paper"} for _, place in shown)],
        annotations=[*drawn["annotations"], *(
            {**head, "x": place, "text": name, "hovertext": escaped(words)}
            for name, words, (_, place) in zip(marks, said, shown, strict=True))],
    )  # fmt: skip
    below = i18n.DOT.join(f"{name} {words}" for name, words in zip(marks, said, strict=True))
    return replace(chart, source=f"{chart.source}{i18n.DOT}{below}")


def dotted(place: float | str | date, brush: Brush) -> dict[str, Any]:
    """The line of a note, from below to above."""
    line = {"color": brush.palette.quiet, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "line": line}


def told(one: ChartNote, brush: Brush) -> str:
    return f"{i18n.day(one.day, brush.language)} {one.words}"


def in_months(months: Sequence[date]) -> Where:
    """On an axis of months by their place, each by its first day: a third of the way into a month on its tenth."""

    def where(day: date) -> float | None:
        first = day.replace(day=1)
        return months.index(first) + (day.day - 15) / 31 if first in months else None

    return where


def between(first: date, last: date) -> Where:
    return lambda day: day.isoformat() if first <= day <= last else None
