"""The columns of a result workbook of Wenjuanxing (问卷星): which tell of the answer sheet, which are one question."""

import operator
import re
from collections.abc import Collection
from dataclasses import dataclass

from access.typed import one_line, tidy
from db.refused import Refused
from intake.files.spreadsheets import Upload, as_text, read_sheets
from intake.wjx.persons import masked, tells_who

_QUESTION = re.compile(r"^\s*(\d{1,3})\s*(?:[、.．]\s*|(?=[(（]))(.*)$", re.DOTALL)
# How the columns of one question are told apart: 'stem—row', 'stem(choice)', 'stem:blank'.
_PARTED = (
    re.compile(r"(.*?)\s*(?:—{1,2}|--)\s*(.+)", re.DOTALL),
    re.compile(r"(.*?)\s*[(（](.+)[)）]", re.DOTALL),
    re.compile(r"(.+?)\s*[:：]\s*(.+)", re.DOTALL),
)
_SKIPPED = {"-3", "-2"}  # not asked, not answered, in a file that says choices by their number
_FILE = re.compile(r"https?://\S+")
_EMPTY = {"", "(空)", "（空）", "(跳过)", "（跳过）"}
META = {"序号": "serial", "提交答卷时间": "submitted", "所用时间": "seconds", "来源": "origin", "来源详情": "origin",
        "来自IP": "address", "来自 IP": "address", "IP": "address", "总分": "score", "用户": "person"}  # fmt: skip


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


def read_results(upload: Upload, keep: Collection[str] = ()) -> ResultSheet:
    """`keep` are headings of columns that stay though they say who somebody is.

    Raises Refused('file_…' | 'wjx_no_questions' | 'wjx_no_answers' | 'wjx_keep_unknown').
    """
    sheet = read_sheets(upload, known=("序号", "提交答卷时间", "所用时间"))[0]
    grid = [[tidy(as_text(cell)) for cell in row] for row in sheet.grid]
    head = next((n for n, row in enumerate(grid[:10]) if sum(bool(_QUESTION.match(c)) for c in row) >= 1), None)
    if head is None:
        raise Refused("wjx_no_questions")
    rows = [n for n in range(head + 1, len(grid)) if any(cell not in _EMPTY for cell in grid[n])]
    if not rows:
        raise Refused("wjx_no_answers")
    results = _sorted_out(grid, head, rows, keep)
    unknown = [heading for heading in keep if heading not in results.kept]
    if unknown:
        raise Refused("wjx_keep_unknown", heading="、".join(unknown))
    return results


def _sorted_out(grid: list[list[str]], head: int, rows: list[int], keep: Collection[str]) -> ResultSheet:
    meta: dict[str, tuple[str, ...]] = {}
    not_taken: list[str] = []
    left_out: list[tuple[str, str]] = []
    kept: list[str] = []
    blackened: list[tuple[str, int]] = []
    grouped: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    numbered = _numbered(grid, head, rows)
    for at, cell in enumerate(grid[head]):
        values = tuple(_value(grid[n][at] if at < len(grid[n]) else "") for n in rows)
        values = _without_codes(values) if numbered else values
        heading, found = one_line(cell), _QUESTION.match(cell)
        why = _not_kept(heading, values) if heading not in META else ""
        if why == "wjx_person" and heading in keep:
            kept.append(heading)
        elif why:
            left_out.append((heading, why))
            continue
        elif heading not in META and (changed := sum(map(operator.ne, values, texts := masked(values)))):
            blackened.append((heading, changed))
            values = texts
        if found:
            grouped.setdefault(found[1], []).append((heading, one_line(found[2]), values))
        elif META.get(heading) in ("serial", "submitted", "seconds"):
            meta[META[heading]] = values
        elif heading in META:
            not_taken.append(heading)
        elif heading or any(values):  # a question whose number somebody took away
            grouped.setdefault(f"c{at + 1}", []).append((heading, heading or f"第 {at + 1} 列", values))
    questions = tuple(_question(number, columns) for number, columns in grouped.items())
    return ResultSheet(
        questions,
        meta,
        tuple(not_taken),
        tuple(left_out),
        tuple(kept),
        tuple(blackened),
        numbered,
        tuple(n + 1 for n in rows),
    )


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


def _question(number: str, columns: list[tuple[str, str, tuple[str, ...]]]) -> Question:
    if len(columns) == 1:
        heading, text, values = columns[0]
        return Question(number, text, (Column(heading, text, "", values),))
    for pattern in _PARTED:
        found = [pattern.fullmatch(text) for _, text, _ in columns]
        if all(found) and len({match[1] for match in found if match}) == 1:
            parts = [(match[1], match[2].strip()) for match in found if match]
            break
    else:
        parts = [(columns[0][1], text) for _, text, _ in columns]
    stem = parts[0][0] or f"第 {number} 题"
    made = zip(columns, parts, strict=True)
    return Question(number, stem, tuple(Column(heading, stem, part, v) for (heading, _, v), (_, part) in made))


def _value(text: str) -> str:
    return "" if text in _EMPTY else text
