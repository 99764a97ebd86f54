"""A small drawing as a picture: SVG in the colours of the reader's scheme, its numbers in words beside it."""

from base64 import b64encode
from functools import lru_cache

from insight.drawing.charts import Palette
from insight.drawing.colours import palette
from insight.drawing.sketch import Bar, Dot, Line, Shape, Sketch
from pages.shared.look import is_dark
from pages.shared.markup import Markup


def picture(sketch: Sketch | None, *, tall: bool = False) -> Markup:
    """Streamlit takes SVG out of HTML, so it comes as an image, which also keeps it apart from the page.

    `tall`: the drawing for phones, which shows nowhere else.
    """
    if sketch is None or not sketch.shapes:
        return Markup()
    kind = "f2f-sketch f2f-tall" if tall else "f2f-sketch"
    return Markup('<img class="{}" alt="{}" src="{}">').format(kind, sketch.said, _source(sketch, is_dark()))


@lru_cache(maxsize=500)
def _source(sketch: Sketch, dark: bool) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg(sketch, palette(dark=dark)).encode()).decode()


def svg(sketch: Sketch, look: Palette) -> Markup:
    inside = Markup().join(_shape(shape, look) for shape in sketch.shapes)
    box = Markup('viewBox="0 -1 {:g} {:g}" width="{:g}" height="{:g}"').format(
        sketch.width, sketch.height + 2, sketch.width, sketch.height + 2
    )
    font = Markup('font-family="{}" style="font-variant-numeric: tabular-nums"').format(look.font)
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" {} {}>{}</svg>').format(box, font, inside)


def _shape(shape: Shape, look: Palette) -> Markup:
    colour = getattr(look, shape.colour)
    if isinstance(shape, Bar):
        place = Markup('x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:g}" rx="2"').format(
            shape.x, shape.y, shape.width, shape.height
        )
        return Markup('<rect {} fill="{}"/>').format(place, colour)
    if isinstance(shape, Dot):
        return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:g}" fill="{}"/>').format(
            shape.x, shape.y, shape.radius, colour
        )
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        drawn = Markup('fill="none" stroke="{}" stroke-width="{:g}" stroke-linecap="round"').format(colour, shape.width)
        return Markup('<polyline points="{}" {}/>').format(points, drawn)
    look_of = Markup('fill="{}" font-size="{:g}"').format(colour, shape.size) + (
        Markup(' font-weight="650"') if shape.bold else ""
    )
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" {}>{}</text>').format(
        shape.x, shape.y, shape.anchor, look_of, shape.text
    )
