"""A figure along the waves, with what was announced as marks on its time axis."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from db import clock
from i18n.names import name_in
from insight.drawing.charts import Brush, Chart, escaped
from insight.drawing.pinned import dotted
from insight.frames import Frame
from insight.survey.comparison import Break, begun, history
from insight.survey.estimates import Estimate
from insight.survey.report_words import Speech, time_finding
from insight.survey.wave_numbers import Figures

HEIGHT = 300
# A kind of mark: its symbol, the palette's colour, its size. Each has a row of its own below the figure.
MARKS = {"forum": ("line-ns-open", "quiet", 9), "policy": ("diamond", "blue", 8), "target": ("square", "teal", 7)}
FLOORS, ROOF = (50, 0, -50, -100), 100  # scores are drawn on the upper half, on the whole, or with what is below zero
STEP = 25  # between two numbers of the axis, 50 where it is longer than a hundred
MONTHS_AND_YEARS = [  # in figures: the names of months would be English
    {"dtickrange": [None, "M11"], "value": "%Y-%m"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]
GAP = "\u00a0\u00a0"
ROW, FIRST_ROW = 0.14, 0.2  # of the figure's own room


def time_chart(waves: Sequence[Figures], code: str, marks: Frame, brush: Brush, say: Speech) -> Chart:
    known = history(waves, code)
    if not known:
        return Chart(say.word(f"time.{code}"), "", None)
    points = [one for _, one in known]
    days = [clock.day_of(numbers.wave.closes_at) for numbers, _ in known]
    anew = begun(waves, code)
    starts = [place for place, (numbers, _) in enumerate(known) if numbers.wave.number in anew]
    figure = go.Figure()
    for first, end in pairwise([0, *starts, len(known)]):
        _add_line(figure, days[first:end], known[first:end], brush)
    for place in starts:
        _add_break(figure, days[place - 1], days[place], say.word(f"begins.{anew[known[place][0].wave.number]}"), brush)
    _add_ends(figure, days, points, brush)
    _add_axis(figure, points, _add_marks(figure, marks, points, brush, say), brush, say)
    table = [(_title(numbers, anew, say), *_value(one, brush)) for numbers, one in known][::-1]
    columns = tuple(brush.t(f"glance.column.{name}") for name in ("wave", "index", "interval"))
    title = time_finding(say.word(code), points[starts[-1] if starts else 0 :], say, anew=bool(starts))
    source = say.word("time.source") + (say.word("time.broken") if starts else "")
    return Chart(title, source, figure, height=HEIGHT, columns=columns, rows=table)


def _add_line(figure: go.Figure, days: Sequence[date], known: Sequence[tuple[Figures, Estimate]], brush: Brush) -> None:
    """Waves that tell of the same: nothing joins them to those before."""
    points = [one for _, one in known]
    figure.add_scatter(
        x=days, y=[one.value for one in points], mode="lines+markers", marker={"size": 8},
        line={"color": brush.palette.blue, "width": 2}, hovertemplate="%{customdata}<extra></extra>",
        customdata=[_hover(numbers, one, brush) for numbers, one in known],
        error_y={"type": "data", "symmetric": False, "array": [one.high - one.value for one in points],
                 "arrayminus": [one.value - one.low for one in points], "color": brush.palette.quiet,
                 "thickness": 1.2, "width": 4},
    )  # fmt: skip


def _add_break(figure: go.Figure, before: date, after: date, words: str, brush: Brush) -> None:
    """Half way between two waves: a dotted line, and why over it."""
    place = before + (after - before) / 2
    figure.add_shape(**dotted(place, brush), yref="paper")
    figure.add_annotation(
        text=words, x=place, y=1, yref="paper", yanchor="top", showarrow=False, bgcolor=brush.palette.card,
        font={"size": 11, "color": brush.palette.quiet},
    )  # fmt: skip


def _title(numbers: Figures, anew: Mapping[int, Break], say: Speech) -> str:
    title, why = numbers.wave.title(say.language), anew.get(numbers.wave.number)
    return say.word("begins.after", wave=title, why=say.word(f"begins.{why}")) if why else title


def _add_ends(figure: go.Figure, days: Sequence[date], points: Sequence[Estimate], brush: Brush) -> None:
    """The first and the last value beside their points, where no interval crosses them."""
    ends = {0: "middle left", len(points) - 1: "middle right"}
    figure.add_scatter(
        x=[days[i] for i in ends], y=[points[i].value for i in ends], mode="text", textposition=list(ends.values()),
        text=[f"{GAP}{brush.number(points[i].value, points[i].decimals)}{GAP}" for i in ends], cliponaxis=False,
        hoverinfo="skip",
    )  # fmt: skip
    room = max((days[-1] - days[0]) * 0.16, timedelta(days=45))
    figure.update_xaxes(range=[days[0] - room, days[-1] + room], tickformatstops=MONTHS_AND_YEARS)


def _add_marks(
    figure: go.Figure, marks: Frame, points: Sequence[Estimate], brush: Brush, say: Speech
) -> dict[str, float]:
    """What there is of each kind in a row; the rows' heights."""
    low, room = _floor(points), ROOF - _floor(points)
    there = [kind for kind in MARKS if (marks["kind"] == kind).any()]
    levels = {kind: low - (FIRST_ROW + ROW * place) * room for place, kind in enumerate(there)}
    for kind, level in levels.items():
        symbol, colour, size = MARKS[kind]
        own, ink = marks[marks["kind"] == kind], getattr(brush.palette, colour)
        figure.add_scatter(
            x=own["day"].tolist(), y=[level] * len(own), mode="markers", customdata=mark_words(own, say, escaped),
            marker={"symbol": symbol, "color": ink, "size": size, "line": {"width": 1.5, "color": ink}},
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    return levels


def _add_axis(
    figure: go.Figure, points: Sequence[Estimate], levels: dict[str, float], brush: Brush, say: Speech
) -> None:
    """Round numbers beside the figure, and a word beside each row of marks."""
    low, room = _floor(points), ROOF - _floor(points)
    numbers = range(low, ROOF + 1, STEP if room <= ROOF else 2 * STEP)
    words = {level: say.word(f"time.row_{kind}") for kind, level in levels.items()}
    words |= {float(number): brush.number(number, 0) for number in numbers}
    bottom = min([low, *levels.values()]) - 0.12 * room
    figure.update_yaxes(range=[bottom, ROOF + 0.04 * room], tickvals=list(words), ticktext=list(words.values()))


def _floor(points: Sequence[Estimate]) -> int:
    """Never closer: the eye takes a change for as large as it is drawn."""
    lowest = np.nanmin([end for one in points for end in (one.low, one.value)])
    return next((floor for floor in FLOORS if lowest >= floor), FLOORS[-1])


def mark_words(marks: Frame, say: Speech, safe: Callable[[str], str] = str) -> list[str]:
    """Each mark in a sentence; `safe` for what draws markup."""
    rows = [(row, name_in(row, "name", say.language)) for row in marks.to_dict("records")]
    return [say.word(f"time.{row['kind']}", number=row["number"], name=safe(name)) for row, name in rows]


def _hover(numbers: Figures, one: Estimate, brush: Brush) -> str:
    value, interval = _value(one, brush)
    return f"{escaped(numbers.wave.title(brush.language))}<br>{value} ({interval})"


def _value(one: Estimate, brush: Brush) -> tuple[str, str]:
    value, low, high = (brush.number(x, one.decimals) for x in (one.value, one.low, one.high))
    return value, "—" if np.isnan(one.low) else f"{low} – {high}"
