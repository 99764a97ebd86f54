"""Numbers and units as statistics print them: every conversion is explicit, missing is not zero."""

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

import i18n
from db.refused import Refused
from intake.files.imports import shown
from intake.files.spreadsheets import as_text

# unit → (what it measures, how many base units it is). Money in two currencies never converts: there is no rate.
_UNITS: dict[str, tuple[str, int]] = {
    **{name: ("cny", 0) for name in ("元", "yuan", "cny", "rmb")},
    **{name: ("cny", 3) for name in ("千元", "thousandyuan", "cnythousand")},
    **{name: ("cny", 4) for name in ("万元", "10,000yuan", "10000yuan", "tenthousandyuan", "cny10,000", "cny10000")},
    **{name: ("cny", 6) for name in ("百万元", "millionyuan", "cnymillion", "rmbmillion", "cnym", "cnymn")},
    **{name: ("cny", 7) for name in ("千万元",)},
    **{name: ("cny", 8) for name in ("亿元", "亿", "100millionyuan", "cny100million", "rmb100million")},
    **{name: ("cny", 9) for name in ("十亿元", "billionyuan", "cnybillion", "rmbbillion", "cnybn", "rmbbn")},
    **{name: ("cny", 12) for name in ("万亿元", "trillionyuan", "cnytrillion", "cnytn")},
    **{name: ("usd", 0) for name in ("美元", "usd", "us$", "$", "usdollars", "dollars")},
    **{name: ("usd", 3) for name in ("千美元", "usdthousand", "thousandusd")},
    **{name: ("usd", 4) for name in ("万美元", "usd10,000", "usd10000", "10,000usd", "10000usd")},
    **{name: ("usd", 6) for name in ("百万美元", "usdmillion", "millionusd", "us$million", "usdm", "usdmn")},
    **{name: ("usd", 8) for name in ("亿美元", "usd100million", "100millionusd")},
    **{name: ("usd", 9) for name in ("十亿美元", "usdbillion", "billionusd", "us$billion", "usdbn")},
    **{name: ("kwh", 0) for name in ("千瓦时", "度", "kwh")},
    **{name: ("kwh", 3) for name in ("兆瓦时", "mwh")},
    **{name: ("kwh", 4) for name in ("万千瓦时", "万度", "10,000kwh", "10000kwh")},
    **{name: ("kwh", 6) for name in ("吉瓦时", "gwh", "millionkwh")},
    **{name: ("kwh", 8) for name in ("亿千瓦时", "亿度", "100millionkwh")},
    **{name: ("kwh", 9) for name in ("twh", "billionkwh")},
    **{name: ("entities", 0) for name in ("户", "家", "个", "entities", "households", "units", "enterprises")},
    **{name: ("entities", 4) for name in ("万户", "万家", "万个", "10,000entities", "10000entities")},
    **{name: ("persons", 0) for name in ("人", "人次", "名", "persons", "people", "person")},
    **{name: ("persons", 4) for name in ("万人", "万人次", "10,000persons", "10000persons", "10,000people")},
    **{name: ("percent", 0) for name in ("%", "百分之", "百分比", "percent", "percent(%)", "percent%")},
}
_POINTS = {"百分点", "个百分点", "pp", "percentagepoint", "percentagepoints", "ppt", "ppts"}
_NAMES = {
    ("cny", 0): "元", ("cny", 3): "千元", ("cny", 4): "万元", ("cny", 6): "百万元", ("cny", 8): "亿元",
    ("usd", 0): "美元", ("usd", 3): "千美元", ("usd", 4): "万美元", ("usd", 6): "百万美元", ("usd", 8): "亿美元",
    ("kwh", 0): "千瓦时", ("kwh", 4): "万千瓦时", ("kwh", 8): "亿千瓦时",
    ("entities", 0): "户", ("entities", 4): "万户", ("persons", 0): "人", ("persons", 4): "万人",
}  # fmt: skip

_BETWEEN = "、"
_MISSING = {
    **dict.fromkeys(("", "n.a.", "n.a", "n/a", "na", "不详", "未公布", "暂无", "缺", "notavailable"), "not_available"),
    **dict.fromkeys(("-", "--", "---", "/", "不适用", "无", "notapplicable"), "not_applicable"),
    **dict.fromkeys(("..", "...", "......", "rounds to zero"), "rounds_to_zero"),  # the yearbooks' mark for it
    **dict.fromkeys(("*", "**", "x", "保密", "suppressed"), "suppressed"),
}
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d+)?(%?)")
_FOOTNOTES = re.compile(r"[①-⑳⑴-⒇⓪-⓿❶-➓¹²³⁰-⁹₀-₉]")
_UNCHANGED = ("持平", "与上年持平", "同比持平", "与去年持平")  # growth of nought
_LARGEST = Decimal(10) ** 15


def read_number(cell: object, *, percent: bool) -> Decimal | str:
    """The number with the decimals that it is written with, or the mark of a missing one.

    `percent`: a % sign may follow. Raises Refused('formula' | 'not_finite' | 'number_…').
    """
    if isinstance(cell, bool):
        raise Refused("number_format", value=shown(cell))
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Refused("not_finite")
    text = re.sub(r"[—–−]", "-", unicodedata.normalize("NFKC", unmarked(as_text(cell))).strip())
    if text.casefold() in _MISSING:
        return _MISSING[text.casefold()]
    if percent and text in _UNCHANGED:
        return Decimal(0)
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


def unmarked(text: str) -> str:
    """Without the marks of footnotes, which would be digits in half width: 1190② is 1190."""
    return _FOOTNOTES.sub("", text) if len(text) > 1 else text


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
    power = _power(unit, wanted) - _known(wanted)[1]
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
    measured, power = _UNITS[name]
    if measured != _known(wanted)[0]:
        raise Refused("unit_other", unit=shown(unit), wanted=unit_words(wanted))
    return power


def check_unit(unit: object, wanted: str) -> None:
    """Raises as `converted` does."""
    _power(unit, wanted)


def listed(several: Iterable[str]) -> str:
    """Several units as one text, as a title has them: 个、万元."""
    return _BETWEEN.join(dict.fromkeys(several))


def one_of(unit: str, wanted: str) -> str:
    """Of several units the one that measures what `wanted` does; all of them where that is none or more than one."""
    fitting = [one for one in unit.split(_BETWEEN) if _UNITS.get(_folded(one), ("", 0))[0] == _known(wanted)[0]]
    return fitting[0] if len(fitting) == 1 else unit


def is_known(unit: object) -> bool:
    """Whether it is a unit of the table."""
    return _folded(unit) in _UNITS


def is_points(unit: object) -> bool:
    return _folded(unit) in _POINTS


def is_percent(unit: object) -> bool:
    return _UNITS.get(_folded(unit), ("", 0))[0] == "percent"


def in_dollars(unit: object) -> bool:
    return _UNITS.get(_folded(unit), ("", 0))[0] == "usd"


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
    measured, power = _known(str(unit))
    meant = power - round(math.log10(factor))
    return _NAMES.get((measured, meant))


def decimals(number: Decimal) -> int:
    """How many decimals it was written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _known(unit: str) -> tuple[str, int]:
    return _UNITS[_folded(unit)]


def _folded(unit: object) -> str:
    text = unicodedata.normalize("NFKC", as_text(unit)).casefold()
    return re.sub(r"\s+", "", text).replace("人民币", "").strip("()")
