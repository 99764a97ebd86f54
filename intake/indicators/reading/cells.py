"""A sheet's cells, its merged ones filled: their text in one form, and which of them are numbers or stand for one."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache

from access.typed import one_line
from intake.files.number_formats import APART
from intake.files.spreadsheets import Cell, Sheet, as_text
from intake.indicators.terms import units
from intake.indicators.terms.periods import DOTTED_MONTH

YEARS, MONTHS = range(1990, 2101), range(1, 13)
LONGEST = 400  # letters of a text that are looked at
MOST_TEXTS = 10_000  # different ones of which what they say is kept: a table of statistics has no more

_ROMAN = str.maketrans("ⅠⅡⅢⅣ", "1234")  # of quarters; half width would make letters of them
_ALIKE = str.maketrans(
    {**dict.fromkeys("—–－−~〜～‐‑至到", "-"), **dict.fromkeys("【[〔", "("), **dict.fromkeys("】]〕", ")")}
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?(?:个?百分点)?")
_ODD = re.compile(
    r"(?:[(▲△▼▽↑↓↗↘约近超逾<>≈+-]{1,3}|突破|超过|达到?|接近|不足|不到)\d[\d,]*(?:\.\d+)?%?\)?"
    r"|[+-]?(?!(?:19|20)\d\d\.)\d+(?:(?:\.\d+)?[,'’]\d*|(?:\.\d+){2})[\d.,'’]*%?-?"
    r"|[+-]?\d[\d,]*(?:\.\d+)?(?:‰|%?(?:左右|以上|以下|上下|余|多))"
    r"|(?!(?:19|20)\d\d\()\d[\d,]*(?:\d\d|\.\d+)%?\([^()]{1,20}\)"
    r"|\d+\.\d+%?-|[+-]?\d+(?:\.\d+)?e[+-]?\d{1,3}|[+-]?\d[\d,]*\.\d+%?[a-z*#()]{1,3}|#[A-Z0-9/!?]+|(?:与上年|与去年|同比)?持平",
    re.I,
)
WITH_UNIT = re.compile(
    r"([+-]?\d[\d,]*(?:\.\d+)?)([十百千万亿]*(?:元|美元|千瓦时|度|户|家|个|名|人次?)|[十百千万亿]{1,2})"
)
_MONTH_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d\.(?:0[1-9]|1[0-2])\)")
FORMULA = "="  # stands for a formula that nobody has worked out: no program has saved what it gives
_MOST_FILLED = 200_000  # cells that merged ranges may cover together
_STRUCTURE = frozenset(
    ("指标", "指标名称", "项目", "名称", "单位", "计量单位", "地区", "区域", "镇街", "街道", "镇街名称", "乡镇", "镇",
     "镇街道", "时间", "时期", "月份", "年份", "年度", "主要指标", "经济指标",
     "统计指标", "主要经济指标", "indicator", "item", "unit", "area", "town", "period", "year", "month")
)  # fmt: skip
# Columns that say nothing of which number it is.
_ASIDE = frozenset(
    ("序号", "编号", "代码", "备注", "说明", "指标id", "指标代码", "指标编码", "频率", "频度", "国家", "国家地区",
     "来源", "数据来源", "更新时间", "更新日期", "发布日期", "公布日期", "发布时间", "状态", "数据状态",
     "seriesid", "frequency", "country", "source", "updated", "released", "releasedate", "status")
)  # fmt: skip

_WHOSE_TASK = re.compile(r"^(?:责任|牵头|填报|报送|发布|主管|负责|提供)(?:单位|部门|科室|人)|^(?:部门|科室|联系人)$")


class _Stands(Enum):
    """How a text stands for a number."""

    NOT = auto()
    AS_NUMBER = auto()
    AS_MARK = auto()  # of a missing one
    OTHERWISE = auto()


class Grid:
    """A sheet with its merged cells filled."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.wide = sheet, max((len(row) for row in sheet.grid), default=0)
        self.origin: dict[tuple[int, int], tuple[int, int]] = {}
        self._rows: dict[int, dict[int, Cell]] = {}
        for (top, left), (bottom, right) in sheet.merged:
            if len(self.origin) > _MOST_FILLED or (bottom - top + 1) * (right - left + 1) > _MOST_FILLED:
                break
            for r in range(top, min(bottom, len(sheet.grid) - 1) + 1):
                for c in range(left, min(right, self.wide - 1) + 1):
                    if self.own(top, left) is not None:
                        self.origin[r, c] = (top, left)

    def get(self, r: int, c: int) -> Cell:
        return self.own(*self.origin.get((r, c), (r, c))) if self.origin else self.own(r, c)

    def own(self, r: int, c: int) -> Cell:
        """What stands in the place itself; None for a blank text too."""
        if (r, c) in self.sheet.unsaved:
            return FORMULA
        row = self.sheet.grid[r] if r < len(self.sheet.grid) else ()
        return row[c] if c < len(row) and as_text(row[c]) else None

    def of_row(self, r: int) -> dict[int, Cell]:
        """Its cells that hold anything, a merged one once, by column."""
        if r not in self._rows:
            own = ((c, self.own(r, c)) for c in range(self.wide) if self.origin.get((r, c), (r, c)) == (r, c))
            self._rows[r] = {c: cell for c, cell in own if cell is not None}
        return self._rows[r]

    def within(self, rows: Collection[int], first: int, end: int) -> "Grid":
        """The same sheet, of these rows only the columns from `first` up to `end`."""
        own = [[*[None] * first, *row[first:end]] if n in rows else row for n, row in enumerate(self.sheet.grid)]
        return Grid(replace(self.sheet, grid=own))

    def at(self, r: int, c: int) -> str:
        return reference(*self.origin.get((r, c), (r, c)))


def reference(row: int, column: int) -> str:
    """C5 for the cell in the fifth row and third column (both from 0 here)."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def in_sheet(sheet: Sheet, ref: str) -> str:
    name = one_line(sheet.name)
    return f"{name}!{ref}" if name else ref


def plain(cell: object) -> str:
    """A cell's text in half width, without spaces and marks of footnotes, its dashes alike. What stands far behind in
    a long text is no heading and no label, and is not looked at."""
    return _plain(as_text(cell)[:LONGEST])


@lru_cache(maxsize=MOST_TEXTS)
def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", units.unmarked(written).translate(_ROMAN)).translate(_ALIKE).split())


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, as digits or as text; 8.2个百分点 is one too."""
    if isinstance(cell, str):
        return _stands(cell) is _Stands.AS_NUMBER
    return isinstance(cell, float | int) and not isinstance(cell, bool)


def is_odd(cell: Cell) -> bool:
    """Whether it stands for a number but is not written as one: (6.8), ▲6.1, 约120. It is told, never passed over."""
    return isinstance(cell, str) and _stands(cell) is _Stands.OTHERWISE


def is_mark(cell: Cell) -> bool:
    """Whether it holds a sign that stands for a missing number."""
    return isinstance(cell, str) and _stands(cell) is _Stands.AS_MARK


@lru_cache(maxsize=MOST_TEXTS)
def _stands(cell: str) -> _Stands:
    text = plain(cell)
    if _NUMBER.fullmatch(text):
        return _Stands.AS_NUMBER
    if as_text(cell) and units.is_missing(cell):
        return _Stands.AS_MARK
    odd = text == FORMULA or any(one.fullmatch(text) for one in (_ODD, WITH_UNIT, units.MOVED_OTHERWISE, APART))
    return _Stands.OTHERWISE if odd and not _MONTH_IN_BRACKETS.fullmatch(text) else _Stands.NOT


def is_structure(cell: object) -> bool:
    """Whether a heading only says what kind of labels stand below it, in one language or in two."""
    words = re.sub(r"[^\w]", "", plain(cell)).casefold()
    chinese = re.match(r"[\u4e00-\u9fff]*", words)
    rest = words[chinese.end() :] if chinese else words
    known = _STRUCTURE | _ASIDE
    return words in known or bool(chinese and chinese[0] in known and rest in known)


def is_aside(cell: object) -> bool:
    """Whether what stands below a heading is no label of a number: its counter, its series' code, its publisher."""
    words = re.sub(r"[^\w]", "", plain(cell)).casefold()
    return words in _ASIDE or bool(_WHOSE_TASK.search(words))


def _as_date(text: str) -> int:
    """202310 for 2023.10 too; -1 for what is neither."""
    year, dot, month = text.partition(".")
    if dot and DOTTED_MONTH.fullmatch(text):
        return int(year) * 100 + int(month)
    return int(text) if text.isdigit() else -1


def are_dates(cells: list[Cell]) -> bool:
    """2021, 2022, 2023 or 1, 2, 3 … 12 along a row, or 202309, 202310 or 2023.9, 2023.10; the newest may stand
    first."""
    values = [_as_date(plain(cell)) for cell in cells]
    rising = sorted(set(values))
    if values not in (rising, rising[::-1]):
        return False
    months = all(v // 100 in YEARS and v % 100 in MONTHS for v in values)
    return months or all(v in YEARS for v in values) or (len(values) > 2 and all(v in MONTHS for v in values))
