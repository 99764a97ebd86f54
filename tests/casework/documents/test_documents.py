"""Templates that staff bring, and the PDF beside the Word file."""

import io
import re
import resource
import zipfile

import pytest
from docx import Document

import i18n
from casework.documents import documents, print_fonts
from casework.documents.documents import (
    built_in,
    check_template,
    fill,
    pdf_possible,
    replace_template,
    reset_template,
    to_pdf,
)
from db.refused import Refused
from tests.conftest import NOON
from tests.there import there


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
            if known.filename != name:
                new.writestr(known, old.read(known))
        new.writestr(name, part)
    return out.getvalue()


WHOLE = (
    "{{ issuer }} {{ number }} {{ title }} {{ lead }} {{ copied }} {{ deadline }} {{ date }}",
    "{% for item in items %}{{ item.number }} {{ item.title }}{% endfor %}",
)


def with_field(*runs: str, simple: bool = False) -> bytes:
    """A whole letter that ends with a field of these runs: begin, instructions, separate, a result, end."""
    if simple:
        xml = f'<w:p><w:fldSimple w:instr="{runs[0]}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    else:
        xml = (
            f"<w:p>{char('begin')}{''.join(map(instruction, runs))}{char('separate')}<w:r><w:t>1</w:t></w:r>{END}</w:p>"
        )
    return with_xml(xml)


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


END = char("end")


def with_xml(xml: str, part: str = "word/document.xml", before: str = "<w:sectPr") -> bytes:
    whole = word_file(*WHOLE)
    with zipfile.ZipFile(io.BytesIO(whole)) as old:
        known = old.read(part).decode()
    at = known.rindex(before)
    return with_part(whole, part, (known[:at] + xml + known[at:]).encode())


def with_relation(
    kind: str, target: str = "x.xml", mode: str = "", part: str = "word/_rels/document.xml.rels"
) -> bytes:
    type_ = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    xml = f'<Relationship Id="rIdX" Type="{type_}" Target="{target}" {mode}/>'
    if part == "word/_rels/document.xml.rels":
        return with_xml(xml, part, "</Relationships>")
    return with_part(word_file(*WHOLE), part, f'<Relationships xmlns="{RELATIONS}">{xml}</Relationships>'.encode())


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


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


@pytest.mark.parametrize(
    "relation",
    [
        ("image", "https://evil.example/a.png", 'TargetMode="External"'),
        ("image", "https://evil.example/a.png", 'TargetMode="&#69;xternal"'),
        ("image", "https://evil.example/a.png", "TargetMode = '&#x45;xternal'"),
        ("image", "https://evil.example/a.png"),  # without saying that it is outside
        ("image", "//evil.example/a.png"),
        ("image", "\\\\evil.example\\a.png"),
        ("image", "file:///etc/hostname"),
        ("attachedTemplate", "normal.dotm"),
        ("aFChunk", "afchunk.htm"),
        ("oleObject", "a.xml"),
        ("subDocument", "other.docx"),
        ("frame", "other.xml"),
        ("hyperlink", "other.xml"),
        ("mailMergeSource", "list.xml"),
        ("attachedTemplate", "a.xml", "", "word/_rels/settings.xml.rels"),
        ("image", "https://evil.example/a.png", 'TargetMode="&#69;xternal"', "word/_rels/header1.xml.rels"),
        ("image", "https://evil.example/a.png", 'TargetMode="&#69;xternal"', "word/_rels/footer9.xml.rels"),
        ("oleObject", "a.xml", "", "word/charts/_rels/chart1.xml.rels"),
    ],
)
def test_no_part_of_a_template_is_related_to_anything_outside(relation):
    with pytest.raises(Refused, match="template_outside") as refusal:
        check_template("letter", with_relation(*relation))
    assert "_rels/" in str(refusal.value.facts["part"])


@pytest.mark.parametrize(
    ("content", "function"),
    [
        (with_field(" INCLUDEPICTURE &quot;https://evil.example/a.png&quot; ", simple=True), "INCLUDEPICTURE"),
        (with_field(" INCLUDE", "PICTURE ", '"https://evil.example/a.png" \\d '), "INCLUDEPICTURE"),
        (with_field(" in", "cludepi", "cture", ' "a.png"'), "includepicture"),
        (with_field(' DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" '), "DDEAUTO"),
        (with_field(" DDE excel a b ", simple=True), "DDE"),
        (with_field(' INCLUDETEXT "/etc/hostname" '), "INCLUDETEXT"),
        (with_field(' LINK Excel.Sheet.8 "a.xls" '), "LINK"),
        (with_field(" HYPERLINK https://evil.example ", simple=True), "HYPERLINK"),
        (with_field(" PAGE{# #}REF x "), "PAGE{#"),
        (with_field("{{ issuer }} x "), "{{ issuer"),
        # a field in a field: what it comes to may be the other's first letters
        (with_xml(f"<w:p>{char('begin')}{char('begin')}{instruction(' QUOTE 73 ')}{END}{instruction('NCLUDEPICTURE a')}"
                  f"{END}</w:p>"), "QUOTE"),
        (with_xml(f"<w:p>{char('begin')}{char('begin')}{instruction(' PAGE ')}{END}{instruction('LINK a')}{END}</w:p>"),
         "…LINK"),
        (with_xml(f"<w:p>{char('begin')}<w:r><w:t>LINK</w:t></w:r>{instruction(' PAGE ')}{END}</w:p>"), "LINK PAGE"),
        (with_xml(f"<w:p>{char('begin')}{instruction(' DDE a b c ')}</w:p>"), "DDE"),  # never ended
        (with_part(word_file(*WHOLE), "word/header7.xml",
                   b'<h xmlns:w="w"><w:fldSimple w:instr="D&#68;E a b"/></h>'), "DDE"),
    ],
)  # fmt: skip
def test_a_field_that_fetches_or_runs_something_is_refused_by_name(content, function):
    with pytest.raises(Refused, match="template_function") as refusal:
        check_template("letter", content)
    assert function in str(refusal.value.facts["function"])


@pytest.mark.parametrize("braces", ["{% if note %}", "{{ issuer * 9 }}", "{% for a in items %}{% for b in items %}"
                                    "{% endfor %}{% endfor %}"])  # fmt: skip
def test_braces_that_are_not_right_are_told_in_the_readers_language_without_the_librarys_english(braces):
    with pytest.raises(Refused, match="template_syntax") as refusal:
        check_template("letter", word_file(*WHOLE, braces))
    assert not re.search("[A-Za-z]", i18n.text("error.template_syntax", "zh", **refusal.value.facts))


def test_fields_that_number_pages_and_count_may_stay():
    for runs in ((" PAGE ",), (" NUM", "PAGES \\* MERGEFORMAT "), (' DATE \\@ "yyyy年M月d日" ',), (" SEQ a ",)):
        check_template("letter", with_field(*runs))
    check_template("letter", with_field("PAGE", simple=True))


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="https://evil.example/a"/>'
        "</v:shape></w:pict></w:r></w:p>",
        '<w:altChunk xmlns:r="r" r:id="rIdX"/>',
        "<w:p><w:r><w:object/></w:r></w:p>",
        '<w:p><w:subDoc xmlns:r="r" r:id="rIdX"/></w:p>',
    ],
)
def test_no_element_brings_in_another_file(xml):
    with pytest.raises(Refused, match="template_outside"):
        check_template("letter", with_xml(xml))


def test_settings_that_ask_a_database_are_refused():
    merge = '<w:mailMerge><w:connectString w:val="Provider=SQL"/></w:mailMerge>'
    with pytest.raises(Refused, match="template_outside"):
        check_template("letter", with_xml(merge, "word/settings.xml", "<w:zoom"))


def test_what_a_template_leaves_out_when_it_is_filled_does_not_open_a_way():
    """The harmless field stands in a branch that is never taken; what is left is another field."""
    hidden = (
        f"<w:p>{char('begin')}"
        '<w:r w:rsidR="{% if not issuer %}"><w:instrText> PAGE </w:instrText></w:r><w:r w:rsidR="{% endif %}">'
        f"<w:instrText> DDE a b </w:instrText></w:r>{char('separate')}<w:r><w:t>1</w:t></w:r>{END}</w:p>"
    )
    with pytest.raises(Refused, match="template_"):
        check_template("letter", with_xml(hidden))


@pytest.mark.parametrize(
    "words",
    [
        "{% set x = issuer %}" + "{% set x = x ~ x %}" * 40,
        "{% set x = issuer %}" + "{% set x = x + x %}" * 40 + "{{ x }}",
        "{% set x = issuer %}" + "{% set x = x|replace('i', x) %}" * 40,
    ],
)
def test_a_template_that_grows_without_end_is_stopped_in_words_and_the_server_goes_on(store, people, words):
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused, match="template_heavy"):
        replace_template(store, actor=people.staff, kind="letter", content=word_file(*WHOLE, words), at=NOON)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 100_000  # kB: it grew in another process
    assert in_use(store) == built_in("letter")


def test_a_template_that_computes_too_long_is_stopped_at_the_bound(monkeypatch):
    """By the clock: whoever waits for the document is never held longer."""
    monkeypatch.setattr(documents, "FILL_SECONDS", 1)
    turns = "{% for a in items %}" + "{{ issuer|join('-')|upper|lower|length }}" * 100 + "{% endfor %}"
    with pytest.raises(Refused, match="template_heavy"):
        fill(word_file(turns), documents.sample_facts("letter") | {"items": [{"n": "x"}] * 200_000})


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


@pytest.mark.parametrize("kind", ["letter", "minutes"])
def test_without_an_office_suite_the_pdf_is_drawn_with_all_its_words(monkeypatch, tmp_path, kind):
    monkeypatch.setenv("PATH", str(tmp_path))
    word = fill(built_in(kind), documents.sample_facts(kind) | {"title": "关于办理企业反映事项的函"})
    made = to_pdf(word)
    assert made is not None and made == to_pdf(word), "the same document, the same bytes"
    assert letters_of(made) >= {letter for letter in documents.text_of(word) if letter.strip()} - {*"PAGE"}  # a field


def test_a_paper_carries_the_bold_letters_only_where_something_is_bold(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    bold, out = Document(), io.BytesIO()
    bold.add_paragraph().add_run("关于办理企业反映事项的函").bold = True
    bold.save(out)
    made = [there(to_pdf(one)) for one in (word_file("关于办理企业反映事项的函"), out.getvalue())]
    assert [pdf.count(b"/FontFile") for pdf in made] == [1, 2]


def letters_of(pdf: bytes) -> set[str]:
    """Those that its fonts were cut down to."""
    maps = re.findall(rb"<\w{4}> <(\w{4})>", pdf)  # the tables of its letters are written out
    return {chr(int(code, 16)) for code in maps}


def test_without_an_office_suite_and_a_font_there_is_no_pdf(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(print_fonts, "_FOLDERS", (str(tmp_path),))
    print_fonts.faces.cache_clear()
    assert not documents.pdf_possible() and to_pdf(built_in("letter")) is None
