"""How points of the economy are marked: preliminary ones hollow, what a revision moved, a break as a line, growth in a
panel."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

import i18n
from insight import wording
from insight.drawing.charts import Brush, escaped
from insight.economy.published import Indicator, Point

_Points = Sequence[Point | None]
_UPPER, _LOWER = [0.42, 1.0], [0.0, 0.26]  # parts of the height


def ticks(indicator: Indicator, brush: Brush) -> list[str]:
    return [tick(indicator, month, brush) for month in indicator.months]


def tick(indicator: Indicator, month: int, brush: Brush) -> str:
    """The end of a period; January and February of a cumulative series are named together, for they are one."""
    if indicator.period_kind == "ytd_month" and month == 2:
        return first_two(brush.language)
    return wording.tick(indicator.period_kind, month, brush.language)


def first_two(language: str) -> str:
    """1—2月 / Jan–Feb on two lines: it has the room of one month."""
    return re.sub("([–—])", r"\1<br>", wording.period("ytd_month", date(2000, 1, 1), date(2000, 2, 1), language))


def shown_value(point: Point | None, indicator: Indicator, brush: Brush) -> float | None:
    """The value in the unit that the axis shows."""
    if point is None or point.value is None:
        return None
    return point.value * wording.axis_scale(indicator.unit, brush.language)


def axis_decimals(indicator: Indicator, brush: Brush) -> int:
    """As many as were published of any value, one for growth and for what was made billions."""
    if wording.axis_scale(indicator.unit, brush.language) != 1:
        return 1
    return max(1, *(point.decimals for point in (*indicator.points, *indicator.singles, *indicator.beside)))


def named_points(
    indicator: Indicator, year: Mapping[int, Point], brush: Brush, months: Sequence[int] = ()
) -> tuple[list[Point | None], list[float | None], dict[str, Any]]:
    """A year's points along the axis, what they show, and what is said over each."""
    points = [year.get(month) for month in months or indicator.months]
    said = [point_hover(indicator, point, brush) if point else "" for point in points]
    return (
        points,
        [shown_value(point, indicator, brush) for point in points],
        {"customdata": said, "hovertemplate": "%{customdata}<extra></extra>"},
    )


def point_hover(indicator: Indicator, point: Point, brush: Brush) -> str:
    language = brush.language
    parts = [wording.dated_period(indicator, point, language)]
    if indicator.has_level and point.value is not None:
        parts.append(wording.amount(point.value, indicator.unit, point.decimals, language))
    if point.growth is not None:
        parts.append(wording.growth(point.growth, language))
    if _preliminary(point):
        parts.append(brush.t("economy.preliminary"))
    return "　".join(parts)


def line_look(points: _Points, colour: str, brush: Brush, width: float) -> dict[str, Any]:
    """Preliminary points are hollow. A gap stays a gap."""
    fill = [brush.palette.card if _preliminary(point) else colour for point in points]
    marker = {"size": 7, "color": fill, "line": {"color": colour, "width": 1.5}}
    return {"mode": "lines+markers", "connectgaps": False, "line": {"color": colour, "width": width}, "marker": marker}


def mark_moved(figure: go.Figure, indicator: Indicator, brush: Brush) -> None:
    """A hollow mark where a figure stood before its last revision."""
    scale = wording.axis_scale(indicator.unit, brush.language) if indicator.has_level else 1
    moved = [
        (tick(indicator, point.end.month, brush), was * scale, point)
        for year in (indicator.last_year, indicator.this_year)
        for point in year.values()
        for was in (point.was_value if indicator.has_level else point.was_growth,)
        if point.revised and was is not None and point.end.month in indicator.months
    ]
    if moved:
        said = [was_hover(indicator, point, brush) for _, _, point in moved]
        figure.add_scatter(x=[x for x, _, _ in moved], y=[y for _, y, _ in moved], customdata=said, **was_look(brush))


def was_look(brush: Brush) -> dict[str, Any]:
    marker = {"symbol": "diamond-open", "size": 9, "color": brush.palette.quiet, "line": {"width": 1.5}}
    return {"mode": "markers", "marker": marker, "hovertemplate": "%{customdata}<extra></extra>"}


def was_hover(indicator: Indicator, point: Point, brush: Brush) -> str:
    language, parts = brush.language, list[str]()
    if indicator.has_level and point.was_value is not None:
        parts.append(wording.amount(point.was_value, indicator.unit, point.decimals, language))
    if point.was_growth is not None:
        parts.append(wording.growth(point.was_growth, language))
    period = wording.dated_period(indicator, point, language)
    return brush.t("economy.was", period=period, value=" ".join(parts))


def mark_breaks(figure: go.Figure, indicator: Indicator, brush: Brush) -> None:
    """A dotted line before the first period on the new footing, where that lies within the newest year."""
    for one in indicator.breaks:
        if one.starts_on.year != indicator.latest.end.year or not indicator.months:
            continue
        later = [n for n, month in enumerate(indicator.months) if month >= one.starts_on.month]
        place = (later[0] if later else len(indicator.months)) - 0.5
        figure.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="y domain",
                         line={"color": brush.palette.quiet, "width": 2, "dash": "dot"})  # fmt: skip
        figure.add_annotation(x=place, y=1, yref="y domain", yanchor="bottom", showarrow=False,
                              text=escaped(brush.t(f"economy.break.{one.kind}")),
                              font={"size": 11, "color": brush.palette.quiet})  # fmt: skip


def say_unit(figure: go.Figure, indicator: Indicator, brush: Brush, period_kind: str) -> None:
    """Over the axis: of what periods its numbers are, and in what they count."""
    unit = wording.level_unit(indicator.unit, brush.language)
    parts = (brush.t(f"glance.period.{period_kind}"), unit)
    words = i18n.LANGUAGES[brush.language].clauses.join(part for part in parts if part)
    quiet = {"size": 12, "color": brush.palette.quiet}
    figure.add_annotation(x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=6,
                          showarrow=False, text=escaped(words), font=quiet)  # fmt: skip
    figure.update_layout(margin_t=30)


def panel_below(
    figure: go.Figure,
    x: Sequence[str],
    y: Sequence[float | None],
    brush: Brush,
    *,
    words: str,
    suffix: str = "",
    lines: bool = False,
) -> None:
    """Another measure in its own panel with its own axes: nothing is read off two scales at once."""
    p = brush.palette
    mode = "lines+markers" if lines else "markers"
    figure.add_scatter(x=list(x), y=list(y), xaxis="x2", yaxis="y2", mode=mode, connectgaps=False,
                       marker={"size": 9, "color": p.teal}, line={"color": p.teal, "width": 2},
                       hovertemplate="%{x}　%{y:,}" + suffix + "<extra></extra>")  # fmt: skip
    figure.update_layout(
        yaxis={"domain": _UPPER},
        xaxis={"anchor": "y"},
        xaxis2={"anchor": "y2", "matches": "x", "type": "category", "showticklabels": False},
        yaxis2={
            "domain": _LOWER,
            "anchor": "x2",
            "ticksuffix": suffix,
            "tickformat": ",",
            "nticks": 3,
            "rangemode": "tozero",
            "zeroline": True,
            "zerolinecolor": p.quiet,
        },
    )
    figure.add_annotation(x=0, xref="paper", xanchor="left", y=0.265, yref="paper", yanchor="bottom", showarrow=False,
                          text=escaped(words), font={"size": 12, "color": p.quiet})  # fmt: skip


def footing(indicator: Indicator) -> tuple[date, ...]:
    """The days from which the series stands on another footing."""
    return tuple(one.starts_on for one in indicator.breaks)


def _preliminary(point: Point | None) -> bool:
    return point is not None and point.status == "preliminary"
