"""A Word file's paragraphs and tables drawn as a PDF, where there is no office suite: its words in their order, sizes,
weights and places, in a font of this machine. What else a template may hold (pictures, headers) is left out."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casework.documents.print_fonts import Face
from casework.documents.wrapping import wrapped

if TYPE_CHECKING:
    from docx.section import Section
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from fpdf import FPDF

_FRAME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}framePr"  # what stands at the foot of a page
SIZE, LINE = 12.0, 1.5  # points where nothing says it; a line's height in that of its letters
POINT = 25.4 / 72
_ALIGNED = {1: "C", 2: "R"}


def drawn(content: bytes, faces: Sequence[Face]) -> bytes:
    from docx import Document  # here: a child reads them, the server never

    word = Document(io.BytesIO(content))
    pdf = _sheet(word.sections[0], faces if _bold(word.paragraphs) else faces[:1])
    blocks = sorted(word.iter_inner_content(), key=lambda block: block._element.find(f".//{_FRAME}") is not None)
    for block in blocks:
        _table(pdf, block) if hasattr(block, "rows") else _paragraph(pdf, block)  # type: ignore[arg-type]
    return bytes(pdf.output())


def _bold(said: Sequence["Paragraph"]) -> bool:
    return any(run.bold for one in said for run in one.runs)


def _sheet(page: "Section", faces: Sequence[Face]) -> "FPDF":
    """`faces`: the regular one, and the bold one where anything is: to open and cut down a font of 65,000 letters is
    most of what a paper costs."""
    from fpdf import FPDF

    class Numbered(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("paper", "", SIZE)
            self.cell(0, 5, f"— {self.page_no()} —", align="C")

    pdf = Numbered(format=(_mm(page.page_width), _mm(page.page_height)))
    pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))  # the same document, the same bytes
    pdf.set_margins(_mm(page.left_margin), _mm(page.top_margin), _mm(page.right_margin))
    pdf.set_auto_page_break(True, _mm(page.bottom_margin))
    for style, face in zip(("", "B"), faces, strict=False):
        pdf.add_font("paper", style, face.path, collection_font_number=face.number)
    pdf.add_page()
    return pdf


def _paragraph(pdf: "FPDF", said: "Paragraph") -> None:
    size = _size([said])
    if not said.text.strip():
        _gap(pdf, size * POINT * LINE, line="\t" in said.text)
        return
    pdf.set_font("paper", "B" if _bold([said]) else "", size)
    colour = next((run.font.color.rgb for run in said.runs if run.font.color and run.font.color.rgb), None)
    pdf.set_text_color(*(colour or (0, 0, 0)))
    indent = max(_mm(said.paragraph_format.first_line_indent), 0)
    spaces = "\u3000" * int(indent / pdf.get_string_width("\u3000") + 0.5)
    for part in (spaces + said.text.replace("\t", "\u3000")).split("\n"):
        for line in wrapped(part, pdf.epw - 1, pdf.get_string_width):
            pdf.cell(0, size * POINT * LINE, line, align=_ALIGNED.get(int(said.alignment or 0), "L"), new_x="LMARGIN",
                     new_y="NEXT")  # fmt: skip


def _gap(pdf: "FPDF", high: float, *, line: bool) -> None:
    """An empty line; one that is drawn where a tab is underlined."""
    if line:
        pdf.line(pdf.l_margin, pdf.y, pdf.l_margin + pdf.epw, pdf.y)
    else:
        pdf.ln(high)


def _table(pdf: "FPDF", found: "Table") -> None:
    size = _size([p for row in found.rows for cell in row.cells for p in cell.paragraphs])
    pdf.set_text_color(0, 0, 0)
    pdf.set_font("paper", "", size)
    widths = [_mm(column.width) or 1 for column in found.columns]
    room = [pdf.epw * width / sum(widths) - 2.5 for width in widths]
    shape = {"line_height": size * POINT * LINE, "padding": 0.5, "first_row_as_headings": False}
    with pdf.table(col_widths=tuple(widths), **shape) as lines:  # type: ignore[arg-type]
        for row in found.rows:
            line = lines.row()
            for cell, width in zip(row.cells, room, strict=True):
                parts = [wrapped(part, width, pdf.get_string_width) for part in cell.text.split("\n")]
                line.cell("\n".join(text for part in parts for text in part))


def _size(said: Sequence["Paragraph"]) -> float:
    sizes = [run.font.size.pt for one in said for run in one.runs if run.font.size]
    return max(sizes, default=SIZE)


def _mm(length: Any) -> float:  # noqa: ANN401 — of python-docx, or nothing
    return length.mm if length else 0.0
