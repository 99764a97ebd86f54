"""Result files of Kobo and of Google Forms, put as Wenjuanxing would have written them: questions with numbers, what
belongs to one question behind its words, and each moment on Shanghai's clock.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from access.typed import one_line
from db import clock
from intake.files.spreadsheets import Cell, as_text
from intake.questionnaires.kinds.choices import SEPARATOR
from intake.questionnaires.kinds.single import MOST_WORDS

_MOMENT, _SERIAL = "提交答卷时间", "序号"
_GOOGLES = frozenset(("timestamp", "时间戳记", "时间戳", "時間戳記"))
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_TICKS: Mapping[str, str] = MappingProxyType(
    {"": "", "0": "0", "1": "1", "false": "0", "true": "1", "0.0": "0", "1.0": "1"}
)
_NUMBERED = re.compile(r"^\s*\d{1,3}\s*[、.．)]\s*(?=\D)")
_ROW = re.compile(r"(.+?)\s*\[(.+)\]", re.DOTALL)  # 您对以下方面的满意度 [办事效率]
_HALF = r"(上午|下午|[AP]M)?"
_SAID = re.compile(
    rf"(\d{{1,4}})[/.-](\d{{1,2}})[/.-](\d{{1,4}}),?\s+{_HALF}\s*(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?\s*{_HALF}"
    r"(?:\s*GMT([+-]\d{1,2})?)?", re.IGNORECASE
)  # fmt: skip
_YMD, _DMY, _MDY = (1, 2, 3), (3, 2, 1), (3, 1, 2)  # the groups of it that say year, month and day


@dataclass(frozen=True)
class PutOver:
    """`source`: kobo or google; `grid` as Wenjuanxing would have it, a row for each of the file's."""

    source: str
    grid: list[list[Cell]]


@dataclass(frozen=True)
class _Column:
    """What stands under a heading; `of` is the question that it is a part of."""

    heading: str
    cells: list[Cell]
    of: str = ""

    @property
    def texts(self) -> list[str]:
        return [as_text(cell) for cell in self.cells]


def numbered(grid: Sequence[Sequence[Cell]]) -> PutOver | None:
    """None where the file is neither's."""
    if len(grid) < 2:
        return None
    wide = max(map(len, grid))
    rows = [[*row, *[None] * (wide - len(row))] for row in grid]
    columns = [_Column(one_line(as_text(cells[0])), list(cells[1:])) for cells in zip(*rows, strict=True)]
    headings = {column.heading for column in columns}
    if "_submission_time" in headings or {"_id", "_uuid"} <= headings:
        return PutOver("kobo", _grid(_kobo(columns)))
    return PutOver("google", _grid(_google(columns))) if _is_googles(columns) else None


def _grid(columns: Sequence[_Column]) -> list[list[Cell]]:
    """With a number before each question; what tells of the sheet has none."""
    numbers: dict[str, int] = {}
    for column in columns:
        if column.of:
            numbers.setdefault(column.of, len(numbers) + 1)
    heads = [f"{numbers[one.of]}、{one.heading}" if one.of else one.heading for one in columns]
    return [[*heads], *(list(row) for row in zip(*(one.cells for one in columns), strict=True))]


def _stem(words: str) -> str:
    """A question's words without a number of its own, and with no dash that would part them."""
    return re.sub(r"—+|--+", "–", _NUMBERED.sub("", words))


def _kobo(columns: Sequence[_Column]) -> list[_Column]:
    asked = [one for one in columns if not tells_of_sheet(one.heading) and any(one.texts)]
    ticked = _ticked(asked)
    made = [_told(one, columns) for one in columns if tells_of_sheet(one.heading)]
    for one in asked:
        before, _, last = one.heading.rpartition("/")
        if before in ticked:
            ticks: list[Cell] = [_TICKS[text.casefold()] for text in one.texts]
            made.append(_Column(f"{_stem(_own(before, asked))}—{last}", ticks, before))
        elif one.heading not in ticked:  # there it says all ticked ones once more
            made.append(_Column(_stem(_own(one.heading, asked)), _apart(one.cells, " ", _XML_NAME), one.heading))
    return made


def tells_of_sheet(heading: str) -> bool:
    """Whether a heading of Kobo's is none that somebody wrote."""
    own = ("start", "end", "today", "deviceid", "username", "phonenumber", "subscriberid", "simserial", "audit",
           "formhub/uuid", "meta/instanceID")  # fmt: skip
    return heading in own or heading.startswith("_")


def _told(column: _Column, columns: Sequence[_Column]) -> _Column:
    if column.heading == "_submission_time":
        return _Column(_MOMENT, [_from_utc(cell) for cell in column.cells])
    serial = "_id" if any(one.heading == "_id" for one in columns) else "_index"
    return _Column(_SERIAL, column.cells) if column.heading == serial else column


def _ticked(columns: Sequence[_Column]) -> set[str]:
    """The questions that have a column for each choice, 0 or 1; two of a kind where none has all of them."""
    found: dict[str, list[bool]] = {}
    for one in columns:
        before, _, last = one.heading.rpartition("/")
        if before and last:
            found.setdefault(before, []).append({text.casefold() for text in one.texts} <= _TICKS.keys())
    whole = {one.heading for one in columns}
    return {name for name, ticks in found.items() if all(ticks) and (name in whole or len(ticks) > 1)}


def _own(heading: str, columns: Sequence[_Column]) -> str:
    """Without the groups that it stands in, which others share or which are a form's own names."""
    before, _, last = heading.rpartition("/")
    shared = sum(one.heading.startswith(f"{before}/") for one in columns) > 1
    own = before and last and (shared or all(map(_XML_NAME.fullmatch, before.split("/"))))
    return last if own else heading


def _from_utc(cell: Cell) -> str:
    """Kobo's moment, in UTC where it names no zone."""
    try:
        at = datetime.fromisoformat(as_text(cell))
    except ValueError:
        return as_text(cell)
    utc = at.replace(tzinfo=None) - (at.utcoffset() or timedelta())
    return _written(clock.local(utc))


def _is_googles(columns: Sequence[_Column]) -> bool:
    """Its first column says when, with an hour; a heading beside it is a question, not a name of a field."""
    first, *others = columns
    if first.heading.casefold() not in _GOOGLES or not any(first.texts):
        return False
    given = [cell for cell in first.cells if as_text(cell)]
    timed = [isinstance(cell, datetime) or _SAID.fullmatch(as_text(cell)) is not None for cell in given]
    return sum(timed) * 2 > len(given) and any(re.search(r"[^\x00-\x7f]|\s|\?", one.heading) for one in others)


def _google(columns: Sequence[_Column]) -> list[_Column]:
    first, *others = columns
    made, order = [_Column(_MOMENT, [*_moments(first.cells)])], [one.heading for one in others]
    for at, one in enumerate(others):
        found = _ROW.fullmatch(one.heading)
        several = found and sum(heading.startswith(f"{found[1]} [") for heading in order) > 1
        cells = _apart(_apart(one.cells, ", "), ";")
        if not one.heading or one.heading in GOOGLES_OWN:
            made.append(one)
        elif found and several:
            made.append(_Column(f"{_stem(found[1])}—{found[2]}", cells, found[1]))
        else:
            made.append(_Column(_stem(one.heading), cells, f"{at}:{one.heading}"))
    return made


GOOGLES_OWN = frozenset(
    ("Email Address", "Email address", "Username", "Score", "电子邮件地址", "电子邮箱地址", "用户名", "得分", "分数",
     "電子郵件地址", "使用者名稱")
)  # fmt: skip


def _apart(cells: Sequence[Cell], between: str, part: re.Pattern[str] | None = None) -> list[Cell]:
    """Several choices of one cell as Wenjuanxing parts them: what stands between them is one where the same few short
    words come again and again."""
    given = [text for cell in cells if (text := as_text(cell))]
    parts = [one.strip() for text in given for one in text.split(between)]
    few = len(parts) > len(given) and len(set(parts)) * 3 <= len(parts) * 2
    if not few or not all(one and len(one) <= MOST_WORDS and (not part or part.fullmatch(one)) for one in parts):
        return list(cells)
    return [SEPARATOR.join(one.strip() for one in as_text(cell).split(between)) for cell in cells]


def _moments(cells: Sequence[Cell]) -> list[str]:
    """As Wenjuanxing writes them. Where no day of the column says whether the month comes first, all stay as they
    are: nobody can read them."""
    said = [_SAID.fullmatch(as_text(cell)) for cell in cells]
    short = [(int(one[1]), int(one[2])) for one in said if one and len(one[1]) < 3]
    days, months = any(first > 12 for first, _ in short), any(second > 12 for _, second in short)
    order = (_DMY if days else _MDY) if days != months else None
    return [_moment(cell, one, order) for cell, one in zip(cells, said, strict=True)]


def _moment(cell: Cell, said: re.Match[str] | None, order: tuple[int, int, int] | None) -> str:
    if isinstance(cell, date):
        return _written(cell if isinstance(cell, datetime) else datetime.combine(cell, time()))
    order = _YMD if said and len(said[1]) == 4 else order
    if not said or not order:
        return as_text(cell)
    year, month, day = map(int, said.group(*order))
    hour, half = int(said[5]), (said[4] or said[8] or "").upper()
    hour = hour % 12 + (12 if half in ("下午", "PM") else 0) if half else hour
    try:
        at = datetime(year, month, day, hour, int(said[6]), int(said[7] or 0))
        return _written(clock.local(at - timedelta(hours=int(said[9]))) if said[9] else at)
    except (ValueError, OverflowError):
        return as_text(cell)


def _written(at: datetime) -> str:
    return f"{at:%Y/%m/%d %H:%M:%S}"
