"""Numbers, periods and amounts as a reader of each language writes them."""

from datetime import date

import i18n
from insight import noise
from insight.economy.published import Indicator, Point
from insight.measures import Measure

_TEN_THOUSAND = 10_000
HIGHEST = 100  # of a score, a share, the NPS
_QUARTERS = {3: "q1", 6: "h1", 9: "q3", 12: "year"}


def measured(measure: Measure, language: str) -> str:
    """The value with its unit; words where there is none, where too many are open to say, where it may not be shown."""
    if measure.suppressed:
        return i18n.text("figures.suppressed", language)
    if measure.value is None and measure.low is not None and measure.high is not None:
        return at_end(measure.low, measure.high, language)
    if measure.value is None:
        return i18n.text("figures.not_reached" if measure.n else "figures.nothing_yet", language)
    return i18n.text(f"unit.{measure.unit}", language, x=plain(measure, language), n=measure.value)


def at_end(low: float, high: float, language: str) -> str:
    """What is told of a cell near an end of its scale."""
    word, bound = ("figures.over", low) if high >= HIGHEST else ("figures.under", high)
    return i18n.text(word, language, x=i18n.number(bound, language))


def plain(measure: Measure, language: str) -> str:
    """The number alone; a dash where there is none."""
    if measure.value is None:
        return "—"
    return i18n.number(measure.value, language, decimals(measure))


def decimals(measure: Measure) -> int:
    """One for what is computed, none for what is counted. A median is often whole and then written so."""
    value = measure.value or 0
    whole = isinstance(measure.value, int) or (measure.unit in ("day", "working_day") and float(value).is_integer())
    return 0 if whole and measure.code not in ("handling_days_mean", "handling_days_working_mean") else 1


def axis_unit(unit: str, language: str) -> str:
    """What stands behind the numbers of an axis: %, 件, 天; nothing where the unit goes without saying."""
    return i18n.text(f"unit.{unit}", language, x="", n=2).rstrip()


def change(now: Measure, before: Measure, language: str) -> str:
    """How far it moved, signed and in its unit, and whether chance may have brought it; '' where either is unknown or
    nothing moved."""
    if now.value is None or before.value is None:
        return ""
    unit = {"%": "pp", "points": "points"}.get(now.unit, "")
    moved = i18n.signed(now.value - before.value, language, 1 if now.unit in ("%", "day", "points") else 0)
    if not any(c in "123456789" for c in moved):
        return ""
    words = i18n.text(f"unit.{unit}", language, x=moved) if unit else moved
    return words if noise.way(noise.measured(now, before)) != "same" else i18n.text("unit.chance", language, x=words)


def publisher(source: str, language: str) -> str:
    """Who published it, as it was written; a body of the list, and the demo, in the reader's language."""
    key = f"economy.publisher.{source}"
    return i18n.text(key, language) if key in i18n.catalogue() else source


def amount(value: float, unit: str, places: int, language: str) -> str:
    """A published value: 1,450 亿元 / CNY 145.0 bn; 2.3 万户 / 23,000."""
    if unit in i18n.LANGUAGES[language].myriads and value >= _TEN_THOUSAND:
        short = i18n.number(value / _TEN_THOUSAND, language, 2).rstrip("0").rstrip(i18n.marks(language)[0])
        return i18n.text("amount.万", language, x=short, unit=unit)
    scale = axis_scale(unit, language)
    shown = i18n.number(value * scale, language, places if scale == 1 else 1)
    return i18n.text(f"amount.{unit}", language, x=shown)


def level_unit(unit: str, language: str) -> str:
    """What an axis of published values counts in: 亿元 / CNY bn; nothing where the unit goes without saying."""
    return " ".join(i18n.text(f"amount.{unit}", language, x="").split())


def axis_scale(unit: str, language: str) -> float:
    """What a stored value is multiplied by on an axis: some readers count in billions."""
    return i18n.LANGUAGES[language].scales.get(unit, 1)


def tick(kind: str, month: int, language: str) -> str:
    """The end of a period as an axis names it: 10月 / Oct, 前三季度 / Q1–Q3."""
    if kind in ("ytd_quarter", "year") and month in _QUARTERS:
        return i18n.text(f"period.{_QUARTERS[month]}", language)
    return i18n.month_alone(date(2000, month, 1), language)


def growth(value: float, language: str) -> str:
    """+8.2% with its sign."""
    return i18n.percent(i18n.signed(value, language), language)


def period(kind: str, start: date, end: date, language: str) -> str:
    """1—10月 / Jan–Oct; 前三季度 / Q1–Q3; 3月 / Mar. Without the year."""
    if kind in ("ytd_quarter", "year") and end.month in _QUARTERS:
        return i18n.text(f"period.{_QUARTERS[end.month]}", language)
    return i18n.months(start if kind == "ytd_month" else end, end, language)


def dated_period(indicator: Indicator, point: Point, language: str) -> str:
    """The period with its year: 2023年1—10月 / Jan–Oct 2023."""
    words = period(indicator.period_kind, point.start, point.end, language)
    return i18n.with_year(words, point.end.year, language)


def basis(indicator: Indicator, language: str) -> str:
    """What the level is priced at and what the growth compares, in words."""
    parts = [i18n.text(f"price_basis.{indicator.price_basis}", language)] if indicator.price_basis != "none" else []
    parts += [i18n.text(f"growth_basis.{indicator.growth_basis}", language)] if indicator.growth_basis != "none" else []
    return i18n.listed(parts, language) or i18n.text("price_basis.none", language)
