"""A sheet cut into blocks of titles, headings and rows."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise, takewhile

from intake.files.spreadsheets import Cell, as_text
from intake.indicators.reading.cells import Grid, are_dates, is_mark, is_number, is_odd, is_structure, plain
from intake.indicators.reading.dates import dated
from intake.indicators.terms.periods import is_month

# Notes, and rows above the figures of a database of series.
_NOTE = re.compile(
    r"^[*※]?(?:注|备注|说明|附注|数据来源|资料来源|来源|制表|联系|填报|发布(?:日期|时间|单位)|审核|source|note)[\d一二三]*[:.]|^注[^册]|^[*※]"
    r"|^(?:频率|频度|指标(?:id|编码|代码)|series_?id|数据来源|来源|更新时间|国家|国家/地区|country|frequency)$",
    re.IGNORECASE,
)
_UNIT = ("单位", "计量单位", "(单位")
_WHEN = re.compile(r"^(?:(?:统计|报告|所属)?(?:时间|日期|月份|时期|期间|期):|截[-止])")
_MOST_BESIDE = 8  # tables
_MOST_ABOVE = 12  # titles, and rows of headings, that speak of a block: the nearest


@dataclass
class Block:
    """Rows of a sheet that belong together, by number."""

    titles: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    numeric: set[int] = field(default_factory=set)  # columns that have a number in one of the rows


def blocks(grid: Grid) -> list[Block]:
    """A new block begins with headings after rows of numbers; a single text among the rows is a section."""
    blocks = [Block()]
    for r in range(len(grid.sheet.grid)):
        cells = grid.of_row(r)
        block = blocks[-1]
        if not cells or _is_note(cells, block):
            continue
        if _has_data(cells):
            block.rows.append(r)
            block.numeric |= {c for c, cell in cells.items() if is_number(cell)}
        elif _again(grid, block, cells):
            continue
        elif block.rows and len(cells) > 1 and not _all_labels(block, cells):
            blocks.append(Block(titles=_trailing(grid, block), heads=[r]))
        elif block.rows:
            block.rows.append(r)
        elif len(cells) > 1 or (min(cells) > 0 and not plain(next(iter(cells.values()))).startswith(_UNIT)):
            block.heads.append(r)
        else:
            block.titles.append(r)
    for block in blocks:
        block.titles, block.heads = block.titles[-_MOST_ABOVE:], block.heads[-_MOST_ABOVE:]
    return [block for block in blocks if block.rows]


def side_by_side(grid: Grid, block: Block) -> list[Grid]:
    """The tables of a block that stand beside one another, 指标 | 累计 | 指标 | 累计: each as if the others were not
    there; the titles are of all."""
    for r in block.heads:
        cells = grid.of_row(r)
        first = cells[min(cells)]
        begins = [c for c, cell in cells.items() if is_structure(first) and plain(cell) == plain(first)]
        parts = list(pairwise([0, *begins[1:], grid.wide]))
        if 1 < len(parts) <= _MOST_BESIDE and all(block.numeric & set(range(*part)) for part in parts):
            below = {n for n in (*block.heads, *block.rows) if n >= r}
            return [grid.within(below, *part) for part in parts]
    return [grid]


def lines(grid: Grid, block: Block) -> list[int]:
    """The rows over the headings that speak of the whole table: 全区 on the left, 2023年6月 on the right."""
    return [r for r, _ in takewhile(lambda rows: _is_line(grid, *rows), pairwise(block.heads))]


def _is_line(grid: Grid, r: int, below: int) -> bool:
    """Whether a row says once when and once in which unit, behind any words at the left that are no heading; one that
    says only when ends where the headings below end."""
    cells = grid.of_row(r)
    first, said = cells.get(0), [_of_the_table(cell) for cell in cells.values()]
    stated = [one for one in said if one]
    named = as_text(first) != "" and not said[0]  # what it names is read as of any title
    reaches = "unit" in stated or max(cells) >= max(grid.of_row(below), default=0)
    return reaches and not is_structure(first) and len(set(stated)) == len(stated) == len(said) - named


def _of_the_table(cell: Cell) -> str:
    """What a cell says that can be meant of a whole table: when, or the unit; '' for anything else."""
    if isinstance(cell, (date, datetime)):
        return "when" if is_month(cell) else ""
    if _says_unit(cell):
        return "unit"
    when, rest = dated(_WHEN.sub("", plain(cell)))
    return "when" if (when.year or when.months) and not when.mode and not rest.strip("()") else ""


def _has_data(cells: dict[int, Cell]) -> bool:
    """Numbers or marks behind a label; years and months over columns are headings."""
    numbers = {c: cell for c, cell in cells.items() if is_number(cell) or is_mark(cell) or (c and is_odd(cell))}
    if not numbers or (set(numbers) == {min(cells)} and len(cells) == 1):
        return False
    others = [cell for c, cell in cells.items() if c not in numbers]
    return not (are_dates(list(numbers.values())) and (not others or is_structure(others[0])))


def _again(grid: Grid, block: Block, cells: dict[int, Cell]) -> bool:
    """Whether a row says the headings once more right under numbers, as a list does that was printed page by page."""
    under = bool(block.rows and block.heads) and len(grid.of_row(block.rows[-1])) > 1
    return under and cells == grid.of_row(block.heads[-1])


def _all_labels(block: Block, cells: dict[int, Cell]) -> bool:
    """Whether a row without numbers has only labels: its cells stand where the rows above have text too."""
    return not block.numeric & set(cells)


def _trailing(grid: Grid, block: Block) -> list[int]:
    """The single texts just above new headings are their titles, not sections of the block before."""
    moved = []
    while block.rows and len(grid.of_row(block.rows[-1])) == 1:
        moved.insert(0, block.rows.pop())
    return moved


def _is_note(cells: dict[int, Cell], block: Block) -> bool:
    """Whether nobody reads a row: its first cell is a note, and none beside it says when or in which unit, or heads a
    column, as in 指标ID | 指标名称 | 单位."""
    first, *others = cells.values()
    read = not block.rows and any(_of_the_table(one) or is_structure(one) for one in others)
    return bool(_NOTE.match(plain(first))) and not read


def _says_unit(cell: Cell) -> bool:
    """单位:亿元, and not 单位 over a column of them."""
    return plain(cell).startswith(_UNIT) and not is_structure(cell)
