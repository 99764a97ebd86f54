"""What indicator rows must be to each other and to what is stored: no duplicates, no mistaken units.

A refusal stops the whole import; a warning is shown and left to the person.
"""

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import i18n
from db.indicators.indicators import DISTRICT, NATION, Break, Observation
from intake.files.imports import Finding, shown
from intake.indicators.rules.figure import Figure
from intake.indicators.terms import units
from intake.indicators.terms.periods import SeriesPeriod

_JUMP = 700  # a unit mistaken: 10³ and more, against the usual value of a month
_UNLIKE = 7  # the same of a slip of one nought, which somebody may confirm
_WILD = 300  # percent
# Of what moves less, but for some first months of 2020 and 2021.
_WILD_OF = {"gdp": 40, "industrial_value_added": 80, "retail_sales": 100, "budget_revenue": 150,
            "fixed_investment": 150, "electricity": 100}  # fmt: skip
_LEAST_INDEX, _MOST_INDEX = 85, 125  # of growth that is all about 100
_FALL = 0.2  # of a figure, against growth that is published with it: a slip of the pen rather than a revision
_DIFFERS = 1.0  # percentage points between published and recomputed growth that are worth a look


class _Country(NamedTuple):
    """What the whole country had in 2024, in the indicator's own unit: no place in it has as much in one period.

    `spread`: how many times a district's part of it may be its part of the others; 0 of what comes in bursts or is
    counted in tens. `largest`: the part of it, one in so many, that no district, no city and no province has, but for
    one or two. `stock`: of a day, not of a time.
    """

    whole: int
    spread: int = 0
    largest: tuple[int, int, int] = (10, 1, 1)
    stock: bool = False


# Statistical communiqué of the National Bureau of Statistics, customs, the Ministry of Finance, the energy
# administration. Spreads are wide: steel towns take much electricity, Yiwu exports thirteen times what its product is.
# The largest lie about a fifth above the greatest of a rank (Haidian's product, Yiwu's exports, all of Guangdong's);
# Pudong, and Shanghai and Beijing with their revenue, are asked.
_COUNTRY = {
    "gdp": _Country(1_349_084, 6, (100, 22, 8)), "industrial_output": _Country(1_400_000, 15, (90, 20, 6)),
    "exports": _Country(254_545, 60, (28, 8, 4)), "exports_usd": _Country(35_772, 60, (28, 8, 4)),
    "retail_sales": _Country(487_895, 6, (110, 24, 9)), "budget_revenue": _Country(219_702, 6, (300, 50, 14)),
    "electricity": _Country(98_521, 15, (130, 42, 9)), "new_entities": _Country(27_373_000, 15, (115, 35, 7)),
    "entities_stock": _Country(189_000_000, 15, (160, 35, 7), stock=True),
    "graduates": _Country(11_790_000, 0, (100, 15, 8)), "talents": _Country(1_000_000),
}  # fmt: skip
_RANKS: tuple[str, ...] = (DISTRICT, "city", "province")
_LEAST = {DISTRICT: 200_000, "city": 100_000, "province": 1_000}  # one in so many: hardly one has as little
_LEAST_EXPORTS = 5  # times less: many a county sells next to nothing abroad
_NATION_MOST = 3  # times what it had: later years have more
_IN_ANOTHER_CURRENCY = {"exports": "exports_usd", "exports_usd": "exports"}
_RATES_MOVE = 3  # times at most, and the pace of months
COMPARED = frozenset(code for code, country in _COUNTRY.items() if country.spread)  # with one another
_DISTRICT_PART = 10  # Pudong makes a seventy-sixth of the country's product, Yiwu sells a fortieth of its exports

_Place = tuple[str, str, date, date]


def refusals(figures: Sequence[Figure], history: Sequence[Observation]) -> list[Finding]:
    jumps = _compared(figures, history, _jump)
    jumped = {found.row for found in jumps}
    return [*_duplicates(figures, history), *jumps, *(one for one in _too_large(figures) if one.row not in jumped)]


def warnings(figures: Sequence[Figure], history: Sequence[Observation], breaks: Sequence[Break] = ()) -> list[Finding]:
    values = _newest_values(figures, history)
    return [
        *_revisions(figures, history),
        *_negative_months(figures, values),
        *_growth_that_differs(figures, values, breaks),
    ]


def doubts(figures: Sequence[Figure], history: Sequence[Observation], breaks: Sequence[Break] = ()) -> list[Finding]:
    """What would take a published figure's place and is more likely a slip: a person says whether it is meant."""
    newest = {known.place: known for known in history}
    values = _newest_values(figures, history)
    usual = {known.place[:2] for known in history if known.value}
    parts = _parts(figures, history)
    indices = _as_indices(figures)
    told = {one.row for one in indices}
    unlike = {one.row: one for one in _compared(figures, history, _unlike)}
    asked = [
        _doubt(figure, newest.get(figure.place))
        or _fall(figure, values, breaks)
        or unlike.get(figure.row)
        or _of_no_place(figure, usual)
        or _out_of_line(figure, parts, usual)
        or (None if figure.row in told else _wild(figure))
        for figure in figures
    ]
    return [*(one for one in asked if one is not None), *indices]


def _as_indices(figures: Sequence[Figure]) -> list[Finding]:
    """Growth all of which stands about 100: an index, the year before as 100."""
    grown = [one for one in figures if one.yoy is not None]
    if len(grown) < 2 or any(one.yoy is None or not _LEAST_INDEX <= one.yoy <= _MOST_INDEX for one in grown):
        return []
    return [Finding(one.row, "yoy", "growth_index", {"value": f"{one.yoy:g}"}) for one in grown]


def _doubt(figure: Figure, before: Observation | None) -> Finding | None:
    """A later release that has nothing, 0, or a fifth less although it says that the figure rose."""
    if before is None or (figure.released is not None and figure.released <= before.vintage):
        return None
    was = _figures(before.value, before.yoy_published, before.decimals, figure)
    facts = {"before": was, "released": before.vintage}
    gone = before.value is not None or (before.yoy_published is not None and figure.yoy is None)
    if figure.value is None and gone:
        return Finding(figure.row, "value", "nothing_for_figure", facts)
    if not before.value or figure.value is None:
        return None
    if figure.value == 0:
        return Finding(figure.row, "value", "zero_for_figure", facts)
    rise = figure.yoy if figure.yoy is not None else before.yoy_published
    return _fallen(figure, before.value, rise, "fall_of_figure", facts)


def _fall(figure: Figure, values: dict[_Place, float], breaks: Sequence[Break]) -> Finding | None:
    """The same against the year before, where the series has kept its scope."""
    before = values.get((*figure.place[:2], *figure.period.year_before()))
    if not before or figure.value is None or _broken(figure, breaks):
        return None
    facts = {"before": _figures(before, None, figure.decimals, figure)}
    return _fallen(figure, before, figure.yoy, "fall_on_year", facts)


def _fallen(
    figure: Figure, before: float, rise: float | Decimal | None, code: str, facts: Mapping[str, object]
) -> Finding | None:
    assert figure.value is not None
    if not rise or rise < 0 or before <= 0 or float(figure.value) > before * (1 - _FALL):
        return None
    after = _figures(figure.value, None, figure.decimals, figure)
    return Finding(figure.row, "value", code, {**facts, "after": after, "yoy": i18n.signed(float(rise), "zh")})


def _duplicates(figures: Sequence[Figure], history: Sequence[Observation]) -> list[Finding]:
    """The same value of the same release twice, in the file or in the store."""
    stored = {(*known.place, known.vintage) for known in history}
    first: dict[tuple[object, ...], int] = {}
    refused = []
    for figure in figures:
        key = (*figure.place, figure.released)
        if key in first:
            refused.append(Finding(figure.row, "period", "duplicate_in_file", {"other": first[key]}))
        elif key in stored:
            facts = {"released": figure.released or ""}
            refused.append(Finding(figure.row, "released", "duplicate_stored", facts))
        first.setdefault(key, figure.row)
    return refused


def _compared(
    figures: Sequence[Figure],
    history: Sequence[Observation],
    compare: Callable[[Figure, float, float | None], Finding | None],
) -> list[Finding]:
    """What `compare` says of each value a month beside what the indicator usually is a month."""
    usual: dict[tuple[str, str], list[float]] = defaultdict(list)
    for known in history:
        if known.value:
            span = SeriesPeriod(known.period_start, known.period_end)
            usual[known.indicator_code, known.geography].append(known.value / span.months)
    found = []
    for group in _grouped(figures):
        rates = [(figure, float(figure.value) / figure.period.months) for figure in group if figure.value]
        reference = _reference(usual[group[0].indicator.code, group[0].geography], [rate for _, rate in rates])
        found += [one for figure, rate in rates if (one := compare(figure, rate, reference))]
    return found


def _too_large(figures: Sequence[Figure]) -> list[Finding]:
    """More than a place can have: nothing else is there to compare with at a first import."""
    found = []
    for figure in figures:
        country = _COUNTRY.get(figure.indicator.code)
        part = {DISTRICT: 1 / _DISTRICT_PART, NATION: _NATION_MOST}.get(figure.geography, 1)
        if country and figure.value is not None and figure.value > country.whole * part:
            facts = {"unit": shown(figure.unit), "country": _figures(country.whole, None, 0, figure)}
            found.append(Finding(figure.row, "value", "beyond_country", facts))
    return found


def _first(figure: Figure, usual: Collection[tuple[str, str]]) -> _Country | None:
    """What the country has, where the figure is of a place of which none are there to compare with."""
    country = _COUNTRY.get(figure.indicator.code)
    return country if country and figure.value and figure.place[:2] not in usual else None


def _of_no_place(figure: Figure, usual: Collection[tuple[str, str]]) -> Finding | None:
    """More or less than places of its rank have: a nought too many, 410 万元 written as 亿元's."""
    country, code = _first(figure, usual), figure.indicator.code
    if country is None or figure.value is None:
        return None
    part, rank = _part(code, figure.period, figure.value), figure.geography
    largest = dict(zip(_RANKS, country.largest, strict=True)).get(rank)
    if largest and part * largest > 1:
        return Finding(figure.row, "value", "more_than_largest", _beside_country(figure, country))
    least = _LEAST.get(rank, 0) * (_LEAST_EXPORTS if code in _IN_ANOTHER_CURRENCY else 1)
    if not country.spread or not least or part * least >= 1:
        return None
    return Finding(figure.row, "value", "far_below_country", _beside_country(figure, country))


def _beside_country(figure: Figure, country: _Country) -> dict[str, object]:
    return {"unit": shown(figure.unit), "country": _figures(country.whole, None, 0, figure),
            "after": _figures(figure.value, None, figure.decimals, figure)}  # fmt: skip


def _parts(figures: Sequence[Figure], history: Sequence[Observation]) -> dict[int, dict[str, float]]:
    """By year and indicator the part of the whole country's that the district has, a year's at the pace of the latest
    figure."""
    said = [(one.place, one.value) for one in (*history, *figures) if one.value and one.place[1] == DISTRICT]
    parts: dict[int, dict[str, float]] = defaultdict(dict)
    for (code, _, start, end), value in sorted(said, key=lambda one: one[0][3]):
        if code in COMPARED:
            parts[end.year][code] = _part(code, SeriesPeriod(start, end), value)
    return parts


def _part(code: str, period: SeriesPeriod, value: float | Decimal) -> float:
    country = _COUNTRY[code]
    return float(value) / country.whole * (1 if country.stock else 12 / period.months)


def _out_of_line(
    figure: Figure, parts: Mapping[int, Mapping[str, float]], usual: Collection[tuple[str, str]]
) -> Finding | None:
    """Many times more or less than most other indicators of the same year let expect: a nought or a unit is wrong."""
    country, code = _first(figure, usual), figure.indicator.code
    if country is None or figure.value is None or not country.spread or figure.geography != DISTRICT:
        return None
    part = _part(code, figure.period, figure.value)
    times = {other: part / own for other, own in parts[figure.period.end.year].items() if other != code}
    spreads = {other: max(country.spread, _COUNTRY[other].spread) for other in times}
    off = [one for other, one in times.items() if not 1 / spreads[other] <= one <= spreads[other]]
    twin = times.get(_IN_ANOTHER_CURRENCY.get(code, ""), 1.0)
    if not 1 / _RATES_MOVE < twin < _RATES_MOVE:
        off = [twin]
    elif 2 * len(off) <= len(times):
        return None
    facts = {"times": _times(statistics.median(off)), **_beside_country(figure, country)}
    return Finding(figure.row, "value", "out_of_line", facts)


def _unlike(figure: Figure, rate: float, reference: float | None) -> Finding | None:
    """Several times what the indicator usually is a month, or a small part of it: a nought too many."""
    if not reference or figure.indicator.code not in COMPARED or 1 / _UNLIKE < rate / reference < _UNLIKE:
        return None
    facts = {"times": _times(rate / reference), "after": _figures(figure.value, None, figure.decimals, figure)}
    return Finding(figure.row, "value", "unlike_usual", {**facts, "unit": shown(figure.unit)})


def _times(factor: float) -> str:
    return f"{factor:.2g} : 1" if factor >= 1 else f"1 : {1 / factor:.2g}"


def _wild(figure: Figure) -> Finding | None:
    """Growth that is more likely a figure in the place of growth, 1190 of a row whose unit says %, or has lost its
    point."""
    if figure.yoy is None or abs(figure.yoy) <= _WILD_OF.get(figure.indicator.code, _WILD):
        return None
    return Finding(figure.row, "yoy", "growth_wild", {"value": f"{figure.yoy:g}"})


def _reference(stored: Sequence[float], in_file: Sequence[float]) -> float | None:
    """The usual monthly value: of the store, else the middle one of the file, of two the first."""
    if stored:
        return statistics.median_low(stored)
    if len(in_file) > 2:
        return statistics.median_low(in_file)
    return in_file[0] if in_file else None


def _jump(figure: Figure, rate: float, reference: float | None) -> Finding | None:
    if not reference or 1 / _JUMP < rate / reference < _JUMP:
        return None
    factor = rate / reference
    likely = units.likely_unit(figure.unit, factor)
    power = {"power": round(math.log10(factor)), "unit": shown(figure.unit)}
    if likely is None:
        return Finding(figure.row, "value", "jump", power)
    return Finding(figure.row, "value", "jump_unit", power | {"likely": units.unit_words(likely)})


def _revisions(figures: Sequence[Figure], history: Sequence[Observation]) -> list[Finding]:
    """What a later release changes or repeats, and releases older than what is stored."""
    newest = {known.place: known for known in history}  # history has the newest vintage last
    found = []
    for figure in figures:
        before = newest.get(figure.place)
        if before is None or figure.released is None:
            continue
        facts = {
            "before": _figures(before.value, before.yoy_published, before.decimals, figure),
            "after": _figures(figure.value, figure.yoy, figure.decimals, figure),
            "released": before.vintage,
        }
        code = "revision" if figure.released > before.vintage else "older_release"
        if code == "revision" and facts["before"] == facts["after"]:
            code = "repeated"
        found.append(Finding(figure.row, "value", code, facts))
    return found


def _figures(value: float | Decimal | None, yoy: float | Decimal | None, places: int, figure: Figure) -> dict[str, str]:
    """Value and growth in each language."""
    said = {}
    for language in i18n.LANGUAGES:
        level = [units.figure(value, figure.indicator.unit, language, places)] if value is not None else []
        said[language] = " ".join([*level, *([units.growth(yoy, language)] if yoy is not None else [])]) or "—"
    return said


def _negative_months(figures: Sequence[Figure], values: dict[_Place, float]) -> list[Finding]:
    """A cumulative value below that of a period before it in the same year: the month between would be negative."""
    years: dict[tuple[str, str, date], list[tuple[date, float]]] = defaultdict(list)
    for (code, geography, start, end), value in sorted(values.items()):
        years[code, geography, start].append((end, value))
    found = []
    for figure in figures:
        if figure.value is None or figure.period.start.month != 1:
            continue
        earlier = [(end, value) for end, value in years[figure.place[:3]] if end < figure.period.end]
        if earlier and earlier[-1][1] > float(figure.value):
            found.append(Finding(figure.row, "value", "negative_month", {"end": earlier[-1][0].month}))
    return found


def _growth_that_differs(
    figures: Sequence[Figure], values: dict[_Place, float], breaks: Sequence[Break]
) -> list[Finding]:
    """Published growth wins. It is recomputed only for nominal series, and only to be looked at: a scope may differ."""
    found = []
    for figure in figures:
        before = values.get((*figure.place[:2], *figure.period.year_before()))
        if figure.indicator.growth_basis != "nominal" or not before or figure.value is None or figure.yoy is None:
            continue
        if _broken(figure, breaks):
            continue
        computed = (float(figure.value) / before - 1) * 100
        if abs(computed - float(figure.yoy)) > _DIFFERS:
            facts = {"published": i18n.signed(float(figure.yoy), "zh"), "computed": i18n.signed(computed, "zh")}
            found.append(Finding(figure.row, "yoy", "growth_differs", facts))
    return found


def _broken(figure: Figure, breaks: Sequence[Break]) -> bool:
    """Whether the series changed its scope between this period's year before and the period."""
    year_ago, _ = figure.period.year_before()
    key = (figure.indicator.code, figure.geography)
    return any(
        (one.indicator_code, one.geography) == key and year_ago < one.starts_on <= figure.period.end for one in breaks
    )


def _newest_values(figures: Sequence[Figure], history: Sequence[Observation]) -> dict[_Place, float]:
    """The newest value of each period, the file's among them."""
    dated = [(known.vintage, known.place, known.value) for known in history]
    dated += [(figure.released or date.max, figure.place, figure.value) for figure in figures]
    return {place: float(value) for _, place, value in sorted(dated, key=lambda d: d[0]) if value is not None}


def _grouped(figures: Iterable[Figure]) -> list[list[Figure]]:
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.indicator.code, figure.geography].append(figure)
    return list(groups.values())
