"""Small drawings of a few numbers: shapes on a plane, which a page turns into SVG and the weekly leaf into PDF.

Lengths are in units of the plane, 340 wide; y grows downwards. Colours are names of the palette.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import i18n
from insight.drawing.shapes import Bar, Dot, Line, Shape, Words, half_widths

WIDTH = 340.0
PITCH = 30.0  # from bar to bar: a line of words above each
LEADING = 15.0  # a second line of a name, where the pitch has room for it
SIZE = 12.5  # of words
HALF = 6.4  # a half-width of words of that size
SHORT = 18  # and beside a span


@dataclass(frozen=True)
class Sketch:
    """`said` is the drawing in words, for those who cannot see it."""

    shapes: tuple[Shape, ...]
    height: float
    said: str
    width: float = WIDTH


@dataclass(frozen=True)
class BarRow:
    """A bar of one or more parts, its name above on the left and its number in words on the right."""

    label: str
    text: str
    parts: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class SpanRow:
    """An estimate as a dot on its interval. `value` None: `text` says why there is none."""

    label: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    colour: str = "teal"


def bars(rows: Sequence[BarRow], *, pitch: float = PITCH, width: float = WIDTH) -> Sketch:
    """All from one zero; what is below it goes to the left. Where there is room a long name takes two lines."""
    totals = [sum(value for value, _ in row.parts) for row in rows]
    least, most = min([0.0, *totals]), max([0.0, *totals])
    unit = width / ((most - least) or 1)
    zero = -least * unit
    shapes: list[Shape] = []
    for place, row in enumerate(rows):
        lines = folded(row.label, _room(row, width), 2 if pitch >= PITCH + LEADING else 1)
        extra = LEADING * (len(lines) - 1)
        shapes += _bar_row(row, lines, pitch * place + (pitch - PITCH - extra) / 2, (zero, unit, width))
    if least < 0:
        shapes.append(Line(((zero, 0), (zero, pitch * len(rows))), "quiet", 1))
    return Sketch(tuple(shapes), pitch * len(rows), _said((row.label, row.text) for row in rows), width)


def spans(rows: Sequence[SpanRow], *, pitch: float = 35.0, width: float = WIDTH) -> Sketch:
    """Dots on their intervals. The axis runs over the tens around them: dots need no zero, and its ends are written.
    A dot stands where its value as written, to one decimal, has its place."""
    left, right = 118.0, width - 48
    low, high = _tens([end for row in rows for end in (row.low, row.value, row.high) if end is not None])
    unit = (right - left) / (high - low)

    def spot(value: float) -> float:
        return left + (i18n.rounded(value, 1) - low) * unit

    shapes: list[Shape] = []
    for place, row in enumerate(rows):
        y = pitch * (place + 0.5)
        shapes.append(Words(0, y + 4.5, short(row.label, SHORT)))
        shapes.append(Line(((left, y), (right, y)), "line", 1))
        if row.low is not None and row.high is not None:
            shapes.append(Line(((spot(row.low), y), (spot(row.high), y)), "pale", 7))
        if row.value is not None:
            shapes.append(Dot(spot(row.value), y, 3.5, row.colour))
        shapes.append(Words(width, y + 4.5, row.text, "text" if row.value is not None else "quiet", "end"))
    bottom = pitch * len(rows)
    shapes += [Words(x, bottom + 9, f"{end:g}", "quiet", "middle", 11) for x, end in ((left, low), (right, high))]
    return Sketch(tuple(shapes), bottom + 13, _said((row.label, row.text) for row in rows), width)


def _tens(ends: Sequence[float]) -> tuple[float, float]:
    if not ends:
        return 0, 100
    low, high = floor(min(ends) / 10) * 10, ceil(max(ends) / 10) * 10
    return low, high if high > low else low + 10


def short(words: str, most: int) -> str:
    """Cut to so many half-widths."""
    while half_widths(words) > most:
        words = words.removesuffix("…")[:-1].rstrip() + "…"
    return words


def folded(words: str, most: int, lines: int) -> list[str]:
    """On as many lines as it needs, at most so many, each of at most `most` half-widths; the last one is cut."""
    if lines == 1 or half_widths(words) <= most:
        return [short(words, most)]
    head = short(words, most + 1).removesuffix("…")
    head = head.rpartition(" ")[0] or head
    return [head, *folded(words[len(head) :].strip(), most, lines - 1)]


def _room(row: BarRow, width: float) -> int:
    """Half-widths for the name beside the number."""
    return int(width / HALF) - half_widths(row.text) - 3


def _bar_row(row: BarRow, lines: Sequence[str], top: float, axis: tuple[float, float, float]) -> list[Shape]:
    zero, unit, wide = axis
    shapes: list[Shape] = [Words(0, top + 13 + LEADING * n, line) for n, line in enumerate(lines)]
    top += LEADING * (len(lines) - 1)
    shapes.append(Words(wide, top + 13, row.text, anchor="end", bold=True))
    at = zero
    for value, colour in row.parts:
        width = abs(value) * unit
        if width:
            shapes.append(Bar(at if value >= 0 else at - width, top + 18.5, width, 6, colour))
        at += value * unit
    return shapes


def _said(pairs: object) -> str:
    return "; ".join(f"{label} {text}" for label, text in pairs)  # type: ignore[attr-defined]
