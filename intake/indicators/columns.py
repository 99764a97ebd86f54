"""What the columns of a block say: headings of one or more levels, merged or not, and which columns hold labels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake.files.spreadsheets import Cell, as_text
from intake.indicators.facets import Facets, Vocabulary, plain
from intake.indicators.grid import MONTHS, YEARS, Block, Grid, are_dates, is_mark, is_number, is_odd
from intake.indicators.words import is_structure, words


class Columns:
    """`said`: the cells that speak of a column and what they say; `labels`: the columns that name their rows."""

    def __init__(self, grid: Grid, block: Block, vocabulary: Vocabulary) -> None:
        self.grid, self.block, self.vocabulary = grid, block, vocabulary
        self.filled = {r: [c for c in range(grid.wide) if as_text(grid.get(r, c))] for r in block.heads}
        self.said = {c: self._heading(c) for c in range(grid.wide)}
        self.labels = [c for c in range(grid.wide) if self._is_label(c)]
        self._share_months()
        self._inherit()

    def texts(self, c: int) -> list[Cell]:
        return [self.grid.get(r, c) for r in self.block.heads if as_text(self.grid.get(r, c))]

    def corner(self) -> list[tuple[str, Cell]]:
        """What stands over the labels before the first numbers, where it states a period: it holds for all of them."""
        first = next((c for c in range(self.grid.wide) if c not in self.labels), 0)
        cells = [(self.grid.at(r, c), self.grid.get(r, c)) for r in self.block.heads for c in range(first)]
        said = [(ref, cell, words(cell, self.vocabulary)) for ref, cell in cells if as_text(cell)]
        return [(ref, cell) for ref, cell, one in said if one.year or one.months]

    def _heading(self, c: int) -> tuple[str, Facets]:
        """What a column's headings say, the lowest first; an upper one that is not merged holds until the next."""
        facets, refs = Facets(), []
        for place, r in reversed(list(enumerate(self.block.heads))):
            at = c
            if not as_text(self.grid.get(r, c)) and place < len(self.block.heads) - 1:
                before = next((k for k in reversed(self.filled[r]) if k < c), None)
                below = as_text(self.grid.get(self.block.heads[place + 1], c))
                at = before if before is not None and below and not is_structure(self.grid.get(r, before)) else c
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

    def _is_label(self, c: int) -> bool:
        """A column of labels: its heading says so, or no number stands in it."""
        if any(is_structure(cell) for cell in self.texts(c)):
            return True
        cells = [self.grid.get(r, c) for r in self.block.rows if as_text(self.grid.get(r, c))]
        numbers = [cell for cell in cells if is_number(cell)]
        if c == 0 and cells and len(numbers) == len(cells):
            return are_dates(numbers)
        return not numbers and not any(is_mark(cell) or (c and is_odd(cell)) for cell in cells)

    def _share_months(self) -> None:
        """累计 and 累计增长% say no month: theirs is that of the column beside them, whatever the title says."""
        said = {c: facets for c, (_, facets) in self.said.items() if c not in self.labels}
        for c, facets in said.items():
            near = None if facets.months else _neighbour(c, said)
            if near is not None:
                year = facets.year or (_year_beside(said[near], said) if _follows(facets) else None)
                lent = replace(facets, months=said[near].months, quarter=said[near].quarter, year=year)
                self.said[c] = (f"{self.said[near][0]} {self.said[c][0]}".strip(), lent)

    def _inherit(self) -> None:
        """A column of growth that names no period or indicator speaks of the nearest one before it that does."""
        dated: tuple[str, Facets] | None = None
        run: list[tuple[str, Facets]] = []  # dated columns since the last growth, as 2023年, 2022年
        named: tuple[str, Facets] | None = None
        for c in (c for c in self.said if c not in self.labels):
            ref, facets = self.said[c]
            says_when = facets.months or facets.year or facets.mode
            follows = _follows(facets)
            if follows and not says_when and dated is not None:
                dated = max(run, key=lambda one: one[1].year or 0, default=dated) if _by_year(run) else dated
                far = replace(dated[1], name="", measure="", unit="", place="")
                ref, facets = f"{dated[0]} {ref}".strip(), facets.beside(far)
            if follows and not facets.name and named is not None:
                facets = replace(facets, name=named[1].name)
            self.said[c] = (ref, facets)
            run = [] if follows else [*run, (ref, facets)] if says_when else run
            dated = (ref, facets) if says_when else dated
            named = (ref, facets) if facets.name else named


def _follows(facets: Facets) -> bool:
    return facets.measure not in ("", "value", "budget")


def _neighbour(c: int, said: Mapping[int, Facets]) -> int | None:
    """The column whose months are also column `c`'s: the nearest of its basis, the left one first; where none is
    cumulative, or none of one month, any, if they end in one month."""
    own = said[c]
    spoken = {k: one for k, one in said.items() if one.measure != "budget" and one.name in ("", own.name or one.name)}
    dated = [k for k, one in spoken.items() if one.months]
    if not own.mode:  # growth that says no period at all: of the right one only where none stands before it
        alone = _follows(own) and not any(one.months or one.mode or one.year for k, one in spoken.items() if k < c)
        return c + 1 if alone and c + 1 in dated else None
    if same := [k for k in dated if _basis(said[k]) == own.mode]:
        return min(same, key=lambda k: (abs(k - c), k > c))
    return dated[0] if len({said[k].months[1:] for k in dated}) == 1 else None  # type: ignore[index]


def _basis(facets: Facets) -> str:
    first, last = facets.months or (1, 1)
    return facets.mode or ("ytd" if first == 1 and last > 1 else "single")


def _year_beside(one: Facets, said: Mapping[int, Facets]) -> int | None:
    """The last of the years that have these months: growth is its growth, wherever it stands."""
    return max((other.year for other in said.values() if other.months == one.months and other.year), default=None)


def _by_year(run: Sequence[tuple[str, Facets]]) -> bool:
    """Columns of the same months of several years, whose growth is the last year's wherever that stands."""
    return len(run) > 1 and len({(one.months, one.mode) for _, one in run}) == 1 and all(one.year for _, one in run)


def is_unit_column(headings: list[Cell]) -> bool:
    return any("单位" in plain(cell) for cell in headings)


def is_counter(headings: list[Cell]) -> bool:
    return any(plain(cell) in ("序号", "编号", "代码", "备注", "说明") for cell in headings)
