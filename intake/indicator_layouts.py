"""Tables as statistics bureaus lay them out: where each number's indicator, period, unit, measure and place stand.

A sheet is cut into blocks of titles, headings and rows. A number hears what its row's labels, its column's
headings (the nearest first), the section, the titles, the sheet's and the file's names say, in this order. Nothing is
checked here: what is said becomes rows of the long format, and those are checked like any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake import units
from intake.indicator_facets import Facets, Vocabulary, plain
from intake.indicator_grid import MONTHS, YEARS, Block, Grid, are_dates, blocks, is_mark, is_number, is_odd, reference
from intake.indicator_places import resolved
from intake.indicator_words import is_structure, words
from intake.spreadsheets import Cell, Sheet, as_text

_SOURCE = re.compile(r"(?:数据来源|资料来源|^来源|source):([^;。,]+?)(?=发布|公布|released|[;。,]|$)", re.IGNORECASE)
_RELEASED = re.compile(
    r"(?:发布|公布|发布时间|发布日期|released?)[^\d]{0,8}(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)", re.IGNORECASE
)


@dataclass(frozen=True)
class Placed:
    """A number or a mark, with what it was found to be. `said` names the cell that each facet was read in."""

    sheet: str
    row: int
    column: int
    cell: Cell
    computed: bool
    facets: Facets
    label: str  # as it stands in the file: a name that may not be known
    said: tuple[tuple[str, str], ...] = ()

    @property
    def ref(self) -> str:
        return reference(self.row, self.column)


@dataclass(frozen=True)
class Layout:
    """`headings` are what the columns say, without their periods: the table's form, by which it is known again."""

    numbers: tuple[Placed, ...]
    headings: tuple[str, ...]
    source: str = ""
    released: str = ""


def read_layout(sheets: Sequence[Sheet], file_name: str, vocabulary: Vocabulary, place: str = "") -> Layout:
    """`place`: whose figures they are, as somebody has said of a file that does not, or that names another place."""
    numbers: list[Placed] = []
    headings: list[str] = []
    source = released = ""
    stem = re.sub(r"\.\w{2,4}$", "", file_name)
    named = words(stem, vocabulary)
    for sheet in sheets:
        grid = Grid(sheet)
        notes = [plain(cell) for r in range(len(sheet.grid)) for cell in grid.of_row(r).values()]
        source = source or next((found[1] for note in notes if (found := _SOURCE.search(note))), "")
        released = released or next((found[1] for note in notes if (found := _RELEASED.search(note))), "")
        far = _Far([(sheet.name, words(sheet.name, vocabulary)), (file_name, named)], (sheet.name, stem), place)
        for block in blocks(grid):
            reader = _Reader(grid, block, far, vocabulary)
            numbers += reader.numbers()
            headings += reader.form()
    return Layout(tuple(numbers), tuple(headings), source, released)


@dataclass(frozen=True)
class _Far:
    """What stands furthest from the numbers: the sheet's name and the file's."""

    facets: list[tuple[str, Facets]]
    texts: tuple[str, ...]
    place: str


class _Reader:
    """Reads one block."""

    def __init__(self, grid: Grid, block: Block, far: _Far, vocabulary: Vocabulary) -> None:
        self.grid, self.block, self.vocabulary = grid, block, vocabulary
        titles = [(grid.at(r, c), cell) for r in reversed(block.titles) for c, cell in grid.of_row(r).items()]
        self.far = [*((ref, replace(words(cell, vocabulary), name="", place="")) for ref, cell in titles),
                    *((ref, replace(said, name="", place="")) for ref, said in far.facets)]  # fmt: skip
        self.title_texts = [*(as_text(cell) for _, cell in titles), *far.texts]
        self.title_places = [far.place, *(vocabulary.within_title(text) for text in self.title_texts)]
        self.percent = any("%" in plain(text) for text in self.title_texts)
        self.columns = {c: self._heading(c) for c in range(grid.wide)}
        self.labels = [c for c in range(grid.wide) if self._is_label(c)]
        self._inherit()

    def form(self) -> Iterator[str]:
        for c, (_, facets) in self.columns.items():
            yield f"{c in self.labels and 'label'}:{facets.mode}:{facets.measure}:{facets.unit}"

    def numbers(self) -> Iterator[Placed]:
        section: tuple[str, Facets] = ("", Facets())
        within = ""  # the place that the section speaks of
        last = Facets()
        above: dict[int, Cell] = {}
        for r in self.block.rows:
            cells = self.grid.of_row(r)
            label = self._row_label(r, above)
            data = [c for c in range(self.grid.wide) if c not in self.labels and c in cells]
            if not any(_is_value(cells[c]) for c in data):
                if len(cells) == 1:
                    section, within = label, self.vocabulary.within_title(next(iter(cells.values())))
                last = label[1]
                continue
            if not label[1].name and not label[1].place and label[1].measure:  # '增长(%)' below its indicator
                label = (label[0], replace(label[1], name=last.name, place=last.place))
            else:
                last = label[1]
            for c in data:
                placed = self._placed(r, c, cells[c], label, section)
                near = [placed.facets.place, within, *self.title_places]
                yield replace(placed, facets=replace(placed.facets, place=resolved(near)))

    def _placed(self, r: int, c: int, cell: Cell, label: tuple[str, Facets], section: tuple[str, Facets]) -> Placed:
        column, far = self.columns[c], [section, *self.far]
        row_dates = bool(label[1].months or label[1].year)
        near = [label, column] if row_dates else [column, label]
        facets, said = Facets(), {}
        for ref, one in [*near, *far]:
            before, facets = facets, facets.beside(one)
            for facet in ("year", "months", "mode", "measure", "unit", "place"):
                if getattr(before, facet) != getattr(facets, facet):
                    said.setdefault(facet, ref)
        name, ref = self._named(label, column, section)
        said["name"] = ref
        unit = label[1].unit or facets.unit
        measure = self._measure(label[1], column[1], facets)
        if measure == "change":  # 增减: a rate where the table says % and its values have another unit
            measure = "growth" if self.percent and not units.is_percent(unit) else "left:change"
        facets = replace(facets, name=name, unit=unit, measure=measure)
        computed = (r, c) in self.grid.sheet.formulas
        return Placed(self.grid.sheet.name, r, c, cell, computed, facets, name, tuple(said.items()))

    @staticmethod
    def _measure(label: Facets, column: Facets, facets: Facets) -> str:
        """What is left out on either side is left out; growth in a row's label holds for its numbers of any column."""
        both = (label.measure, column.measure)
        for kept in ("left:", "points", "budget", "change", "growth"):
            if found := next((measure for measure in both if measure.startswith(kept)), ""):
                return found
        return column.measure or label.measure or facets.measure

    def _named(
        self, label: tuple[str, Facets], column: tuple[str, Facets], section: tuple[str, Facets]
    ) -> tuple[str, str]:
        """The indicator's name: of the row or the column; where neither names one, of the section or a title.

        A name that is not known keeps its number from being read as anything else."""
        names = [(said.name, ref) for ref, said in (label, column) if said.name]
        if len(names) > 1 and names[1][0] in names[0][0] and self.vocabulary.indicator(names[0][0]):
            return names[0]  # '累计收入' over '一般公共预算收入'
        if all(self.vocabulary.indicator(name) for name, _ in names) and len(names) == 1:
            return names[0]
        unknown = [(name, ref) for name, ref in names if not self.vocabulary.indicator(name)]
        if unknown:
            return ("/".join(name for name, _ in names), unknown[0][1])
        if names:
            return ("/".join(name for name, _ in names), names[0][1])
        if self.vocabulary.indicator(section[1].name):
            return section[1].name, section[0]
        for text in self.title_texts:
            if found := self.vocabulary.within(text):
                return found.name_zh, text
        return "", ""

    def _heading(self, c: int) -> tuple[str, Facets]:
        """What a column's headings say, the lowest first; an upper one that is not merged holds until the next."""
        facets, refs = Facets(), []
        for place, r in reversed(list(enumerate(self.block.heads))):
            at = c
            if not as_text(self.grid.get(r, c)) and place < len(self.block.heads) - 1:
                before = [k for k in range(c) if as_text(self.grid.get(r, k))]
                below = as_text(self.grid.get(self.block.heads[place + 1], c))
                at = before[-1] if before and below and not is_structure(self.grid.get(r, before[-1])) else c
            cell = self.grid.get(r, at)
            if not as_text(cell) or ((r, at) in self.grid.origin and self.grid.origin[r, at][0] != r):
                continue
            said = self._head_words(cell)
            bare = plain(cell).isdigit() and said.months is not None
            if bare and (facets != Facets() or self._says_when(c, r) or self._counts_columns(r)):
                continue  # the number of a column, not a month
            left = next((one.measure for one in (said, facets) if one.measure.startswith("left:")), "")
            facets = facets.beside(said)
            facets = replace(facets, measure=left) if left else facets
            refs.append(self.grid.at(r, at))
        return " ".join(reversed(refs)), facets

    def _says_when(self, c: int, below: int) -> bool:
        """Whether a heading above row `below` says the period or the measure of this column."""
        above = [self._head_words(self.grid.get(r, c)) for r in self.block.heads if r < below]
        return any(one.months or one.mode or one.measure for one in above)

    def _counts_columns(self, r: int) -> bool:
        """甲 1 2 3 under headings, one each, are the numbers of columns; 1 to 12 under one heading are months."""
        counted = [c for c, cell in self.grid.of_row(r).items() if plain(cell).isdigit()]
        above = [k for k in self.block.heads if k < r]
        return any(all((k, c) in self.grid.cells for c in counted) for k in above)

    def _head_words(self, cell: Cell) -> Facets:
        if is_structure(cell):
            return Facets()
        text = plain(cell)
        if text.isdigit() and int(text) in YEARS:
            return Facets(year=int(text))
        if text.isdigit() and int(text) in MONTHS:
            return Facets(months=(int(text), int(text)))
        return words(cell, self.vocabulary)

    def _head_texts(self, c: int) -> list[Cell]:
        return [self.grid.get(r, c) for r in self.block.heads if as_text(self.grid.get(r, c))]

    def _is_label(self, c: int) -> bool:
        """A column of labels: its heading says so, or no number stands in it."""
        if any(is_structure(cell) for cell in self._head_texts(c)):
            return True
        cells = [self.grid.get(r, c) for r in self.block.rows if as_text(self.grid.get(r, c))]
        numbers = [cell for cell in cells if is_number(cell)]
        if c == 0 and cells and len(numbers) == len(cells):
            return are_dates(numbers)
        return not numbers and not any(is_mark(cell) for cell in cells)

    def _inherit(self) -> None:
        """A column of growth that names no period or indicator speaks of the nearest one before it that does."""
        dated: tuple[str, Facets] | None = None
        run: list[tuple[str, Facets]] = []  # dated columns since the last growth, as 2023年, 2022年
        named: tuple[str, Facets] | None = None
        for c in (c for c in self.columns if c not in self.labels):
            ref, facets = self.columns[c]
            says_when = facets.months or facets.year or facets.mode
            follows = facets.measure not in ("", "value", "budget")
            if follows and not says_when and dated is not None:
                dated = max(run, key=lambda one: one[1].year or 0, default=dated) if _by_year(run) else dated
                far = replace(dated[1], name="", measure="", unit="", place="")
                ref, facets = f"{dated[0]} {ref}".strip(), facets.beside(far)
            if follows and not facets.name and named is not None:
                facets = replace(facets, name=named[1].name)
            self.columns[c] = (ref, facets)
            run = [] if follows else [*run, (ref, facets)] if says_when else run
            dated = (ref, facets) if says_when else dated
            named = (ref, facets) if facets.name else named

    def _row_label(self, r: int, above: dict[int, Cell]) -> tuple[str, Facets]:
        """What a row's labels say together; a blank one before another repeats the row above."""
        facets, refs = Facets(), []
        filled = [c for c in self.labels if as_text(self.grid.get(r, c))]
        for c in self.labels:
            cell = self.grid.get(r, c)
            if as_text(cell):
                above[c] = cell
            elif filled and c < filled[-1] and not _is_unit_column(self._head_texts(c)):
                cell = above.get(c)
            if not as_text(cell) or _is_counter(self._head_texts(c)):
                continue
            facets = facets.beside(self._label_words(cell, self._head_texts(c)))
            refs.append(self.grid.at(r, c))
        return " ".join(refs), facets

    def _label_words(self, cell: Cell, headings: list[Cell]) -> Facets:
        text = plain(cell)
        if text.isdigit():
            value = int(text)
            return (
                Facets(year=value) if value in YEARS else Facets(months=(value, value)) if value in MONTHS else Facets()
            )
        if units.is_missing(cell):
            return Facets()
        return words(cell, self.vocabulary)


def _is_value(cell: Cell) -> bool:
    return is_number(cell) or is_mark(cell) or is_odd(cell)


def _by_year(run: Sequence[tuple[str, Facets]]) -> bool:
    """Columns of the same months of several years, whose growth is the last year's wherever that stands."""
    return len(run) > 1 and len({(one.months, one.mode) for _, one in run}) == 1 and all(one.year for _, one in run)


def _is_unit_column(headings: list[Cell]) -> bool:
    return any("单位" in plain(cell) for cell in headings)


def _is_counter(headings: list[Cell]) -> bool:
    return any(plain(cell) in ("序号", "编号", "代码", "备注", "说明") for cell in headings)
