"""What a table comes to: its values with their growth and cells, budgets, unknown names, what is refused or left out;
and a file as rows of the long format.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db.indicators.indicators import IndicatorDefinition
from intake.files.imports import Finding, shown
from intake.files.spreadsheets import Cell, Row, Sheet, as_text
from intake.indicators.reading.cells import is_mark
from intake.indicators.reading.facets import Placed
from intake.indicators.terms.headings import FIELDS
from intake.indicators.terms.known import MONTHS_TOO
from intake.indicators.terms.places import OURS, Place

OF_MONTHS = ":当月值"  # behind an indicator's code, as behind a series' name
EVERY_FIELD = {name: name for name in FIELDS}


@dataclass(frozen=True)
class Unknown:
    """A name that is no indicator's, with the first cell where it stands and how many numbers it has."""

    name: str
    where: str
    numbers: int


@dataclass(frozen=True)
class Target:
    """A budget for a whole year, beside which the year's values stand."""

    indicator: IndicatorDefinition
    geography: str
    year: int
    where: str
    value: Cell
    unit: str


@dataclass
class Entry:
    """One value with its growth, as far as the table has them."""

    indicator: IndicatorDefinition
    geography: str
    period: str
    year: int
    value: Placed | None = None
    growth: Placed | None = None

    @property
    def first(self) -> Placed:
        placed = self.value or self.growth
        assert placed is not None
        return placed

    @property
    def months_too(self) -> bool:
        """Whether it may be of a single month beside the cumulative: as published, or by the name of its series."""
        return self.indicator.code in MONTHS_TOO or self.first.facets.of_months


@dataclass
class Understood:
    """What a layout comes to."""

    entries: list[Entry] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    unknown: dict[str, Unknown] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    open_years: set[int] = field(default_factory=set)  # stated alone beside 累计 or 本月, answered or not


@dataclass(frozen=True)
class Spot:
    """Where a row of a table stands: its row, the cells of its value and growth as 'Sheet!C5', the column (or row) that
    its growth stands in, its name as written, and the cells that said each facet."""

    row: int
    value: str
    growth: str
    line: str
    label: str
    said: Mapping[str, str]

    @property
    def first(self) -> str:
        return self.value or self.growth


@dataclass(frozen=True)
class FileRows:
    """A file as rows of the long format. Those of a bureau's table are numbered from 1 in the order of `spots`; in the
    long format they have the file's numbers, and no spots."""

    rows: Sequence[Row] = ()
    columns: Mapping[str, str] = field(default_factory=dict)  # field → heading
    place: Place = OURS  # of rows that state none
    refused: Sequence[Finding] = ()
    notes: Sequence[Finding] = ()
    layout: str = "long"
    spots: tuple[Spot, ...] = ()
    targets: Sequence[Target] = ()
    unknown: Sequence[Unknown] = ()
    open_years: Sequence[int] = ()
    source: str = ""
    released: str = ""
    form: str = ""
    remembered: int = 0
    sheets: tuple[Sheet, ...] = ()

    def line_of(self, row: Row) -> str:
        """Where a row's growth stands beside that of others: its answer holds for all of them."""
        return self.spots[row.number - 1].line if self.spots else self.columns.get("yoy", "")


def rows_of(entries: Sequence[Entry], source: str, released: str) -> list[Row]:
    """The entries as rows of the long format, numbered from 1 in their order."""
    return [_row(n, entry, source, released) for n, entry in enumerate(entries, start=1)]


def _row(n: int, entry: Entry, source: str, released: str) -> Row:
    value, growth = entry.value, entry.growth
    silent = value is None or (is_mark(value.cell) and not entry.indicator.has_level)
    cells = {
        "indicator": entry.indicator.code + (OF_MONTHS if entry.first.facets.of_months else ""),
        "geography": entry.geography, "period": entry.period,
        "unit": entry.indicator.unit if silent or value is None else value.facets.unit,
        "value": value.cell if value else None, "yoy": growth.cell if growth else None,
        "source": source, "released": released,
    } | {name: cell for name, cell in entry.first.own.items() if as_text(cell)}  # fmt: skip
    formulas = {name for name, placed in (("value", value), ("yoy", growth)) if placed and placed.computed}
    return Row(n, cells, frozenset(formulas))


def spot_of(entry: Entry) -> Spot:
    value, growth = (placed.where if placed else "" for placed in (entry.value, entry.growth))
    line = entry.growth.line if entry.growth else ""
    return Spot(entry.first.row + 1, value, growth, line, shown(entry.first.label), entry.first.said)
