"""Printed sheets: a letter with a code that opens the enterprise's own link, and the form of the same questions."""

import io
import zipfile
from uuid import uuid4

import numpy as np
import pytest
import segno
from docx import Document

from casework.documents.code_picture import code_of
from intake.paper import sheets
from intake.paper.form import serial_of
from intake.questionnaires.questionnaire import passes_on
from intake.waves import inviting
from intake.waves import running as waves
from tests.conftest import NOON, make_enterprise
from tests.intake.survey.test_survey import a_form


@pytest.fixture
def made(store, people):
    """A wave, its links and what a sheet needs of them; one enterprise's name tries to break the XML."""
    make_enterprise(store, name_zh="<w:p>甲&乙</w:p>有限公司", town_code="330603011")
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)
    firms = inviting.still_silent(store, actor=people.staff, wave_id=wave.id)
    ids = [firm.id for firm in firms]
    links = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=NOON)
    asked = waves.questionnaire_of(store, actor=people.staff, wave_id=wave.id)
    return sheets.Letterhead("柯桥区", wave, asked, "zh"), links


def address(link):
    return f"https://f2f.example/i/{link.token}"


def test_every_enterprise_has_its_letter_its_link_and_its_form_with_the_same_number(made):
    head, links = made
    page = Document(io.BytesIO(sheets.sheets(head, links, address)))
    letters = "\n".join(paragraph.text for paragraph in page.paragraphs)
    assert len(page.tables) == len(links) == len(page.sections) == 3
    for link, table in zip(links, page.tables, strict=True):
        number = serial_of(head.wave, link.serial)
        assert link.enterprise.name_zh in letters and address(link) in letters and number in letters
        form = "\n".join(cell.text for row in table.rows for cell in row.cells)
        assert number in form
        for item in head.asked.items:
            assert (item.zh in form) == (not passes_on(item)), "a consent to what paper never does"
        assert "第 2 题选" in form and "□ 5 非常满意" in form and "□ N 不了解" in form.replace("\u00a0", " ")
    assert "@@" not in letters


def test_the_code_on_a_sheet_opens_that_enterprises_link(made):
    head, links = made
    with zipfile.ZipFile(io.BytesIO(sheets.sheets(head, links, address))) as file:
        xml, relations = file.read("word/document.xml").decode(), file.read("word/_rels/document.xml.rels").decode()
        for number, link in enumerate(links):
            assert f'r:embed="rIdCode{number}"' in xml and f"media/code{number}.png" in relations
            assert file.read(f"word/media/code{number}.png") == code_of(address(link))


def test_the_picture_is_the_code_module_by_module():
    from PIL import Image

    where = "https://f2f.example/i/abc"
    drawn = ~np.asarray(Image.open(io.BytesIO(code_of(where))).convert("L")).astype(bool)
    code = segno.make(where, error="m", micro=False, mask=2)
    assert (drawn[::4, ::4][2:-2, 2:-2] == np.array([list(row) for row in code.matrix], dtype=bool)).all()
    assert not drawn[:8].any() and drawn.shape == ((len(code.matrix) + 4) * 4,) * 2


def test_sheets_are_bundled_by_town_in_the_order_of_their_numbers(made):
    head, links = made
    told = []
    bundle = sheets.sheets_by_town(
        head, links, address, {"330603001": "柯桥街道", "330603011": "马鞍/街道"}, told.append
    )
    with zipfile.ZipFile(io.BytesIO(bundle)) as files:
        assert files.namelist() == ["1-柯桥街道.docx", "1-马鞍街道.docx"]
    assert told == [1, 3]


def test_the_form_in_english_says_the_same(made):
    head, links = made
    english = sheets.Letterhead("Keqiao District", head.wave, head.asked, "en")
    page = Document(io.BytesIO(sheets.sheets(english, links[:1], address)))
    form = "\n".join(cell.text for row in page.tables[0].rows for cell in row.cells)
    for item in head.asked.items:
        assert (item.en in form) == (not passes_on(item))
