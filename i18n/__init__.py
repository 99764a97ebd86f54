"""Words, dates and numbers of two languages. Chinese is the source; both stand side by side in `i18n/text/*.toml`.

A text is found by its key (`case.state.closed`), filled with `{facts}`, and in English may have a plural:
`en = { one = "{n} case", other = "{n} cases" }`, chosen by the fact `n`.
"""

import tomllib
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
OWN_NAMES: dict[str, str] = {"zh": "中文", "en": "English"}  # each language, as its readers call it
FOLDER = Path(__file__).parent / "text"
DOT = "\u00a0· "  # between facts on one line: where the line breaks, none begins with the dot

_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
_REGIONS = {
    "zh": {"HK": "中国香港", "MO": "中国澳门", "TW": "中国台湾"},
    "en": {"HK": "Hong Kong, China", "MO": "Macao, China", "TW": "Taiwan, China"},
}

Entry = dict[str, str | dict[str, str]]


class MissingText(KeyError):
    """No such key, or no text of it in that language: a fault of ours, found by tests."""


def text(key: str, language: str, **facts: object) -> str:
    """The text of `key` in `language` with its facts filled in. Raises MissingText."""
    try:
        chosen = catalogue()[key][language]
    except KeyError:
        raise MissingText(f"{key} [{language}]") from None
    if isinstance(chosen, dict):
        chosen = chosen[_plural(language, facts["n"])]
    return (chosen.format(**_counted(facts, language)) if facts else chosen).replace(" · ", DOT)


@cache
def catalogue() -> dict[str, Entry]:
    """Every text by its dotted key. A key stands in one file only."""
    found: dict[str, Entry] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for key, entry in _flatten(tomllib.loads(path.read_text(encoding="utf-8"))):
            if key in found:
                raise ValueError(f"{key} stands twice, again in {path.name}")
            found[key] = entry
    return found


def choose(wanted: str | None) -> Language:
    """The language for a browser's wish (`zh-CN,zh;q=0.9,en;q=0.8`); Chinese where it names neither."""
    for part in (wanted or "").lower().split(","):
        code = part.split(";")[0].strip()[:2]
        if code in LANGUAGES:
            return code  # type: ignore[return-value]
    return "zh"


@cache
def countries(language: str) -> dict[str, str]:
    """ISO 3166-1 alpha-2 code → name of the country or region, by name. Hong Kong, Macao and Taiwan as China's."""
    names = Locale.parse(language).territories
    own = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY}
    return dict(sorted((own | _REGIONS[language]).items(), key=lambda item: item[1]))


def day(value: date, language: str) -> str:
    """2023年11月30日 / 30 Nov 2023."""
    return (
        f"{value.year}年{value.month}月{value.day}日"
        if language == "zh"
        else f"{value.day} {_month(value)} {value.year}"
    )


def days(first: date, last: date, language: str) -> str:
    """2026年11月11日至12月9日 / 11 Nov to 9 Dec 2026: the year once, unless there are two."""
    begin, end, same = day(first, language), day(last, language), first.year == last.year
    if language == "zh":
        return f"{begin}至{last.month}月{last.day}日" if same else f"{begin}至{end}"
    return f"{first.day} {_month(first)} to {end}" if same else f"{begin} to {end}"


def span(first: date, last: date, language: str) -> str:
    """9月30日至10月7日 / 30 Sep–7 Oct: days whose year is said beside them; one day where both are the same."""
    if language == "zh":
        begin, end = (f"{value.month}月{value.day}日" for value in (first, last))
        return begin if first == last else f"{begin}至{end}"
    begin, end = (f"{value.day} {_month(value)}" for value in (first, last))
    return begin if first == last else f"{first.day}–{end}" if first.month == last.month else f"{begin}–{end}"


def weekday_and_day(value: date, language: str) -> str:
    """A deadline as one says it: 11月30日（周四） / Thursday 30 November."""
    if language == "zh":
        return f"{value.month}月{value.day}日（{format_date(value, 'EEE', locale='zh')}）"
    return f"{format_date(value, 'EEEE', locale='en')} {value.day} {format_date(value, 'MMMM', locale='en')}"


def month(value: date, language: str) -> str:
    """2023年11月 / Nov 2023."""
    return f"{value.year}年{value.month}月" if language == "zh" else f"{_month(value)} {value.year}"


def month_alone(value: date, language: str) -> str:
    """11月 / Nov."""
    return f"{value.month}月" if language == "zh" else _month(value)


def with_year(words: str, year: int, language: str) -> str:
    """A part of a year with its year: 2023年前三季度 / Q1–Q3 2023."""
    return f"{year}年{words}" if language == "zh" else f"{words} {year}"


def moment(value: datetime, language: str) -> str:
    """A day and time as they stand on the clock given (`db.clock.local` turns an instant into Shanghai's)."""
    return f"{day(value.date(), language)} {value:%H:%M}"


def rounded(value: float, decimals: int = 0) -> float:
    """The number that `number` writes, for a cell or a place on an axis: half goes away from zero, −0.85 to −0.9.

    A figure is rounded once, where it is shown: what is rounded twice is another number on another page.
    """
    return float(_rounded(value, decimals))


def number(value: float, language: str, decimals: int = 0) -> str:
    """1,450 or 8.2: grouped, with exactly `decimals`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(_rounded(value, decimals), format=pattern, locale="zh" if language == "zh" else "en")


def signed(value: float, language: str, decimals: int = 1) -> str:
    """+8.2 or −0.4, with a true minus sign; zero has no sign."""
    shown = number(abs(value), language, decimals)
    return shown if float(shown.replace(",", "")) == 0 else ("+" if value > 0 else "−") + shown


def _rounded(value: float, decimals: int) -> Decimal:
    """Of the decimal number that is meant: 28.749999999999996 is 28.75. Zero has no sign."""
    meant = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return meant.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def _counted(facts: dict[str, object], language: str) -> dict[str, object]:
    """The fact `n` is a count, and is grouped as every number: 1,608."""
    n = facts.get("n")
    return facts | {"n": number(n, language)} if isinstance(n, int) and not isinstance(n, bool) else facts


def _month(value: date) -> str:
    return format_date(value, "MMM", locale="en")


def _plural(language: str, n: object) -> str:
    return Locale.parse(language).plural_form(float(str(n).replace(",", "")))


def _flatten(tree: dict[str, object], prefix: str = "") -> list[tuple[str, Entry]]:
    """Leaves are tables with `zh` and `en`."""
    if "zh" in tree or "en" in tree:
        return [(prefix.rstrip("."), tree)]  # type: ignore[list-item]
    return [leaf for name, below in tree.items() for leaf in _flatten(below, f"{prefix}{name}.")]  # type: ignore[arg-type]
