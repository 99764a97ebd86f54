"""A picture as a file: a chart under its finding, its source and its address below it, in SVG."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from casework.documents.wrapping import wrapped
from insight.drawing.charts import Brush, Chart
from insight.drawing.paper import painted
from insight.drawing.shapes import Bar, Dot, Line, Shape, Words, wide

WIDTH, NARROW, PLOT, EDGE = 720.0, 360.0, 250.0, 20.0
TITLE, NOTE = 18.0, 12.0  # sizes


def svg(chart: Chart, notes: Sequence[str], brush: Brush, *, width: float = WIDTH, titled: bool = True) -> Markup:
    """`notes` stand below, a line or more each. Where there is nothing to draw it says so."""
    p, inner = brush.palette, width - 2 * EDGE
    head, y = _lines([chart.title] if titled else [], inner, (EDGE, EDGE), (TITLE, p.text, True))
    plot: list[Shape] = []
    if chart.figure is not None:
        plot = painted(chart.figure, brush, inner, PLOT)
        y += EDGE / 2
    foot, end = _lines(notes, inner, (EDGE, y + (PLOT if plot else 0) + EDGE / 2), (NOTE, p.quiet, False))
    high = end + EDGE / 2
    inside = [*map(_drawn, head), Markup('<g transform="translate({:g} {:.1f})">').format(EDGE, y)]
    inside += [*map(_drawn, plot), Markup("</g>"), *map(_drawn, foot)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:g} {1:.0f}" width="{0:g}" height="{1:.0f}" role="img" '
        'font-family="{2}" style="font-variant-numeric: tabular-nums"><title>{3}</title>'
        '<rect width="100%" height="100%" fill="{4}"/>{5}</svg>'
    ).format(width, high, p.font, chart.title, p.card, Markup().join(inside))


def _lines(
    texts: Iterable[str], width: float, at: tuple[float, float], look: tuple[float, str, bool]
) -> tuple[list[Words], float]:
    """The words as lines from the top down, and where the last one ends."""
    (x, y), (size, colour, bold) = at, look
    found = []
    for text in texts:
        for line in wrapped(text, width, lambda words: wide(words, size)):
            y += size * 1.5
            found.append(Words(x, y - size * 0.4, line, colour, size=size, bold=bold))
    return found, y


def _drawn(shape: Shape) -> Markup:
    if isinstance(shape, Bar):
        return Markup(
            '<rect x="{0.x:.1f}" y="{0.y:.1f}" width="{0.width:.1f}" height="{0.height:.1f}" fill="{0.colour}"/>'
        ).format(shape)
    if isinstance(shape, Dot):
        return Markup('<circle cx="{0.x:.1f}" cy="{0.y:.1f}" r="{0.radius:g}" fill="{0.colour}"/>').format(shape)
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return Markup(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="{:g}" stroke-linejoin="round"/>'
        ).format(points, shape.colour, shape.width)
    bold = Markup(' font-weight="650"') if shape.bold else ""
    return Markup(
        '<text x="{0.x:.1f}" y="{0.y:.1f}" text-anchor="{0.anchor}" fill="{0.colour}" font-size="{0.size:g}"{1}>'
        "{0.text}</text>"
    ).format(shape, bold)
