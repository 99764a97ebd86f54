"""The rows of an indicator file, each read against the reference lists: what it says, and what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import i18n
from access.typed import proper_name
from db.indicators.indicators import IndicatorDefinition
from db.refused import Refused
from intake.files.imports import Finding, finding, shown, surplus
from intake.files.spreadsheets import Cell, Row, as_text, folded
from intake.indicators.rules.figure import Figure
from intake.indicators.terms import units
from intake.indicators.terms.headings import STATUS_WORDS
from intake.indicators.terms.known import MONTHS_TOO, Known, name_of
from intake.indicators.terms.periods import SeriesPeriod, read_day, read_period
from intake.indicators.terms.places import Place, PlaceSaid, resolved
from intake.words import fits

_TO_DATE = re.compile(r"\s*[:：]\s*累计值?$")  # behind a name, as databases of series have it
_OF_MONTHS = re.compile(r"\s*[:：]\s*(?:当月|本月|当期)值?$")  # also where the cumulative is published
_ALONE = re.compile(rf"{_OF_MONTHS.pattern}|\s*[:：]\s*(?:本期|当季|期末)值?$")
LONGEST_SOURCE = 200
# The template's example rows name this as their source.
EXAMPLE_SOURCES = {folded(i18n.text("import.template.example_source", language)) for language in i18n.LANGUAGES}


class _Cells:
    """One row's cells by field; what is wrong with them is collected."""

    def __init__(self, row: Row, columns: Mapping[str, str]) -> None:
        self.row, self.columns = row, columns
        self.refused: list[Finding] = surplus(row, columns)
        self.warnings: list[Finding] = []

    def get(self, name: str) -> Any:  # noqa: ANN401
        return self.row.cells.get(self.columns[name]) if name in self.columns else None

    def read(self, name: str, reader: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        """The reader's answer, or None with its refusal noted."""
        try:
            return reader(self.get(name))
        except Refused as refusal:
            self.refused.append(finding(self.row.number, name, refusal))
            return None

    def number(self, name: str, *, percent: bool) -> Decimal | str | None:
        """A computed cell is refused: what it shows depends on cells that are not in the file's rows. What the row was
        refused for already is not read."""
        if any(one.field == name for one in self.refused):
            return None
        if self.columns.get(name) in self.row.formulas:
            self.refuse(name, "formula", value=shown(as_text(self.get(name))))
            return None
        under = [self.columns.get(name)]
        return self.read(name, lambda cell: units.read_number(units.with_percent(cell, under), percent=percent))

    def refuse(self, name: str, code: str, **facts: object) -> None:
        self.refused.append(Finding(self.row.number, name, code, facts))

    def warn(self, name: str, code: str, **facts: object) -> None:
        self.warnings.append(Finding(self.row.number, name, code, facts))


def checked_rows(
    rows: Iterable[Row], columns: Mapping[str, str], known: Known, place: Place
) -> tuple[list[Figure], list[Finding], list[Finding]]:
    """Each by itself: the figures, what is refused and what is warned of. `place`: of rows that state none."""
    figures: list[Figure] = []
    refused: list[Finding] = []
    warnings: list[Finding] = []
    for row in rows:
        cells = _Cells(row, columns)
        figure = _figure(cells, known, place)
        figures += [figure] if figure else []
        refused += cells.refused
        warnings += cells.warnings
    return figures, refused, warnings


def read_budget(value: Cell, unit: str, indicator: IndicatorDefinition) -> tuple[float, int]:
    """A year's budget in the indicator's unit, with its decimals. Raises Refused as `units` does."""
    number = units.read_number(value, percent=False)
    if isinstance(number, str):
        raise Refused("number_format", value=shown(value))
    converted = units.converted(number, unit, indicator.unit)
    return float(converted), units.decimals(converted)


def _figure(cells: _Cells, known: Known, place: Place) -> Figure | None:
    indicator = cells.read("indicator", lambda cell: _indicator(cell, known))
    geography = cells.read("geography", lambda cell: _place(cell, known, place))
    status = cells.read("status", _status)
    source = cells.read("source", _source)
    period = _period(cells, indicator)
    if period and period.end > known.today:
        cells.refuse("period", "period_not_over", value=shown(as_text(cells.get("period"))))
    released = _released(cells, period, known)
    found = _numbers(cells, indicator)
    if cells.refused or period is None:
        return None
    return Figure(
        cells.row.number, indicator, geography, period, as_text(cells.get("unit")), found.level, found.growth,
        found.decimals, found.mark, status, released, source,
    )  # fmt: skip


def _indicator(cell: object, known: Known) -> IndicatorDefinition:
    name = name_of(_ALONE.sub("", _TO_DATE.sub("", as_text(cell))))
    if not name:
        raise Refused("blank")
    if name not in known.indicators:
        raise Refused("indicator_unknown", value=shown(as_text(cell)))
    return known.indicators[name]


def _place(cell: object, known: Known, unstated: Place) -> str:
    name = shown(as_text(cell))
    place = known.places.get(folded(cell)) if name else unstated
    if place is None:
        two = known.beside.get(folded(cell), unstated).said is PlaceSaid.EITHER
        raise Refused("place_open" if two else "geography_unknown", value=name)
    if place.said is PlaceSaid.ELSEWHERE:  # said by the title, not by the row
        raise Refused("other_place", value=shown(place.name))
    return resolved([place]).code


def _status(cell: object) -> str:
    words = folded(cell)
    if words and words not in STATUS_WORDS:
        raise Refused("status_unknown", value=shown(as_text(cell)))
    return STATUS_WORDS[words] if words else "preliminary"


def _source(cell: object) -> str:
    source = proper_name(as_text(cell))
    if not source:
        raise Refused("source_missing")
    if folded(source) in EXAMPLE_SOURCES:
        raise Refused("example_row")
    if not fits(source, LONGEST_SOURCE):
        raise Refused("too_long", most=LONGEST_SOURCE)
    return source


def _period(cells: _Cells, indicator: IndicatorDefinition | None) -> SeriesPeriod | None:
    cell = cells.get("period")
    if not as_text(cell):
        cells.refuse("period", "blank")
        return None
    # of an unknown indicator any period fits: what can be said of the cell is said
    kind, months_too = (indicator.period_kind, indicator.code in MONTHS_TOO) if indicator else ("stock", False)
    name = as_text(cells.get("indicator"))
    months_too, to_date = months_too or bool(_OF_MONTHS.search(name)), bool(_TO_DATE.search(name))
    try:
        period = read_period(cell, kind, months_too=months_too, to_date=to_date)
    except Refused as refusal:
        cells.refuse("period", refusal.code, value=shown(as_text(cell)))
        return None
    if period.note:
        cells.warn("period", period.note, value=shown(as_text(cell)), end=period.end.month)
    return period


def _released(cells: _Cells, period: SeriesPeriod | None, known: Known) -> date | None:
    cell = cells.get("released")
    if units.is_missing(cell):
        note = cells.refuse if known.strict else cells.warn
        note("released", "released_missing")
        return None
    released = cells.read("released", read_day)
    if released and released > known.today:
        cells.refuse("released", "released_in_future", day=released)
    elif released and period and released < period.end:
        cells.refuse("released", "released_before_end", day=released, end=period.end)
    return released


@dataclass(frozen=True)
class _Numbers:
    """The level in the indicator's unit, the growth, the decimals of either, and why there is no level."""

    level: Decimal | None = None
    growth: Decimal | None = None
    decimals: int = 0
    mark: str | None = None


def _numbers(cells: _Cells, indicator: IndicatorDefinition | None) -> _Numbers:
    growth_only = indicator is not None and not indicator.has_level
    value = cells.number("value", percent=growth_only)
    yoy = cells.number("yoy", percent=True)
    if indicator is None or value is None or yoy is None:
        if indicator is not None:
            cells.read("unit", lambda unit: units.check_unit(unit, indicator.unit))
        return _Numbers()
    if growth_only:
        return _growth_only(cells, value, yoy)
    return _level(cells, indicator, value, yoy)


def _level(cells: _Cells, indicator: IndicatorDefinition, value: Decimal | str, yoy: Decimal | str) -> _Numbers:
    growth = yoy if isinstance(yoy, Decimal) else None
    if growth is not None and growth < -100:
        cells.refuse("yoy", "growth_below_100", value=str(growth))
    if isinstance(value, str):
        cells.read("unit", lambda unit: units.check_unit(unit, indicator.unit))
        if growth is None:
            cells.warn("value", "value_missing")
        return _Numbers(None, growth, 0 if growth is None else units.decimals(growth), value)
    if value < 0:
        cells.refuse("value", "negative_level", value=str(value))
    level = cells.read("unit", lambda unit: units.converted(value, unit, indicator.unit))
    return _Numbers(level, growth, 0 if level is None else units.decimals(level))


def _growth_only(cells: _Cells, value: Decimal | str, yoy: Decimal | str) -> _Numbers:
    """No level is published, so none is kept or derived. A percentage in the value's column is the growth."""
    if isinstance(value, Decimal):
        if not _is_percent(cells.get("unit")):
            cells.refuse("value", "level_not_published", value=str(value))
            return _Numbers()
        if isinstance(yoy, Decimal) and yoy != value:
            cells.refuse("value", "growth_twice", value=str(value), yoy=str(yoy))
            return _Numbers()
        if not isinstance(yoy, Decimal):
            cells.warn("value", "growth_from_value", value=str(value))
            yoy = value
    cells.read("unit", lambda unit: units.check_unit(unit, "%"))
    if isinstance(yoy, Decimal):
        return _Numbers(None, yoy, units.decimals(yoy), "not_applicable")
    cells.warn("yoy", "value_missing")
    return _Numbers(mark=yoy)


def _is_percent(unit: object) -> bool:
    try:
        units.check_unit(unit, "%")
    except Refused as refusal:
        return refusal.code in ("unit_points", "unit_missing")  # those have their own reasons
    return True
