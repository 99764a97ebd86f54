"""Periods that stand anywhere in the words of a table: 2023年1-10月, 前三季度, 累计, Jan-Oct 2023."""

import calendar
import re
from collections.abc import Callable
from dataclasses import replace

from intake.indicators.reading.cells import MONTHS, YEARS
from intake.indicators.reading.facets import Facets, Mode, Months

_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ENGLISH = [name.casefold() for name in calendar.month_abbr if name]
_EN = rf"(?:{'|'.join(_ENGLISH)})[a-z]{{0,6}}\.?"
_Y = r"(?<!\d)((?:19|20)\d\d)"

# A day is when something was published or printed; only a month's last day, and 截至 any day, says how far it counts.
_DAY = re.compile(
    rf"(截[至止])?(?:{_Y}年(\d{{1,2}})月(\d{{1,2}})[日号]|{_Y}([-/._])(\d{{1,2}})\6(\d{{1,2}})(?![\d月])"
    rf"|{_Y}(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d))日?"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_IN_WORDS = r"十[一二]?|[一二三四五六七八九]"

_MODES = (
    (Mode.TO_DATE,
     r"(?:1-)?本月止?累计|1-[本当]月|年初-今|自?年初累计|[本当]年累计|年初-本月|累计|year-?to-?date|cumulative|(?<![a-z])ytd"),
    (Mode.ALONE, r"本月|当月|当期(?=值)|本季度?|当季"),
)  # fmt: skip


def dated(text: str) -> tuple[Facets, str]:
    """The period that stands anywhere in a text, and the text without it."""
    mode, text = Mode.UNSAID, _in_digits(text)
    for meant, words in _MODES:
        if re.search(words, text, re.IGNORECASE):
            mode, text = mode or meant, re.sub(words, "", text, flags=re.IGNORECASE)
    facets = Facets(mode=mode)
    if found := _DAY.search(text):
        facets, text = facets.beside(_until(found)), text[: found.start()] + text[found.end() :]
    text = re.sub(r"^截[-止至]", "", text)
    for pattern, build in _PERIODS:
        if found := re.search(pattern, text, re.IGNORECASE):
            facets = facets.beside(build(found))
            text = text[: found.start()] + text[found.end() :]
    return facets, text.strip("-,:._")


def year_or_month(text: str) -> Facets | None:
    """A bare number that is a year, a month of a row of them, or both: 202310."""
    number = int(text) if text.isdigit() else 0
    if number // 100 in YEARS and number % 100 in MONTHS:
        return Facets(year=number // 100, months=Months(number % 100, number % 100))
    if number in YEARS:
        return Facets(year=number)
    return Facets(months=Months(number, number)) if number in MONTHS else None


def without_days(text: str) -> str:
    """A file's name without the day on which it was published, be that a month's last."""
    return _DAY.sub(lambda found: found[0] if found[1] else "", text)


def _in_digits(text: str) -> str:
    """十一月 is 11月, 二〇二二年 is 2022年."""
    if "月" in text:
        span = rf"({_IN_WORDS})(?=个?月|-(?:{_IN_WORDS})月)"
        text = re.sub(span, lambda found: str(_month_in_words(found[1])), text)
    return re.sub(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)", lambda found: found[0].translate(_DIGITS), text)


def _month_in_words(text: str) -> int:
    tens = 10 if text.startswith("十") else 0
    return tens + int(text.removeprefix("十").translate(_DIGITS) or 0)


def _until(found: re.Match[str]) -> Facets:
    year, month, day = (int(part) for part in found.groups()[1:] if part and part.isdigit())
    if not 1 <= month <= 12:
        return Facets()
    counts = found[1] or day == calendar.monthrange(year, month)[1]
    return Facets(year=year, months=Months(month, month)) if counts else Facets()


def compared(text: str) -> tuple[str, bool]:
    """2022年比2021年增长 is growth on the year before; 比2019年增长 and the like are not, which the second says."""
    found = re.search(rf"[比较]{_Y}年?(?:同期)?(?=增|±|\+-|升|下)", text)
    if not found:
        return text, False
    own = re.search(_Y, text[: found.start()])
    if own and int(own[1]) == int(found[1]) + 1:
        return text[: found.start()] + "比上年" + text[found.end() :], False
    return text, True


def _spanned(found: re.Match[str]) -> Facets:
    return _span(None, found[1], found[2])


def _span(year: str | None, first: str, last: str) -> Facets:
    months = Months(int(first), int(last))
    return Facets(year=int(year) if year else None, months=months if 1 <= months.first <= months.last <= 12 else None)


def _of_two_years(found: re.Match[str]) -> Facets:
    """2022年1月-2022年11月; of two different years it is no period of ours."""
    return _span(found[1], found[2], found[4]) if found[1] == found[3] else Facets()


def _english(found: re.Match[str]) -> Facets:
    first = _ENGLISH.index(found[1][:3].casefold()) + 1
    return Facets(months=Months(first, _ENGLISH.index(found[2][:3].casefold()) + 1 if found[2] else first))


def _quartered(found: re.Match[str]) -> Facets:
    quarter = _ORDINALS[found[1]]
    return _quarter(quarter, f"{'一二三四'[quarter - 1]}季度" if "季" in found[0] else f"Q{quarter}")


def _quarter(number: int, written: str) -> Facets:
    return Facets(months=Months(3 * number - 2, 3 * number), quarter=written)


def _half(number: str) -> Facets:
    return Facets(months=Months(1, 6) if number in ("1", "上") else Months(7, 12))


_Y_ = rf"{_Y}[-/._]"  # a year and what stands between it and a number of two digits at most
# Every way in which an office writes a month, a quarter, a half or a year; the first that fits takes its words away.
_PERIODS: tuple[tuple[str, Callable[[re.Match[str]], Facets]], ...] = (
    (rf"{_Y}(?:[-/._]|年)?(\d{{1,2}})月?-{_Y}(?:[-/._]|年)?(\d{{1,2}})月?(?!\d)", _of_two_years),
    (rf"{_Y}(?:[-/._]|年)?(\d{{1,2}})月?-(\d{{1,2}})(?:月份?|(?![\d季年%]))", lambda m: _span(m[1], m[2], m[3])),
    (rf"{_Y_}?m?(0[1-9]|1[0-2])(?:月份?|(?!\d|-\d))", lambda m: _span(m[1], m[2], m[2])),
    (rf"(?:{_Y_}|{_Y}[-_]?m)([1-9])(?:月份?|(?!\d|-\d))", lambda m: _span(m[1] or m[2], m[3], m[3])),
    (rf"(?<![\d.])(0[1-9]|1[0-2])[-/._]{_Y}(?![\d年])", lambda m: _span(m[2], m[1], m[1])),
    (rf"(?<![a-z\d])(?:q([1-4])|([1-4])q)[-_.]?{_Y}(?!\d)",
     lambda m: replace(_quarter(int(m[1] or m[2]), f"Q{m[1] or m[2]}"), year=int(m[3]))),
    (rf"(?<![a-z\d])(?:h([12])|([12])h)[-_.]?{_Y}(?!\d)", lambda m: replace(_half(m[1] or m[2]), year=int(m[3]))),
    (rf"{_Y}(?:年度?|(?!\d))", lambda m: Facets(year=int(m[1]))),
    (r"(?<![\d第近])([12]\d)年(?=\d|[一二三四前上下第全])", lambda m: Facets(year=2000 + int(m[1]))),
    (r"(?<!\d)(\d{1,2})月?-(\d{1,2})月份?", _spanned),
    (r"前(\d|1[0-2])个?月份?", lambda m: _span(None, "1", m[1])),
    (r"(?:前|1-|一-)([一二三四2-4])个?季度", lambda m: Facets(months=Months(1, 3 * _ORDINALS[m[1]]))),
    (r"第?([一二三四1-4])季度", _quartered),
    (r"(?<![a-z])q1-q?([2-4])", lambda m: Facets(months=Months(1, 3 * int(m[1])))),
    (r"(?<![a-z])q([1-4])(?!\d)", _quartered),
    (r"([上下])半年", lambda m: _half(m[1])),
    (r"(?<![上下])半年[度报]", lambda _: _half("1")),
    (r"(?<![a-z])h([12])(?!\d)", lambda m: _half(m[1])),
    (r"全年", lambda _: Facets(months=Months(1, 12))),
    (r"(?<!\d)(1[0-2]|0?[1-9])月份?", lambda m: Facets(months=Months(int(m[1]), int(m[1])))),
    (rf"(?<![a-z])({_EN})(?:-({_EN}))?(?![a-z])", _english),
)  # fmt: skip
