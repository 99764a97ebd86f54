"""A figure along the waves, with what was announced as marks on its time axis."""

import plotly.graph_objects as go

from db import clock
from insight.charts import Brush, Chart, escaped
from insight.comparison import history
from insight.estimates import Estimate
from insight.frames import Frame
from insight.report_words import Speech, time_finding
from insight.wave_numbers import WaveNumbers

HEIGHT = 260


def time_chart(waves: list[WaveNumbers], code: str, marks: Frame, brush: Brush, say: Speech) -> Chart:
    known = history(waves, code)
    p, points = brush.palette, [one for _, one in known]
    if not known:
        return Chart(say.word(f"time.{code}"), "", None)
    days = [clock.day_of(numbers.wave.closes_at) for numbers, _ in known]
    values = [one.value for one in points]
    figure = go.Figure()
    figure.add_scatter(
        x=days, y=values, mode="lines+markers", line={"color": p.blue, "width": 2}, marker={"size": 8},
        hovertemplate="%{customdata}<extra></extra>",
        customdata=[_hover(numbers, one, brush) for numbers, one in known],
        error_y={"type": "data", "symmetric": False, "array": [one.high - one.value for one in points],
                 "arrayminus": [one.value - one.low for one in points], "color": p.quiet, "thickness": 1.2, "width": 4},
    )  # fmt: skip
    ends = sorted({0, len(points) - 1})
    figure.add_scatter(
        x=[days[i] for i in ends], y=[points[i].high for i in ends], text=[brush.number(values[i], 1) for i in ends],
        mode="text", textposition="top center", cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
    low, high = min(one.low for one in points), max(one.high for one in points)
    room = max(high - low, 4)
    _add_marks(figure, marks, low - 0.22 * room, brush, say)
    figure.update_yaxes(range=[low - 0.35 * room, high + 0.22 * room])
    return Chart(time_finding(say.word(code), points, say), say.word("time.source"), figure, height=HEIGHT)


def _add_marks(figure: go.Figure, marks: Frame, level: float, brush: Brush, say: Speech) -> None:
    looks = {"forum": ("line-ns-open", brush.palette.quiet, 9), "policy": ("diamond", brush.palette.amber, 8)}
    for kind, (symbol, colour, size) in looks.items():
        own = marks[marks["kind"] == kind]
        names = own["zh" if brush.language == "zh" else "en"].tolist()
        said = [
            say.word(f"time.{kind}", number=n, name=escaped(name)) for n, name in zip(own["number"], names, strict=True)
        ]
        figure.add_scatter(
            x=own["day"].tolist(), y=[level] * len(own), mode="markers", customdata=said,
            marker={"symbol": symbol, "color": colour, "size": size, "line": {"width": 1.5, "color": colour}},
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip


def _hover(numbers: WaveNumbers, one: Estimate, brush: Brush) -> str:
    value, low, high = (brush.number(x, 1) for x in (one.value, one.low, one.high))
    return f"{escaped(numbers.wave.title(brush.language))}<br>{value} ({low} – {high})"
