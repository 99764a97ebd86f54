"""A chart on paper: a figure of Plotly as shapes, for the leaf (PDF) and for a picture that is cited (SVG).

Only of charts that leave without a browser, whose ranges and ticks are given: upright bars, lines with their marks and
intervals. Whatever else a figure holds is refused rather than left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from insight.drawing.charts import Brush
from insight.drawing.shapes import Bar, Dot, Line, Shape, Words, wide

SMALL, GAP = 12.0, 8.0  # size of the words along the axes, and what is free beside them
BETWEEN = 0.3  # of a bar's place is free where it says nothing
Part = dict[str, Any]


class NotDrawn(ValueError):
    """A figure has something that paper does not know: a fault of ours, found by tests."""


@dataclass(frozen=True)
class _Plane:
    """Where the axes lie, and what they run over."""

    left: float
    top: float
    wide: float
    high: float
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, value: float) -> float:
        return self.left + (value - self.x[0]) / (self.x[1] - self.x[0]) * self.wide

    def down(self, value: float) -> float:
        return self.top + (self.y[1] - value) / (self.y[1] - self.y[0]) * self.high


def painted(figure: go.Figure, brush: Brush, width: float, height: float) -> list[Shape]:
    drawn = figure.to_plotly_json()
    layout, traces = drawn["layout"], drawn["data"]
    x, y = layout["xaxis"], layout["yaxis"]
    names = [_ticks(axis, brush) for axis in (x, y)]
    left = max([wide(text, SMALL) for _, text in names[1]], default=0) + GAP
    below = SMALL * 1.5 * max([text.count("<br>") + 1 for _, text in names[0]], default=1) + GAP / 2
    plane = _Plane(left, SMALL, width - left, height - below - SMALL, tuple(x["range"]), tuple(y["range"]))
    shapes = [*_axes(plane, names, brush)]
    bars = [trace for trace in traces if trace["type"] == "bar"]
    floor: dict[float, float] = {}
    for trace in traces:
        if trace["type"] == "bar":
            shapes += _bars(trace, plane, floor, layout, (bars.index(trace), len(bars)), brush)
        elif trace["type"] == "scatter":
            shapes += _line(trace, plane)
        else:
            raise NotDrawn(trace["type"])
    if layout.get("annotations") or layout.get("shapes"):
        raise NotDrawn("annotations")
    return shapes


def _ticks(axis: Part, brush: Brush) -> list[tuple[float, str]]:
    if "tickvals" not in axis:
        raise NotDrawn("an axis without ticks")
    values = list(axis["tickvals"])
    suffix = axis.get("ticksuffix") or ""
    texts = axis.get("ticktext") or [f"{brush.number(value)}{suffix}" for value in values]
    return list(zip(values, texts, strict=True))


def _axes(plane: _Plane, names: Sequence[Sequence[tuple[float, str]]], brush: Brush) -> Iterator[Shape]:
    p = brush.palette
    for value, text in names[1]:
        y = plane.down(value)
        line = p.quiet if not value else p.line
        yield Line(((plane.left, y), (plane.left + plane.wide, y)), line, 1)
        yield Words(plane.left - GAP, y + SMALL * 0.35, text, p.quiet, "end", SMALL)
    end = plane.left + plane.wide
    free = end + SMALL
    for value, text in reversed(names[0]):  # the newest has its name; an older one where there is room
        lines = text.split("<br>")
        room = max(wide(line, SMALL) for line in lines)
        x = min(plane.across(value), end - room / 2)
        if x + room / 2 > free - SMALL:
            continue
        free = x - room / 2
        for n, words in enumerate(lines, start=1):
            y = plane.top + plane.high + SMALL * (0.2 + 1.3 * n)
            yield Words(x, y, words, p.quiet, "middle", SMALL)


def _bars(
    trace: Part, plane: _Plane, floor: dict[float, float], layout: Part, place: tuple[int, int], brush: Brush
) -> Iterator[Shape]:
    """One above the other, or side by side; what a bar says stands over it."""
    stacked, (n, of) = layout.get("barmode") == "stack", place
    full = trace.get("width") or 1 - layout.get("bargap", BETWEEN)
    one = full if stacked else full / of
    for i, (x, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if not value:
            continue
        left = plane.across(x - full / 2 + (0 if stacked else n * one))
        base = floor.get(x, 0.0) if stacked else 0.0
        ends = sorted((plane.down(base), plane.down(base + value)))
        floor[x] = base + value
        yield Bar(left, ends[0], one * plane.wide / (plane.x[1] - plane.x[0]), ends[1] - ends[0], _of(trace, i))
    for x, text in zip(trace["x"], trace.get("text") or [], strict=False):
        words = Words(plane.across(x), plane.down(floor.get(x, 0.0)) - 4, text, brush.palette.text, "middle", SMALL)
        yield words


def _of(trace: Part, i: int) -> str:
    colour = trace["marker"]["color"]
    return colour if isinstance(colour, str) else colour[i]


def _line(trace: Part, plane: _Plane) -> Iterator[Shape]:
    """Parted where a value is missing."""
    colour, run = trace["line"]["color"], list[tuple[float, float]]()
    known = list(zip(trace["x"], trace["y"], strict=True))
    for value, point in [*((y, (x, y)) for x, y in known), (None, (0, 0))]:
        if value is not None:
            run.append((plane.across(point[0]), plane.down(value)))
            continue
        if len(run) > 1:
            yield Line(tuple(run), colour, trace["line"].get("width", 2))
        run = []
    yield from _intervals(trace, plane)
    yield from (
        Dot(plane.across(x), plane.down(y), trace["marker"]["size"] / 2, colour) for x, y in known if y is not None
    )


def _intervals(trace: Part, plane: _Plane) -> Iterator[Shape]:
    error = trace.get("error_y")
    if not error:
        return
    for x, y, above, below in zip(trace["x"], trace["y"], error["array"], error["arrayminus"], strict=True):
        if y is not None and above is not None and below is not None:
            at = plane.across(x)
            yield Line(((at, plane.down(y + above)), (at, plane.down(y - below))), error["color"], 1.2)
