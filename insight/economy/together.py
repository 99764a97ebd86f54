"""An indicator's growth above what the programme did, on one axis of time, with every forum in a strip between.

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
from insight.drawing.charts import Brush, Chart, escaped, steps
from insight.economy.published import Indicator, Point
from insight.frames import Frame

FEWEST = 3  # cases dispatched in a month for its share to be drawn
GAP = 100  # days between two points that are joined; a quarter has 92


def together(indicator: Indicator, board: Board, brush: Brush) -> Chart:
    start = _start(board)
    points = [p for p in indicator.points if p.growth is not None and p.end >= start]
    shares, forums = _shares(board), [one for one in board.facts.forums if one.held_on >= start]
    source = brush.t("together.source", day=i18n.day(board.facts.as_of, brush.language))
    if not points and shares.empty:
        return Chart(brush.t("together.title"), source, None)
    figure = go.Figure()
    _growth(figure, indicator, points, brush)
    _prompt(figure, shares, brush)
    _marks(figure, forums, brush)
    _layout(figure, indicator, (start, board.facts.as_of), brush)
    _panels(figure, points, (indicator, len(forums)), brush)
    return Chart(_finding(indicator, board, forums, brush), source, figure, height=400)


def _finding(indicator: Indicator, board: Board, forums: Sequence[HeldForum], brush: Brush) -> str:
    """What can be said: how each of the two stands beside itself a year before."""
    latest, language = indicator.latest, brush.language
    before = next((p for p in reversed(indicator.points) if p.end.year == latest.end.year - 1
                   and p.end.month == latest.end.month and p.growth is not None), None)  # fmt: skip
    quick, of = (sum(getattr(one, name) for one in board.months[-12:]) for name in ("prompt", "dispatched"))
    said = [] if latest.growth is None else [
        brush.t("together.grew" if before else "together.grew_alone",
                name=indicator.say(language), period=wording.dated_period(indicator, latest, language),
                growth=wording.growth(latest.growth, language),
                before=wording.growth(before.growth or 0, language) if before else "")
    ]  # fmt: skip
    year_ago = board.facts.as_of - timedelta(days=365)
    held = sum(one.held_on > year_ago for one in forums)
    said.append(brush.t("together.held", n=held))
    if of:
        said.append(brush.t("together.settled", share=brush.number(100 * quick / of)))
    return i18n.LANGUAGES[language].notes.join(said)


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
    """A bar in the middle of its month."""
    said = [
        brush.t(
            "together.hover", month=i18n.month(row.month, brush.language), share=brush.number(row.share), n=int(row.n)
        )
        for row in shares.itertuples()
    ]
    x = [month + timedelta(days=14) for month in shares["month"]]
    figure.add_bar(x=x, y=list(shares["share"]), marker_color=brush.palette.teal, customdata=said,
                   width=18 * 86_400_000, hovertemplate="%{customdata}<extra></extra>")  # fmt: skip


def _marks(figure: go.Figure, forums: Sequence[HeldForum], brush: Brush) -> None:
    """A strip between the panels, a stroke a forum, which says which it was."""
    said = [
        brush.t(
            "together.mark",
            number=one.number,
            day=i18n.day(one.held_on, brush.language),
            theme=escaped(one.say(brush.language, "theme")),
        )
        for one in forums
    ]
    stroke = {"symbol": "line-ns-open", "size": 14, "color": brush.palette.text, "line": {"width": 2}}
    figure.add_scatter(x=[one.held_on for one in forums], y=[0.5] * len(forums), yaxis="y3", mode="markers",
                       customdata=said, marker=stroke, hovertemplate="%{customdata}<extra></extra>")  # fmt: skip


def _layout(figure: go.Figure, indicator: Indicator, span: tuple[date, date], brush: Brush) -> None:
    """The axes cover what is drawn: growth from zero in whole steps, shares to 100, time from the first month to the
    day."""
    start, end = span
    growth = [value for value in figure.data[0].y if value is not None]  # type: ignore[union-attr]
    low, high, step = steps(min([0.0, *growth]), max([0.0, *growth]))
    axis = {"fixedrange": True, "color": brush.palette.quiet, "ticksuffix": "%", "anchor": "x"}
    figure.update_layout(
        yaxis={**axis, "domain": [0, 0.36], "range": [0, 104], "tick0": 0, "dtick": 50},
        yaxis2={**axis, "domain": [0.62, 0.92], "range": [low, high + 0.04 * step], "tick0": 0, "dtick": step,
                "gridcolor": brush.palette.line, "zeroline": True, "zerolinecolor": brush.palette.quiet},
        yaxis3={"domain": [0.46, 0.51], "range": [0, 1], "visible": False, "fixedrange": True, "anchor": "x"},
        bargap=0,
    )  # fmt: skip
    years = [date(year, 1, 1) for year in range(start.year, end.year + 1) if date(year, 1, 1) >= start]
    last = max([end, *(p.end for p in indicator.points)])
    figure.update_xaxes(range=[start, last + timedelta(days=12)], type="date", tickvals=years, showgrid=True,
                        ticktext=[str(day.year) for day in years], tickangle=0, anchor="y",
                        ticklabelstandoff=7, gridcolor=brush.palette.line)  # fmt: skip


def _panels(figure: go.Figure, points: Sequence[Point], of: tuple[Indicator, int], brush: Brush) -> None:
    """What each panel holds, above it."""
    indicator, forums = of
    said = (
        (brush.t("together.growth_of", name=indicator.say(brush.language)) if points else "", 0.94),
        (brush.t("together.forums", n=forums), 0.51),
        (brush.t("together.prompt"), 0.37),
    )
    for words, y in said:
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=y, yref="paper", yanchor="bottom", text=escaped(words),
            showarrow=False, font={"color": brush.palette.quiet, "size": 12}, borderpad=0,
        )  # fmt: skip
