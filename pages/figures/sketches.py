"""A small drawing as a picture: SVG in the colours of the reader's scheme, its numbers in words beside it."""

from base64 import b64encode
from functools import lru_cache
from html import escape

from insight.drawing.charts import Palette
from insight.drawing.colours import palette
from insight.drawing.sketch import Bar, Dot, Line, Shape, Sketch
from pages.shared.look import is_dark


def picture(sketch: Sketch | None, *, tall: bool = False) -> str:
    """Streamlit takes SVG out of HTML, so it comes as an image, which also keeps it apart from the page.

    `tall`: the drawing for phones, which shows nowhere else.
    """
    if sketch is None or not sketch.shapes:
        return ""
    kind = "f2f-sketch f2f-tall" if tall else "f2f-sketch"
    return f'<img class="{kind}" alt="{escape(sketch.said)}" src="{_source(sketch, is_dark())}">'


@lru_cache(maxsize=500)
def _source(sketch: Sketch, dark: bool) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg(sketch, palette(dark=dark)).encode()).decode()


def svg(sketch: Sketch, look: Palette) -> str:
    inside = "".join(_shape(shape, look) for shape in sketch.shapes)
    box = (
        f'viewBox="0 -1 {sketch.width:g} {sketch.height + 2:g}" width="{sketch.width:g}" height="{sketch.height + 2:g}"'
    )
    font = f'font-family="{escape(look.font)}" style="font-variant-numeric: tabular-nums"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font}>{inside}</svg>'


def _shape(shape: Shape, look: Palette) -> str:
    colour = getattr(look, shape.colour)
    if isinstance(shape, Bar):
        place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:g}" rx="2"'
        return f'<rect {place} fill="{colour}"/>'
    if isinstance(shape, Dot):
        return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:g}" fill="{colour}"/>'
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        drawn = f'fill="none" stroke="{colour}" stroke-width="{shape.width:g}" stroke-linecap="round"'
        return f'<polyline points="{points}" {drawn}/>'
    look_of = f'fill="{colour}" font-size="{shape.size:g}"' + (' font-weight="650"' if shape.bold else "")
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" text-anchor="{shape.anchor}" {look_of}>{escape(shape.text)}</text>'
    )
