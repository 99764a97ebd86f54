"""The charts of the economy: published values beside last year's, published growth as labels or as lines."""

import plotly.graph_objects as go

import i18n
from insight import wording
from insight.charts import Brush, Chart
from insight.economy import Indicator, Point


def economy(indicator: Indicator, brush: Brush) -> Chart:
    """Published values with the published growth as labels; growth alone as lines; a counter as one bar a year."""
    latest, p = indicator.latest, brush.palette
    title = brush.t("economy.title", name=indicator.name(brush.language), value=_headline(indicator, brush))
    if indicator.chart == "counter":
        return Chart(title, _source(indicator, brush), _counter(indicator, brush), height=200)
    figure = _levels(indicator, brush) if indicator.has_level else _growth_lines(indicator, brush)
    keys = ((str(latest.end.year), p.blue), (str(latest.end.year - 1), p.pale if indicator.has_level else p.quiet))
    return Chart(title, _source(indicator, brush), figure, keys, height=200)


def _source(indicator: Indicator, brush: Brush) -> str:
    """Period, price basis, cut-off of a counter, source with its day of release."""
    latest, language = indicator.latest, brush.language
    stated = [wording.dated_period(indicator, latest, language), wording.basis(indicator, language)]
    if indicator.chart == "counter":
        stated[1] = brush.t("economy.until", day=i18n.day(latest.end, language))
    stated.append(brush.t("economy.source", source=latest.source, day=i18n.day(latest.vintage, language)))
    return ("；" if language == "zh" else "; ").join(part for part in stated if part)


def _headline(indicator: Indicator, brush: Brush) -> str:
    point, language = indicator.latest, brush.language
    parts = []
    if indicator.has_level and point.value is not None:
        parts.append(wording.amount(point.value, indicator.unit, point.decimals, language))
    if point.growth is not None:
        parts.append(brush.t("economy.growth", growth=wording.growth(point.growth, language)))
    return ("，" if language == "zh" else ", ").join(parts)


def _levels(indicator: Indicator, brush: Brush) -> go.Figure:
    p, figure, lines = brush.palette, go.Figure(), indicator.chart in ("season_lines", "cumulative_lines")
    months = indicator.months
    for year, colour in ((indicator.last_year, p.pale), (indicator.this_year, p.blue)):
        points = [year.get(month) for month in months]
        y = [_shown(point, indicator, brush) for point in points]
        hover = [_point_hover(indicator, point, brush) if point else "" for point in points]
        look = {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}
        if lines:
            figure.add_scatter(x=_ticks(indicator, brush), y=y, mode="lines+markers", connectgaps=False,
                               line={"color": colour, "width": 2.5}, marker={"size": 5}, **look)  # fmt: skip
        else:
            figure.add_bar(x=_ticks(indicator, brush), y=y, marker_color=colour, **look)
    _growth_labels(figure, indicator, brush)
    figure.update_xaxes(type="category", tickangle=0, tickfont_size=11)
    figure.update_yaxes(rangemode="tozero", tickformat=",")
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


def _growth_labels(figure: go.Figure, indicator: Indicator, brush: Brush) -> None:
    """The published growth over the newest bar; over each where the periods are few enough to read."""
    each = len(indicator.months) <= 4
    for month, tick in zip(indicator.months, _ticks(indicator, brush), strict=True):
        point = indicator.this_year.get(month)
        if point is None or point.growth is None or point.value is None or not (each or point == indicator.latest):
            continue
        figure.add_annotation(
            x=tick, y=_shown(point, indicator, brush), text=wording.growth(point.growth, brush.language),
            showarrow=False, yshift=11, xanchor="center" if each else "right", xshift=8 if each else 12,
            font={"size": 12, "color": brush.palette.text}, bgcolor=brush.palette.card, borderpad=0,
        )  # fmt: skip


def _growth_lines(indicator: Indicator, brush: Brush) -> go.Figure:
    p, figure, ticks = brush.palette, go.Figure(), _ticks(indicator, brush)
    for year, colour, width in ((indicator.last_year, p.quiet, 1.5), (indicator.this_year, p.blue, 2.5)):
        points = [year.get(month) for month in indicator.months]
        figure.add_scatter(
            x=ticks, y=[point.growth if point else None for point in points], mode="lines+markers", connectgaps=False,
            line={"color": colour, "width": width}, marker={"size": 5},
            customdata=[_point_hover(indicator, point, brush) if point else "" for point in points],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    if indicator.latest.growth is not None:
        figure.add_annotation(
            x=ticks[indicator.months.index(indicator.latest.end.month)], y=indicator.latest.growth, showarrow=False,
            text=wording.growth(indicator.latest.growth, brush.language), yshift=13, xanchor="right", xshift=12,
            font={"size": 12, "color": p.text}, bgcolor=p.card, borderpad=0,
        )  # fmt: skip
    figure.add_hline(y=0, line={"color": p.quiet, "width": 1})
    figure.update_xaxes(type="category", tickangle=0, tickfont_size=11)
    figure.update_yaxes(ticksuffix="%")
    return figure


def _point_hover(indicator: Indicator, point: Point, brush: Brush) -> str:
    language = brush.language
    parts = [wording.dated_period(indicator, point, language)]
    if indicator.has_level and point.value is not None:
        parts.append(wording.amount(point.value, indicator.unit, point.decimals, language))
    if point.growth is not None:
        parts.append(wording.growth(point.growth, language))
    return "　".join(parts)


def _shown(point: Point | None, indicator: Indicator, brush: Brush) -> float | None:
    """The value in the unit that the axis shows."""
    if point is None or point.value is None:
        return None
    return point.value * wording.axis_scale(indicator.unit, brush.language)


def _ticks(indicator: Indicator, brush: Brush) -> list[str]:
    return [wording.tick(indicator.period_kind, month, brush.language) for month in indicator.months]
