"""A bureau's table as rows of the long format: each value with its growth, and what was left out and why.

Nothing is guessed: a number whose period, indicator or measure the table does not say is refused or left out, and the
outcome names its cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.indicators.indicators import IndicatorDefinition
from db.refused import Refused
from intake.files.imports import shown
from intake.files.spreadsheets import as_text
from intake.indicators.reading.cells import is_mark, plain
from intake.indicators.reading.entries import Entry, Target, Understood, Unknown
from intake.indicators.reading.facets import Months, NumberKind, Placed, Vocabulary
from intake.indicators.reading.kept import fitting
from intake.indicators.terms import units
from intake.indicators.terms.given import LEFT_OUT, Supplement
from intake.indicators.terms.known import Known, name_of
from intake.indicators.terms.periods import read_period
from intake.indicators.terms.places import OURS, PlaceSaid, unlisted

_Told = set[tuple[object, ...]]  # of what is said once
_IN_DOLLARS = {"exports": "exports_usd"}  # a series of its own: there is no rate between the two


def vocabulary(known: Known, names: Mapping[str, str]) -> Vocabulary:
    """The list's names and those that a person mapped."""
    by_code = {indicator.code: indicator for indicator in known.indicators.values()}
    mapped = {name: by_code[code] for name, code in names.items() if code in by_code}
    places = {**known.beside, **known.places}
    return Vocabulary({**known.indicators, **mapped}, places, name_of, known.names.within, unlisted)


def understand(numbers: Sequence[Placed], words: Vocabulary, given: Supplement) -> Understood:
    """Sort a layout's numbers into values, growth and targets; what is not kept is noted once a heading."""
    found, told = Understood(), _Told()
    until = _until(given.periods)
    entries: dict[tuple[str, ...], Entry] = {}
    points: list[tuple[tuple[str, ...], Placed]] = []
    for number in numbers:
        indicator = _indicator(number, words, given, found)
        if indicator is None:
            continue
        placed = _in_its_unit(number, indicator)
        measure = _measure(placed, indicator)
        if measure.is_left_out:
            _left_out(placed, measure, found, told)
            continue
        if (dated := _dated(placed, found, until)) is None or (place := _ours(placed, found, told)) is None:
            continue
        period, year = dated
        key = (indicator.code, place, period, as_text(placed.own.get("released")))
        if measure is NumberKind.BUDGET:
            target = Target(indicator, place, year, placed.where, placed.cell, placed.facets.unit)
            found.targets += [] if is_mark(placed.cell) else [target]
        elif measure is NumberKind.POINTS:
            points.append((key, placed))
        else:
            _enter(placed, measure, entries, key, Entry(indicator, place, period, year))
    _points(points, entries, found)
    found.entries = fitting(list(entries.values()), found)
    return found


def _in_its_unit(placed: Placed, indicator: IndicatorDefinition) -> Placed:
    return replace(placed, facets=replace(placed.facets, unit=units.one_of(placed.facets.unit, indicator.unit)))


def _indicator(placed: Placed, words: Vocabulary, given: Supplement, found: Understood) -> IndicatorDefinition | None:
    """The indicator of a number; a name that is not known is asked for once."""
    name = placed.facets.name
    if given.names.get(name_of(name)) == LEFT_OUT or (is_mark(placed.cell) and not words.indicator(name)):
        return None
    indicator = words.indicator(name)
    if indicator is None and name:
        before = found.unknown.get(name_of(name), Unknown(shown(name), placed.where, 0))
        found.unknown[name_of(name)] = replace(before, numbers=before.numbers + 1)
    elif indicator is None:
        found.notes.append(placed.finding("indicator", "cell_without_indicator"))
    elif indicator.code in _IN_DOLLARS and units.in_dollars(placed.facets.unit):
        return words.indicator(_IN_DOLLARS[indicator.code])
    return indicator


def _left_out(placed: Placed, measure: NumberKind, found: Understood, told: _Told) -> None:
    """Said once a column."""
    heading = (placed.sheet, placed.column, measure)
    if not is_mark(placed.cell) and heading not in told:
        told.add(heading)
        found.notes.append(placed.finding("value", measure.finding))


def _ours(placed: Placed, found: Understood, told: _Told) -> str | None:
    """The code of a place of ours. A row of another is left out, told once; a table of another and a name of two
    places are refused."""
    place = placed.facets.place or OURS
    if place.said is PlaceSaid.BY_NAME:
        return place.code
    if is_mark(placed.cell):
        return None
    name = shown(place.name)
    if place.said is PlaceSaid.BESIDE:
        if (placed.sheet, place.name) not in told:
            told.add((placed.sheet, place.name))
            found.notes.append(placed.finding("geography", "left_place", value=name))
        return None
    code = "place_open" if place.said is PlaceSaid.EITHER else "other_place"
    found.refused.append(placed.finding("geography", code, value=name))
    return None


def _measure(placed: Placed, indicator: IndicatorDefinition) -> NumberKind:
    """A percentage of a series that has no level is its growth."""
    measure = placed.facets.measure or NumberKind.VALUE
    if as_text(placed.cell).endswith("百分点"):
        return NumberKind.POINTS
    if measure in (NumberKind.NOMINAL_GROWTH, NumberKind.REAL_GROWTH):
        return NumberKind.GROWTH if measure.endswith(indicator.growth_basis) else NumberKind.LEFT_BASIS
    percent = units.is_percent(placed.facets.unit) or plain(placed.cell).endswith("%")
    return NumberKind.GROWTH if measure is NumberKind.VALUE and percent and not indicator.has_level else measure


def _until(periods: Sequence[str]) -> dict[int, int]:
    """The month up to which each year counts, as somebody said. Raises Refused('period_month_format')."""
    try:
        ends = [read_period(said, "month").end for said in periods]
    except Refused:
        raise Refused("period_month_format") from None
    return {end.year: end.month for end in ends}


def _dated(placed: Placed, found: Understood, until: Mapping[int, int]) -> tuple[str, int] | None:
    """The period in words of the long format, and its year."""
    facets, months = placed.facets, placed.facets.span()
    if facets.year is None:
        found.refused += [] if is_mark(placed.cell) else [placed.finding("period", "period_year_missing")]
        return None
    if months is None and facets.mode:  # 累计 of a year alone: up to which month?
        month = until.get(facets.year)
        if not is_mark(placed.cell):
            found.open_years.add(facets.year)
            facts = {"year": str(facets.year)}
            found.refused += [] if month else [placed.finding("period", "period_month_missing", **facts)]
        if month is None:
            return None
        months = replace(facets, months=Months(month, month)).span()
    if months is None:
        return f"{facets.year}年", facets.year
    if facets.quarter and not facets.mode and months != Months(1, 3):
        return f"{facets.year}年{facets.quarter}", facets.year
    said = f"{months.last}月" if months.is_one else f"{months.first}-{months.last}月"
    return f"{facets.year}年{said}", facets.year


def _enter(
    placed: Placed, measure: NumberKind, entries: dict[tuple[str, ...], Entry], key: tuple[str, ...], new: Entry
) -> None:
    """A second number for one place that says another is an entry of its own, which is then refused as a duplicate."""
    entry = entries.setdefault(key, new)
    before = entry.growth if measure is NumberKind.GROWTH else entry.value
    again = before is not None and (plain(before.cell), before.facets.unit) != (plain(placed.cell), placed.facets.unit)
    if before is not None and again and not is_mark(before.cell):
        if is_mark(placed.cell):
            return
        entry = entries[(*key, placed.where)] = new
    if measure is NumberKind.GROWTH:
        entry.growth = placed
    else:
        entry.value = placed


def _points(
    points: list[tuple[tuple[str, ...], Placed]], entries: Mapping[tuple[str, ...], Entry], found: Understood
) -> None:
    """Points beside a published growth are another statement, left out; in its stead they are refused."""
    for key, placed in points:
        if is_mark(placed.cell):
            continue
        entry = entries.get(key)
        facts = {"value": shown(as_text(placed.cell))}
        if entry is not None and entry.growth is not None and not is_mark(entry.growth.cell):
            found.notes.append(placed.finding("yoy", "left_points", **facts))
        else:
            found.refused.append(placed.finding("yoy", "growth_in_points", **facts))
