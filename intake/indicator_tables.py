"""A bureau's table as rows of the long format: each value with its growth, and what was left out and why.

Nothing is guessed: a number whose period, indicator or measure the table does not say is refused or left out, and the
outcome names its cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from access.typed import one_line
from db.indicators import Indicator
from db.refused import Refused
from intake import units
from intake.imports import Finding, shown
from intake.indicator_facets import Vocabulary, plain
from intake.indicator_grid import is_mark
from intake.indicator_layouts import Layout, Placed
from intake.indicator_places import OTHER
from intake.indicator_rows import MONTHS_TOO, Known, name_of
from intake.periods import read_period
from intake.spreadsheets import Row, as_text

_IN_DOLLARS = {"exports": "exports_usd"}  # a series of its own: there is no rate between the two
LEFT_OUT = ""  # what a name is mapped to that is not kept


@dataclass(frozen=True)
class Given:
    """What a person adds to a file: its source and release where it does not say them, and what unknown names mean."""

    source: str = ""
    released: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # folded name → code of an indicator, or LEFT_OUT
    place: str = ""  # whose figures they are, where the file does not say or names another place: see indicator_places


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


def vocabulary(known: Known, names: Mapping[str, str]) -> Vocabulary:
    """The list's names and those that a person mapped."""
    by_code = {indicator.code: indicator for indicator in known.indicators.values()}
    mapped = {name: by_code[code] for name, code in names.items() if code in by_code}
    return Vocabulary({**known.indicators, **mapped}, known.places, name_of, known.names.within)


def understand(layout: Layout, words: Vocabulary, given: Given) -> Understood:
    """Sort the numbers of a layout into values, growth and targets; what is not kept is noted once a heading."""
    found, told = Understood(), set[tuple[str, str]]()
    entries: dict[tuple[object, ...], Entry] = {}
    points: list[tuple[tuple[object, ...], Placed]] = []
    for placed in layout.numbers:
        indicator = _indicator(placed, words, given, found)
        if indicator is None:
            continue
        measure = _measure(placed, indicator)
        if measure.startswith("left:"):
            if not is_mark(placed.cell) and (placed.sheet, heading := _column(placed) + measure) not in told:
                told.add((placed.sheet, heading))
                found.notes.append(_at(placed, "value", measure.replace(":", "_")))
            continue
        if (dated := _dated(placed, found)) is None:
            continue
        period, year = dated
        place = placed.facets.place
        if place.startswith(OTHER):
            found.refused.append(_at(placed, "geography", "other_place", value=shown(place.removeprefix(OTHER))))
            continue
        if measure == "budget":
            target = Target(indicator, place, year, _ref(placed), placed.cell, placed.facets.unit)
            found.targets += [] if is_mark(placed.cell) else [target]
            continue
        key = (indicator.code, place, period)
        if measure == "points":
            points.append((key, placed))
            continue
        entry = entries.setdefault(key, Entry(indicator, place, period, year))
        entry = _fresh(entry, placed, measure, entries, key)
        setattr(entry, measure, placed)
    _points(points, entries, found)
    found.entries = _fitting(list(entries.values()), found)
    return found


def _indicator(placed: Placed, words: Vocabulary, given: Given, found: Understood) -> Indicator | None:
    """The indicator of a number; a name that is not known is asked for once."""
    name = placed.facets.name
    if given.names.get(name_of(name)) == LEFT_OUT or (is_mark(placed.cell) and not words.indicator(name)):
        return None
    indicator = words.indicator(name)
    if indicator is None and name:
        before = found.unknown.get(name_of(name))
        ref, numbers = (before.ref, before.numbers) if before else (_ref(placed), 0)
        found.unknown[name_of(name)] = Unknown(shown(name), ref, numbers + 1)
    elif indicator is None:
        found.notes.append(_at(placed, "indicator", "cell_without_indicator"))
    elif indicator.code in _IN_DOLLARS and units.in_dollars(placed.facets.unit):
        return words.indicator(_IN_DOLLARS[indicator.code])
    return indicator


def _measure(placed: Placed, indicator: Indicator) -> str:
    """A percentage of a series that has no level is its growth."""
    measure = placed.facets.measure or "value"
    if str(as_text(placed.cell)).strip().endswith("百分点"):
        return "points"
    if measure.startswith("growth:"):  # 名义增长 of a series whose published growth is real is another figure
        return "growth" if measure.endswith(indicator.growth_basis) else "left:basis"
    percent = units.is_percent(placed.facets.unit) or plain(placed.cell).endswith("%")
    return "growth" if measure == "value" and percent and not indicator.has_level else measure


def _dated(placed: Placed, found: Understood) -> tuple[str, int] | None:
    """The period in words of the long format, and its year."""
    facets, months = placed.facets, placed.facets.span()
    if facets.year is None:
        if not is_mark(placed.cell):
            found.refused.append(_at(placed, "period", "period_year_missing"))
        return None
    if months is None:
        return f"{facets.year}年", facets.year
    first, last = months
    if facets.quarter and not facets.mode and months != (1, 3):
        return f"{facets.year}年{facets.quarter}", facets.year
    return f"{facets.year}年{last}月" if first == last else f"{facets.year}年{first}-{last}月", facets.year


def _fresh(
    entry: Entry, placed: Placed, measure: str, entries: dict[tuple[object, ...], Entry], key: tuple[object, ...]
) -> Entry:
    """A second number for one place that says another is an entry of its own, which is then refused as a duplicate."""
    before = getattr(entry, measure)
    if before is None or (plain(before.cell), before.facets.unit) == (plain(placed.cell), placed.facets.unit):
        return entry
    if is_mark(before.cell):
        return entry
    if is_mark(placed.cell):
        return Entry(entry.indicator, entry.geography, entry.period, entry.year)
    again = Entry(entry.indicator, entry.geography, entry.period, entry.year)
    entries[*key, _ref(placed)] = again
    return again


def _points(
    points: list[tuple[tuple[object, ...], Placed]], entries: Mapping[tuple[object, ...], Entry], found: Understood
) -> None:
    """Points beside a published growth are another statement, left out; in its stead they are refused."""
    for key, placed in points:
        if is_mark(placed.cell):
            continue
        entry = entries.get(key)
        facts = {"value": shown(as_text(placed.cell))}
        if entry is not None and entry.growth is not None and not is_mark(entry.growth.cell):
            found.notes.append(_at(placed, "yoy", "left_points", **facts))
        else:
            found.refused.append(_at(placed, "yoy", "growth_in_points", **facts))


def _fitting(entries: list[Entry], found: Understood) -> list[Entry]:
    """Where a table has a series by month and cumulatively, the kind that is kept is read and the other is noted."""
    fits = {id(entry): _fits(entry) for entry in entries}
    kept_years = {(e.indicator.code, e.geography, e.year) for e in entries if fits[id(e)] == ""}
    kept = []
    for entry in entries:
        if fits[id(entry)] == "":
            kept.append(_without_level(entry, found))
        elif _says_nothing(entry):
            continue
        elif (entry.indicator.code, entry.geography, entry.year) in kept_years and _other_kind(fits[id(entry)]):
            found.notes.append(_at(entry.first, "period", "left_period", value=entry.period))
        else:
            kept.append(entry)
    return kept


def _without_level(entry: Entry, found: Understood) -> Entry:
    """A level of a growth-only series beside its growth is left out; alone it is refused further on."""
    value = entry.value
    if entry.indicator.has_level or value is None or entry.growth is None or is_mark(value.cell):
        return entry
    if is_mark(entry.growth.cell):
        return entry
    found.notes.append(_at(value, "value", "left_level", value=shown(as_text(value.cell))))
    return replace(entry, value=None)


def _fits(entry: Entry) -> str:
    """'' where the period is one of the indicator's; else the code of why it is not."""
    try:
        read_period(entry.period, entry.indicator.period_kind, months_too=entry.indicator.code in MONTHS_TOO)
    except Refused as refusal:
        return refusal.code
    return ""


def _other_kind(code: str) -> bool:
    others = ("january_alone", "period_not_from_january", "period_quarter_unclear")
    return code.startswith("period_kind") or code in others


def _says_nothing(entry: Entry) -> bool:
    return all(placed is None or is_mark(placed.cell) for placed in (entry.value, entry.growth))


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


def place(found: Finding, entries: list[Entry]) -> Finding:
    """A finding about the nth row of the long format, as one about the cell where it stands."""
    if not 1 <= found.row <= len(entries):
        return found
    entry = entries[found.row - 1]
    at = (entry.growth if found.field == "yoy" else None) or entry.first
    if isinstance(other := found.facts.get("other"), int):
        facts = {"other": _ref(entries[other - 1].first)}
        return Finding(at.row + 1, found.field, "duplicate_in_table", facts, _ref(at))
    return Finding(at.row + 1, found.field, found.code, found.facts, _ref(at))


def _at(placed: Placed, name: str, code: str, **facts: object) -> Finding:
    return Finding(placed.row + 1, name, code, facts, _ref(placed))


def _ref(placed: Placed) -> str:
    sheet = one_line(placed.sheet)
    return f"{sheet}!{placed.ref}" if sheet else placed.ref


def ref(placed: Placed | None) -> str:
    return _ref(placed) if placed else ""


def _column(placed: Placed) -> str:
    return "".join(c for c in placed.ref if c.isalpha())
