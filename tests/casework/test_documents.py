"""Templates that staff bring, and the PDF beside the Word file."""

import io
import zipfile

import pytest
from docx import Document

from casework import documents
from casework.documents import built_in, check_template, fill, pdf_possible, replace_template, reset_template, to_pdf
from db.refused import Refused
from tests.conftest import NOON


def word_file(*paragraphs: str) -> bytes:
    out, document = io.BytesIO(), Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for known in old.infolist():
            new.writestr(known, old.read(known))
        new.writestr(name, part)
    return out.getvalue()


WHOLE = (
    "{{ issuer }} {{ number }} {{ title }} {{ lead }} {{ copied }} {{ deadline }} {{ date }}",
    "{% for item in items %}{{ item.number }} {{ item.title }}{% endfor %}",
)


def in_use(store, kind="letter") -> bytes:
    return store.read(lambda con: documents.present(con, kind, NOON)).content


@pytest.mark.parametrize("kind", documents.KINDS)
def test_the_built_in_templates_pass_their_own_check(kind):
    check_template(kind, built_in(kind))


def test_staff_replace_a_template_and_go_back_to_the_built_in_one(store, people):
    own = word_file(*WHOLE)
    replace_template(store, actor=people.staff, kind="letter", content=own, at=NOON)
    assert in_use(store) == own and in_use(store, "minutes") == built_in("minutes")
    reset_template(store, actor=people.staff, kind="letter", at=NOON)
    assert in_use(store) == built_in("letter")
    for nobody in (people.department, people.leader, people.admin, people.enterprise):
        with pytest.raises(Refused, match="forbidden"):
            replace_template(store, actor=nobody, kind="letter", content=own, at=NOON)


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        (word_file(*WHOLE, "{{ adress }}"), "template_field", "adress"),
        (word_file(*WHOLE, "{% for item in items %}{{ item.titel }}{% endfor %}"), "template_field", "titel"),
        (word_file(WHOLE[0]), "template_lacks", "items.number"),
        (word_file(*WHOLE, "{% if note %}"), "template_syntax", ""),
        (word_file(*WHOLE, "{{ ''.__class__.__mro__ }}"), "template_", ""),
        (word_file(*WHOLE, "{{ issuer * 999999999 }}"), "template_syntax", ""),
        (word_file(*WHOLE, "{{ issuer.upper() }}"), "template_", ""),
        (word_file(*WHOLE, "{{ range(9) }}"), "template_", ""),
        (word_file(*WHOLE, "{% for a in items %}{% for b in items %}{% endfor %}{% endfor %}"), "template_syntax", ""),
        (b"no Word file", "template_unreadable", ""),
        (with_part(word_file(*WHOLE), "word/vbaProject.bin", b"x"), "template_outside", ""),
        (with_part(word_file(*WHOLE), "word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "template_outside", ""),
        (with_part(word_file(*WHOLE), "word/_rels/x.rels", b'<R TargetMode="External"/>'), "template_outside", ""),
        (with_part(word_file(*WHOLE), "word/big.xml", b"0" * 21 * 1024 * 1024), "template_too_large", ""),
    ],
)
def test_a_bad_template_is_refused_by_name_and_the_old_one_stays(store, people, content, code, named):
    before = store.revision()
    with pytest.raises(Refused, match=code) as refusal:
        replace_template(store, actor=people.staff, kind="letter", content=content, at=NOON)
    assert named in str(refusal.value.facts)
    assert in_use(store) == built_in("letter") and store.revision() == before


def test_words_of_a_person_stay_words():
    facts = documents.sample_facts("letter") | {"note": "<w:p/> & {{ 7 * 7 }}\x0b\u202e第一行\n第二行", "n": 1}
    said = documents.text_of(fill(built_in("letter"), facts))
    assert "<w:p/> & {{ 7 * 7 }}" in said and "49" not in said and "第一行\n第二行" in said


def test_the_same_facts_give_the_same_bytes():
    facts = documents.sample_facts("letter")
    assert fill(built_in("letter"), facts) == fill(built_in("letter"), facts)


@pytest.mark.skipif(not pdf_possible(), reason="LibreOffice (soffice) is not installed here")
def test_libreoffice_makes_a_pdf_of_the_letter():
    made = to_pdf(fill(built_in("letter"), documents.sample_facts("letter")))
    assert made is not None and made.startswith(b"%PDF") and b"/Page" in made


def test_without_libreoffice_there_is_no_pdf(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert to_pdf(built_in("letter")) is None
