"""What the parser does not say of an XLS (BIFF8 in an OLE file): computed cells and errors, cells whose format says
more than their value, hidden rows and columns.

Found by walking the file's records. What the parser does not say by itself is refused here: a password, and a folder
that goes round or a cell in a far corner, for which it would take all memory. Where the file is broken otherwise there
are no marks, and the parser says whether it can be read.
"""

import struct
from collections.abc import Iterator, Mapping

from db.refused import Refused
from intake.files.number_formats import BUILT_IN, says_more
from intake.files.workbook_marks import MOST_COLUMNS, SheetMarks, check_extent

_END = 0xFFFFFFFA  # sector numbers from here on are no sectors
_BOF, _EOF, _SHEET, _FORMAT, _XF, _ROW, _COLUMNS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x208, 0x7D
_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _TRUTH_OR_ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_PASSWORD = 0x2F
_LABEL, _RICH_LABEL, _SHARED_LABEL = 0x204, 0xD6, 0xFD
_FILLED = {_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _TRUTH_OR_ERROR, _LABEL, _RICH_LABEL, _SHARED_LABEL}
_TEXTS = (0, 3)  # what a formula gives that is no number: a text, and none


def marked(content: bytes) -> dict[str, SheetMarks]:
    """Marks by the sheet's name. Raises Refused('file_…')."""
    try:
        stream = _workbook(content)
        return _sheets(stream) if stream else {}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _sheets(stream: bytes) -> dict[str, SheetMarks]:
    codes, sheets, styles = dict(BUILT_IN), dict[str, int](), list[int]()
    for kind, data in _records(stream, 0):
        if kind == _PASSWORD:
            raise Refused("file_protected")
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data[2:], 2)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SHEET:
            sheets[_text(data[6:], 1)] = struct.unpack_from("<I", data)[0]
    formats = {n: code for n, style in enumerate(styles) if says_more(code := codes.get(style, ""))}
    return {name: _marks(stream, at, formats) for name, at in sheets.items()}


def _marks(stream: bytes, at: int, formats: Mapping[int, str]) -> SheetMarks:
    marks, last_row, last_column = SheetMarks(), 0, 0
    for kind, data in _records(stream, at):
        if kind in _FILLED:
            row, column = struct.unpack_from("<HH", data)
            if row > last_row or column > last_column:
                last_row, last_column = max(row, last_row), max(column, last_column)
                check_extent(last_row, last_column)
        if kind == _ROW and struct.unpack_from("<H", data, 12)[0] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _COLUMNS and struct.unpack_from("<H", data, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", data)
            marks.hidden_columns |= set(range(first, min(last + 1, MOST_COLUMNS)))
        elif kind in (_NUMBER, _RK, _FORMULA, _TRUTH_OR_ERROR):
            row, column, style = struct.unpack_from("<HHH", data)
            marks.formats |= {(row, column): formats[style]} if style in formats else {}
            if kind == _FORMULA or (kind == _TRUTH_OR_ERROR and data[7]):
                marks.formulas.add((row, column))
            if kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] in _TEXTS:
                marks.of_text.add((row, column))
        elif kind == _MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", data)
            styles = [struct.unpack_from("<H", data, place)[0] for place in range(4, len(data) - 2, 6)]
            marks.formats |= {(row, column + n): formats[one] for n, one in enumerate(styles) if one in formats}
    return marks


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, those of charts within it left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(data: bytes, size: int) -> str:
    """A string after its length of `size` bytes and a byte that says whether it is in UTF-16."""
    length, wide = int.from_bytes(data[:size], "little"), data[size] & 1
    letters = data[size + 1 : size + 1 + length * (2 if wide else 1)]
    return letters.decode("utf-16-le" if wide else "latin-1")


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook in the OLE file; b'' where there is none of BIFF8."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    fat = [n for sector in _table_sectors(content, size) for n in _numbers(_sector(content, sector, size))]
    folder = _chain(content, struct.unpack_from("<I", content, 48)[0], fat, size)
    if len(folder) > len(fat) * size:  # it goes round
        raise Refused("file_damaged")
    entries = [folder[at : at + 128] for at in range(0, len(folder), 128)]
    named = {e[: max(0, struct.unpack_from("<H", e, 64)[0] - 2)].decode("utf-16-le", "replace"): e for e in entries}
    if "Workbook" not in named:
        return b""
    first, length = struct.unpack_from("<II", named["Workbook"], 116)
    if length >= struct.unpack_from("<I", content, 56)[0]:
        return _chain(content, first, fat, size)[:length]
    return b""  # so short that it stands among the small streams: no sheet with numbers does


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """The sectors of the table of sectors: the first 109 stand in the header, more in a chain of their own."""
    yield from (n for n in struct.unpack_from("<109I", content, 76) if n < _END)
    more, left = struct.unpack_from("<II", content, 68)
    while more < _END and left > 0:
        *numbers, more = _numbers(_sector(content, more, size))
        left -= 1
        yield from (n for n in numbers if n < _END)


def _chain(content: bytes, sector: int, fat: list[int], size: int) -> bytes:
    parts: list[bytes] = []
    while sector < _END and len(parts) <= len(fat):
        parts.append(_sector(content, sector, size))
        sector = fat[sector]
    return b"".join(parts)


def _sector(content: bytes, number: int, size: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
