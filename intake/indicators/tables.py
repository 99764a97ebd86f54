"""A bureau's table as rows of the long format: each value with its growth, and what was left out and why.

Nothing is guessed: a number whose period, indicator or measure the table does not say is refused or left out, and the
outcome names its cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.indicators.indicators import Indicator
from db.refused import Refused
from intake.files.imports import shown
from intake.files.spreadsheets import as_text
from intake.indicators import units
from intake.indicators.blocks import Placed
from intake.indicators.entries import LEFT_OUT, Entry, Given, Target, Understood, Unknown, column_of, noted, ref_of
from intake.indicators.facets import Vocabulary, plain
from intake.indicators.grid import is_mark
from intake.indicators.kept import fitting
from intake.indicators.known import Known, name_of
from intake.indicators.layouts import Layout
from intake.indicators.periods import read_period
from intake.indicators.places import BESIDE, EITHER, OTHER, unlisted

_NOT_OURS = (OTHER, BESIDE, EITHER)
_IN_DOLLARS = {"exports": "exports_usd"}  # a series of its own: there is no rate between the two


def vocabulary(known: Known, names: Mapping[str, str]) -> Vocabulary:
    """The list's names and those that a person mapped."""
    by_code = {indicator.code: indicator for indicator in known.indicators.values()}
    mapped = {name: by_code[code] for name, code in names.items() if code in by_code}
    places = {**known.beside, **known.places}
    return Vocabulary({**known.indicators, **mapped}, places, name_of, known.names.within, unlisted)


def understand(layout: Layout, words: Vocabulary, given: Given) -> Understood:
    """Sort the numbers of a layout into values, growth and targets; what is not kept is noted once a heading."""
    found, told = Understood(), set[tuple[str, str]]()
    until = _until(given.periods)
    entries: dict[tuple[object, ...], Entry] = {}
    points: list[tuple[tuple[object, ...], Placed]] = []
    for placed in layout.numbers:
        indicator = _indicator(placed, words, given, found)
        if indicator is None:
            continue
        unit = units.one_of(placed.facets.unit, indicator.unit)
        placed = replace(placed, facets=replace(placed.facets, unit=unit))
        measure = _measure(placed, indicator)
        if measure.startswith("left:"):
            if not is_mark(placed.cell) and (placed.sheet, heading := column_of(placed) + measure) not in told:
                told.add((placed.sheet, heading))
                found.notes.append(noted(placed, "value", measure.replace(":", "_")))
            continue
        if (dated := _dated(placed, found, until)) is None:
            continue
        period, year = dated
        place = placed.facets.place
        if place[:1] in _NOT_OURS:
            _elsewhere(placed, place, found, told)
            continue
        if measure == "budget":
            target = Target(indicator, place, year, ref_of(placed), placed.cell, placed.facets.unit)
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
    found.entries = fitting(list(entries.values()), found)
    return found


def _indicator(placed: Placed, words: Vocabulary, given: Given, found: Understood) -> Indicator | None:
    """The indicator of a number; a name that is not known is asked for once."""
    name = placed.facets.name
    if given.names.get(name_of(name)) == LEFT_OUT or (is_mark(placed.cell) and not words.indicator(name)):
        return None
    indicator = words.indicator(name)
    if indicator is None and name:
        before = found.unknown.get(name_of(name))
        ref, numbers = (before.ref, before.numbers) if before else (ref_of(placed), 0)
        found.unknown[name_of(name)] = Unknown(shown(name), ref, numbers + 1)
    elif indicator is None:
        found.notes.append(noted(placed, "indicator", "cell_without_indicator"))
    elif indicator.code in _IN_DOLLARS and units.in_dollars(placed.facets.unit):
        return words.indicator(_IN_DOLLARS[indicator.code])
    return indicator


def _elsewhere(placed: Placed, place: str, found: Understood, told: set[tuple[str, str]]) -> None:
    """A row of another place is left out, told once; a table of another place and a name of two places are refused."""
    mark, name = place[0], shown(place[1:].partition("=")[0])
    if is_mark(placed.cell):
        return
    if mark == BESIDE:
        if (placed.sheet, place) not in told:
            told.add((placed.sheet, place))
            found.notes.append(noted(placed, "geography", "left_place", value=name))
        return
    found.refused.append(noted(placed, "geography", "place_open" if mark == EITHER else "other_place", value=name))


def _measure(placed: Placed, indicator: Indicator) -> str:
    """A percentage of a series that has no level is its growth."""
    measure = placed.facets.measure or "value"
    if str(as_text(placed.cell)).strip().endswith("百分点"):
        return "points"
    if measure.startswith("growth:"):  # 名义增长 of a series whose published growth is real is another figure
        return "growth" if measure.endswith(indicator.growth_basis) else "left:basis"
    percent = units.is_percent(placed.facets.unit) or plain(placed.cell).endswith("%")
    return "growth" if measure == "value" and percent and not indicator.has_level else measure


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
        found.refused += [] if is_mark(placed.cell) else [noted(placed, "period", "period_year_missing")]
        return None
    if months is None and facets.mode:  # 累计 of a year alone: up to which month?
        month = until.get(facets.year)
        if not is_mark(placed.cell):
            found.open_years.add(facets.year)
            facts = {"year": str(facets.year)}
            found.refused += [] if month else [noted(placed, "period", "period_month_missing", **facts)]
        if month is None:
            return None
        months = replace(facets, months=(month, month)).span()
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
    entries[*key, ref_of(placed)] = again
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
            found.notes.append(noted(placed, "yoy", "left_points", **facts))
        else:
            found.refused.append(noted(placed, "yoy", "growth_in_points", **facts))
