"""A number's own past: a line on an axis with its unit, from zero, so that a small change looks small."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from insight.drawing.charts import Brush, Chart, steps, ticks, tidy

HIGH = 210  # pixels
TICKS = 4  # labels along the axis, at most one more
ROOM = 1.2  # above the greatest


@dataclass(frozen=True)
class PastPoint:
    """`text` is the value as one writes it; `low` and `high` its interval where it is an estimate; `begins` why it is
    another figure than before, where it is."""

    label: str
    text: str
    value: float | None
    low: float | None = None
    high: float | None = None
    begins: str = ""


def past(points: Sequence[PastPoint], title: str, unit: str, brush: Brush, *, most: float | None = None) -> Chart:
    """Oldest first; a gap where one is missing, and a line with its reason where one begins anew. `most` is the end of
    a scale that has one, as of shares."""
    points, breaks = _parted(points)
    known = [end for one in points for end in (one.value, one.low, one.high) if end is not None]
    p, x = brush.palette, list(range(len(points)))
    figure = go.Figure()
    if any(one.low is not None for one in points):
        ends = [(one.value, one.low, one.high) for one in points]
        error: dict[str, object] = {
            "type": "data", "symmetric": False, "color": p.quiet, "thickness": 1.2, "width": 4,
            "array": [high - value if value is not None and high is not None else None for value, _, high in ends],
            "arrayminus": [value - low if value is not None and low is not None else None for value, low, _ in ends],
        }  # fmt: skip
    else:
        error = {}
    figure.add_scatter(
        x=x, y=[one.value for one in points], mode="lines+markers", connectgaps=False, error_y=error,
        line={"color": p.blue, "width": 2}, marker={"color": p.blue, "size": 6},
        customdata=[f"{one.label}　{one.text}" for one in points], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    step = max(1, -(-len(x) // TICKS))
    shown = [place for place in x if (len(x) - 1 - place) % step == 0 or place in breaks]
    figure.update_xaxes(tickvals=shown, ticktext=[points[place].label for place in shown], range=[-0.6, len(x) + 0.2])
    low, high = min([0.0, *known]), most or max([*known, 1])
    ends = low * ROOM, high * (1.05 if most else ROOM)
    marks = [tick for tick in ticks(*steps(low, high)) if ends[0] <= tick <= high * ROOM]
    figure.update_yaxes(
        range=ends, zeroline=low < 0, tickvals=marks, ticktext=[f"{tidy(tick, brush)}{unit}" for tick in marks]
    )  # Plotly adds no suffix to ticks that it is given
    for place in breaks:
        figure.add_scatter(
            x=[place, place], y=[ends[0], high], mode="lines", line={"color": p.quiet, "width": 1, "dash": "dot"},
            marker={"size": 0}, hoverinfo="skip",
        )  # fmt: skip
    columns, rows = (brush.t("changes.column.period"), title), [(one.label, one.text) for one in points]
    return Chart(title, "", figure if known else None, height=HIGH, columns=columns, rows=rows)


def _parted(points: Sequence[PastPoint]) -> tuple[list[PastPoint], list[int]]:
    """With a place of its own before each that begins anew, named by the reason; and these places."""
    made, breaks = list[PastPoint](), list[int]()
    for one in points:
        if one.begins and made:
            breaks.append(len(made))
            made.append(PastPoint(one.begins, one.begins, None))
        made.append(one)
    return made, breaks
