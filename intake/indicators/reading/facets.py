"""What one cell of a table says of the numbers that it stands over or before, and a number with all that it heard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from db.indicators.indicators import IndicatorDefinition
from db.refused import Refused
from intake.files.imports import Finding
from intake.files.spreadsheets import Cell, folded
from intake.indicators.terms.places import Place

MOST_WORDS, MOST_NUMBERS = 5_000, 20_000  # different texts and numbers in the tables of one file


@dataclass(frozen=True)
class Months:
    """From the first to the last of a year, both included."""

    first: int
    last: int

    @property
    def is_one(self) -> bool:
        return self.first == self.last


class Mode(StrEnum):
    """From when the numbers count, where a word says so."""

    UNSAID = ""
    TO_DATE = "ytd"  # 累计: from January
    ALONE = "single"  # 本月


class NumberKind(StrEnum):
    """Which number of an indicator it is. Those that are left out are named by the finding that says so."""

    UNSAID = ""
    VALUE = "value"
    GROWTH = "growth"
    NOMINAL_GROWTH = "growth:nominal"
    REAL_GROWTH = "growth:real"
    POINTS = "points"  # percentage points
    BUDGET = "budget"
    CHANGE = "change"  # 增减: an amount or a rate, which the words beside it tell
    LEFT_MOM = "left:mom"  # against the month before
    LEFT_TWO_YEARS = "left:two_years"
    LEFT_SHARE = "left:share"
    LEFT_RANK = "left:rank"
    LEFT_INDEX = "left:index"
    LEFT_PROGRESS = "left:progress"
    LEFT_CHANGE = "left:change"
    LEFT_LAST_YEAR = "left:last_year"
    LEFT_BASIS = "left:basis"  # nominal growth of a series whose published growth is real

    @property
    def is_left_out(self) -> bool:
        return self.startswith("left:")

    @property
    def is_growth(self) -> bool:
        return self.startswith("growth")

    @property
    def finding(self) -> str:
        return self.replace(":", "_")


@dataclass(frozen=True)
class Facets:
    """What one cell says; '' and None: it does not say.

    `quarter`: the months were written as one quarter, 三季度 or Q3, which may mean three months or the year so far.
    `of_months`: the name of a database's series says that it is of single months, as 出口总额:当月值.
    """

    name: str = ""
    year: int | None = None
    months: Months | None = None
    mode: Mode = Mode.UNSAID
    quarter: str = ""
    measure: NumberKind = NumberKind.UNSAID
    unit: str = ""
    place: Place | None = None
    of_months: bool = False

    def beside(self, far: "Facets") -> "Facets":
        """These, and what they do not say from `far`. 累计 over a row of months makes each of them cumulative; beside
        months of its own it speaks of those."""
        by_month = self.quarter or (self.months is not None and self.months.is_one)
        to_each = by_month and far.mode is Mode.TO_DATE and not far.months
        return Facets(
            self.name or far.name,
            self.year or far.year,
            self.months or far.months,
            self.mode or (far.mode if to_each or not self.months else Mode.UNSAID),
            self.quarter if self.months else far.quarter,
            self.measure or far.measure,
            self.unit or far.unit,
            self.place or far.place,
            self.of_months or far.of_months,
        )

    def span(self) -> Months | None:
        """The months meant: 累计 of month 10 is 1 to 10, 本月 of 1 to 10 is 10."""
        if self.months is None or not self.mode:
            return self.months
        return Months(1 if self.mode is Mode.TO_DATE else self.months.last, self.months.last)


@dataclass(frozen=True)
class Heard:
    """What was said, the cells that said it together, and, of one cell, how it is written."""

    where: str = ""
    facets: Facets = field(default_factory=Facets)
    text: str = ""


@dataclass(frozen=True)
class Placed:
    """A number or a mark, with what it was found to be. `said` names the cells that each facet was read in."""

    sheet: str
    row: int
    column: int
    where: str  # as 'Sheet!C5'
    cell: Cell
    computed: bool
    facets: Facets
    label: str  # as it stands in the file: a name that may not be known
    said: Mapping[str, str] = field(default_factory=dict)
    line: str = ""  # the column, or the row, whose heading says what its numbers measure
    own: Mapping[str, Cell] = field(default_factory=dict)  # its source, release and status, where its row says them

    def finding(self, name: str, code: str, **facts: object) -> Finding:
        return Finding(self.row + 1, name, code, facts, self.where)


@dataclass(frozen=True)
class Vocabulary:
    """`indicators` and `places` by folded name; `named` folds an indicator's name."""

    indicators: Mapping[str, IndicatorDefinition]
    places: Mapping[str, Place]
    named: Callable[[object], str]
    within_title: Callable[[object], Place | None] = lambda _: None  # the place that a title speaks of
    beyond: Callable[[str], Place | None] = lambda _: None  # a place that has only its suffix to be known by
    heard: dict[str, Facets] = field(default_factory=dict, compare=False)  # what was found in a text before

    def hear(self, text: str, understood: Callable[[str], Facets]) -> Facets:
        """What a text says, found once. Raises Refused('table_too_large'): no table of statistics has so many words."""
        if text not in self.heard:
            if len(self.heard) >= MOST_WORDS:
                raise too_large()
            self.heard[text] = understood(text)
        return self.heard[text]

    def indicator(self, name: str) -> IndicatorDefinition | None:
        return self.indicators.get(self.named(name))

    def ends_with_name(self, text: str) -> bool:
        """Whether it may be a place before an indicator's name."""
        return self.named(text).endswith(tuple(self.indicators))

    def place(self, name: str) -> Place | None:
        known = folded(name)
        return (self.places.get(known) or self.beyond(name)) if known else None

    def within(self, text: str) -> IndicatorDefinition | None:
        """The indicator with the longest name that a title or a sheet's name holds."""
        whole = self.named(text)
        found = [name for name in self.indicators if len(name) > 2 and not name.isascii() and name in whole]
        return self.indicators[max(found, key=len)] if found else None


def too_large() -> Refused:
    return Refused("table_too_large", words=MOST_WORDS, numbers=MOST_NUMBERS)
