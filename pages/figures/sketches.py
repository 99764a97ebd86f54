"""A small drawing as a picture: SVG in the colours of the reader's scheme, its numbers in words beside it."""

from base64 import b64encode
from functools import lru_cache

from insight.drawing.charts import Palette
from insight.drawing.colours import palette
from insight.drawing.sketch import Bar, Dot, Line, Shape, Sketch
from pages.shared.look import is_dark
from pages.shared.markup import Markup


def picture(sketch: Sketch | None) -> Markup:
    """Streamlit takes SVG out of HTML, so it comes as an image, which also keeps it apart from the page."""
    if sketch is None or not sketch.shapes:
        return Markup()
    return Markup('<img class="f2f-sketch" alt="{}" src="{}">').format(sketch.said, _source(sketch, is_dark()))


@lru_cache(maxsize=500)
def _source(sketch: Sketch, dark: bool) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg(sketch, palette(dark=dark)).encode()).decode()


def svg(sketch: Sketch, look: Palette) -> Markup:
    inside = Markup().join(_shape(shape, look) for shape in sketch.shapes)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -1 {wide:g} {high:g}" width="{wide:g}" height="{high:g}" '
        'font-family="{font}" style="font-variant-numeric: tabular-nums">{inside}</svg>'
    ).format(wide=sketch.width, high=sketch.height + 2, font=look.font, inside=inside)


def _shape(shape: Shape, look: Palette) -> Markup:
    colour = getattr(look, shape.colour)
    if isinstance(shape, Bar):
        return Markup(
            '<rect x="{0.x:.1f}" y="{0.y:.1f}" width="{0.width:.1f}" height="{0.height:g}" rx="2" fill="{1}"/>'
        ).format(shape, colour)
    if isinstance(shape, Dot):
        return Markup('<circle cx="{0.x:.1f}" cy="{0.y:.1f}" r="{0.radius:g}" fill="{1}"/>').format(shape, colour)
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return Markup(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="{:g}" stroke-linecap="round"/>'
        ).format(points, colour, shape.width)
    bold = Markup(' font-weight="650"') if shape.bold else ""
    return Markup(
        '<text x="{0.x:.1f}" y="{0.y:.1f}" text-anchor="{0.anchor}" fill="{1}" font-size="{0.size:g}"{2}>'
        "{0.text}</text>"
    ).format(shape, colour, bold)
