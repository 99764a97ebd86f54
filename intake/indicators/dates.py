"""Periods that stand anywhere in the words of a table: 2023年1-10月, 前三季度, 累计, Jan-Oct 2023."""

import calendar
import re
from collections.abc import Callable

from intake.indicators.facets import Facets

_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ENGLISH = [name.casefold() for name in calendar.month_abbr if name]
_EN = rf"(?:{'|'.join(_ENGLISH)})[a-z]{{0,6}}\.?"
_Y = r"(?<!\d)((?:19|20)\d\d)"

_Found = tuple[Facets, str]


def dated(text: str) -> _Found:
    """The period that stands anywhere in a text, and the text without it."""
    mode = ""
    for found, meant in (
        (r"(?:1-)?本月止?累计|年初-今|自?年初累计|本年累计|年初-本月|累计", "ytd"),
        (r"本月|当月|本季度?|当季", "single"),
    ):
        if re.search(found, text):
            mode, text = mode or meant, re.sub(found, "", text)
    facets = Facets(mode=mode)
    for pattern, build in _PERIODS:
        if found := re.search(pattern, text, re.IGNORECASE):
            facets = facets.beside(build(found))
            text = text[: found.start()] + text[found.end() :]
    return facets, text.strip("-,:.")


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
    return Facets(months=(int(found[1]), int(found[2])))


def _english(found: re.Match[str]) -> Facets:
    first = _ENGLISH.index(found[1][:3].casefold()) + 1
    return Facets(months=(first, _ENGLISH.index(found[2][:3].casefold()) + 1 if found[2] else first))


def _quartered(found: re.Match[str]) -> Facets:
    quarter = _ORDINALS[found[1]]
    written = f"{'一二三四'[quarter - 1]}季度" if "季" in found[0] else f"Q{quarter}"
    return Facets(months=(3 * quarter - 2, 3 * quarter), quarter=written)


_PERIODS: tuple[tuple[str, Callable[[re.Match[str]], Facets]], ...] = (
    (rf"{_Y}(?:[-/.]|年)(\d{{1,2}})月?-(\d{{1,2}})月份?(?!\d)",
     lambda m: Facets(year=int(m[1]), months=(int(m[2]), int(m[3])))),
    (rf"{_Y}[-/.](0?[1-9]|1[0-2])(?![\d月-])", lambda m: Facets(year=int(m[1]), months=(int(m[2]), int(m[2])))),
    (rf"{_Y}(0[1-9]|1[0-2])(?!\d)", lambda m: Facets(year=int(m[1]), months=(int(m[2]), int(m[2])))),
    (rf"{_Y}(?:年|(?!\d))", lambda m: Facets(year=int(m[1]))),
    (r"(?<!\d)(\d{1,2})月?-(\d{1,2})月份?", _spanned),
    (r"(?:前|1-|一-)([一二三四2-4])个?季度", lambda m: Facets(months=(1, 3 * _ORDINALS[m[1]]))),
    (r"第?([一二三四1-4])季度", _quartered),
    (r"(?<![a-z])q1-q?([2-4])", lambda m: Facets(months=(1, 3 * int(m[1])))),
    (r"(?<![a-z])q([1-4])(?!\d)", _quartered),
    (r"上半年|(?<![a-z])h1(?!\d)", lambda _: Facets(months=(1, 6))),
    (r"下半年|(?<![a-z])h2(?!\d)", lambda _: Facets(months=(7, 12))),
    (r"全年", lambda _: Facets(months=(1, 12))),
    (r"(?<!\d)(1[0-2]|0?[1-9])月份?", lambda m: Facets(months=(int(m[1]), int(m[1])))),
    (rf"(?<![a-z])({_EN})(?:-({_EN}))?(?![a-z])", _english),
)  # fmt: skip
