"""An indicator over the years: its growth as published, the city's and the province's beside it where they were
imported, breaks and what revisions moved; the level of a series without growth."""

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

import i18n
from insight import wording
from insight.drawing.charts import Brush, Chart, escaped, steps
from insight.economy.charts import LARGE, source
from insight.economy.marks import axis_decimals, point_hover, say_unit, was_hover, was_look
from insight.economy.published import NEIGHBOURS, Indicator, Point

GAP = 100  # days between two points that are joined; a quarter has 92


def long_view(indicator: Indicator, beside: Mapping[str, Sequence[Point]], since: int, brush: Brush) -> Chart | None:
    """From the year `since` on. None where there are no two points."""
    points = [p for p in indicator.points if p.end.year >= since and _value(indicator, p, brush) is not None]
    if len(points) < 2:
        return None
    figure, p = go.Figure(), brush.palette
    near = {place: [one for one in beside.get(place, ()) if one.end.year >= since] for place in NEIGHBOURS}
    lines = [("district", points, p.blue, 2.5), ("city", near["city"], p.teal, 1.8),
             ("province", near["province"], p.quiet, 1.8)]  # fmt: skip
    shown = [line for line in lines if any(_value(indicator, one, brush) is not None for one in line[1])]
    for place, of_place, colour, width in shown:
        _line(figure, indicator, of_place, (place, colour, width), brush)
    _moved(figure, indicator, points, brush)
    _axes(figure, indicator, [one for _, of_place, _, _ in shown for one in of_place], brush)
    _breaks(figure, indicator, since, brush)
    if not _grows(indicator):
        say_unit(figure, indicator, brush, indicator.period_kind)
    keys = [(brush.t(f"import.place.{place}"), colour) for place, _, colour, _ in shown] if len(shown) > 1 else []
    names = ("period", *(place for place, _, _, _ in shown))
    columns = [brush.t("import.field.period"), *(brush.t(f"import.place.{name}") for name in names[1:])]
    return Chart(_title(indicator, points, near, since, brush), source(indicator, brush), figure, tuple(keys),
                 height=LARGE - 80, decimals=axis_decimals(indicator, brush), columns=columns,
                 rows=_rows(indicator, [of_place for _, of_place, _, _ in shown], brush))  # fmt: skip


def _grows(indicator: Indicator) -> bool:
    return any(point.growth is not None for point in indicator.points)


def _value(indicator: Indicator, point: Point, brush: Brush) -> float | None:
    if _grows(indicator):
        return point.growth
    return None if point.value is None else point.value * wording.axis_scale(indicator.unit, brush.language)


def _line(
    figure: go.Figure, indicator: Indicator, points: Sequence[Point], look: tuple[str, str, float], brush: Brush
) -> None:
    """Nothing joins two points where a period is missing, or where a cumulative series has begun a new year."""
    place, colour, width = look
    x, y, said = list[date](), list[float | None](), list[str]()
    for before, point in zip([None, *points], points, strict=False):
        new_year = before and indicator.period_kind == "ytd_month" and point.end.year != before.end.year
        if before and (new_year or (point.end - before.end).days > GAP) and _grows(indicator):
            x, y, said = [*x, before.end], [*y, None], [*said, ""]
        x, y = [*x, point.end], [*y, _value(indicator, point, brush)]
        name = "" if place == "district" else brush.t(f"import.place.{place}") + "　"
        said = [*said, name + point_hover(indicator, point, brush)]
    figure.add_scatter(x=x, y=y, mode="lines+markers", connectgaps=False, customdata=said, marker={"size": 5},
                       line={"color": colour, "width": width},
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip


def _moved(figure: go.Figure, indicator: Indicator, points: Sequence[Point], brush: Brush) -> None:
    scale = wording.axis_scale(indicator.unit, brush.language)
    was = [(one, one.was_growth if _grows(indicator) else one.was_value) for one in points if one.revised]
    known = [(one, value * (1 if _grows(indicator) else scale)) for one, value in was if value is not None]
    if known:
        figure.add_scatter(x=[one.end for one, _ in known], y=[value for _, value in known], **was_look(brush),
                           customdata=[was_hover(indicator, one, brush) for one, _ in known])  # fmt: skip


def _axes(figure: go.Figure, indicator: Indicator, points: Sequence[Point], brush: Brush) -> None:
    values = [value for one in points if (value := _value(indicator, one, brush)) is not None]
    low, high, step = steps(min([0.0, *values]), max([0.0, *values]))
    figure.update_yaxes(range=[low, high + 0.04 * step], tick0=0, dtick=step, tickformat=",", zeroline=True,
                        zerolinecolor=brush.palette.quiet, ticksuffix="%" if _grows(indicator) else "")  # fmt: skip
    first, last = min(one.end for one in points), max(one.end for one in points)
    figure.update_xaxes(type="date", range=[date(first.year, 1, 1), date(last.year, 12, 31)], showgrid=True,
                        dtick="M12", tick0=date(2000, 1, 1), tickformat="%Y", ticklabelmode="period", tickangle=0,
                        gridcolor=brush.palette.line)  # fmt: skip


def _breaks(figure: go.Figure, indicator: Indicator, since: int, brush: Brush) -> None:
    ink = brush.palette.quiet
    for one in indicator.breaks:
        if one.starts_on.year >= since:
            figure.add_shape(type="line", x0=one.starts_on, x1=one.starts_on, y0=0, y1=1, yref="y domain",
                             line={"color": ink, "width": 2, "dash": "dot"})  # fmt: skip
            figure.add_annotation(x=one.starts_on, y=1, yref="y domain", yanchor="top", xanchor="left", xshift=4,
                                  text=escaped(brush.t(f"economy.break.{one.kind}")), showarrow=False,
                                  font={"size": 11, "color": ink})  # fmt: skip


def _title(
    indicator: Indicator, points: Sequence[Point], near: Mapping[str, Sequence[Point]], since: int, brush: Brush
) -> str:
    """Beside the city and the province in the newest period that all have; alone, its highest and its lowest."""
    name, language, last = indicator.say(brush.language), brush.language, points[-1]
    if not _grows(indicator):
        return brush.t("economy.long_level", name=name, since=since)
    same = {place: next((p.growth for p in of_place if p.end == last.end), None) for place, of_place in near.items()}
    told = [(place, value) for place, value in (("district", last.growth), *same.items()) if value is not None]
    if len(told) > 1:
        listed = i18n.LANGUAGES[language].clauses.join(
            brush.t("economy.place_growth", place=brush.t(f"import.place.{place}"), growth=wording.growth(v, language))
            for place, v in told
        )
        return f"{name} " + brush.t("economy.beside", period=_period(indicator, last, brush), list=listed)
    high, low = (pick(points, key=lambda p: p.growth or 0) for pick in (max, min))
    facts = {"high": wording.growth(high.growth or 0, language), "low": wording.growth(low.growth or 0, language),
             "when_high": _period(indicator, high, brush), "when_low": _period(indicator, low, brush)}  # fmt: skip
    return brush.t("economy.long", name=name, since=since, **facts)


def _period(indicator: Indicator, point: Point, brush: Brush) -> str:
    return wording.dated_period(indicator, point, brush.language)


def _rows(indicator: Indicator, lines: Sequence[Sequence[Point]], brush: Brush) -> list[tuple[str, ...]]:
    by_end = [{point.end: point for point in line} for line in lines]
    return [
        (_period(indicator, by_end[0][end], brush), *(_said(indicator, line.get(end), brush) for line in by_end))
        for end in sorted(by_end[0], reverse=True)
    ]


def _said(indicator: Indicator, point: Point | None, brush: Brush) -> str:
    if point is None:
        return "—"
    if _grows(indicator):
        return "—" if point.growth is None else wording.growth(point.growth, brush.language)
    return wording.amount(point.value or 0, indicator.unit, point.decimals, brush.language)
