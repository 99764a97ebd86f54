"""What the charts share: palette, names, and the few ways to lay out rows and months.

Bars begin at zero, what is missing is a gap, growth is a label and never a second axis.
"""

from collections.abc import Sequence, Sized
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from math import ceil, floor

import plotly.graph_objects as go
from markupsafe import escape

import i18n
from db import references
from db.sql import Connection
from insight import wording
from insight.drawing.carried import round_figure
from insight.frames import Frame

PITCH, WIDE_PITCH = 36, 48  # pixels from row to row
NAMED = ("town", "sector", "category", "body")  # the lists whose codes stand in figures
LONGEST = 30  # letters of a name over its bar
THICK = 0.34  # a bar's share of its row


@dataclass(frozen=True)
class Palette:
    """The theme's colours for one scheme. `pale` is the quiet partner of `blue`: last year, what is done. `late` is for
    what is late, alone; `promise` for what was promised with a date."""

    text: str
    quiet: str
    line: str
    card: str
    blue: str
    teal: str
    promise: str
    red: str
    pale: str
    late: str
    colorway: tuple[str, ...]
    font: str


@dataclass(frozen=True)
class CodeNames:
    """The names of towns, sectors, categories and bodies in one language, by list and code."""

    lists: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, list_name: str, code: str | None) -> str:
        return self.lists.get(list_name, {}).get(code or "", code or "")


def read_names(con: Connection, language: str) -> CodeNames:
    return CodeNames({name: {i.code: i.say(language) for i in references.items(con, name)} for name in NAMED})


@dataclass(frozen=True)
class Chart:
    """`title` says the finding; `keys` name the colours; `figure` None draws `empty` in words instead. What the figure
    carries is rounded to `decimals`, as many as it shows. `columns` and `rows` are its numbers, for those who read them
    rather than a drawing."""

    title: str
    source: str
    figure: go.Figure | None
    keys: tuple[tuple[str, str], ...] = ()
    height: int = 240
    decimals: int = 1
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()

    def __post_init__(self) -> None:
        if self.figure is not None:
            round_figure(self.figure, self.decimals)


@dataclass(frozen=True)
class Brush:
    """What every chart is drawn with."""

    palette: Palette
    names: CodeNames
    language: str

    def t(self, key: str, **facts: object) -> str:
        return i18n.text(key, self.language, **facts)

    def number(self, value: float, decimals: int = 0) -> str:
        return i18n.number(value, self.language, decimals)


def label_rows(
    figure: go.Figure,
    labels: list[str],
    texts: list[str],
    y: list[int],
    brush: Brush,
    *,
    pitch: int = PITCH,
    right: float = 1,
) -> None:
    """The name over its bar on the left, the value on the right: room for any name on any width."""
    quiet, above = {"color": brush.palette.quiet}, int(pitch * THICK / 2) + 10
    said = [*figure["layout"]["annotations"]]
    for label, text, place in zip(labels, texts, y, strict=True):
        common = {"y": place, "yref": "y", "yshift": above, "showarrow": False, "yanchor": "middle"}
        name = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -2, "text": escaped(_short(label))}
        value = {"x": right, "xref": "paper", "xanchor": "right", "text": text, "font": quiet}
        said += [{**name, **common}, {**value, **common}]
    figure.update_layout(annotations=said)  # all at once: each `add_annotation` checks all that stand already
    figure.update_yaxes(visible=False, range=[-0.4, len(labels) - 0.25])
    figure.update_xaxes(visible=False, rangemode="tozero")


def month_axis(figure: go.Figure, months: Frame, brush: Brush) -> None:
    """Every third month by name; the year below the first and each January."""
    days = list(months)
    places = [i for i in range(len(days)) if (len(days) - 1 - i) % 3 == 0]
    names, said = [], 0
    for i in places:
        month = wording.tick("month", days[i].month, brush.language)
        names.append(f"{month}<br>{days[i].year}" if days[i].year != said else month)
        said = days[i].year
    figure.update_xaxes(tickvals=places, ticktext=names, range=[-0.6, len(days) - 0.4])
    figure.update_yaxes(rangemode="tozero")


def steps(low: float, high: float) -> tuple[float, float, float]:
    """From, to and step of an axis that holds both in at most some three whole steps."""
    step = next(one * 10**power for power in count() for one in (1, 2, 5) if (high - low) / (one * 10**power) <= 3)
    return step * floor(low / step), step * ceil(max(high, step) / step), step


def ticks(low: float, high: float, step: float) -> list[float]:
    """Every step of an axis."""
    return [low + n * step for n in range(int((high - low) / step) + 1)]


def as_of(day: date, brush: Brush) -> str:
    return brush.t("chart.as_of", day=i18n.day(day, brush.language))


def tall(rows: Sized, pitch: int = PITCH) -> int:
    """Pixels for so many rows."""
    return pitch * len(rows) + 12


def tidy(value: float, brush: Brush) -> str:
    return brush.number(value, 0 if float(value).is_integer() else 1)


def _short(label: str) -> str:
    """What stands beside a value on a phone: 30 Latin letters or 15 Chinese characters."""
    most = LONGEST if label.isascii() else LONGEST // 2
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def escaped(words: str) -> str:
    """Plotly reads a few tags in texts; names and themes are data, and it knows of no language that a name is in."""
    return str(escape(str(words)))
