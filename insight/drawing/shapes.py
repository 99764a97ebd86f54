"""What is drawn without a browser: shapes on a plane whose y grows downwards, which become SVG or PDF."""

from dataclasses import dataclass
from unicodedata import east_asian_width

HALF = 0.53  # of its size is as wide as half a width


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Line:
    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 2


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True)
class Words:
    """`y` is the baseline; `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    colour: str
    anchor: str = "start"
    size: float = 12
    bold: bool = False


Shape = Bar | Line | Dot | Words


def half_widths(words: str) -> int:
    """A Chinese character counts two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def wide(words: str, size: float) -> float:
    """About how wide words of a size are drawn."""
    return half_widths(words) * size * HALF
