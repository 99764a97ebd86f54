"""A chart of the glance: it carries where each of its points leads, and its numbers as a table for its drawer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from insight.drawing.charts import Brush, Chart
from insight.drawing.shapes import half_widths

Layout = dict[str, Any]


@dataclass(frozen=True)
class Picture(Chart):
    """`title` is its finding, `source` its method, which stands in the drawer with `columns` and `rows`; `leads` is
    the address that each row leads to."""

    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Room:
    """Where a board is looked at: on a desk, on a tablet or phone (narrow), or on a wall from six metres."""

    name: str
    numbers: tuple[int, ...]  # of the strip in each of its rows
    panels: int  # of the economy in a row
    wide: int  # half-widths of a panel's name that the whole width holds
    axis: float  # of the whole width is for the numbers beside a panel
    roofs: tuple[float, float]  # of a panel is its plot; the second where a name takes two lines
    scale: float = 1
    narrow: bool = False

    def px(self, size: float) -> float:
        return size * self.scale


DESK = Room("desk", (6,), 5, 128, 0.036, (0.62, 0.5))
SHEET = replace(DESK, name="sheet", panels=6, wide=190)  # the whole width of a page
TABLET = replace(DESK, name="tablet", panels=4, wide=110, axis=0.045)  # a page's width, too
PHONE = Room("phone", (2, 2, 2), 2, 52, 0.08, (0.65, 0.54), narrow=True)
WALL = Room("wall", (3, 3), 3, 66, 0.054, (0.66, 0.53), scale=2)
ROOMS: Mapping[str, Room] = {room.name: room for room in (DESK, SHEET, TABLET, PHONE, WALL)}


@dataclass(frozen=True)
class Box:
    """A part of the figure in shares of its width and height, from the lower left."""

    x0: float
    x1: float
    y0: float
    y1: float


def boxes(counts: Sequence[int], gap: tuple[float, float]) -> list[Box]:
    """Rows from above, each with so many boxes of its own width; `gap` between two, across and down."""
    high, found = (1 - gap[1] * (len(counts) - 1)) / len(counts), []
    for row, n in enumerate(counts):
        top = 1 - row * (high + gap[1])
        wide = (1 - gap[0] * (n - 1)) / n
        found += [Box(i * (wide + gap[0]), i * (wide + gap[0]) + wide, top - high, top) for i in range(n)]
    return found


@dataclass
class Canvas:
    """A figure while it is drawn: all of its parts at once, for each later addition checks what stands already."""

    brush: Brush
    room: Room
    traces: list[Layout] = field(default_factory=list)
    axes: Layout = field(default_factory=dict)
    notes: list[Layout] = field(default_factory=list)
    shapes: list[Layout] = field(default_factory=list)
    _n: Any = field(default_factory=lambda: count(1))

    def panel(self, x: Layout, y: Layout) -> Layout:
        """A pair of axes; what a trace says to stand on them."""
        n = next(self._n)
        end = "" if n == 1 else str(n)
        small = {"tickfont": {"size": self.room.px(11)}, "fixedrange": True, "tickangle": 0}
        self.axes |= {
            f"xaxis{end}": {"anchor": f"y{end}", **small, **x},
            f"yaxis{end}": {"anchor": f"x{end}", **small, **y},
        }
        return {"xaxis": f"x{end}", "yaxis": f"y{end}"}

    def say(self, text: str, x: float, y: float, *, size: float = 11, colour: str = "", **more: object) -> None:
        """Words in the figure, placed in its shares unless `more` says otherwise."""
        font = {"size": self.room.px(size), "color": colour or self.brush.palette.text}
        place = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
        self.notes.append({**place, "text": text, "font": font, "showarrow": False, "align": "left", "borderpad": 0,
                           **more})  # fmt: skip

    def finish(self, **layout: object) -> go.Figure:
        base = {"annotations": self.notes, "shapes": self.shapes, "clickmode": "event+select",
                "font": {"size": self.room.px(12)}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}}  # fmt: skip
        return go.Figure({"data": self.traces, "layout": {**base, **self.axes, **layout}})


ANYWHERE = {"hovermode": "x", "hoverdistance": 10_000}  # of a panel is a press on the point above or below it


def pressed(where: Sequence[str] | str, said: Sequence[str]) -> Layout:
    """What a trace carries so that a press leads somewhere (see pages/glance/pressing.py), and what it says above. Its
    places are told apart by a number: Plotly draws one mark an id."""
    places = [where] * len(said) if isinstance(where, str) else where
    return {
        "ids": [f"{place}#{n}" for n, place in enumerate(places)],
        "customdata": list(said),
        "hovertemplate": "%{customdata}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
        "selected": {"marker": {"opacity": 1}},
    }


def coloured(words: str, colour: str) -> Markup:
    return Markup('<span style="color:{}">{}</span>').format(colour, words)


def sized(words: str, size: float) -> Markup:
    return Markup('<span style="font-size:{:g}px">{}</span>').format(size, words)


def bold(words: str) -> Markup:
    return Markup("<b>{}</b>").format(words)


def broken(words: str, most: int) -> str:
    """On two lines where one of so many half-widths does not hold it, broken at a space or between characters."""
    if half_widths(words) <= most:
        return words
    places = [i for i, letter in enumerate(words) if letter == " "] or list(range(1, len(words)))
    fits = [i for i in places if half_widths(words[:i]) <= most] or places[:1]
    return f"{words[: fits[-1]].strip()}<br>{words[fits[-1] :].strip()}"
