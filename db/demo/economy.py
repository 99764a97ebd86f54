"""Indicators: the published values of 2023 with their source, around them an invented series that says so.

Cumulative from 1 January, January and February together; a period is known from its release on.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from db.demo import workdays
from db.demo.common import moment, month_end, stream, uid
from db.demo.people import id_of
from db.events import Event
from db.indicators.indicators import Observation

ARTICLE = "潮新闻 2023 年 12 月报道（本站 2024-09-10 转载）"
INVENTED = "demo"  # said in the reader's language
FIRST_YEAR = 2019

# Published in the account: indicator, last day, value, growth, release.
PUBLISHED = {
    ("gdp", date(2023, 9, 30)): (1450.0, 8.2, date(2023, 10, 26)),
    ("industrial_output", date(2023, 10, 31)): (1860.0, None, date(2023, 11, 22)),
    ("exports", date(2023, 10, 31)): (1190.0, 11.6, date(2023, 11, 22)),
    ("new_entities", date(2023, 11, 30)): (23000.0, None, date(2023, 11, 30)),
    ("talents", date(2023, 11, 30)): (31.0, None, date(2023, 11, 30)),
    ("graduates", date(2023, 11, 30)): (39800.0, None, date(2023, 11, 30)),
}
# Growth by year in percent, and levels of 2022.
GROWTH = {
    "gdp": {2019: 7.2, 2020: 3.1, 2021: 8.9, 2022: 4.4, 2023: 8.0, 2024: 6.1, 2025: 5.8, 2026: 5.6},
    "industrial_output": {2019: 5.1, 2020: -1.8, 2021: 19.4, 2022: 5.2, 2023: 7.4, 2024: 6.6, 2025: 4.9, 2026: 5.3},
    "industrial_value_added": {2019: 7.4, 2020: 2.6, 2021: 13.1, 2022: 4.9, 2023: 9.1, 2024: 7.8, 2025: 7.1, 2026: 6.8},
    "exports": {2019: 6.3, 2020: -4.6, 2021: 22.8, 2022: 13.5, 2023: 11.0, 2024: 8.3, 2025: 4.2, 2026: 5.1},
    "exports_usd": {2019: 1.8, 2020: -4.9, 2021: 31.1, 2022: 8.9, 2023: 6.1, 2024: 7.1, 2025: 3.4, 2026: 5.9},
    "retail_sales": {2019: 9.1, 2020: -1.2, 2021: 9.8, 2022: 4.6, 2023: 8.7, 2024: 5.2, 2025: 4.7, 2026: 4.9},
    "fixed_investment": {2019: 9.6, 2020: 6.1, 2021: 12.3, 2022: 11.2, 2023: 12.6, 2024: 5.4, 2025: 2.8, 2026: 3.6},
    "budget_revenue": {2019: 8.0, 2020: 2.1, 2021: 11.4, 2022: -2.6, 2023: 6.8, 2024: 3.9, 2025: 3.1, 2026: 3.5},
    "electricity": {2019: 3.8, 2020: 0.6, 2021: 11.9, 2022: 2.1, 2023: 5.4, 2024: 6.9, 2025: 4.6, 2026: 5.0},
    "new_entities": {2019: 6.0, 2020: 3.0, 2021: 9.0, 2022: 2.0, 2023: 8.0, 2024: 4.0, 2025: 5.0, 2026: 3.0},
    "talents": {2019: 20.0, 2020: 12.0, 2021: 20.0, 2022: 15.0, 2023: 12.0, 2024: 9.0, 2025: 6.0, 2026: 5.0},
    "graduates": {2019: 18.0, 2020: 15.0, 2021: 14.0, 2022: 12.0, 2023: 11.0, 2024: 5.0, 2025: 4.0, 2026: 3.0},
}  # fmt: skip
LEVEL_2022 = {"gdp": 1856.0, "industrial_output": 2125.0, "exports_usd": 191.6,
              "retail_sales": 668.0, "budget_revenue": 131.5, "electricity": 131.0, "new_entities": 23150.0,
              "talents": 30.0, "graduates": 38300.0}  # fmt: skip
# (indicator, year) → (month, cumulative value) that the year passes through: what was published, and what its growth
# says of the year before where that growth is nominal.
THROUGH = {
    ("exports", 2022): (10, 1190.0 / 1.116), ("exports", 2023): (10, 1190.0), ("industrial_output", 2023): (10, 1860.0),
    ("gdp", 2023): (9, 1450.0), ("new_entities", 2023): (11, 23000.0),
}  # fmt: skip
MONTHLY = ("industrial_output", "industrial_value_added", "exports", "exports_usd", "retail_sales",
           "fixed_investment", "budget_revenue", "new_entities")  # fmt: skip
GROWTH_ONLY = ("industrial_value_added", "fixed_investment")
COUNTED_ONCE = ("talents", "graduates")  # a flow with its cut-off at the end of November
SHARES = (5.6, 6.0, 8.0, 8.2, 8.5, 8.6, 8.4, 8.5, 8.8, 9.0, 9.6, 10.8)
SEASONS = (8.0, 6.2, 8.2, 8.0, 8.1, 8.4, 9.9, 10.2, 8.6, 8.0, 8.0, 8.4)
QUARTERS = (0.228, 0.484, 0.741, 1.0)
DECIMALS = {"electricity": 2, "new_entities": 0, "talents": 0, "graduates": 0}


def imagine(today: date) -> list[Observation]:
    """Everything released before `today`."""
    made = [o for year in range(FIRST_YEAR, today.year + 1) for o in _year(year)]
    return [o for o in [*made, *_revisions()] if o.vintage < today]


def budgets(today: date) -> list[dict[str, object]]:
    """Each year's budget of revenue, passed in January: five in a hundred above what the year before brought."""
    return [
        {
            "indicator_code": "budget_revenue",
            "geography": "district",
            "year": year,
            "value": round(_level("budget_revenue", year - 1) * 1.05, 1),
            "decimals": 1,
            "source": INVENTED,
            "imported_at": _imported(date(year, 1, 20)),
        }
        for year in range(FIRST_YEAR + 1, today.year + 1)
        if date(year, 1, 20) < today
    ]


def events(published: list[Observation]) -> list[Event]:
    """One import a release day."""
    found: dict[date, int] = {}
    for observation in published:
        found[observation.vintage] = found.get(observation.vintage, 0) + 1
    who = (id_of("staff"), "staff", None, None)
    return [
        Event(_imported(day), "indicator", "import", uid("import", day), 1, *who, {"rows": count})
        for day, count in sorted(found.items())
    ]


def _year(year: int) -> Iterator[Observation]:
    yield from _gdp(year)
    for code in MONTHLY:
        yield from _cumulative(code, year)
    yield from _electricity(year)
    for code in COUNTED_ONCE:
        end = date(year, 11, 30)
        yield _observation(code, date(year, 1, 1), end, _level(code, year), None, _release(end, 0))


def _gdp(year: int) -> Iterator[Observation]:
    rng = stream(f"gdp:{year}")
    for quarter, share in enumerate(QUARTERS, start=1):
        end = month_end(date(year, quarter * 3, 1))
        growth = _growth("gdp", year) + (0 if quarter == 4 else rng.uniform(-0.5, 0.5))
        yield _observation("gdp", date(year, 1, 1), end, _level("gdp", year) * share, growth, _release(end, 25))


def _cumulative(code: str, year: int) -> Iterator[Observation]:
    """January and February as one, then month by month."""
    for month in range(2, 13):
        end = month_end(date(year, month, 1))
        value, before = _to_month(code, year, month), _to_month(code, year - 1, month)
        growth = 100 * (value / before - 1) if code not in GROWTH_ONLY else _drifting(code, year, month)
        shown = None if code in GROWTH_ONLY else value
        yield _observation(code, date(year, 1, 1), end, shown, growth, _release(end, 19))


def _electricity(year: int) -> Iterator[Observation]:
    """Single months, January too."""
    for month in range(1, 13):
        end = month_end(date(year, month, 1))
        value, before = _in_month("electricity", year, month), _in_month("electricity", year - 1, month)
        growth = 100 * (value / before - 1)
        yield _observation("electricity", date(year, month, 1), end, value, growth, _release(end, 14))


def _revisions() -> list[Observation]:
    """The final count of 2022, a second vintage of the same period."""
    first = next(o for o in _gdp(2022) if o.period_end == date(2022, 12, 31))
    vintage = date(2023, 9, 28)
    changed = {"value": round((first.value or 0) + 6.3, 1), "status": "revised", "vintage": vintage}
    return [Observation(**{**vars(first), **changed, "imported_at": _imported(vintage)})]


def _observation(
    code: str, start: date, end: date, value: float | None, growth: float | None, release: date
) -> Observation:
    source, decimals = INVENTED, DECIMALS.get(code, 1)
    if (code, end) in PUBLISHED:
        (value, growth, release), source = PUBLISHED[code, end], ARTICLE
    status = "preliminary" if code == "gdp" else "verified"
    shown = None if value is None else round(value, decimals)
    grown = None if growth is None else round(growth, 1)
    return Observation(code, "district", start, end, shown, grown, decimals, status, release, source,
                       _imported(release))  # fmt: skip


def _to_month(code: str, year: int, month: int) -> float:
    """The cumulative level."""
    return _level(code, year) * _share(code, year, month)


def _in_month(code: str, year: int, month: int) -> float:
    before = _share(code, year, month - 1) if month > 1 else 0.0
    return _level(code, year) * (_share(code, year, month) - before)


@cache
def _share(code: str, year: int, month: int) -> float:
    """The part of the year's level that is there by the end of the month."""
    if code == "gdp":
        return QUARTERS[month // 3 - 1]
    weights = [_weight(code, year, m) for m in range(1, 13)]
    return sum(weights[:month]) / sum(weights)


def _weight(code: str, year: int, month: int) -> float:
    base = SEASONS if code == "electricity" else SHARES
    dip = 0.55 if (year, month) in ((2020, 2), (2020, 3)) else 1.0
    return base[month - 1] * (1 + 0.025 * (stream(f"{code}:{year}:{month}").random() - 0.5)) * dip


@cache
def _level(code: str, year: int) -> float:
    """The whole year's level: through what was published, else from its neighbour by the year's growth."""
    if code in GROWTH_ONLY:
        return 1.0
    if (code, year) in THROUGH:
        month, value = THROUGH[code, year]
        return value / _share(code, year, month)
    if year == 2022:
        return LEVEL_2022[code]
    drift = 0.6 if code == "gdp" else 0.0  # prices
    if year > 2022:
        return _level(code, year - 1) * (1 + (_growth(code, year) + drift) / 100)
    return _level(code, year + 1) / (1 + (_growth(code, year + 1) + drift) / 100)


def _growth(code: str, year: int) -> float:
    known = GROWTH[code]
    return known.get(year, known[max(known)] if year > FIRST_YEAR else known[FIRST_YEAR])


def _drifting(code: str, year: int, month: int) -> float:
    """A growth rate that moves from last year's to this year's, with some noise."""
    rng = stream(f"{code}:{year}:{month}")
    share = (month - 1) / 11
    return _growth(code, year - 1) * (1 - share) + _growth(code, year) * share + rng.uniform(-0.6, 0.6)


def _release(end: date, days: int) -> date:
    return workdays.on_or_after(end + timedelta(days=days))


def _imported(day: date) -> datetime:
    return moment(day, 15, 0)
