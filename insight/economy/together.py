"""An indicator's growth above what the programme did, on one axis of time, with every forum as a mark.

Two panels rather than two axes: what stands together in time is seen, and nothing says that one brought the other.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import i18n
from db.figures.figures import HeldForum
from insight import wording
from insight.cases.board import MONTHS, Board
from insight.drawing.charts import Brush, Chart, escaped
from insight.economy.published import Indicator, Point
from insight.frames import Frame

FEWEST = 3  # cases dispatched in a month for its share to be drawn
GAP = 100  # days between two points that are joined; a quarter has 92


def together(indicator: Indicator, board: Board, brush: Brush) -> Chart:
    start = _start(board)
    points = [p for p in indicator.points if p.growth is not None and p.end >= start]
    shares, forums = _shares(board), [one for one in board.facts.forums if one.held_on >= start]
    title = brush.t("together.finding", name=indicator.say(brush.language), forums=len(forums), months=MONTHS)
    source = brush.t("together.source", day=i18n.day(board.facts.as_of, brush.language))
    if not points and shares.empty:
        return Chart(brush.t("together.title"), source, None)
    figure = go.Figure()
    _growth(figure, indicator, points, brush)
    _prompt(figure, shares, brush)
    _marks(figure, forums, brush)
    _layout(figure, indicator, start, board.facts.as_of, brush)
    keys = ((brush.t("together.growth"), brush.palette.blue), (brush.t("together.prompt"), brush.palette.teal),
            (brush.t("together.forum"), brush.palette.amber))  # fmt: skip
    return Chart(title, source, figure, keys, height=460)


def side_by_side(indicator: Indicator, board: Board, brush: Brush) -> tuple[list[str], list[list[str]]]:
    """The chart's numbers: columns, and a row a month that has any of them, the newest first."""
    months = pd.period_range(end=pd.Period(board.facts.as_of, "M"), periods=MONTHS, freq="M")
    shares = {pd.Period(row.month, "M"): row for row in _shares(board).itertuples()}
    growth = {pd.Period(p.end, "M"): p for p in indicator.points if p.growth is not None}
    forums: dict[date, list[str]] = {}
    for one in board.facts.forums:
        forums.setdefault(one.held_on.replace(day=1), []).append(str(one.number))
    columns = [brush.t(f"together.column.{name}") for name in ("month", "growth", "prompt", "forums")]
    rows = [
        [
            i18n.month(month.to_timestamp(), brush.language),
            _growth_in(growth[month], indicator, brush) if month in growth else "—",
            _share_in(shares[month], brush) if month in shares else "—",
            brush.t("together.numbers", list=", ".join(forums[first])) if first in forums else "—",
        ]
        for month in reversed(months)
        for first in (date(month.year, month.month, 1),)
        if month in growth or month in shares or first in forums
    ]
    return columns, rows


def _growth_in(point: Point, indicator: Indicator, brush: Brush) -> str:
    period = wording.period(indicator.period_kind, point.start, point.end, brush.language)
    return f"{wording.growth(point.growth or 0, brush.language)} ({period})"


def _share_in(row: Any, brush: Brush) -> str:  # noqa: ANN401 - a row of a frame
    return f"{brush.number(row.share)}% (n = {int(row.n)})"


def _start(board: Board) -> date:
    return board.months[0].month


def _shares(board: Board) -> Frame:
    """`month`, `share` and `n`: of the cases dispatched in a month, those settled within 7 days."""
    known = [one for one in board.months if one.dispatched >= FEWEST]
    rows = [(pd.Timestamp(one.month), 100 * one.prompt / one.dispatched, one.dispatched) for one in known]
    return pd.DataFrame(rows, columns=["month", "share", "n"])


def _growth(figure: go.Figure, indicator: Indicator, points: list[Point], brush: Brush) -> None:
    x, y, said = [], list[float | None](), []
    for before, point in zip([None, *points], points, strict=False):
        if before is not None and _apart(before, point, indicator):
            x, y, said = [*x, point.start], [*y, None], [*said, ""]
        x, y = [*x, point.end], [*y, point.growth]
        period = wording.dated_period(indicator, point, brush.language)
        said = [*said, f"{period}　{wording.growth(point.growth or 0, brush.language)}"]
    figure.add_scatter(x=x, y=y, mode="lines+markers", connectgaps=False, customdata=said, yaxis="y2",
                       line={"color": brush.palette.blue, "width": 2.5}, marker={"size": 6},
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip


def _apart(before: Point, point: Point, indicator: Indicator) -> bool:
    """Nothing joins them: a period is missing between, or a cumulative series has begun a new year."""
    new_year = indicator.period_kind.startswith("ytd") and point.end.year != before.end.year
    return new_year or (point.end - before.end).days > GAP


def _prompt(figure: go.Figure, shares: Frame, brush: Brush) -> None:
    said = [
        brush.t(
            "together.hover", month=i18n.month(row.month, brush.language), share=brush.number(row.share), n=int(row.n)
        )
        for row in shares.itertuples()
    ]
    figure.add_bar(x=list(shares["month"]), y=list(shares["share"]), marker_color=brush.palette.teal, customdata=said,
                   width=18 * 86_400_000, hovertemplate="%{customdata}<extra></extra>")  # fmt: skip


def _marks(figure: go.Figure, forums: Sequence[HeldForum], brush: Brush) -> None:
    """A line through both panels for each forum, and a dot between them that says which it was."""
    p = brush.palette
    days = [one.held_on for one in forums]
    shapes = [
        {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
         "line": {"color": p.amber, "width": 1, "dash": "dot"}}
        for day in days
    ]  # fmt: skip
    figure.update_layout(shapes=shapes)
    said = [
        brush.t(
            "together.mark",
            number=one.number,
            day=i18n.day(one.held_on, brush.language),
            theme=escaped(one.say(brush.language, "theme")),
        )
        for one in forums
    ]
    figure.add_scatter(x=days, y=[0.5] * len(days), yaxis="y3", mode="markers", customdata=said,
                       marker={"color": p.amber, "size": 9, "symbol": "diamond"},
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip


def _layout(figure: go.Figure, indicator: Indicator, start: date, end: date, brush: Brush) -> None:
    axis = {"fixedrange": True, "zeroline": False, "color": brush.palette.quiet, "nticks": 4}
    figure.update_layout(
        yaxis={**axis, "domain": [0, 0.4], "range": [0, 100], "ticksuffix": "%"},
        yaxis2={**axis, "domain": [0.56, 0.94], "ticksuffix": "%", "gridcolor": brush.palette.line, "anchor": "x"},
        yaxis3={"domain": [0.43, 0.53], "range": [0, 1], "visible": False, "fixedrange": True, "anchor": "x"},
        bargap=0,
    )
    figure.update_xaxes(
        range=[start - timedelta(days=15), end + timedelta(days=5)],
        type="date",
        dtick="M12",
        tick0="2000-01-01",
        tickformat="%Y-%m",
        tickangle=0,
        anchor="y",
    )
    panels = (
        (brush.t("together.growth_of", name=indicator.say(brush.language)), 0.94),
        (brush.t("together.prompt"), 0.4),
    )
    for words, y in panels:
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=y, yref="paper", yanchor="bottom", text=escaped(words),
            showarrow=False, font={"color": brush.palette.quiet, "size": 12}, bgcolor=brush.palette.card,
        )  # fmt: skip
