"""The charts of the economy, one way of drawing for each kind of series (KINDS): published values beside last year's,
published growth in a panel of its own or as labels, never on a second axis.

January and February are one point, a missing period is a gap, preliminary points of a line hollow, breaks and what a
revision moved marked.
"""

from collections.abc import Callable

import plotly.graph_objects as go

import i18n
from insight import wording
from insight.drawing.charts import Brush, Chart
from insight.economy.marks import (  # fmt: skip
    axis_decimals,
    line_look,
    mark_breaks,
    mark_moved,
    named_points,
    panel_below,
    say_unit,
    shown_value,
    ticks,
    was_hover,
)
from insight.economy.published import Indicator, Point

SMALL, LARGE = 200, 420  # pixels
LOW = ("bullet", "counter")  # one row, or one number a year: more height says no more
SEASONS = 4  # years, one line each


def economy(indicator: Indicator, brush: Brush) -> Chart:
    """In full, with growth or the stock in a panel below."""
    draw, keys = KINDS[kind_of(indicator)]
    figure = draw(indicator, brush)
    _below(figure, indicator, brush)
    if indicator.has_level and kind_of(indicator) not in LOW:
        say_unit(figure, indicator, brush, indicator.period_kind)
    return Chart(
        title(indicator, brush),
        source(indicator, brush),
        figure,
        keys(indicator, brush),
        height=SMALL if kind_of(indicator) in LOW else LARGE,
        decimals=axis_decimals(indicator, brush),
    )


def title(indicator: Indicator, brush: Brush) -> str:
    """The newest period with its value and growth."""
    period = wording.dated_period(indicator, indicator.latest, brush.language)
    return brush.t("economy.title", name=indicator.say(brush.language), period=period, value=headline(indicator, brush))


def kind_of(indicator: Indicator) -> str:
    """A series without a level is drawn by its growth; a bullet needs a budget."""
    if indicator.chart == "counter":
        return "counter"
    if not indicator.has_level:
        return "growth_line"
    if indicator.chart == "bullet" and indicator.target is None:
        return "columns"
    return indicator.chart if indicator.chart in KINDS else "columns"


def source(indicator: Indicator, brush: Brush) -> str:
    """Period, price basis and scope, cut-off of a counter, status, breaks, source and vintage."""
    latest, language = indicator.latest, brush.language
    stated = [wording.dated_period(indicator, latest, language), wording.basis(indicator, language)]
    if indicator.chart == "counter":
        stated.append(brush.t("economy.until", day=i18n.day(latest.end, language)))
    if indicator.scope != "whole":
        stated.append(brush.t(f"economy.scope.{indicator.scope}"))
    if latest.status == "preliminary":
        stated.append(brush.t("economy.preliminary"))
    stated += [
        brush.t("economy.broken", day=i18n.day(one.starts_on, language), note=one.note)
        for one in indicator.breaks
        if one.starts_on.year in (latest.end.year, latest.end.year - 1)
    ]
    publisher = wording.publisher(latest.source, language)
    stated.append(brush.t("economy.source", source=publisher, day=i18n.day(latest.vintage, language)))
    if latest.revised:
        stated.append(brush.t("economy.vintage", n=latest.revised + 1))
        stated.append(was_hover(indicator, latest, brush))
    return i18n.LANGUAGES[language].notes.join(part for part in stated if part)


def headline(indicator: Indicator, brush: Brush) -> str:
    point, language = indicator.latest, brush.language
    parts = []
    if indicator.has_level and point.value is not None:
        parts.append(wording.amount(point.value, indicator.unit, point.decimals, language))
        if indicator.target is not None and kind_of(indicator) == "bullet":
            share = brush.number(100 * point.value / indicator.target.value, 1)
            parts.append(brush.t("economy.of_budget", share=share))
    if point.growth is not None:
        parts.append(brush.t("economy.growth", growth=wording.growth(point.growth, language)))
    return i18n.LANGUAGES[language].clauses.join(parts)


_Keys = tuple[tuple[str, str], ...]


def _two_years(indicator: Indicator, brush: Brush) -> _Keys:
    p, year = brush.palette, indicator.latest.end.year
    return (str(year), p.blue), (str(year - 1), p.pale if indicator.has_level else p.quiet)


def _no_keys(_indicator: Indicator, _brush: Brush) -> _Keys:
    return ()


def _budget_keys(indicator: Indicator, brush: Brush) -> _Keys:
    p = brush.palette
    return (
        (brush.t("economy.done"), p.blue),
        (brush.t("economy.budget"), p.pale),
        (brush.t("economy.year_ago"), p.text),
    )


def _season_keys(indicator: Indicator, brush: Brush) -> _Keys:
    return tuple((str(year), colour) for year, colour, _ in _seasons(indicator, brush))


def _bars(indicator: Indicator, brush: Brush) -> go.Figure:
    figure = go.Figure()
    for year, colour in ((indicator.last_year, brush.palette.pale), (indicator.this_year, brush.palette.blue)):
        _, y, look = named_points(indicator, year, brush)
        figure.add_bar(x=ticks(indicator, brush), y=y, marker_color=colour, **look)
    return _finished(figure, indicator, brush)


def _lines(indicator: Indicator, brush: Brush) -> go.Figure:
    figure = go.Figure()
    for year, colour in ((indicator.last_year, brush.palette.pale), (indicator.this_year, brush.palette.blue)):
        points, y, look = named_points(indicator, year, brush)
        figure.add_scatter(x=ticks(indicator, brush), y=y, **line_look(points, colour, brush, 2.5), **look)
    return _finished(figure, indicator, brush)


def _season_lines(indicator: Indicator, brush: Brush) -> go.Figure:
    """One line a year over the months of the year."""
    figure = go.Figure()
    months = list(range(1, 13))
    x = [wording.tick(indicator.period_kind, month, brush.language) for month in months]
    for year, colour, width in reversed(_seasons(indicator, brush)):
        of_year = {point.end.month: point for point in indicator.points if point.end.year == year}
        points, y, look = named_points(indicator, of_year, brush, months)
        figure.add_scatter(x=x, y=y, **line_look(points, colour, brush, width), **look)
    figure.update_xaxes(type="category", tickangle=0, tickfont_size=11)
    figure.update_yaxes(rangemode="tozero", tickformat=",")
    return figure


def _seasons(indicator: Indicator, brush: Brush) -> list[tuple[int, str, float]]:
    """(year, colour, width), the newest first."""
    p, last = brush.palette, indicator.latest.end.year
    looks = ((p.blue, 3.0), (p.teal, 2.0), (p.quiet, 1.5), (p.pale, 1.5))
    known = {point.end.year for point in indicator.points}
    return [(last - n, *looks[n]) for n in range(SEASONS) if last - n in known]


def _growth_lines(indicator: Indicator, brush: Brush) -> go.Figure:
    p, figure = brush.palette, go.Figure()
    for year, colour, width in ((indicator.last_year, p.quiet, 1.5), (indicator.this_year, p.blue, 2.5)):
        points, _, look = named_points(indicator, year, brush)
        y = [point.growth if point else None for point in points]
        figure.add_scatter(x=ticks(indicator, brush), y=y, **line_look(points, colour, brush, width), **look)
    if indicator.latest.growth is not None:
        _label(figure, indicator, indicator.latest, indicator.latest.growth, brush, right=True)
    figure.add_hline(y=0, line={"color": p.quiet, "width": 1})
    figure.update_xaxes(type="category", tickangle=0, tickfont_size=11)
    figure.update_yaxes(ticksuffix="%")
    mark_moved(figure, indicator, brush)
    mark_breaks(figure, indicator, brush)
    return figure


def _bullet(indicator: Indicator, brush: Brush) -> go.Figure:
    """The year so far against the year's budget, and a tick where the year before stood."""
    p, figure, target = brush.palette, go.Figure(), indicator.target
    assert target is not None  # kind_of
    scale = wording.axis_scale(indicator.unit, brush.language)
    before = indicator.last_year.get(indicator.latest.end.month)
    figure.add_bar(x=[target.value * scale], y=[""], orientation="h", marker_color=p.pale, width=0.6, hoverinfo="skip")
    done = shown_value(indicator.latest, indicator, brush)
    figure.add_bar(x=[done], y=[""], orientation="h", width=0.26, hoverinfo="skip", marker_color=p.blue)
    if before is not None and before.value is not None:
        tick = {"symbol": "line-ns-open", "size": 34, "line": {"width": 3}, "color": p.text}
        figure.add_scatter(x=[before.value * scale], y=[""], mode="markers", hoverinfo="skip", marker=tick)
    value = wording.amount(target.value, indicator.unit, target.decimals, brush.language)
    words = brush.t("economy.budget_of", year=target.year, value=value)
    figure.add_annotation(x=1, xref="paper", xanchor="right", y=1, yref="paper", yanchor="top", showarrow=False,
                          text=words, font={"size": 12, "color": p.quiet})  # fmt: skip
    figure.update_layout(barmode="overlay", margin_l=8)
    figure.update_xaxes(rangemode="tozero", tickformat=",")
    figure.update_yaxes(visible=False)
    return figure


def _counter(indicator: Indicator, brush: Brush) -> go.Figure:
    """The same period of every year, its number on each bar."""
    p, points = brush.palette, indicator.same_period
    figure = go.Figure()
    figure.add_bar(
        x=[str(point.end.year) for point in points],
        y=[point.value for point in points],
        marker_color=[p.blue if point == indicator.latest else p.pale for point in points],
        text=[brush.number(point.value, point.decimals) if point.value is not None else "" for point in points],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
        width=0.5,
    )
    figure.update_xaxes(type="category", tickangle=0)
    figure.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)
    return figure


def _finished(figure: go.Figure, indicator: Indicator, brush: Brush) -> go.Figure:
    """Growth as labels over the newest point; over each where the periods are few enough to read."""
    each = len(indicator.months) <= 4
    for month in indicator.months:
        point = indicator.this_year.get(month)
        if point is None or point.growth is None or point.value is None or not (each or point == indicator.latest):
            continue
        _label(figure, indicator, point, shown_value(point, indicator, brush), brush, right=not each)
    figure.update_xaxes(type="category", tickangle=0, tickfont_size=11)
    figure.update_yaxes(rangemode="tozero", tickformat=",")
    mark_moved(figure, indicator, brush)
    mark_breaks(figure, indicator, brush)
    return figure


def _label(
    figure: go.Figure, indicator: Indicator, point: Point, y: float | None, brush: Brush, *, right: bool
) -> None:
    tick = ticks(indicator, brush)[indicator.months.index(point.end.month)]
    figure.add_annotation(
        x=tick, y=y, text=wording.growth(point.growth or 0, brush.language), showarrow=False,
        yshift=13 if right else 11, xanchor="right" if right else "center", xshift=12 if right else 8,
        font={"size": 12, "color": brush.palette.text}, bgcolor=brush.palette.card, borderpad=0,
    )  # fmt: skip


def _below(figure: go.Figure, indicator: Indicator, brush: Brush) -> None:
    """What is measured otherwise goes into a panel of its own: the stock of a flow, else the growth of a level."""
    if indicator.beside:
        stock = {point.end.month: point for point in indicator.beside if point.end.year == indicator.latest.end.year}
        y = [stock[month].value if month in stock else None for month in indicator.months]
        panel_below(figure, ticks(indicator, brush), y, brush, words=brush.t("economy.stock"), lines=True)
    elif indicator.has_level and kind_of(indicator) not in (*LOW, "season_lines"):
        growth = [indicator.this_year[m].growth if m in indicator.this_year else None for m in indicator.months]
        if any(value is not None for value in growth):
            panel_below(
                figure, ticks(indicator, brush), growth, brush, words=brush.t("economy.growth_panel"), suffix="%"
            )


_Draw = Callable[[Indicator, Brush], go.Figure]
KINDS: dict[str, tuple[_Draw, Callable[[Indicator, Brush], _Keys]]] = {
    "cumulative_bars": (_bars, _two_years),
    "cumulative_lines": (_lines, _two_years),
    "columns": (_bars, _two_years),
    "columns_growth": (_bars, _two_years),
    "columns_stock": (_bars, _two_years),
    "growth_line": (_growth_lines, _two_years),
    "season_lines": (_season_lines, _season_keys),
    "bullet": (_bullet, _budget_keys),
    "counter": (_counter, _no_keys),
}
