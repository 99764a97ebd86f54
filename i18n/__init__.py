"""Words, dates and numbers of every language. Chinese is the source; it and English stand side by side in
`i18n/text/*.toml`, the texts of any further language in its own folder (docs/languages.md).

A text is found by its key (`case.state.closed`), filled with `{facts}`, and may have a plural:
`en = { one = "{n} case", other = "{n} cases" }`, chosen by the fact `n`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol, parse_decimal

from i18n import writing
from i18n.writing import DISTRICT, LANGUAGES, MAIN, Between, Dates

Language = str  # a key of LANGUAGES
FOLDER = Path(__file__).parent / "text"
DOT = "\u00a0· "  # between facts on one line: where the line breaks, none begins with the dot

_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
# How names are put in order. GB 18030 has the common characters by their sound.
ORDERS: dict[str, Callable[[str], bytes | str]] = {
    "pinyin": lambda name: name.encode("gb18030"),
    "letters": lambda name: unicodedata.normalize("NFKD", name.casefold()),
}

Entry = dict[str, str | dict[str, str]]


class MissingText(KeyError):
    """No such key, or no text of it in that language: a fault of ours, found by tests."""


def text(key: str, language: str, **facts: object) -> str:
    """The text of `key` in `language`, or in the one that stands in for it, with its facts filled in. Raises
    MissingText."""
    try:
        entry = catalogue()[key]
        said = language if language in entry else LANGUAGES[language].otherwise
        chosen = entry[said]
    except KeyError:
        raise MissingText(f"{key} [{language}]") from None
    if isinstance(chosen, dict):
        chosen = chosen.get(_plural(said, facts["n"]), chosen["other"])
    return (chosen.format(**_counted(facts, language)) if facts else chosen).replace(" · ", DOT)


@cache
def catalogue() -> dict[str, Entry]:
    """Every text by its dotted key. A key stands in one file only."""
    found: dict[str, Entry] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for key, entry in _leaves(path, lambda tree: MAIN in tree):
            if key in found:
                raise ValueError(f"{key} stands twice, again in {path.name}")
            found[key] = entry
    for code, language in LANGUAGES.items():
        for path in sorted(language.folder.glob("*.toml")):
            if path.name not in ("language.toml", writing.NAMES):
                for key, words in _leaves(path, lambda _: False, found):
                    found[key][code] = words
    return found


def add(folder: Path) -> None:
    """Take in one more language, with its texts, from a folder as those in `i18n/languages`."""
    writing.read(folder)
    for known in (catalogue, number, _dated):
        known.cache_clear()


def settle(languages: Sequence[Language], names: Mapping[Language, Mapping[str, str]]) -> None:
    """What the district of this process's store offers, and what its records are called (db.system.settings.spoken)."""
    DISTRICT.offered, DISTRICT.names = tuple(languages), names


def choose(wanted: str | None, otherwise: Language = MAIN) -> Language:
    """The language for a browser's wish (`zh-CN,zh;q=0.9,en;q=0.8`) or a shell's (`zh_CN.UTF-8`)."""
    for part in (wanted or "").lower().split(","):
        code = re.split("[-_;]", part.strip())[0]
        if code in LANGUAGES and DISTRICT.offers(code):
            return code
    return otherwise


def whole(language: Language) -> Language:
    """What all but the enterprise's pages are said in to a reader of this language: itself where it has every text."""
    return LANGUAGES[language].otherwise or language


def everywhere() -> list[Language]:
    """The languages that have every text."""
    return list(offered(in_house=True))


def offered(in_house: bool) -> dict[Language, str]:
    """The languages that a person may choose, or be told in, by their own names."""
    there = ((code, one) for code, one in LANGUAGES.items() if DISTRICT.offers(code))
    return {code: one.own_name for code, one in there if not (in_house and one.otherwise)}


def others(language: Language, *, in_house: bool) -> list[Language]:
    """What a reader of this language may change to, where it has to have every text or not."""
    return [code for code in offered(in_house) if code != language]


def listed(parts: Iterable[str], language: str) -> str:
    """Parts of a sentence, one after the other."""
    return LANGUAGES[language].clauses.join(parts)


@cache
def countries(language: str) -> dict[str, str]:
    """ISO 3166-1 alpha-2 code → name of the country or region, by name. Hong Kong, Macao and Taiwan as China's."""
    row = LANGUAGES[language]
    names = Locale.parse(row.locale).territories
    own = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY}
    return dict(sorted((own | dict(row.regions)).items(), key=lambda item: ORDERS[row.order](item[1])))


def day(value: date, language: str) -> str:
    """2023年11月30日 / 30 Nov 2023."""
    return _dated(value, _dates(language).day, language)


def days(first: date, last: date, language: str) -> str:
    """2026年11月11日至12月9日 / 11 Nov to 9 Dec 2026: the year once, unless there are two."""
    how = _dates(language)
    return _between(first, last, how.days if first.year == last.year else how.days_of_two_years, language)


def span(first: date, last: date, language: str) -> str:
    """9月30日至10月7日 / 30 Sep–7 Oct: days whose year is said beside them; one day where both are the same."""
    how = _dates(language)
    if first == last:
        return _dated(last, how.span[-1], language)
    return _between(first, last, how.span_in_month if first.month == last.month else how.span, language)


def weekday_and_day(value: date, language: str) -> str:
    """A deadline as one says it: 11月30日（周四） / Thursday 30 November."""
    return _dated(value, _dates(language).deadline, language)


def month(value: date, language: str) -> str:
    """2023年11月 / Nov 2023."""
    return _dated(value, _dates(language).month, language)


def month_alone(value: date, language: str) -> str:
    """11月 / Nov."""
    return _dated(value, _dates(language).month_alone, language)


def months(first: date, last: date, language: str) -> str:
    """1—10月 / Jan–Oct; one month alone as itself."""
    if first.month == last.month:
        return month_alone(last, language)
    return _between(first, last, _dates(language).months, language)


def year(value: date, language: str) -> str:
    """2023年 / 2023."""
    return _dated(value, _dates(language).year, language)


def with_year(words: str, year: int, language: str) -> str:
    """A part of a year with its year: 2023年前三季度 / Q1–Q3 2023."""
    return _dates(language).part.format(part=words, year=year)


def moment(value: datetime, language: str) -> str:
    """A day and time as they stand on the clock given (`db.clock.local` turns an instant into Shanghai's)."""
    return f"{day(value.date(), language)} {value:%H:%M}"


def rounded(value: float, decimals: int = 0) -> float:
    """The number that `number` writes, for a cell or a place on an axis: half goes away from zero, −0.85 to −0.9.

    A figure is rounded once, where it is shown: what is rounded twice is another number on another page.
    """
    return float(_rounded(value, decimals))


@lru_cache(maxsize=20_000)  # a page writes hundreds, and the same ones at every run
def number(value: float, language: str, decimals: int = 0) -> str:
    """1,450 or 8.2: grouped, with exactly `decimals`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(_rounded(value, decimals), format=pattern, locale=LANGUAGES[language].locale)


def signed(value: float, language: str, decimals: int = 1) -> str:
    """+8.2 or −0.4, with a true minus sign; zero has no sign."""
    sign = "" if _rounded(value, decimals) == 0 else "+" if value > 0 else "−"
    return sign + number(abs(value), language, decimals)


def percent(shown: str, language: str) -> str:
    """8.2% of a number that is written already."""
    return LANGUAGES[language].percent.format(shown)


def marks(language: str) -> str:
    """The mark before decimals and the one between groups, as a chart takes them."""
    locale = LANGUAGES[language].locale
    return get_decimal_symbol(locale) + get_group_symbol(locale)


def _rounded(value: float, decimals: int) -> Decimal:
    """Of the decimal number that is meant: 28.749999999999996 is 28.75. Zero has no sign."""
    meant = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return meant.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def _counted(facts: dict[str, object], language: str) -> dict[str, object]:
    """Counts and limits are grouped as every number: 1,608."""
    counts = {name: facts.get(name) for name in ("n", "most", "longest")}
    return facts | {name: number(n, language) for name, n in counts.items() if type(n) is int}


def _dates(language: str) -> Dates:
    return LANGUAGES[language].dates


@lru_cache(maxsize=20_000)
def _dated(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=LANGUAGES[language].locale)


def _between(first: date, last: date, how: Between, language: str) -> str:
    return _dated(first, how[0], language) + how[1] + _dated(last, how[2], language)


def _plural(language: str, n: object) -> str:
    """`n` is a count, or one that is written already."""
    locale = Locale.parse(LANGUAGES[language].locale)
    return locale.plural_form(float(parse_decimal(n, locale=locale) if isinstance(n, str) else n))  # type: ignore[arg-type]


def _leaves(
    path: Path, is_leaf: Callable[[dict[str, object]], bool], known: Container[str] = ()
) -> Iterator[tuple[str, Any]]:
    """Each text of a file by its dotted key: a table that is one, or what stands where a known key is."""

    def below(tree: dict[str, object], prefix: str) -> Iterator[tuple[str, Any]]:
        for name, inner in tree.items():
            key = f"{prefix}{name}"
            if key in known or not isinstance(inner, dict) or is_leaf(inner):
                yield key, inner
            else:
                yield from below(inner, f"{key}.")

    return below(tomllib.loads(path.read_text(encoding="utf-8")), "")
