"""The numbers of one block of a sheet: each hears its row's labels, its column's headings, the section, the titles and
the names of sheet and file, the nearest first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from intake.files.spreadsheets import Cell, as_text, folded
from intake.indicators.reading.blocks import Block, lines
from intake.indicators.reading.cells import WITH_UNIT, Grid, in_sheet, is_mark, is_number, is_odd, plain, reference
from intake.indicators.reading.columns import Columns, are_aside, heard, is_unit_column
from intake.indicators.reading.dates import year_or_month
from intake.indicators.reading.facets import MOST_NUMBERS, Facets, Heard, NumberKind, Placed, Vocabulary
from intake.indicators.reading.words import words
from intake.indicators.terms import units
from intake.indicators.terms.headings import STATUS_WORDS
from intake.indicators.terms.places import Place, decided, resolved

# Of a row's label and a column's heading, whichever says one of these first says what their numbers measure.
_STRONGEST = (
    tuple(one for one in NumberKind if one.is_left_out),
    (NumberKind.POINTS,), (NumberKind.BUDGET,), (NumberKind.CHANGE,),
    tuple(one for one in NumberKind if one.is_growth),
)  # fmt: skip

# Where a section or a title says so of all below: a part of these series, or no published figure of any.
_OF_PART = (
    (re.compile(r"限额?以?[上下](?!社会)|限额以下"), "retail_sales"),
    (re.compile(r"规模以下|规下"), "industrial"),
    (re.compile(r"预计|预测"), ""),
)


def first_title(grid: Grid, block: Block, vocabulary: Vocabulary) -> Heard | None:
    """The uppermost title that says a year."""
    said = (heard(grid, r, c, vocabulary) for r in block.titles for c in grid.of_row(r))
    return next((one for one in said if one.facets.year), None)


@dataclass(frozen=True)
class Far:
    """What stands furthest from the numbers: the sheet's name and the file's, and the sheet's first title, of which
    the year holds for every block. `place`: whose figures they are, as somebody has said."""

    names: Sequence[Heard]
    place: Place | None
    first: Heard | None = None


class Reader:
    """Reads one block."""

    def __init__(self, grid: Grid, block: Block, far: Far, vocabulary: Vocabulary) -> None:
        self.grid, self.vocabulary = grid, vocabulary
        titles = self._heard(reversed(block.titles))
        over = lines(grid, block)
        over = over if _agree(self._heard(over), [*titles, *far.names]) else []
        above = self._heard(over)
        self.block = replace(block, heads=[r for r in block.heads if r not in over])
        self.columns = Columns(grid, self.block, vocabulary)
        titles = [*self.columns.corner(), *titles]
        self.first = [Heard(far.first.where, Facets(year=far.first.facets.year))] if far.first else []
        self.first_months = bool(far.first and far.first.facets.months)
        # A line over the headings fills in what no title and no name says.
        said = [*titles, *self.first, *far.names, *above]
        self.far = [Heard(one.where, replace(one.facets, name="", place=None)) for one in said]
        self.titles = [*above, *titles, *far.names]
        self.title_places = [far.place, *(vocabulary.within_title(one.text) for one in self.titles)]
        self.percent = any("%" in plain(one.text) for one in self.titles)

    def _heard(self, rows: Iterable[int]) -> list[Heard]:
        return [heard(self.grid, r, c, self.vocabulary) for r in rows for c in self.grid.of_row(r)]

    def form(self) -> Iterator[str]:
        for c, column in self.columns.said.items():
            said = column.facets
            yield f"{c in self.columns.labels and 'label'}:{said.mode}:{said.measure}:{said.unit}"

    def numbers(self) -> Iterator[Placed]:
        """A name that two places have is decided by the places that stand beside it."""
        found = [*islice(self._numbers(), MOST_NUMBERS + 1)]
        places = {one.facets.place for one in found if one.facets.place}
        for one in found:
            place = one.facets.place and decided(one.facets.place, places)
            yield replace(one, facets=replace(one.facets, place=place))

    def _numbers(self) -> Iterator[Placed]:
        section, within = Heard(), None  # and the place that the section speaks of
        last = Facets()
        above: dict[int, Cell] = {}
        for r in self.block.rows:
            cells = self.grid.of_row(r)
            label = self._row_label(r, above)
            said = label.facets
            data = [c for c in range(self.grid.wide) if c not in self.columns.labels and c in cells]
            if not any(_is_value(cells[c]) for c in data):
                if len(cells) == 1:
                    section, within = label, self.vocabulary.within_title(next(iter(cells.values())))
                last = said
                continue
            if not said.name and not said.place and said.measure:  # '增长(%)' below its indicator
                label = replace(label, facets=self._below(said, last))
            else:
                last = said
            for c in data:
                placed = self._placed(r, c, self._moved(r, c, cells), self._in_unit(label, r, c), section)
                near = [placed.facets.place, within, *self.title_places]
                yield replace(placed, facets=replace(placed.facets, place=resolved(near)))

    def _moved(self, r: int, c: int, cells: dict[int, Cell]) -> Cell:
        """A number behind the word that says which way it goes: 下降 | 4.9, or before it where none follows."""
        before = c - 1 in self.columns.labels and units.MOVES.fullmatch(plain(cells.get(c - 1)))
        last = c + 1 in self.columns.labels and c + 2 not in self.block.numeric
        behind = last and units.MOVES.fullmatch(plain(cells.get(c + 1)))
        word = before or behind
        cell = f"{word[0]}{as_text(cells[c])}" if word and is_number(cells[c]) else cells[c]
        return units.with_percent(cell, self._measured_by(r, c))

    def _measured_by(self, r: int, c: int) -> list[Cell]:
        """What says what a number measures: its column's headings, and its row's labels where those say no growth."""
        labels = () if self.columns.said[c].facets.measure.is_growth else self.columns.labels
        return [*self.columns.texts(c), *(self.grid.get(r, at) for at in labels)]

    def _in_unit(self, label: Heard, r: int, c: int) -> Heard:
        """The row's label with the unit that stands beside this number, where others stand beside other ones."""
        unit = self.columns.unit_beside(c)
        said = heard(self.grid, r, unit, self.vocabulary).facets if unit is not None else Facets()
        return replace(label, facets=label.facets.beside(said))

    def _below(self, facets: Facets, above: Facets) -> Facets:
        """What a row says that speaks of the one above it: its name, place and, where no column says any, months."""
        named = replace(facets, name=above.name, place=above.place)
        dated = facets.months or any(one.facets.months for one in self.columns.said.values())
        return named if dated else named.beside(Facets(year=above.year, months=above.months, quarter=above.quarter))

    def _placed(self, r: int, c: int, cell: Cell, label: Heard, section: Heard) -> Placed:
        column, sheet = self.columns.said[c], self.grid.sheet
        dated = label.facets.months or label.facets.year
        facets, said = self._together([*((label, column) if dated else (column, label)), section, *self.far])
        name, said["name"] = self._named(label, column, section)
        cell, own = _with_unit(cell)
        unit = own or label.facets.unit or facets.unit
        measure = _measure(label.facets, column.facets, replace(facets, unit=unit))
        if own and measure.is_growth:
            measure = NumberKind.LEFT_CHANGE  # +123.4亿元
        if measure is NumberKind.CHANGE:  # 增减: a rate where the table says % and its values have another unit
            rate = self.percent and not units.is_percent(unit)
            measure = NumberKind.GROWTH if rate else NumberKind.LEFT_CHANGE
        facets = replace(facets, name=name, unit=unit, measure=measure)
        computed = (r, c) in sheet.formulas
        along = label.facets.measure.is_growth and not column.facets.measure.is_growth
        ref = reference(r, c)
        where, line = (in_sheet(sheet, one) for one in (ref, re.sub(r"[A-Z]" if along else r"\d", "", ref)))
        return Placed(sheet.name, r, c, where, cell, computed, facets, name, said, line, self._own(r))

    def _own(self, r: int) -> dict[str, Cell]:
        """Who published a row's numbers and when, where columns say it; a column of other statuses says nothing."""
        said = {name: self.grid.get(r, c) for c, name in self.columns.own.items()}
        return {name: one for name, one in said.items() if name != "status" or folded(one) in STATUS_WORDS}

    def _together(self, near: Iterable[Heard]) -> tuple[Facets, dict[str, str]]:
        """What all of them say, the nearest first, and the cells in which each facet was read."""
        facets, said = Facets(), dict[str, str]()
        for one in near:
            if one in self.first and self.first_months and not (facets.months or facets.mode):
                continue  # a block that says nothing of its time is not of the whole year
            before, facets = facets, facets.beside(one.facets)
            for facet in ("year", "months", "mode", "measure", "unit", "place"):
                if getattr(before, facet) != getattr(facets, facet):
                    said.setdefault(facet, one.where)
        return facets, said

    def _named(self, label: Heard, column: Heard, section: Heard) -> tuple[str, str]:
        """The indicator's name, and where it stands: of the row or the column; where neither names one, of the section
        or a title. A name that is not known keeps its number from being read as anything else."""
        named = [one for one in (label, column) if one.facets.name]
        named = [*(self._part(named[0].facets.name, section) if named else ()), *named]
        names = [one.facets.name for one in named]
        unknown = [one for one in named if not self.vocabulary.indicator(one.facets.name)]
        if len(names) > 1 and names[1] in names[0] and self.vocabulary.indicator(names[0]):
            return names[0], named[0].where  # '累计收入' over '一般公共预算收入'
        if len(unknown) == len(named) == 1 and (title := self._titled) and _says_again(names[0], title[0]):
            return title  # '总产值' under 规模以上工业总产值
        if named:
            return "/".join(names), (unknown or named)[0].where
        if self.vocabulary.indicator(section.facets.name):
            return section.facets.name, section.where
        return self._titled or ("", "")

    def _part(self, name: str, section: Heard) -> list[Heard]:
        """A section or a title that speaks of a part of what a number's name says, or of what is only expected."""
        indicator = self.vocabulary.indicator(name)
        meant = [said for said, of in _OF_PART if indicator and indicator.code.startswith(of)]
        found = ((one, said.search(plain(one.text))) for one in (section, *self.titles) for said in meant)
        return [Heard(one.where, Facets(name=part[0])) for one, part in found if part][:1]

    @cached_property
    def _titled(self) -> tuple[str, str] | None:
        """The indicator that a title names, and where."""
        found = ((self.vocabulary.within(one.text), one.where) for one in self.titles)
        return next(((one.name_zh, where) for one, where in found if one), None)

    def _row_label(self, r: int, above: dict[int, Cell]) -> Heard:
        """What a row's labels say together; a blank one before another repeats the row above."""
        facets, refs = Facets(), []
        filled = [c for c in self.columns.labels if as_text(self.grid.get(r, c))]
        for c in self.columns.labels:
            cell = self.grid.get(r, c)
            if as_text(cell):
                above[c] = cell
            elif filled and c < filled[-1] and not is_unit_column(self.columns.texts(c)):
                cell = above.get(c)
            several = len(self.columns.units) > 1 and c in self.columns.units
            way = c > self.columns.first and units.MOVES.fullmatch(plain(cell))
            if not as_text(cell) or several or way or are_aside(self.columns.texts(c)):
                continue
            said = self._label_words(cell)
            facets = replace(facets, name=self._further(facets.name, said.name, c)).beside(said)
            refs.append(self.grid.at(r, c))
        return Heard(" ".join(refs), facets, as_text(self.grid.get(r, filled[0])) if filled else "")

    def _further(self, name: str, said: str, c: int) -> str:
        """出口总额 beside 一般贸易 is a part, which no list has; what stands behind the numbers, or beside a name in
        another language, is a remark."""
        remark = c > self.columns.first or c in self.columns.units or plain(said) == plain(name)
        one, other = self.vocabulary.indicator(name), self.vocabulary.indicator(said)
        return name if not (name and said) or remark or (one and one == other) else f"{name}/{said}"

    def _label_words(self, cell: Cell) -> Facets:
        if found := year_or_month(plain(cell)):
            return found
        silent = plain(cell).isdigit() or units.is_missing(cell)
        return Facets() if silent else words(cell, self.vocabulary)


def _agree(above: Iterable[Heard], others: Iterable[Heard]) -> bool:
    """Whether a line over the headings says no other year than the titles: else it may be the last column's."""
    years = {one.facets.year for one in above if one.facets.year}
    return len(years | {one.facets.year for one in others if years and one.facets.year}) < 2


def _measure(label: Facets, column: Facets, facets: Facets) -> NumberKind:
    """What is left out on either side is left out; growth in a row's label holds for its numbers of any column."""
    for kinds in _STRONGEST:
        if found := next((one for one in (label.measure, column.measure) if one in kinds), None):
            return found
    amount = facets.unit and not units.is_percent(facets.unit)  # no growth, whatever a title or a file's name says
    return column.measure or label.measure or (NumberKind.UNSAID if amount else facets.measure)


def _says_again(name: str, title: str) -> bool:
    """Whether a heading is the end of the name in the title."""
    return len(name) > 1 and title.endswith(name)


def _with_unit(cell: Cell) -> tuple[Cell, str]:
    """The number and the unit of 1190亿元; '' where a cell says none."""
    found = WITH_UNIT.fullmatch(plain(cell)) if isinstance(cell, str) else None
    return (found[1], found[2]) if found and units.is_known(found[2]) else (cell, "")


def _is_value(cell: Cell) -> bool:
    return is_number(cell) or is_mark(cell) or is_odd(cell)
