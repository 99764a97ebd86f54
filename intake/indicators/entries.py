"""What a table comes to: its values with their growth and cells, budgets, unknown names, what is refused or left out;
and the values as rows of the long format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from access.typed import one_line
from db.indicators.indicators import Indicator
from db.refused import Refused
from intake.files.imports import Finding, shown
from intake.files.spreadsheets import Row
from intake.indicators import units
from intake.indicators.blocks import Placed
from intake.indicators.grid import is_mark

LEFT_OUT = ""  # what a name is mapped to that is not kept


@dataclass(frozen=True)
class Given:
    """What a person adds to a file: its source and release where it does not say them, and what unknown names mean."""

    source: str = ""
    released: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # folded name → code of an indicator, or LEFT_OUT
    place: str = ""  # whose figures they are, where the file does not say or names another place: see indicator_places
    hidden: bool = False  # hidden sheets, rows and columns are read too
    sure: bool = False  # figures that vanish or fall against their growth are meant: see rules.doubts
    growth: Mapping[str, str] = field(default_factory=dict)  # column → how its growth is written: indicator_fractions
    periods: tuple[str, ...] = ()  # the month up to which a year counts that a table states alone, as 2022-11


@dataclass(frozen=True)
class Unknown:
    """A name that is no indicator's, with the first cell where it stands and how many numbers it has."""

    name: str
    ref: str
    numbers: int


@dataclass(frozen=True)
class Target:
    """A budget for a whole year, beside which the year's values stand."""

    indicator: Indicator
    geography: str
    year: int
    cell: str
    value: object
    unit: str


@dataclass
class Entry:
    """One value with its growth, as far as the table has them."""

    indicator: Indicator
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


@dataclass
class Understood:
    """What a layout comes to."""

    entries: list[Entry] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    unknown: dict[str, Unknown] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    open_years: set[int] = field(default_factory=set)  # stated alone beside 累计 or 本月, answered or not


def rows(understood: Understood, source: str, released: str) -> list[Row]:
    """The entries as rows of the long format, numbered from 1 in their order."""
    return [_row(n, entry, source, released) for n, entry in enumerate(understood.entries, start=1)]


def _row(n: int, entry: Entry, source: str, released: str) -> Row:
    silent = entry.value is None or (is_mark(entry.value.cell) and not entry.indicator.has_level)
    unit = entry.indicator.unit if silent or entry.value is None else entry.value.facets.unit
    cells = {
        "indicator": entry.indicator.code, "geography": entry.geography, "period": entry.period, "unit": unit,
        "value": entry.value.cell if entry.value else None, "yoy": entry.growth.cell if entry.growth else None,
        "source": source, "released": released,
    }  # fmt: skip
    formulas = {name for name, placed in (("value", entry.value), ("yoy", entry.growth)) if placed and placed.computed}
    return Row(n, cells, frozenset(formulas))


def read_target(target: Target) -> tuple[float, int] | Finding:
    """The budget in the indicator's unit with its decimals."""
    try:
        number = units.read_number(target.value, percent=False)
        if isinstance(number, str):
            raise Refused("number_format", value=shown(target.value))
        converted = units.converted(number, target.unit, target.indicator.unit)
    except Refused as refusal:
        return Finding(0, "value", refusal.code, refusal.facts, target.cell)
    return float(converted), units.decimals(converted)


def noted(placed: Placed, name: str, code: str, **facts: object) -> Finding:
    return Finding(placed.row + 1, name, code, facts, ref_of(placed))


def ref_of(placed: Placed) -> str:
    sheet = one_line(placed.sheet)
    return f"{sheet}!{placed.ref}" if sheet else placed.ref


def column_of(placed: Placed) -> str:
    return "".join(c for c in placed.ref if c.isalpha())


def ref(placed: Placed | None) -> str:
    return ref_of(placed) if placed else ""
