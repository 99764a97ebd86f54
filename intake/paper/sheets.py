"""Printable sheets: for each enterprise a letter with its code and link, and the paper form of the same questions.

One sheet is drawn with python-docx; the others repeat its XML with their own words and picture, so that 2,000 sheets
take seconds. The link is in the sheet alone: the store keeps its hash, so sheets are made when links are issued.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

import i18n
from casework.documents.code_picture import code_of
from db import clock
from db.survey.surveys import Wave
from intake.paper.form import NA_KEY, KeyedQuestion, keys_of, questions, serial_of
from intake.paper.rules import when_in_words
from intake.paper.sheet_file import repeated
from intake.questionnaires.kinds.choices import BOX
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Item, Questionnaire
from intake.survey.notice import notice_of
from intake.waves.inviting import Link

_MARKS = {"name": "@@NAME@@", "address": "@@ADDRESS@@", "serial": "@@SERIAL@@", "uscc": "@@USCC@@"}
_PICTURE = "@@PICTURE@@"
_FONT = "宋体"
_WIDE = (Cm(6.2), Cm(10.8))
_WIDTHS = {BOX: 1, " ": 0.3}
_LINE = 33  # Chinese characters that a line of boxes holds


@dataclass(frozen=True)
class Letterhead:
    """What stands on every sheet: whose dialogue it is, which wave, its questions, in which language."""

    district: str
    wave: Wave
    asked: Questionnaire
    language: str


def sheets(head: Letterhead, links: Iterable[Link], address: Callable[[Link], str]) -> bytes:
    """A Word file with a letter and a form for each link. `address` gives what its code opens."""
    opens = [(link, address(link)) for link in links]
    words = [_words(head, link, where) for link, where in opens]
    return repeated(_one(head), words, [code_of(where) for _, where in opens])


def sheets_by_town(
    head: Letterhead,
    links: Sequence[Link],
    address: Callable[[Link], str],
    towns: Mapping[str, str],
    done: Callable[[int], None] = lambda _: None,
) -> bytes:
    """A ZIP with a Word file a town, in the order of the serial numbers: so they are carried out and come back.

    `done` is told how many sheets are finished.
    """
    out, finished = io.BytesIO(), 0
    ordered = sorted(links, key=lambda link: (link.enterprise.town_code, link.serial or 0))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for town, group in groupby(ordered, key=lambda link: link.enterprise.town_code):
            own, name = list(group), re.sub(r"[^\w-]+", "", towns.get(town, town)) or town
            bundle.writestr(f"{head.wave.number}-{name}.docx", sheets(head, own, address))
            done(finished := finished + len(own))
    return out.getvalue()


def _words(head: Letterhead, link: Link, address: str) -> dict[str, str]:
    firm = link.enterprise
    said = {
        "name": firm.say(head.language),
        "uscc": firm.uscc,
        "address": address,
        "serial": serial_of(head.wave, link.serial) if link.serial else "",
    }
    return {_MARKS[name]: words for name, words in said.items()}


def _one(head: Letterhead) -> Word:
    """One sheet with marks where the enterprise's own words go."""
    page = Document()
    page.core_properties.author, page.core_properties.comments = head.district, ""
    page.core_properties.title = head.wave.title(head.language)
    _format(page)
    _letter(page, head)
    page.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _form(page, head)
    return page


def _format(page: Word) -> None:
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.6)
    section.start_type = WD_SECTION.ODD_PAGE  # printed on both sides, every enterprise still has leaves of its own
    style = page.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)  # type: ignore[attr-defined]
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)  # type: ignore[attr-defined]


def _letter(page: Word, head: Letterhead) -> None:
    say, asked, wave = _say(head), head.asked, head.wave
    last = i18n.day(clock.day_of(wave.closes_at - timedelta(seconds=1)), head.language)
    _line(page, say("letter_from", district=head.district), size=10.5)
    _line(page, wave.title(head.language), size=18, bold=True, before=6, after=12)
    _line(page, say("letter_to", name=_MARKS["name"]), size=12, bold=True)
    _line(page, say("uscc", code=_MARKS["uscc"]), after=8)
    for words in (asked.purpose.say(head.language), say("letter_time", n=asked.minutes, last=last)):
        _line(page, words, size=12, after=6)
    _line(page, say("letter_scan"), size=12, bold=True, before=6, after=4)
    page.add_picture(io.BytesIO(code_of(_PICTURE)), width=Cm(4.6))
    _line(page, _MARKS["address"], size=9, after=8)
    for key in ("letter_once", "letter_paper"):
        _line(page, say(key, last=last), size=12, after=6)
    _line(page, say("letter_who_sees"), size=12, bold=True, before=6)
    _line(page, notice_of(asked, "paper", i18n.choose(head.language)), after=8)
    _line(page, say("serial", serial=_MARKS["serial"]), size=12, bold=True)


def _form(page: Word, head: Letterhead) -> None:
    """One table, whose first row comes again on every page: a loose page still says whose it is."""
    say = _say(head)
    table = page.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDE, strict=True):
        column.width = width
    first = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    _fill(first, say("form_head", title=head.wave.title(head.language), serial=_MARKS["serial"]), bold=True)
    _fill(first, say("form_how", na=NA_KEY.upper()), size=9)
    _repeat_row(table)
    printed = questions(head.asked)
    number_of = {question.item.code: question.number.partition(".")[0] for question in reversed(printed)}
    for screen in head.asked.screens:
        own = [question for question in printed if question.item.screen == screen.code]
        if own:
            row = table.add_row().cells
            _fill(row[0].merge(row[1]), screen.say(head.language), bold=True)
        for question in own:
            _question(table, head, question, number_of)


def _question(table: Table, head: Letterhead, question: KeyedQuestion, number_of: Mapping[str, str]) -> None:
    row = table.add_row()
    left, right = row.cells
    left.width, right.width = _WIDE
    _unbroken(row)
    _fill(left, f"{question.number}. {question.say(head.language)}")
    if question.item.when is not None:
        _fill(left, when_in_words(head.asked, question.item.when, number_of, head.language), size=9)
    _fill(right, boxes(head.asked, question.item, head.language), size=9)


def boxes(asked: Questionnaire, item: Item, language: str) -> str:
    """What is ticked or written, with the keys that a clerk types printed beside it."""
    keys = KINDS[item.kind].keys
    if keys is None:
        return "\n\n\n\n"
    na = [f"{BOX} {NA_KEY.upper()} {i18n.text('survey.na', language)}"] if item.na else []
    return _packed([*keys.boxes(item, keys_of(asked, item), language), *na])


def _packed(words: list[str]) -> str:
    """As many side by side as a line holds: Chinese would otherwise be broken within a choice."""
    lines, used = [""], 0.0
    for word in words:
        wide = sum(_WIDTHS.get(c, 1 if ord(c) > 0x2E80 else 0.55) for c in f"{word}  ")
        if used and used + wide > _LINE:
            lines, used = [*lines, ""], 0.0
        lines[-1] += word + "  "
        used += wide
    return "\n".join(line.rstrip() for line in lines)


def _say(head: Letterhead) -> Callable[..., str]:
    def say(key: str, **facts: object) -> str:
        return i18n.text(f"paper.{key}", head.language, **facts)

    return say


def _line(
    page: Word, words: str, *, size: float = 10.5, bold: bool = False, before: float = 0, after: float = 0
) -> None:
    paragraph = page.add_paragraph()
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)


def _fill(cell: _Cell, words: str, *, bold: bool = False, size: float = 10) -> None:
    """A further paragraph; the first one fills the empty one that a new cell has."""
    paragraph = cell.paragraphs[0] if not cell.text else cell.add_paragraph()
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)


def _repeat_row(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _unbroken(row: object) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]
