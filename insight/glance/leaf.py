"""The weekly leaf: the glance on one sheet of A4, as PDF with its drawings as lines and its letters as letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fpdf import FPDF
from fpdf.enums import RenderStyle

import i18n
from insight import wording
from insight.cases.board import Board
from insight.drawing.charts import Palette
from insight.drawing.colours import palette
from insight.drawing.print_fonts import faces
from insight.drawing.shapes import Bar, Dot, Line, Shape
from insight.drawing.sketch import Sketch
from insight.drawing.wrapping import wrapped
from insight.glance.answer import GlanceAnswer

MARGIN, WIDTH = 15.0, 180.0  # of an A4 sheet, in millimetres
WORDS, DRAWING = 100.0, 70.0
TOP, BOTTOM = 34.0, 281.0  # of the answers
LEAST_GAP, MOST_GAP = 1.5, 16.0  # below each of them


@dataclass(frozen=True)
class Leaf:
    """What is printed, all of it read before: `language` is a key of i18n.LANGUAGES."""

    district: str
    answers: Sequence[GlanceAnswer]
    board: Board
    as_of: date
    language: str


def leaf_pdf(leaf: Leaf) -> bytes:
    """The same records give the same bytes. Raises NoFont."""
    pdf, look = _sheet(leaf), palette(dark=False)
    _head(pdf, leaf, look)
    _answers(pdf, leaf, look, _gap(leaf, look))
    _write(pdf, i18n.text("leaf.foot", leaf.language, day=i18n.day(leaf.as_of, leaf.language)), look.quiet, 7.5,
           (MARGIN, 284, WIDTH))  # fmt: skip
    return bytes(pdf.output())


def _sheet(leaf: Leaf) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    for style, face in zip(("", "B"), faces(), strict=True):
        pdf.add_font("leaf", style, face.path, collection_font_number=face.number)
    pdf.set_creation_date(datetime.combine(leaf.as_of, time(), UTC))
    pdf.set_title(i18n.text("leaf.title", leaf.language))
    pdf.set_lang(i18n.LANGUAGES[leaf.language].html)
    pdf.add_page()
    return pdf


def _head(pdf: FPDF, leaf: Leaf, look: Palette) -> None:
    since = leaf.as_of - timedelta(days=6)
    days = i18n.days(since, leaf.as_of, leaf.language)
    _write(pdf, i18n.text("leaf.title", leaf.language), look.text, 18, (MARGIN, 12, WIDTH), bold=True)
    _write(pdf, f"{leaf.district}　{days}", look.quiet, 10, (MARGIN, 22, WIDTH))
    _rule(pdf, look.blue, 30, 0.6)


def _gap(leaf: Leaf, look: Palette) -> float:
    """What is left of the sheet, shared evenly: written once on a sheet that nobody sees."""
    left = BOTTOM - _answers(_sheet(leaf), leaf, look, 0)
    return min(max(left / max(len(leaf.answers), 1), LEAST_GAP), MOST_GAP)


def _answers(pdf: FPDF, leaf: Leaf, look: Palette, gap: float) -> float:
    """One below the other, each as high as its words or its drawing. Returns where the last one ends."""
    top = TOP
    for answer in leaf.answers:
        top = _answer(pdf, answer, leaf, look, top) + gap
        _rule(pdf, look.line, top - gap / 2 + 0.5, 0.2)
        top += 1.5
    return top


def _answer(pdf: FPDF, answer: GlanceAnswer, leaf: Leaf, look: Palette, top: float) -> float:
    y = _write(pdf, i18n.text(f"glance.question.{answer.question}", leaf.language), look.blue, 9, (MARGIN, top, WORDS),
               bold=True)  # fmt: skip
    y = _write(pdf, answer.said, look.text, 11, (MARGIN, y + 0.8, WORDS), bold=True)
    y = _write(pdf, answer.worth, look.quiet, 8, (MARGIN, y + 0.8, WORDS))
    ends = _write(pdf, _figures(answer, leaf), look.text, 8, (MARGIN, y + 0.8, WORDS))
    if answer.sketch is not None:
        left = MARGIN + WIDTH - DRAWING
        y = _write(pdf, i18n.text(f"glance.caption.{answer.question}", leaf.language), look.quiet, 7.5,
                   (left, top + 0.4, DRAWING))  # fmt: skip
        _draw(pdf, answer.sketch, look, left, y + 1)
        ends = max(ends, y + 1 + answer.sketch.height * DRAWING / answer.sketch.width)
    return ends


def _figures(answer: GlanceAnswer, leaf: Leaf) -> str:
    """Each with its change in 30 days."""
    said, brackets = [], i18n.LANGUAGES[leaf.language].aside
    for code in answer.figures:
        now, before = leaf.board.measures[code], leaf.board.before[code]
        moved = wording.change(now, before, leaf.language)
        change = i18n.text("glance.changed", leaf.language, change=moved) if moved else ""
        name, value = i18n.text(f"figure.{code}.name", leaf.language), wording.measured(now, leaf.language)
        said.append(f"{name} {value}" + (brackets.format(change) if change else ""))
    return "　".join(said)


def _write(
    pdf: FPDF, words: str, colour: str, size: float, box: tuple[float, float, float], *, bold: bool = False
) -> float:
    """Lines from the top of the box; returns where the last one ends."""
    left, top, width = box
    pdf.set_font("leaf", "B" if bold else "", size)
    pdf.set_text_color(colour)
    high = size * 0.3528  # points in millimetres
    for line in wrapped(words, width, pdf.get_string_width):
        pdf.text(left, top + high, line)
        top += high * 1.45
    return top


def _rule(pdf: FPDF, colour: str, y: float, width: float) -> None:
    pdf.set_draw_color(colour)
    pdf.set_line_width(width)
    pdf.line(MARGIN, y, MARGIN + WIDTH, y)


def _draw(pdf: FPDF, sketch: Sketch, look: Palette, left: float, top: float) -> None:
    unit = DRAWING / sketch.width
    for shape in sketch.shapes:
        _shape(pdf, shape, look, (left, top), unit)


def _shape(pdf: FPDF, shape: Shape, look: Palette, origin: tuple[float, float], unit: float) -> None:
    left, top = origin
    colour = getattr(look, shape.colour)
    pdf.set_fill_color(colour)
    pdf.set_draw_color(colour)
    if isinstance(shape, Bar):
        pdf.rect(left + shape.x * unit, top + shape.y * unit, shape.width * unit, shape.height * unit, style="F")
    elif isinstance(shape, Dot):
        pdf.circle(left + shape.x * unit, top + shape.y * unit, shape.radius * unit, style=RenderStyle.F)
    elif isinstance(shape, Line):
        pdf.set_line_width(shape.width * unit)
        pdf.polyline([(left + x * unit, top + y * unit) for x, y in shape.points])
    else:
        pdf.set_font("leaf", "B" if shape.bold else "", shape.size * unit / 0.3528)
        pdf.set_text_color(colour)
        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * pdf.get_string_width(shape.text)
        pdf.text(left + shape.x * unit - back, top + shape.y * unit, shape.text)
