"""The weekly leaf: the week on one sheet of A4, as PDF with its charts as lines and its letters as letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import i18n
from casework.documents.print_fonts import faces
from casework.documents.wrapping import wrapped
from db.system.settings import District
from insight.drawing.charts import Brush, Chart
from insight.drawing.paper import painted
from insight.drawing.shapes import Bar, Dot, Line, Shape
from insight.glance.week import WeekPart

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN, WIDTH = 15.0, 180.0  # of an A4 sheet, in millimetres
TOP, BOTTOM, GAP = 36.0, 277.0, 7.0  # of the three parts, and between two
PLANE, UNIT = 680.0, WIDTH / 680.0  # of a chart, whose letters are then 3.2 mm high
POINT = 0.3528  # millimetres
LEAST = 20.0  # millimetres of a chart, below which it would say nothing
Look = tuple[str, float, bool]  # colour, size, bold


@dataclass(frozen=True)
class Leaf:
    """What is printed, all of it read before."""

    district: District
    parts: Sequence[WeekPart]
    as_of: date
    brush: Brush


def leaf_pdf(leaf: Leaf) -> bytes:
    """The same records give the same bytes. Raises NoFont."""
    pdf, p = _sheet(leaf), leaf.brush.palette
    since = leaf.as_of - timedelta(days=6)
    days = i18n.days(since, leaf.as_of, leaf.brush.language)
    _write(pdf, leaf.brush.t("leaf.title"), (p.text, 18, True), 12)
    demo = f"　{leaf.brush.t('header.demo')}" if leaf.district.demo else ""
    _write(pdf, f"{leaf.district.say(leaf.brush.language)}　{days}{demo}", (p.quiet, 10, False), 22)
    _rule(pdf, p.blue, 31, 0.6)
    high, top = (BOTTOM - TOP - GAP * (len(leaf.parts) - 1)) / len(leaf.parts), TOP
    for part in leaf.parts:
        _part(pdf, part, leaf.brush, (top, high))
        top += high + GAP
    foot = leaf.brush.t("leaf.foot", day=i18n.day(leaf.as_of, leaf.brush.language))
    _write(pdf, foot, (p.quiet, 7.5, False), 281)
    return bytes(pdf.output())


def _sheet(leaf: Leaf) -> "FPDF":
    from fpdf import FPDF  # here: 20 MB that a server needs once a week

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    for style, face in zip(("", "B"), faces(), strict=True):
        pdf.add_font("leaf", style, face.path, collection_font_number=face.number)
    pdf.set_creation_date(datetime.combine(leaf.as_of, time(), UTC))
    pdf.set_title(leaf.brush.t("leaf.title"))
    pdf.set_lang(i18n.LANGUAGES[leaf.brush.language].html)
    pdf.add_page()
    return pdf


def _part(pdf: "FPDF", part: WeekPart, brush: Brush, box: tuple[float, float]) -> None:
    """Its words, then its chart in what is left of its box."""
    (top, high), p = box, brush.palette
    y = _write(pdf, part.name, (p.blue, 9.5, True), top)
    y = _write(pdf, part.said, (p.text, 14, True), y + 1)
    y = _write(pdf, part.more, (p.quiet, 9.5, False), y + 0.5) + 1.5
    left = top + high - y
    if left >= LEAST:
        _draw(pdf, part.chart, brush, (y, left))


def _write(pdf: "FPDF", words: str, look: Look, top: float) -> float:
    """Lines from the top down; returns where the last one ends."""
    colour, size, bold = look
    pdf.set_font("leaf", "B" if bold else "", size)
    pdf.set_text_color(colour)
    for line in wrapped(words, WIDTH, pdf.get_string_width):
        pdf.text(MARGIN, top + size * POINT, line)
        top += size * POINT * 1.45
    return top


def _rule(pdf: "FPDF", colour: str, y: float, width: float) -> None:
    pdf.set_draw_color(colour)
    pdf.set_line_width(width)
    pdf.line(MARGIN, y, MARGIN + WIDTH, y)


def _draw(pdf: "FPDF", chart: Chart, brush: Brush, box: tuple[float, float]) -> None:
    top, high = box
    if chart.figure is not None:
        for shape in painted(chart.figure, brush, PLANE, high / UNIT):
            _shape(pdf, shape, top)


def _shape(pdf: "FPDF", shape: Shape, top: float) -> None:
    pdf.set_fill_color(shape.colour)
    pdf.set_draw_color(shape.colour)
    if isinstance(shape, Bar):
        pdf.rect(MARGIN + shape.x * UNIT, top + shape.y * UNIT, shape.width * UNIT, shape.height * UNIT, style="F")
    elif isinstance(shape, Dot):
        pdf.circle(MARGIN + shape.x * UNIT, top + shape.y * UNIT, shape.radius * UNIT, style="F")
    elif isinstance(shape, Line):
        pdf.set_line_width(shape.width * UNIT)
        pdf.polyline([(MARGIN + x * UNIT, top + y * UNIT) for x, y in shape.points])
    else:
        pdf.set_font("leaf", "B" if shape.bold else "", shape.size * UNIT / POINT)
        pdf.set_text_color(shape.colour)
        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * pdf.get_string_width(shape.text)
        pdf.text(MARGIN + shape.x * UNIT - back, top + shape.y * UNIT, shape.text)
