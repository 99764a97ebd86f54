"""What a figure carries to the browser: numbers rounded like those that it shows, and no digit more.

Whoever opens the page's data would otherwise read what a label rounds: a weighted mean with all its digits can be
solved for the answers behind it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import plotly.graph_objects as go

import i18n

_OF_TRACE = ("x", "y", "base", "text", "customdata")
_OF_SHAPE = {"x": ("x0", "x1"), "y": ("y0", "y1")}


def round_figure(figure: go.Figure, decimals: int) -> None:
    """Every number that stands for one of the data: of traces, intervals, axes, and marks placed by the data. They are
    read in the plain dicts behind the library's objects, where a look costs a hundredth."""
    for part, held, names in _parts(figure):
        for name in names:
            rounded = _rounded(held.get(name), decimals)
            if rounded != held.get(name):
                part[name] = rounded


def _parts(figure: go.Figure) -> Iterator[tuple[Any, Mapping[str, Any], tuple[str, ...]]]:
    traces: Any = figure.data
    for trace in traces:
        held = trace.to_plotly_json()
        yield trace, held, _OF_TRACE
        for error in ("error_x", "error_y"):
            if error in held:
                yield trace[error], held[error], ("array", "arrayminus")
    layout = figure.layout.to_plotly_json()
    for axis in layout:
        if axis.startswith(("xaxis", "yaxis")):
            yield figure.layout[axis], layout[axis], ("range", "tickvals")
    for kind in ("annotations", "shapes"):
        for place, held in enumerate(layout.get(kind, ())):
            for along, names in _OF_SHAPE.items():
                if " domain" not in (on := held.get(f"{along}ref") or "") and on != "paper":
                    yield figure.layout[kind][place], held, (along, *names)


def _rounded(value: Any, decimals: int) -> Any:  # noqa: ANN401 - a property of a figure
    if isinstance(value, float):
        return i18n.rounded(value, decimals)
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return value
    return [_rounded(one, decimals) for one in value]
