"""The columns of a result workbook of Wenjuanxing (问卷星): which tell of the answer sheet, which are one question."""

import re
from dataclasses import dataclass

from access.typed import one_line, tidy
from db.refused import Refused
from intake.spreadsheets import Upload, as_text, read_sheets

_QUESTION = re.compile(r"^\s*(\d{1,3})\s*[、.．]\s*(.*)$", re.DOTALL)
_DASH = re.compile(r"\s*(?:—{1,2}|--)\s*")
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
    rows: tuple[int, ...]


def read_results(upload: Upload) -> ResultSheet:
    """Raises Refused('file_…' | 'wjx_no_questions' | 'wjx_no_answers')."""
    sheet = read_sheets(upload, known=("序号", "提交答卷时间", "所用时间"))[0]
    grid = [[tidy(as_text(cell)) for cell in row] for row in sheet.grid]
    head = next((n for n, row in enumerate(grid[:10]) if sum(bool(_QUESTION.match(c)) for c in row) >= 1), None)
    if head is None:
        raise Refused("wjx_no_questions")
    rows = [n for n in range(head + 1, len(grid)) if any(cell not in _EMPTY for cell in grid[n])]
    if not rows:
        raise Refused("wjx_no_answers")
    return _sorted_out(grid, head, rows)


def _sorted_out(grid: list[list[str]], head: int, rows: list[int]) -> ResultSheet:
    meta: dict[str, tuple[str, ...]] = {}
    not_taken: list[str] = []
    grouped: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for at, cell in enumerate(grid[head]):
        values = tuple(_value(grid[n][at] if at < len(grid[n]) else "") for n in rows)
        heading, found = one_line(cell), _QUESTION.match(cell)
        if found:
            grouped.setdefault(found[1], []).append((heading, one_line(found[2]), values))
        elif META.get(heading) in ("serial", "submitted", "seconds"):
            meta[META[heading]] = values
        elif heading in META:
            not_taken.append(heading)
        elif heading or any(values):  # a question whose number somebody took away
            grouped.setdefault(f"c{at + 1}", []).append((heading, heading or f"第 {at + 1} 列", values))
    questions = tuple(_question(number, columns) for number, columns in grouped.items())
    return ResultSheet(questions, meta, tuple(not_taken), tuple(n + 1 for n in rows))


def _question(number: str, columns: list[tuple[str, str, tuple[str, ...]]]) -> Question:
    if len(columns) == 1:
        heading, text, values = columns[0]
        return Question(number, text, (Column(heading, text, "", values),))
    stem = _DASH.split(columns[0][1], maxsplit=1)[0]
    parts = []
    for heading, text, values in columns:
        split = _DASH.split(text, maxsplit=1)
        parts.append(Column(heading, stem, split[1] if len(split) > 1 else text, values))
    return Question(number, stem, tuple(parts))


def _value(text: str) -> str:
    return "" if text in _EMPTY else text
