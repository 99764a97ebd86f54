"""The numbers of one block of a sheet: each hears its row's labels, its column's headings, the section, the titles and
the names of sheet and file, the nearest first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from intake.files.spreadsheets import Cell, as_text
from intake.indicators import units
from intake.indicators.columns import Columns, is_counter, is_unit_column
from intake.indicators.facets import MOST_NUMBERS, Facets, Vocabulary, plain
from intake.indicators.grid import MONTHS, YEARS, Block, Grid, is_mark, is_number, is_odd, lines, reference
from intake.indicators.places import decided, resolved
from intake.indicators.words import words


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
    line: str = ""  # the column, or the row, whose heading says what its numbers measure

    @property
    def ref(self) -> str:
        return reference(self.row, self.column)


_Said = tuple[str, Facets]  # where, and what


def first_title(grid: Grid, block: Block, vocabulary: Vocabulary) -> _Said | None:
    """The uppermost title that says a year."""
    said = ((grid.at(r, c), words(cell, vocabulary)) for r in block.titles for c, cell in grid.of_row(r).items())
    return next((one for one in said if one[1].year), None)


@dataclass(frozen=True)
class Far:
    """What stands furthest from the numbers: the sheet's first title, of which the year holds for every block, the
    sheet's name and the file's."""

    facets: list[_Said]
    texts: tuple[str, ...]
    place: str
    first: _Said | None = None


class Reader:
    """Reads one block."""

    def __init__(self, grid: Grid, block: Block, far: Far, vocabulary: Vocabulary) -> None:
        self.grid, self.vocabulary = grid, vocabulary
        titles = self._cells(reversed(block.titles))
        over = lines(grid, block)
        over = over if self._agree(self._cells(over), [*self._said(titles), *far.facets]) else []
        above = self._cells(over)
        self.block = replace(block, heads=[r for r in block.heads if r not in over])
        self.columns = Columns(grid, self.block, vocabulary)
        titles = [*self.columns.corner(), *titles]
        self.first = [(far.first[0], Facets(year=far.first[1].year))] if far.first else []
        self.first_months = bool(far.first and far.first[1].months)
        # A line over the headings fills in what no title and no name says.
        said = [*self._said(titles), *self.first, *far.facets, *self._said(above)]
        self.far = [(ref, replace(one, name="", place="")) for ref, one in said]
        self.title_texts = [*(as_text(cell) for _, cell in [*above, *titles]), *far.texts]
        self.title_places = [far.place, *(vocabulary.within_title(text) for text in self.title_texts)]
        self.percent = any("%" in plain(text) for text in self.title_texts)

    def _cells(self, rows: Iterable[int]) -> list[tuple[str, Cell]]:
        return [(self.grid.at(r, c), cell) for r in rows for c, cell in self.grid.of_row(r).items()]

    def _said(self, cells: Iterable[tuple[str, Cell]]) -> list[_Said]:
        return [(ref, words(cell, self.vocabulary)) for ref, cell in cells]

    def _agree(self, above: list[tuple[str, Cell]], others: list[_Said]) -> bool:
        """Whether a line over the headings says no other year than the titles: else it may be the last column's."""
        years = {one.year for _, one in self._said(above) if one.year}
        return len(years | {one.year for _, one in others if years and one.year}) < 2

    def form(self) -> Iterator[str]:
        for c, (_, facets) in self.columns.said.items():
            yield f"{c in self.columns.labels and 'label'}:{facets.mode}:{facets.measure}:{facets.unit}"

    def numbers(self) -> Iterator[Placed]:
        """A name that two places have is decided by the places that stand beside it."""
        found = [*islice(self._numbers(), MOST_NUMBERS + 1)]
        places = {one.facets.place for one in found}
        for one in found:
            yield replace(one, facets=replace(one.facets, place=decided(one.facets.place, places)))

    def _numbers(self) -> Iterator[Placed]:
        section: tuple[str, Facets] = ("", Facets())
        within = ""  # the place that the section speaks of
        last = Facets()
        above: dict[int, Cell] = {}
        for r in self.block.rows:
            cells = self.grid.of_row(r)
            label = self._row_label(r, above)
            data = [c for c in range(self.grid.wide) if c not in self.columns.labels and c in cells]
            if not any(_is_value(cells[c]) for c in data):
                if len(cells) == 1:
                    section, within = label, self.vocabulary.within_title(next(iter(cells.values())))
                last = label[1]
                continue
            if not label[1].name and not label[1].place and label[1].measure:  # '增长(%)' below its indicator
                label = (label[0], self._below(label[1], last))
            else:
                last = label[1]
            for c in data:
                placed = self._placed(r, c, cells[c], label, section)
                near = [placed.facets.place, within, *self.title_places]
                yield replace(placed, facets=replace(placed.facets, place=resolved(near)))

    def _below(self, facets: Facets, above: Facets) -> Facets:
        """What a row says that speaks of the one above it: its name, place and, where no column says any, months."""
        named = replace(facets, name=above.name, place=above.place)
        dated = facets.months or any(one.months for _, one in self.columns.said.values())
        return named if dated else named.beside(Facets(year=above.year, months=above.months, quarter=above.quarter))

    def _placed(self, r: int, c: int, cell: Cell, label: tuple[str, Facets], section: tuple[str, Facets]) -> Placed:
        column, far = self.columns.said[c], [section, *self.far]
        row_dates = bool(label[1].months or label[1].year)
        near = [label, column] if row_dates else [column, label]
        facets, said = Facets(), {}
        for ref, one in [*near, *far]:
            if (ref, one) in self.first and self.first_months and not (facets.months or facets.mode):
                continue  # a block that says nothing of its time is not of the whole year
            before, facets = facets, facets.beside(one)
            for facet in ("year", "months", "mode", "measure", "unit", "place"):
                if getattr(before, facet) != getattr(facets, facet):
                    said.setdefault(facet, ref)
        name, ref = self._named(label, column, section)
        said["name"] = ref
        unit = label[1].unit or facets.unit
        measure = self._measure(label[1], column[1], replace(facets, unit=unit))
        if measure == "change":  # 增减: a rate where the table says % and its values have another unit
            measure = "growth" if self.percent and not units.is_percent(unit) else "left:change"
        facets = replace(facets, name=name, unit=unit, measure=measure)
        computed = (r, c) in self.grid.sheet.formulas
        along = label[1].measure.startswith("growth") and not column[1].measure.startswith("growth")
        line = re.sub(r"[A-Z]" if along else r"\d", "", reference(r, c))
        sheet = self.grid.sheet.name
        return Placed(sheet, r, c, cell, computed, facets, name, tuple(said.items()), f"{sheet}!{line}".lstrip("!"))

    @staticmethod
    def _measure(label: Facets, column: Facets, facets: Facets) -> str:
        """What is left out on either side is left out; growth in a row's label holds for its numbers of any column."""
        both = (label.measure, column.measure)
        for kept in ("left:", "points", "budget", "change", "growth"):
            if found := next((measure for measure in both if measure.startswith(kept)), ""):
                return found
        amount = facets.unit and not units.is_percent(facets.unit)  # no growth, whatever a title or a file's name says
        return column.measure or label.measure or ("" if amount else facets.measure)

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

    def _row_label(self, r: int, above: dict[int, Cell]) -> tuple[str, Facets]:
        """What a row's labels say together; a blank one before another repeats the row above."""
        facets, refs = Facets(), []
        filled = [c for c in self.columns.labels if as_text(self.grid.get(r, c))]
        for c in self.columns.labels:
            cell = self.grid.get(r, c)
            if as_text(cell):
                above[c] = cell
            elif filled and c < filled[-1] and not is_unit_column(self.columns.texts(c)):
                cell = above.get(c)
            if not as_text(cell) or is_counter(self.columns.texts(c)):
                continue
            facets = facets.beside(self._label_words(cell, self.columns.texts(c)))
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
