"""Files as the world writes them: one small table in every odd container and with every odd content."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import xlsxwriter

NONE: Mapping[str, bytes] = {}
Rows = Sequence[Sequence[Any]]
FREE, END, FAT = 2**32 - 1, 2**32 - 2, 2**32 - 3  # sectors of an OLE file


def csv(rows: Rows, separator: str = ",", end: str = "\r\n") -> str:
    """A cell that needs it is quoted."""
    return "".join(separator.join(_quoted(str(cell), separator) for cell in row) + end for row in rows)


def _quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if {separator, '"', "\n"} & {*text} else text


def xlsx(rows: Rows, name: str = "survey", change: Callable[[Any, Any], None] | None = None, **options: Any) -> bytes:
    """`change(book, sheet)` does what else is odd about it."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, **options}) as book:
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        if change:
            change(book, sheet)
    return made.getvalue()


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes] = lambda _, part: part, more: Mapping[str, bytes] = NONE
) -> bytes:
    """A ZIP with its parts changed, and some more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: change(name, old.read(name)) for name in old.namelist()} | {**more}
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def strict(content: bytes) -> bytes:
    """As Excel saves a 'Strict Open XML Spreadsheet'."""
    names = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def change(_: str, part: bytes) -> bytes:
        for ours, theirs in names:
            part = part.replace(ours, theirs)
        return part

    return repacked(content, change)


def html(rows: Rows) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'.encode()


def xml_2003(rows: Rows) -> bytes:
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(str(cell))}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="survey"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def ods(rows: Rows) -> bytes:
    lines = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{escape(str(cell))}</text:p></table:table-cell>"
                                      for cell in row) + "</table:table-row>" for row in rows
    )  # fmt: skip
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0"'
        f' xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="survey">{lines}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(**{"mimetype": kind, "content.xml": content.encode()})


def ole(**streams: bytes) -> bytes:
    """A compound file of these streams, as XLS, Word documents and protected XLSX are."""
    sizes = [max(4096, -(-len(one) // 512) * 512) for one in streams.values()]
    folder_sectors = -(-(len(streams) + 1) // 4)
    first = 1 + folder_sectors
    chain, begins = [FAT, *range(2, first), END], list[int]()
    for size in sizes:
        begins.append(first)
        chain += [*range(first + 1, first + size // 512), END]
        first += size // 512
    folder = _entry("Root Entry", 5, END, 0) + b"".join(
        _entry(name, 2, at, size) for name, at, size in zip(streams, begins, sizes, strict=True)
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + numbers(0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<8I", 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    data = b"".join(one.ljust(size, b"\0") for one, size in zip(streams.values(), sizes, strict=True))
    return head + table + folder.ljust(512 * folder_sectors, b"\0") + data


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    said = numbers(len(letters) + 2, kind + 0x100) + b"\xff" * 8 + struct.pack("<I", 1 if kind == 5 else FREE)
    return letters.ljust(64, b"\0") + said + b"\0" * 36 + struct.pack("<III", first, size, 0)


def numbers(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}H", *values)


def record(kind: int, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return numbers(kind, len(data)) + data


def biff8(rows: Rows, more: bytes = b"", book: bytes = b"") -> bytes:
    """As Excel 97 to 2003 write it; `more` are records of its sheet, `book` of all of it."""
    cells = (
        record(0x204, numbers(n, at, 0, len(str(cell))), b"\1", str(cell).encode("utf-16-le"))
        for n, row in enumerate(rows) for at, cell in enumerate(row) if str(cell)
    )  # fmt: skip
    return ole(Workbook=_stream(0x0600, b"\6\0survey", b"".join(cells) + more, book))


def biff5(rows: Rows) -> bytes:
    """As Excel 5 and 95 write it, in the letters of Chinese Windows."""
    cells = (
        record(0x204, numbers(n, at, 0, len(words := str(cell).encode("gb18030"))), words)
        for n, row in enumerate(rows) for at, cell in enumerate(row) if str(cell)
    )  # fmt: skip
    return ole(Book=_stream(0x0500, b"\6survey", b"".join(cells)))


def _stream(version: int, name: bytes, cells: bytes, book: bytes = b"") -> bytes:
    wide = version == 0x0600
    more, end, letters = b"\0" * (8 if wide else 4), record(0x0A), numbers(1200 if wide else 936)
    head = record(0x809, numbers(version, 5), more) + record(0x42, letters) + record(0xE0, b"\0" * (20 if wide else 16))
    at = len(head + book) + len(record(0x85, b"\0" * 6, name)) + len(end)
    sheet = record(0x809, numbers(version, 0x10), more) + cells + end
    return head + book + record(0x85, struct.pack("<I", at), b"\0\0", name) + end + sheet


def biff2(rows: Rows) -> bytes:
    """As Excel 2 wrote it, without a container."""
    cells = b"".join(
        record(4, numbers(n, at), b"\0\0\0", bytes([len(words := str(cell).encode("gb18030")[:255])]), words)
        for n, row in enumerate(rows) for at, cell in enumerate(row)
    )  # fmt: skip
    return record(9, numbers(2, 0x10)) + cells + record(0x0A)
