"""What indicator rows must be to each other and to what is stored: no duplicates, no mistaken units.

A refusal stops the whole import; a warning is shown and left to the person.
"""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import i18n
from db.indicators.indicators import Break, Observation
from intake.files.imports import Finding, shown
from intake.indicators import units
from intake.indicators.periods import Period
from intake.indicators.reading import Reading

_JUMP = 700  # a unit mistaken: 10³ and more, against the usual value of a month
_FALL = 0.2  # of a figure, against growth that is published with it: a slip of the pen rather than a revision
_DIFFERS = 1.0  # percentage points between published and recomputed growth that are worth a look

_Place = tuple[str, str, date, date]


def refusals(readings: Sequence[Reading], history: Sequence[Observation]) -> list[Finding]:
    return [*_duplicates(readings, history), *_jumps(readings, history)]


def warnings(
    readings: Sequence[Reading], history: Sequence[Observation], breaks: Sequence[Break] = ()
) -> list[Finding]:
    values = _newest_values(readings, history)
    return [
        *_revisions(readings, history),
        *_negative_months(readings, values),
        *_growth_that_differs(readings, values, breaks),
    ]


def doubts(readings: Sequence[Reading], history: Sequence[Observation], breaks: Sequence[Break] = ()) -> list[Finding]:
    """What would take a published figure's place and is more likely a slip: a person says whether it is meant."""
    newest = {known.place: known for known in history}
    values = _newest_values(readings, history)
    asked = [_doubt(reading, newest.get(reading.place)) or _fall(reading, values, breaks) for reading in readings]
    return [one for one in asked if one is not None]


def _doubt(reading: Reading, before: Observation | None) -> Finding | None:
    """A later release that has nothing, 0, or a fifth less although it says that the figure rose."""
    if before is None or (reading.released is not None and reading.released <= before.vintage):
        return None
    was = _figures(before.value, before.yoy_published, before.decimals, reading)
    facts = {"before": was, "released": before.vintage}
    gone = before.value is not None or (before.yoy_published is not None and reading.yoy is None)
    if reading.value is None and gone:
        return Finding(reading.row, "value", "nothing_for_figure", facts)
    if not before.value or reading.value is None:
        return None
    if reading.value == 0:
        return Finding(reading.row, "value", "zero_for_figure", facts)
    rise = reading.yoy if reading.yoy is not None else before.yoy_published
    return _fallen(reading, before.value, rise, "fall_of_figure", facts)


def _fall(reading: Reading, values: dict[_Place, float], breaks: Sequence[Break]) -> Finding | None:
    """The same against the year before, where the series has kept its scope."""
    before = values.get((*reading.place[:2], *reading.period.year_before()))
    if not before or reading.value is None or _broken(reading, breaks):
        return None
    facts = {"before": _figures(before, None, reading.decimals, reading)}
    return _fallen(reading, before, reading.yoy, "fall_on_year", facts)


def _fallen(
    reading: Reading, before: float, rise: float | Decimal | None, code: str, facts: Mapping[str, object]
) -> Finding | None:
    assert reading.value is not None
    if not rise or rise < 0 or before <= 0 or float(reading.value) > before * (1 - _FALL):
        return None
    after = _figures(reading.value, None, reading.decimals, reading)
    return Finding(reading.row, "value", code, {**facts, "after": after, "yoy": i18n.signed(float(rise), "zh")})


def _duplicates(readings: Sequence[Reading], history: Sequence[Observation]) -> list[Finding]:
    """The same value of the same release twice, in the file or in the store."""
    stored = {(*known.place, known.vintage) for known in history}
    first: dict[tuple[object, ...], int] = {}
    refused = []
    for reading in readings:
        key = (*reading.place, reading.released)
        if key in first:
            refused.append(Finding(reading.row, "period", "duplicate_in_file", {"other": first[key]}))
        elif key in stored:
            facts = {"released": reading.released or ""}
            refused.append(Finding(reading.row, "released", "duplicate_stored", facts))
        first.setdefault(key, reading.row)
    return refused


def _jumps(readings: Sequence[Reading], history: Sequence[Observation]) -> list[Finding]:
    """Values a thousand times and more from what the indicator usually is a month: a unit was mistaken."""
    usual: dict[tuple[str, str], list[float]] = defaultdict(list)
    for known in history:
        if known.value:
            span = Period(known.period_start, known.period_end)
            usual[known.indicator_code, known.geography].append(known.value / span.months)
    refused = []
    for group in _grouped(readings):
        rates = [(reading, float(reading.value) / reading.period.months) for reading in group if reading.value]
        reference = _reference(usual[group[0].indicator.code, group[0].geography], [rate for _, rate in rates])
        refused += [found for reading, rate in rates if (found := _jump(reading, rate, reference))]
    return refused


def _reference(stored: Sequence[float], in_file: Sequence[float]) -> float | None:
    """The usual monthly value: of the store, else the middle one of the file, of two the first."""
    if stored:
        return statistics.median_low(stored)
    if len(in_file) > 2:
        return statistics.median_low(in_file)
    return in_file[0] if in_file else None


def _jump(reading: Reading, rate: float, reference: float | None) -> Finding | None:
    if not reference or 1 / _JUMP < rate / reference < _JUMP:
        return None
    factor = rate / reference
    likely = units.likely_unit(reading.unit, factor)
    power = {"power": round(math.log10(factor)), "unit": shown(reading.unit)}
    if likely is None:
        return Finding(reading.row, "value", "jump", power)
    return Finding(reading.row, "value", "jump_unit", power | {"likely": units.unit_words(likely)})


def _revisions(readings: Sequence[Reading], history: Sequence[Observation]) -> list[Finding]:
    """What a later release changes, and releases older than what is stored."""
    newest = {known.place: known for known in history}  # history has the newest vintage last
    found = []
    for reading in readings:
        before = newest.get(reading.place)
        if before is None or reading.released is None:
            continue
        facts = {
            "before": _figures(before.value, before.yoy_published, before.decimals, reading),
            "after": _figures(reading.value, reading.yoy, reading.decimals, reading),
            "released": before.vintage,
        }
        code = "revision" if reading.released > before.vintage else "older_release"
        found.append(Finding(reading.row, "value", code, facts))
    return found


def _figures(
    value: float | Decimal | None, yoy: float | Decimal | None, places: int, reading: Reading
) -> dict[str, str]:
    """Value and growth in each language."""
    said = {}
    for language in i18n.LANGUAGES:
        level = [units.figure(value, reading.indicator.unit, language, places)] if value is not None else []
        said[language] = " ".join([*level, *([units.growth(yoy, language)] if yoy is not None else [])]) or "—"
    return said


def _negative_months(readings: Sequence[Reading], values: dict[_Place, float]) -> list[Finding]:
    """A cumulative value below that of a period before it in the same year: the month between would be negative."""
    years: dict[tuple[str, str, date], list[tuple[date, float]]] = defaultdict(list)
    for (code, geography, start, end), value in sorted(values.items()):
        years[code, geography, start].append((end, value))
    found = []
    for reading in readings:
        if reading.value is None or reading.period.start.month != 1:
            continue
        earlier = [(end, value) for end, value in years[reading.place[:3]] if end < reading.period.end]
        if earlier and earlier[-1][1] > float(reading.value):
            found.append(Finding(reading.row, "value", "negative_month", {"end": earlier[-1][0].month}))
    return found


def _growth_that_differs(
    readings: Sequence[Reading], values: dict[_Place, float], breaks: Sequence[Break]
) -> list[Finding]:
    """Published growth wins. It is recomputed only for nominal series, and only to be looked at: a scope may differ."""
    found = []
    for reading in readings:
        before = values.get((*reading.place[:2], *reading.period.year_before()))
        if reading.indicator.growth_basis != "nominal" or not before or reading.value is None or reading.yoy is None:
            continue
        if _broken(reading, breaks):
            continue
        computed = (float(reading.value) / before - 1) * 100
        if abs(computed - float(reading.yoy)) > _DIFFERS:
            facts = {"published": i18n.signed(float(reading.yoy), "zh"), "computed": i18n.signed(computed, "zh")}
            found.append(Finding(reading.row, "yoy", "growth_differs", facts))
    return found


def _broken(reading: Reading, breaks: Sequence[Break]) -> bool:
    """Whether the series changed its scope between this period's year before and the period."""
    year_ago, _ = reading.period.year_before()
    key = (reading.indicator.code, reading.geography)
    return any(
        (one.indicator_code, one.geography) == key and year_ago < one.starts_on <= reading.period.end for one in breaks
    )


def _newest_values(readings: Sequence[Reading], history: Sequence[Observation]) -> dict[_Place, float]:
    """The newest value of each period, the file's among them."""
    dated = [(known.vintage, known.place, known.value) for known in history]
    dated += [(reading.released or date.max, reading.place, reading.value) for reading in readings]
    return {place: float(value) for _, place, value in sorted(dated, key=lambda d: d[0]) if value is not None}


def _grouped(readings: Iterable[Reading]) -> list[list[Reading]]:
    groups: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.indicator.code, reading.geography].append(reading)
    return list(groups.values())
