"""What the columns of a block say: headings of one or more levels, merged or not, and which columns hold labels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from intake.files.spreadsheets import Cell, as_text, folded
from intake.indicators.reading.blocks import Block
from intake.indicators.reading.cells import Grid, are_dates, is_aside, is_mark, is_number, is_odd, is_structure, plain
from intake.indicators.reading.dates import year_or_month
from intake.indicators.reading.facets import Facets, Heard, Mode, NumberKind, Vocabulary
from intake.indicators.reading.words import words
from intake.indicators.terms.headings import HEADINGS
from intake.indicators.terms.periods import is_month


class Columns:
    """`said`: the cells that speak of a column and what they say; `labels`: the columns that name their rows."""

    def __init__(self, grid: Grid, block: Block, vocabulary: Vocabulary) -> None:
        self.grid, self.block, self.vocabulary = grid, block, vocabulary
        self.filled = {r: [c for c in range(grid.wide) if as_text(grid.get(r, c))] for r in block.heads}
        self.said = {c: self._heading(c) for c in range(grid.wide)}
        self.labels = [c for c in range(grid.wide) if self._is_label(c)]
        self.units = [c for c in self.labels if is_unit_column(self.texts(c))]
        self.first = next((c for c in range(grid.wide) if c not in self.labels), grid.wide)  # of the numbers
        self.own = {c: name for c in self.labels for name in self._of_a_row(c)}
        self._share_months()
        self._inherit()

    def texts(self, c: int) -> list[Cell]:
        return [self.grid.get(r, c) for r in self.block.heads if as_text(self.grid.get(r, c))]

    def _of_a_row(self, c: int) -> list[str]:
        """The fields of the long format that a column says of each of its rows."""
        said = (HEADINGS.get(folded(cell), "") for cell in self.texts(c))
        return [name for name in said if name in ("source", "released", "status")][:1]

    def corner(self) -> list[Heard]:
        """What stands over the labels before the first numbers, where it states a period or names an indicator: it
        holds for all of them."""
        before = range(self.first if self.first < self.grid.wide else 0)
        said = [heard(self.grid, r, c, self.vocabulary) for r in self.block.heads for c in before]
        known = self.vocabulary.indicator
        return [one for one in said if one.facets.year or one.facets.months or known(one.facets.name)]

    def unit_beside(self, c: int) -> int | None:
        """Of several columns of units the one that speaks of column `c`: 总量 | 单位 | 增速 | 单位."""
        if len(self.units) < 2:
            return None
        before = [u for u in self.units if u < c]
        first = min(set(range(self.grid.wide)) - set(self.labels))
        return max(before, default=None) if self.units[0] < first else min(set(self.units) - set(before), default=None)

    def _heading(self, c: int) -> Heard:
        """What a column's headings say, the lowest first; an upper one that is not merged holds until the next."""
        facets, refs = Facets(), []
        for place, r in reversed(list(enumerate(self.block.heads))):
            at = c
            if not as_text(self.grid.get(r, c)) and place < len(self.block.heads) - 1:
                before = next((k for k in reversed(self.filled[r]) if k < c), None)
                below = any(as_text(self.grid.get(lower, c)) for lower in self.block.heads[place + 1 :])
                at = before if before is not None and below and not self._ends(place, before, c) else c
            cell = self.grid.get(r, at)
            if not as_text(cell) or ((r, at) in self.grid.origin and self.grid.origin[r, at][0] != r):
                continue
            said = self._head_words(cell)
            bare = plain(cell).isdigit() and said.months is not None
            if bare and (facets != Facets() or self._says_when(c, r) or self._counts_columns(r)):
                continue  # the number of a column, not a month
            left = next((one.measure for one in (said, facets) if one.measure.is_left_out), NumberKind.UNSAID)
            facets = facets.beside(said)
            facets = replace(facets, measure=left) if left else facets
            refs.append(self.grid.at(r, at))
        return Heard(" ".join(reversed(refs)), facets)

    def _ends(self, place: int, before: int, c: int) -> bool:
        """Whether the heading at `before` does not reach column `c`: it heads labels, or one over it ends between."""
        if is_structure(self.grid.get(self.block.heads[place], before)):
            return True
        return any(before < k <= c for r in self.block.heads[:place] for k in self.filled[r] if self._begins(r, k))

    def _begins(self, r: int, c: int) -> bool:
        return self.grid.origin.get((r, c), (r, c)) == (r, c)

    def _says_when(self, c: int, below: int) -> bool:
        """Whether a heading above row `below` says the period or the measure of this column."""
        above = [self._head_words(self.grid.get(r, c)) for r in self.block.heads if r < below]
        return any(one.months or one.mode or one.measure for one in above)

    def _counts_columns(self, r: int) -> bool:
        """甲 1 2 3 under headings, one each, are the numbers of columns; 1 to 12 under one heading are months."""
        counted = [c for c, cell in self.grid.of_row(r).items() if plain(cell).isdigit()]
        above = [k for k in self.block.heads if k < r]
        return any(all(self.grid.own(k, c) is not None for c in counted) for k in above)

    def _head_words(self, cell: Cell) -> Facets:
        if is_structure(cell):
            return Facets()
        if isinstance(cell, date | datetime) and not is_month(cell):
            return Facets(name=as_text(cell))  # what a spreadsheet made of 1-9: no month of ours
        return year_or_month(plain(cell)) or words(cell, self.vocabulary)

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
        said = {c: heard.facets for c, heard in self.said.items() if c not in self.labels}
        for c, facets in said.items():
            near = None if facets.months else _neighbour(c, said)
            if near is not None:
                year = facets.year or (_year_beside(said[near], said) if _follows(facets) else None)
                lent = replace(facets, months=said[near].months, quarter=said[near].quarter, year=year)
                self.said[c] = Heard(f"{self.said[near].where} {self.said[c].where}".strip(), lent)

    def _inherit(self) -> None:
        """A column of growth that names no period or indicator speaks of the nearest one before it that does."""
        dated: Heard | None = None
        run: list[Heard] = []  # dated columns since the last growth, as 2023年, 2022年
        name = ""
        for c in (c for c in self.said if c not in self.labels):
            heard, facets = self.said[c], self.said[c].facets
            follows = _follows(facets)
            says_when = facets.months or facets.mode or (facets.year and not (follows and _of_year(dated, facets.year)))
            if follows and not says_when and dated is None:
                dated = self._ahead(c)
            if follows and not says_when and dated is not None:
                beside = run if _by_year(run) and not facets.year else []
                dated = max(beside, key=lambda one: one.facets.year or 0, default=dated)
                far = replace(dated.facets, name="", measure=NumberKind.UNSAID, unit="", place=None)
                heard, facets = replace(heard, where=f"{dated.where} {heard.where}".strip()), facets.beside(far)
            if follows and not facets.name:
                facets = replace(facets, name=name)
            heard = self.said[c] = replace(heard, facets=facets)
            run = [] if follows else [*run, heard] if says_when else run
            dated = heard if says_when else dated
            name = facets.name or name

    def _ahead(self, c: int) -> Heard | None:
        """The column behind growth that stands before it: 增长% | 累计."""
        behind = self.said.get(c + 1, Heard())
        return behind if behind.facets.mode and not _follows(behind.facets) else None


def heard(grid: Grid, r: int, c: int, vocabulary: Vocabulary) -> Heard:
    cell = grid.get(r, c)
    return Heard(grid.at(r, c), words(cell, vocabulary), as_text(cell))


def _follows(facets: Facets) -> bool:
    return facets.measure not in (NumberKind.UNSAID, NumberKind.VALUE, NumberKind.BUDGET)


def _neighbour(c: int, said: Mapping[int, Facets]) -> int | None:
    """The column whose months are also column `c`'s: the nearest of its basis, the left one first; where none is
    cumulative, or none of one month, any, if they end in one month."""
    own = said[c]
    spoken = {
        k: one
        for k, one in said.items()
        if one.measure is not NumberKind.BUDGET and one.name in ("", own.name or one.name)
    }
    dated = [k for k, one in spoken.items() if one.months]
    if not own.mode:  # growth that says no period at all: of the right one only where none stands before it
        alone = _follows(own) and not any(one.months or one.mode or one.year for k, one in spoken.items() if k < c)
        return c + 1 if alone and c + 1 in dated else None
    if same := [k for k in dated if _mode(said[k]) is own.mode]:
        return min(same, key=lambda k: (abs(k - c), k > c))
    ends = {months.last for k in dated if (months := said[k].months)}
    return dated[0] if len(ends) == 1 else None


def _mode(facets: Facets) -> Mode:
    to_date = facets.months is not None and facets.months.first == 1 and not facets.months.is_one
    return facets.mode or (Mode.TO_DATE if to_date else Mode.ALONE)


def _year_beside(one: Facets, said: Mapping[int, Facets]) -> int | None:
    """The last of the years that have these months: growth is its growth, wherever it stands."""
    return max((other.year for other in said.values() if other.months == one.months and other.year), default=None)


def _of_year(dated: Heard | None, year: int) -> bool:
    """Whether a column before says months of this year: under one heading 2023年, 增长 beside 1-10月 is of those."""
    return dated is not None and dated.facets.year == year and dated.facets.months is not None


def _by_year(run: Sequence[Heard]) -> bool:
    """Columns of the same months of several years, whose growth is the last year's wherever that stands."""
    said = [one.facets for one in run]
    return len(said) > 1 and len({(one.months, one.mode) for one in said}) == 1 and all(one.year for one in said)


def is_unit_column(headings: list[Cell]) -> bool:
    return any("单位" in plain(cell) for cell in headings)


def are_aside(headings: list[Cell]) -> bool:
    return any(is_aside(cell) for cell in headings)
