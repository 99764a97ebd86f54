"""Numbers and units as statistics print them: every conversion is explicit, missing is not zero."""

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

import i18n
from db.refused import Refused
from intake.files.direction_words import DOWN, OF_A_RATE, ON_LAST_YEAR, UP, either
from intake.files.imports import shown
from intake.files.spreadsheets import Cell, as_text


class _Unit(NamedTuple):
    """What it measures, and its power of ten. Money in two currencies never converts: there is no rate."""

    of: str
    power: int


_WRITTEN = {
    _Unit("cny", 0): ("元", "yuan", "cny", "rmb"),
    _Unit("cny", 3): ("千元", "thousandyuan", "cnythousand"),
    _Unit("cny", 4): ("万元", "10,000yuan", "10000yuan", "tenthousandyuan", "cny10,000", "cny10000"),
    _Unit("cny", 6): ("百万元", "millionyuan", "cnymillion", "rmbmillion", "cnym", "cnymn"),
    _Unit("cny", 7): ("千万元",),
    _Unit("cny", 8): ("亿元", "亿", "100millionyuan", "cny100million", "rmb100million"),
    _Unit("cny", 9): ("十亿元", "billionyuan", "cnybillion", "rmbbillion", "cnybn", "rmbbn"),
    _Unit("cny", 12): ("万亿元", "trillionyuan", "cnytrillion", "cnytn"),
    _Unit("usd", 0): ("美元", "usd", "us$", "$", "usdollars", "dollars"),
    _Unit("usd", 3): ("千美元", "usdthousand", "thousandusd"),
    _Unit("usd", 4): ("万美元", "usd10,000", "usd10000", "10,000usd", "10000usd"),
    _Unit("usd", 6): ("百万美元", "usdmillion", "millionusd", "us$million", "usdm", "usdmn"),
    _Unit("usd", 8): ("亿美元", "usd100million", "100millionusd"),
    _Unit("usd", 9): ("十亿美元", "usdbillion", "billionusd", "us$billion", "usdbn"),
    _Unit("kwh", 0): ("千瓦时", "度", "kwh"),
    _Unit("kwh", 3): ("兆瓦时", "mwh"),
    _Unit("kwh", 4): ("万千瓦时", "万度", "10,000kwh", "10000kwh"),
    _Unit("kwh", 6): ("吉瓦时", "gwh", "millionkwh"),
    _Unit("kwh", 8): ("亿千瓦时", "亿度", "100millionkwh"),
    _Unit("kwh", 9): ("twh", "billionkwh"),
    _Unit("entities", 0): ("户", "家", "个", "entities", "households", "units", "enterprises"),
    _Unit("entities", 4): ("万户", "万家", "万个", "10,000entities", "10000entities"),
    _Unit("persons", 0): ("人", "人次", "名", "persons", "people", "person"),
    _Unit("persons", 4): ("万人", "万人次", "10,000persons", "10000persons", "10,000people"),
    _Unit("percent", 0): ("%", "百分之", "百分比", "percent", "percent(%)", "percent%"),
}
_UNITS = {name: unit for unit, names in _WRITTEN.items() for name in names}
_POINTS = {"百分点", "个百分点", "pp", "percentagepoint", "percentagepoints", "ppt", "ppts"}
# The units that a refusal may name as the one that was meant.
_LIKELY = ("元", "千元", "万元", "百万元", "亿元", "美元", "千美元", "万美元", "百万美元", "亿美元",
           "千瓦时", "万千瓦时", "亿千瓦时", "户", "万户", "人", "万人")  # fmt: skip
_NAMES = {_UNITS[name]: name for name in _LIKELY}
_BETWEEN = "、"
_MISSING = {
    **dict.fromkeys(("", "n.a.", "n.a", "n/a", "na", "不详", "未公布", "暂无", "缺", "notavailable"), "not_available"),
    **dict.fromkeys(("-", "--", "---", "/", "不适用", "无", "notapplicable"), "not_applicable"),
    **dict.fromkeys(("..", "...", "......", "rounds to zero"), "rounds_to_zero"),  # the yearbooks' mark for it
    **dict.fromkeys(("*", "**", "x", "保密", "suppressed"), "suppressed"),
}
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d+)? ?(%?)")
_FOOTNOTES = re.compile(r"[①-⑳⑴-⒇⓪-⓿❶-➓¹²³⁰-⁹₀-₉]")
_UNCHANGED = ("持平", "与上年持平", "同比持平", "与去年持平")  # growth of nought
_MOVED = rf"({either(*DOWN, *UP)})\s*(\d+(?:\.\d+)?)"
_MOVED_PERCENT = re.compile(rf"{ON_LAST_YEAR}?{_MOVED}%")  # 下降4.9%
MOVES = re.compile(rf"{ON_LAST_YEAR}?{either(*DOWN, *UP, *OF_A_RATE)}|[↑↓↗↘▲△▼▽]")  # in a cell of its own
# The same without %, on another time, in points or not quite; and how a rate changed.
MOVED_OTHERWISE = re.compile(
    rf"[\u4e00-\u9fff]{{0,8}}{either(*DOWN, *UP, *OF_A_RATE)}\s*-?\d+(?:\.\d+)?(?:%|个?百分点|[\u4e00-\u9fff]{{1,4}})?"
)
_LARGEST = Decimal(10) ** 15


def read_number(cell: object, *, percent: bool) -> Decimal | str:
    """The number with the decimals that it is written with, or the mark of a missing one.

    `percent`: a % sign may follow. Raises Refused('formula' | 'not_finite' | 'number_…').
    """
    if isinstance(cell, bool):
        raise Refused("number_format", value=shown(cell))
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Refused("not_finite")
    text = _half_width(cell)
    if text.casefold() in _MISSING:
        return _MISSING[text.casefold()]
    if percent and text in _UNCHANGED:
        return Decimal(0)
    if percent and (said := _MOVED_PERCENT.fullmatch(text)):
        return Decimal(said[2]) if said[1] in UP else -Decimal(said[2])
    _refuse_words(text)
    found = _NUMBER.fullmatch(text)
    if not found:
        raise Refused("number_format", value=shown(cell))
    sign, whole, part, sign_of_percent = found.groups()
    if sign_of_percent and not percent:
        raise Refused("number_is_percent", value=shown(cell))
    number = Decimal(sign + re.sub("[, ]", "", whole) + (part or ""))
    if abs(number) >= _LARGEST:
        raise Refused("number_too_large", value=shown(cell))
    return number


def with_percent(cell: Cell, headings: Iterable[Cell]) -> Cell:
    """下降4.9 as 下降4.9% where a heading says %, and 52 as 52‰, which nobody takes for 52%; any other as it is."""
    text, said = f"{_half_width(cell)}%", "".join(_half_width(one) for one in headings)
    if "‰" in said and "%" not in said and _NUMBER.fullmatch(_half_width(cell)):
        return f"{as_text(cell)}‰"
    return text if _MOVED_PERCENT.fullmatch(text) and "%" in said else cell


def unmarked(text: str) -> str:
    """Without the marks of footnotes, which would be digits in half width: 1190② is 1190."""
    return _FOOTNOTES.sub("", text) if len(text) > 1 else text


def _half_width(cell: object) -> str:
    return re.sub(r"[—–−]", "-", unicodedata.normalize("NFKC", unmarked(as_text(cell))).strip())


def is_missing(cell: object) -> bool:
    """Whether a cell is blank or holds a mark that stands for nothing."""
    return unicodedata.normalize("NFKC", as_text(cell)).strip().casefold().replace("—", "-") in _MISSING


def _refuse_words(text: str) -> None:
    """The commonest ways of not being a number, each with its own reason."""
    folded = text.casefold()
    if text.startswith(("=", "@", "#")):
        raise Refused("formula", value=shown(text))
    if folded.lstrip("+-") in ("nan", "inf", "infinity", "∞"):
        raise Refused("not_finite")
    if folded.endswith(tuple(_POINTS)):
        raise Refused("growth_in_points", value=shown(text))


def converted(number: Decimal, unit: object, wanted: str) -> Decimal:
    """The number in the unit wanted; noughts that only the conversion adds go.

    Raises Refused('unit_missing' | 'unit_unknown' | 'unit_points' | 'unit_other').
    """
    power = _power(unit, wanted) - _UNITS[_folded(wanted)].power
    if not power:
        return number
    moved = number.scaleb(power).normalize()
    return moved.quantize(Decimal(1)) if moved == moved.to_integral_value() else moved


def _power(unit: object, wanted: str) -> int:
    name = _folded(unit)
    if not name:
        raise Refused("unit_missing", wanted=unit_words(wanted))
    if name in _POINTS:
        raise Refused("unit_points" if wanted == "%" else "unit_other", unit=shown(unit), wanted=unit_words(wanted))
    if name not in _UNITS:
        raise Refused("unit_unknown", unit=shown(unit), wanted=unit_words(wanted))
    if _UNITS[name].of != _measured(wanted):
        raise Refused("unit_other", unit=shown(unit), wanted=unit_words(wanted))
    return _UNITS[name].power


def check_unit(unit: object, wanted: str) -> None:
    """Raises as `converted` does."""
    _power(unit, wanted)


def listed(several: Iterable[str]) -> str:
    """Several units as one text, as a title has them: 个、万元."""
    return _BETWEEN.join(dict.fromkeys(several))


def one_of(unit: str, wanted: str) -> str:
    """Of several units the one that measures what `wanted` does; all of them where that is none or more than one."""
    fitting = [one for one in unit.split(_BETWEEN) if _measured(one) == _measured(wanted)]
    return fitting[0] if len(fitting) == 1 else unit


def is_known(unit: object) -> bool:
    """Whether it is a unit of the table."""
    return _folded(unit) in _UNITS


def is_points(unit: object) -> bool:
    return _folded(unit) in _POINTS


def is_percent(unit: object) -> bool:
    return _measured(unit) == "percent"


def in_dollars(unit: object) -> bool:
    return _measured(unit) == "usd"


def unit_words(unit: str) -> dict[str, str]:
    """One of our units in each language."""
    return {language: i18n.text(f"import.unit_name.{unit}", language) for language in i18n.LANGUAGES}


def figure(value: float | Decimal, unit: str, language: str, places: int) -> str:
    """1,450.5 亿元 / CNY 145.05 bn: a value in an indicator's own unit, with the decimals it was published with."""
    scale = i18n.LANGUAGES[language].scales.get(unit)
    shown = i18n.number(float(value) * (scale or 1), language, places + 1 if scale else places)
    return i18n.text(f"import.unit.{unit}", language, x=shown)


def growth(percent: float | Decimal, language: str) -> str:
    """+8.2% or −0.35%, with as many decimals as it was published with."""
    text = f"{float(percent):g}"
    return f"{i18n.signed(float(text), language, len(text.partition('.')[2]) or 1)}%"


def likely_unit(unit: object, factor: float) -> str | None:
    """The unit that was probably meant where numbers came out `factor` times too large."""
    written = _UNITS[_folded(unit)]
    return _NAMES.get(_Unit(written.of, written.power - round(math.log10(factor))))


def decimals(number: Decimal) -> int:
    """How many decimals it was written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _measured(unit: object) -> str:
    """What it measures; '' for a unit that is not known."""
    return _UNITS[_folded(unit)].of if is_known(unit) else ""


def _folded(unit: object) -> str:
    text = unicodedata.normalize("NFKC", as_text(unit)).casefold()
    return re.sub(r"\s+", "", text).replace("人民币", "").strip("()")
