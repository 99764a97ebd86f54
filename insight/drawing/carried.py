"""What a figure carries to the browser: numbers rounded like those that it shows, and no digit more.

Whoever opens the page's data would otherwise read what a label rounds: a weighted mean with all its digits can be
solved for the answers behind it.
"""

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

import i18n

_OF_TRACE = ("x", "y", "base", "text", "customdata")
_OF_SHAPE = {"x": ("x0", "x1"), "y": ("y0", "y1")}


def round_figure(figure: go.Figure, decimals: int) -> None:
    """Every number that stands for one of the data: of traces, intervals, axes, and marks placed by the data."""
    for part, names in _parts(figure):
        for name in names:
            if name in part and part[name] is not None:
                part[name] = _rounded(part[name], decimals)


def _parts(figure: go.Figure) -> Iterator[tuple[Any, tuple[str, ...]]]:
    for trace in figure.data:
        yield trace, _OF_TRACE
        for error in ("error_x", "error_y"):
            if error in trace:
                yield getattr(trace, error), ("array", "arrayminus")
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        yield axis, ("range", "tickvals")
    for mark in (*figure.layout.annotations, *figure.layout.shapes):
        for along, names in _OF_SHAPE.items():
            if " domain" not in (mark[f"{along}ref"] or "") and mark[f"{along}ref"] != "paper":
                yield mark, (along, *names) if "x0" in mark else (along,)


def _rounded(value: Any, decimals: int) -> Any:  # noqa: ANN401 - a property of a figure
    if isinstance(value, float):
        return i18n.rounded(value, decimals)
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return value
    return [_rounded(one, decimals) for one in value]
