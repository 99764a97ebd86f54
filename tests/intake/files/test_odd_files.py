"""Every importer with every odd kind of file: it is read as a plain one is, or a sentence says what is wrong."""

import re
import struct
from collections.abc import Callable, Mapping
from contextlib import closing

import pytest

from access.actor import Actor
from db import limited
from db.store import open_store
from intake.files.apart import MOST_MEMORY
from intake.files.upload import Upload
from intake.register.enterprises import import_enterprises
from tests.conftest import NOON, copied, url_of
from tests.intake.files import odd_files as odd
from tests.intake.files.every_importer import CODE, Against, read_by_each, right
from tests.intake.files.odd_files import Rows, csv, record, repacked, xlsx

CLERK = Actor("clerk", "staff", "示例")
ALL, RECORDS = "all", "a row a record"  # every importer but those of forms and of answers
Made = Callable[[Rows], bytes]
Said = str | dict[str, str]
BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip
_FULL_WIDTH = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})


def in_part(name: str, old: bytes, new: bytes) -> Made:
    """A plain workbook of which one part is another."""
    return lambda rows: repacked(xlsx(rows), lambda n, part: part.replace(old, new) if n.endswith(name) else part)


def prefixed(name: str, part: bytes) -> bytes:
    """Elements as some libraries name them: x:row."""
    part = part.replace(b' xmlns="http', b' xmlns:x="http')
    return re.sub(rb"<(/?)([A-Za-z]+)(?=[ />])", rb"<\1x:\2", part) if re.search("sheet|workbook.xml$", name) else part


def cells(change: Callable[[str], str], headings: bool = False) -> Made:
    return lambda rows: csv(
        [[change(str(cell)) for cell in row] if n or headings else row for n, row in enumerate(rows)]
    ).encode()


def chart_first(rows: Rows) -> bytes:
    def change(book, sheet) -> None:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=survey!$A$1:$A$2"})
        (page := book.add_chartsheet("图")).set_chart(chart)
        page.set_first_sheet()
        sheet.activate()

    return repacked(xlsx(rows, change=change), _last_sheet_first)


def hidden_first(rows: Rows) -> bytes:
    def change(book, sheet) -> None:
        book.add_worksheet("旧").hide()
        sheet.activate()

    return repacked(xlsx(rows, change=change), _last_sheet_first)


def _last_sheet_first(name: str, part: bytes) -> bytes:
    return re.sub(rb"(<sheet [^>]*>)(<sheet [^>]*>)", rb"\2\1", part) if name == "xl/workbook.xml" else part


def far(rows: Rows, row: int, column: int) -> bytes:
    return xlsx(rows, change=lambda _, sheet: sheet.write(row, column, "x"))


def unsaved(rows: Rows) -> bytes:
    def change(_, sheet) -> None:
        for at in range(len(rows[0])):
            sheet.write_formula(1, at, "=A9", None, "")

    return xlsx(rows[:1], change=change)


# What is read right, in whatever it is written.
WELL: Mapping[str, Made] = {
    "csv": lambda rows: csv(rows).encode(),
    "csv with a mark": lambda rows: csv(rows).encode("utf-8-sig"),
    "gb18030": lambda rows: csv(rows).encode("gb18030"),
    "utf-16": lambda rows: csv(rows, "\t").encode("utf-16"),
    "utf-16 without a mark": lambda rows: csv(rows, "\t").encode("utf-16-le"),
    "semicolons": lambda rows: csv(rows, ";").encode(),
    "tabs": lambda rows: csv(rows, "\t").encode(),
    "sep=": lambda rows: b"sep=;\r\n" + csv(rows, ";").encode(),
    "mixed line ends": lambda rows: (csv(rows[:1], end="\r") + csv(rows[1:], end="\n")).encode(),
    "a web page": odd.html,
    "a web page in utf-16": lambda rows: odd.html(rows).decode().encode("utf-16"),
    "xls": odd.biff8,
    "strict xlsx": lambda rows: odd.strict(xlsx(rows)),
    "rows without a place": lambda rows: repacked(xlsx(rows), lambda _, part: re.sub(rb'<row r="\d+"', b"<row", part)),
    "prefixed elements": lambda rows: repacked(xlsx(rows), prefixed),
    "marked parts": lambda rows: repacked(
        xlsx(rows), lambda name, part: b"\xef\xbb\xbf" + part if name.endswith("xml") else part
    ),
    "chart sheet first": chart_first,
    "hidden sheet first": hidden_first,
    "1904": lambda rows: xlsx(rows, date_1904=True),
    "right to left": cells(lambda cell: f"\u202b{cell}\u202c"),
    "zero width": cells(lambda cell: f"\u200b{cell[:1]}\ufeff{cell[1:]}\u200b", headings=True),
    "blanks of other sorts": cells(lambda cell: f"\u00a0{cell}\u3000", headings=True),
    "control letters": cells(lambda cell: f"\x01{cell}\x08"),
    "full-width headings": lambda rows: csv([[one.translate(_FULL_WIDTH) for one in rows[0]], *rows[1:]]).encode(),
}
NO_ROWS: Said = {RECORDS: "no_rows", "xlsform": "xlsform_no_rows", "wjx": "wjx_no_answers"}
NO_HEADINGS: Said = {RECORDS: "columns_unknown", "xlsform": "xlsform_no_type", "wjx": "wjx_no_questions"}
# What is not, and what is said of it.
WRONG: Mapping[str, tuple[Made, Said]] = {
    "empty": (lambda _: b"", "file_empty"),
    "one cell": (lambda _: b"x", NO_HEADINGS),
    "no cell": (lambda _: xlsx([]), NO_HEADINGS | {RECORDS: "file_empty"}),
    "headings only": (lambda rows: xlsx(rows[:1]), NO_ROWS),
    "nothing saved": (unsaved, {RECORDS: "formula_unsaved"}),
    "zeros": (lambda rows: csv(rows).encode() + b"\0\1\2\0", "file_kind"),
    "utf-32": (lambda rows: csv(rows).encode("utf-32"), "file_encoding"),
    "a quote left open": (lambda rows: csv(rows).encode() + b'"x', "file_quotes"),
    "a zip": (lambda _: odd.zipped(**{"a.txt": b"x"}), "file_kind"),
    "a Word file": (lambda _: odd.ole(WordDocument=b"x"), "file_kind"),
    "protected xlsx": (lambda _: odd.ole(EncryptionInfo=b"x", EncryptedPackage=b"x" * 5_000), "file_protected"),
    "protected xls": (lambda rows: odd.biff8(rows, book=record(0x2F, b"\1\0" * 27)), "file_protected"),
    "xlsb": (lambda _: odd.zipped(**{"xl/workbook.bin": b"x"}), "file_other_kind"),
    "ods": (odd.ods, "file_other_kind"),
    "xml 2003": (odd.xml_2003, "file_other_kind"),
    "xml 2003 with a mark": (lambda rows: b"\xef\xbb\xbf" + odd.xml_2003(rows), "file_other_kind"),
    "mht": (lambda rows: b"MIME-Version: 1.0\r\n\r\n" + odd.html(rows), "file_other_kind"),
    "xls of Excel 95": (odd.biff5, "file_other_kind"),
    "xls of Excel 2": (odd.biff2, "file_other_kind"),
    "xls with a far cell": (
        lambda rows: odd.biff8(rows, record(0x203, odd.numbers(65_535, 255, 0), struct.pack("<d", 1))),
        "file_too_many_rows",
    ),
    "macros": (lambda rows: repacked(xlsx(rows), more={"xl/vbaProject.bin": b"x"}), "file_macros"),
    "16,384 columns": (lambda rows: far(rows, 0, 16_383), "file_too_many_columns"),
    "1,048,576 rows": (lambda rows: far(rows, 1_048_575, 0), "file_too_many_rows"),
    "a long cell": (lambda rows: csv([rows[0], ["长" * 600_000] * 2]).encode(), {RECORDS: "file_cell_too_long"}),
    "entities in a sheet": (in_part("sheet1.xml", b"<?xml", BOMB + b"<?xml"), "file_damaged"),
    "entities in the texts": (in_part("sharedStrings.xml", b"<?xml", BOMB + b"<?xml"), "file_damaged"),
    "a bomb": (lambda rows: repacked(xlsx(rows), more={"xl/media/a.bmp": b"\0" * 40_000_000}), "file_too_big_unpacked"),
    "half a workbook": (lambda rows: (content := xlsx(rows))[: len(content) // 2], "file_damaged"),
    "one heading twice": (lambda rows: csv([[*row, row[-1]] for row in rows]).encode(), {RECORDS: "file_column_twice"}),
    "a command": (
        cells(lambda _: "=cmd|' /C calc'!A0"),
        {"enterprises": "name_formula", "accounts": "name_formula", "towns": "name_formula", "bodies": "name_formula",
         "indicators": "formula", "beneficiaries": "uscc_wrong", "12345": "name_formula", "attendance": "name_formula"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(migrated, tmp_path_factory) -> dict[tuple[str, str], tuple[str, tuple]]:
    """Of each kind and importer: what was read and what refused. All of it in one process, under a server's limits."""
    tables = right()
    made = {"plain": xlsx, **WELL, **{kind: make for kind, (make, _) in WRONG.items()}}
    files = [(kind, {name: make(rows) for name, rows in tables.items()}) for kind, make in made.items()]
    with closing(open_store(url_of(copied(migrated, tmp_path_factory.mktemp("odd") / "store.duckdb")))) as store:
        register = Upload("register.csv", csv(tables["enterprises"]).encode())
        assert import_enterprises(store, actor=CLERK, upload=register, at=NOON).written == 1
        against = store.read(Against.of)
    found, grown = limited.limited(read_by_each, files, against, seconds=20, memory=MOST_MEMORY)
    assert grown < 100
    return {(kind, importer): (read, refused) for kind, importer, read, refused in found}


@pytest.mark.parametrize("importer", right())
def test_a_plain_workbook_is_read(said, importer):
    read, refused = said["plain", importer]
    assert not refused
    rows = right()[importer][1:]
    assert read.count("{") >= len(rows)
    for word in {"enterprises": ["示例纺织有限公司", CODE, "057584120000"], "indicators": ["1450.5"],
                 "beneficiaries": [CODE], "xlsform": ["贵企业的意见"]}.get(importer, []):  # fmt: skip
        assert word in read


@pytest.mark.parametrize("kind", WELL)
def test_what_is_written_otherwise_is_read_as_a_plain_workbook_is(said, kind):
    assert {name: said[kind, name] for name in right()} == {name: said["plain", name] for name in right()}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_named_in_each_language(said, kind):
    expected = WRONG[kind][1]
    by_importer = {ALL: expected} if isinstance(expected, str) else expected
    for importer in right():
        told = (importer, *([RECORDS] if importer not in ("xlsform", "wjx") else []), ALL)
        codes = [by_importer[one] for one in told if one in by_importer]
        refused = said[kind, importer][1]
        assert {*codes[:1]} <= {one.code for one in refused}, importer
        for one in refused:
            assert one.reason("zh") != one.reason("en") and "{" not in one.reason("en")
