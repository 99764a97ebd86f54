"""The columns of a result workbook of Wenjuanxing (问卷星): which tell of the answer sheet, which are one question."""

import hashlib
import operator
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.typed import one_line, tidy
from db import clock
from db.refused import Refused
from intake.files.returned import with_reasons
from intake.files.spreadsheets import Cell, Sheet, as_text, read_sheets
from intake.files.upload import Upload
from intake.files.workbook_marks import TITLE_ROWS
from intake.wjx.others import GOOGLES_OWN, numbered, tells_of_sheet
from intake.wjx.persons import masked, tells_who

_QUESTION = re.compile(r"^\s*(\d{1,3})\s*(?:[、.．]\s*|(?=[(（]))(.*)$", re.DOTALL)
# How the columns of one question are told apart: 'stem—row', 'stem(choice)', 'stem:blank'.
_PARTED = (
    re.compile(r"(.*?)\s*(?:—{1,2}|--)\s*(.+)", re.DOTALL),
    re.compile(r"(.*?)\s*[(（](.+)[)）]", re.DOTALL),
    re.compile(r"(.+?)\s*[:：]\s*(.+)", re.DOTALL),
)
_SCORE = re.compile(r"\d+(?:\.\d+)?\s*分")
_NUMBER = re.compile(r"[\d.]+")  # 0.25 begins no question
_MOMENT = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_SKIPPED = {"-3", "-2"}  # not asked, not answered, in a file that says choices by their number
_FILE = re.compile(r"https?://\S+")
_TAKEN = ("serial", "submitted", "seconds")
_EMPTY = {"", "(空)", "（空）", "(跳过)", "（跳过）"}
META = {"序号": "serial", "提交答卷时间": "submitted", "所用时间": "seconds", "来源": "origin", "来源详情": "origin",
        "来自IP": "address", "来自 IP": "address", "IP": "address", "总分": "score", "用户": "person",
        **dict.fromkeys(("答卷编号", "答题序号", "编号"), "serial"),
        **dict.fromkeys(("提交时间", "答题时间", "结束答题时间", "答题结束时间", "结束时间"), "submitted"),
        **dict.fromkeys(("答题时长", "答题用时", "用时"), "seconds"),
        **dict.fromkeys(("开始答题时间", "答题开始时间", "开始时间", "答题渠道", "语言",
                        "清洗数据结果", "智能清洗数据无效概率", "地理位置国家和地区", "地理位置省", "地理位置市",
                        "用户类型", "用户标识", "昵称", "自定义字段"), "origin")}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of answers. `part` is the row of a matrix, the blank of several, '' where the question has one."""

    heading: str
    stem: str
    part: str
    values: tuple[str, ...]  # '' where nothing was answered


@dataclass(frozen=True)
class Question:
    """The columns that ask one thing, in the file's order."""

    number: str
    stem: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class ResultSheet:
    """`meta`: what is told of each answer sheet, by name; every list has one value a row. `rows` are the file's."""

    questions: tuple[Question, ...]
    meta: dict[str, tuple[str, ...]]
    not_taken: tuple[str, ...]  # headings that tell of the sheet and are not kept
    left_out: tuple[tuple[str, str], ...]  # questions that are not kept: heading, the end of an `xlsform.…` text
    kept: tuple[str, ...]  # headings that say who somebody is, and stay because a person wants them
    masked: tuple[tuple[str, int], ...]  # headings of texts with such pieces in them, and in how many answers
    numbered: bool  # choices are said by their number
    rows: tuple[int, ...]
    copies: Mapping[int, int]  # row → an earlier one with the same in every cell
    headings: str  # a digest of all of them: a corrected file has the same
    day: str = ""  # given for all sheets, because the file does not say when they were sent


@dataclass(frozen=True)
class ResultCells:
    """All cells of a file; the row that has the headings is number `head` from 0. Those of another system (`source`)
    are put as Wenjuanxing would have written them, `came` is how they came; `sheets` are those that are not read."""

    grid: list[list[Cell]]
    head: int
    source: str = ""
    came: list[list[Cell]] | None = None
    sheets: tuple[str, ...] = ()


def cells_of(upload: Upload) -> ResultCells:
    """Raises Refused('file_…' | 'wjx_no_questions')."""
    first, *others = read_sheets(upload, known=("序号", "提交答卷时间", "所用时间"))
    if other := numbered(grid := first.grid):
        return ResultCells(other.grid, 0, other.source, grid, tuple(one.name for one in others if len(one.grid) > 1))
    head = next((n for n, row in enumerate(grid[:TITLE_ROWS]) if _are_headings(row)), None)
    if head is None or _is_list(grid, head):
        raise Refused("wjx_no_questions")
    return ResultCells(grid, head)


def read_results(cells: ResultCells, keep: Collection[str] = (), day: str = "") -> ResultSheet:
    """`keep` are headings of columns that stay though they say who somebody is; `day` is when sheets were sent that do
    not say it.

    Raises Refused('wjx_no_answers' | 'wjx_keep_unknown').
    """
    grid, head = [[tidy(as_text(cell)) for cell in row] for row in cells.grid], cells.head
    rows = [n for n in range(head + 1, len(grid)) if any(cell not in _EMPTY for cell in grid[n])]
    if not rows:
        raise Refused("wjx_no_answers")
    results = _sorted_out(grid, head, rows, keep, cells.source)
    unknown = [heading for heading in keep if heading not in results.kept]
    if unknown:
        raise Refused("wjx_keep_unknown", heading="、".join(unknown))
    results = replace(results, left_out=(*results.left_out, *((name, "wjx_sheet") for name in cells.sheets)))
    return _dated(results, day) if day else results


def _is_list(grid: list[list[Cell]], head: int) -> bool:
    """Whether what is numbered goes on below the headings, each number once: a list, as of complaints, of which the
    first ones look like questions. The numbers of choices come again and again."""
    told = {at for at, cell in enumerate(grid[head]) if one_line(as_text(cell)) in META}
    if any(META[one_line(as_text(grid[head][at]))] == "submitted" for at in told):
        return False
    below = [as_text(cell) for row in grid[head + 1 :] for at, cell in enumerate(row) if at not in told and cell]
    numbers = [int(found[1]) for text in below if (found := _QUESTION.match(text)) and not _NUMBER.fullmatch(text)]
    above = [int(found[1]) for cell in grid[head] if (found := _QUESTION.match(as_text(cell)))]
    return len(numbers) * 2 >= len(below) > 0 and min(numbers) > max(above) and len(set(numbers)) == len(numbers)


def returned_sheets(upload: Upload, cells: ResultCells, why: Mapping[int, str], language: str) -> bytes:
    """The answer sheets of these rows as a file like the one they came in, each with its reason."""
    sheet, head = Sheet("", cells.came or cells.grid), cells.head + 1
    return with_reasons(upload, sheet, (head, head), why, language)


def _are_headings(row: Sequence[Cell]) -> bool:
    """Whether these are the headings of answer sheets: questions numbered upwards, beside what is told of each sheet or
    by themselves. A complaint that begins '1、' stands alone among other cells."""
    said = [one_line(as_text(cell)) for cell in row if as_text(cell)]
    told = len({META[text] for text in said if text in META})
    numbers = [int(found[1]) for text in said if (found := _QUESTION.match(text)) and not _NUMBER.fullmatch(text)]
    upwards = numbers == sorted(numbers) and len(set(said)) == len(said)
    return bool(numbers) and upwards and (told > 0 or (len(set(numbers)) > 1 and len(numbers) * 3 >= len(said) * 2))


def _dated(results: ResultSheet, day: str) -> ResultSheet:
    """A cell that says something else is a slip, unless the whole column says nothing that can be read."""
    said = results.meta.get("submitted", ())
    any_time = any(map(moment_of, said))
    times = tuple(text if any_time and text else day for text in said) or (day,) * len(results.rows)
    return replace(results, meta={**results.meta, "submitted": times}, day=day)


@dataclass(frozen=True)
class _Read:
    """One column. `number` is '' where it is no question that is taken; `why` says what became of it."""

    heading: str
    values: tuple[str, ...]
    number: str = ""
    text: str = ""
    why: str = ""  # wjx_file, wjx_person: left out; kept: says who somebody is, and stays
    masked: int = 0  # in how many answers a piece was


def _sorted_out(grid: list[list[str]], head: int, rows: list[int], keep: Collection[str], source: str) -> ResultSheet:
    numbered = _numbered(grid, head, rows)
    abouts = [_about(one_line(cell), source) for cell in grid[head]]
    columns = [_column(at, cell, _values(grid, rows, at, numbered), keep, abouts[at])
               for at, cell in enumerate(grid[head])]  # fmt: skip
    grouped: dict[str, list[_Read]] = {}
    for column in columns:
        if column.number:
            grouped.setdefault(column.number, []).append(column)
    told = [(name, column) for name, column in zip(abouts, columns, strict=True) if name]
    return ResultSheet(
        questions=tuple(_question(number, parts) for number, parts in grouped.items()),
        meta={name: column.values for name, column in told if name in _TAKEN},
        not_taken=tuple(column.heading for name, column in told if name not in _TAKEN),
        left_out=tuple((column.heading, column.why) for column in columns if column.why not in ("", "kept")),
        kept=tuple(column.heading for column in columns if column.why == "kept"),
        masked=tuple((column.heading, column.masked) for column in columns if column.masked),
        numbered=numbered,
        rows=tuple(n + 1 for n in rows),
        copies=_copies(grid, rows) if {name for name, _ in told} & {"serial", "submitted"} else {},
        headings=hashlib.sha256("\0".join(map(one_line, grid[head])).rstrip("\0").encode()).hexdigest(),
    )


def _about(heading: str, source: str) -> str | None:
    """What a column tells of the answer sheet; None of a question."""
    others = bool(source) and (tells_of_sheet(heading) or heading in GOOGLES_OWN)
    return META.get(heading) or ("origin" if others else None)


def _values(grid: list[list[str]], rows: list[int], at: int, numbered: bool) -> tuple[str, ...]:
    values = tuple(_value(grid[n][at] if at < len(grid[n]) else "") for n in rows)
    scores = [_SCORE.fullmatch(value) for value in values if value]
    if scores and all(scores):
        values = tuple(value.removesuffix("分").strip() for value in values)
    return _without_codes(values) if numbered else values


def _column(at: int, cell: str, values: tuple[str, ...], keep: Collection[str], about: str | None) -> _Read:
    heading, found = one_line(cell), _QUESTION.match(cell)
    if about or not (heading or any(values)):
        return _Read(heading, values)
    why = _not_kept(heading, values)
    stays = why == "wjx_person" and heading in keep
    if why and not stays:
        return _Read(heading, values, why=why)
    texts = values if stays else masked(values)
    changed = sum(map(operator.ne, values, texts))
    # Without a number: a question whose number somebody took away.
    number, text = (found[1], one_line(found[2])) if found else (f"c{at + 1}", heading or f"第 {at + 1} 列")
    number = unicodedata.normalize("NFKC", number)
    return _Read(heading, texts, number, text, "kept" if stays else "", changed)


def _copies(grid: list[list[str]], rows: list[int]) -> dict[int, int]:
    """Rows are the same only where their contents are: a serial number may be given twice. Where nothing tells sheets
    apart, two people may well have answered alike, and nobody asks."""
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for n in rows:
        whole = "\0".join(grid[n]).rstrip("\0")
        if first.setdefault(whole, n) != n:
            found[n + 1] = first[whole] + 1
    return found


def _numbered(grid: list[list[str]], head: int, rows: list[int]) -> bool:
    """Whether the file says skips by number: as codes in several columns, and nowhere in words."""
    cells = [(at, cell) for n in rows for at, cell in enumerate(grid[n])]
    if any(cell in _EMPTY and cell for _, cell in cells):
        return False
    coded = {at for at, cell in cells if cell in _SKIPPED}
    return len(coded) > 1 or any(cell == "-3" for _, cell in cells)


def _without_codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """A column with other numbers below nothing may mean what it says."""
    below = any(value.startswith("-") and value not in _SKIPPED for value in values)
    return values if below else tuple("" if value in _SKIPPED else value for value in values)


def _not_kept(heading: str, values: tuple[str, ...]) -> str:
    """Who somebody is, and where a file of theirs lies, are not taken over."""
    given = [value for value in values if value]
    if given and sum(bool(_FILE.fullmatch(value)) for value in given) * 2 > len(given):
        return "wjx_file"
    return "wjx_person" if tells_who(heading, given) else ""


def _question(number: str, columns: list[_Read]) -> Question:
    if len(columns) == 1:
        [only] = columns
        return Question(number, only.text, (Column(only.heading, only.text, "", only.values),))
    for pattern in _PARTED:
        found = [pattern.fullmatch(column.text) for column in columns]
        if all(found) and len({match[1] for match in found if match}) == 1:
            parts = [(match[1], match[2].strip()) for match in found if match]
            break
    else:
        parts = [(columns[0].text, column.text) for column in columns]
    stem = parts[0][0] or f"第 {number} 题"
    made = zip(columns, parts, strict=True)
    return Question(number, stem, tuple(Column(c.heading, stem, part, c.values) for c, (_, part) in made))


def _value(text: str) -> str:
    return "" if text in _EMPTY else text


def moment_of(text: str) -> datetime | None:
    """UTC, from the file's Shanghai time."""
    found = _MOMENT.match(text)
    if not found:
        return None
    year, month, day, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        start = clock.start_of_day(date(year, month, day))
    except ValueError:
        return None
    return start + timedelta(hours=hours, minutes=minutes, seconds=seconds) if hours < 24 else None
