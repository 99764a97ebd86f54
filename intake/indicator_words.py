"""What the words of a statistical table say: a heading or a label read as period, measure, unit, place and name.

Form is forgiven (ordinals, indents, brackets, width, dashes); a word that is not understood stays in the name, so that
'社会消费品零售总额(限上)' is never taken for the whole.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.indicators import Indicator
from intake import units
from intake.spreadsheets import as_text, folded

Months = tuple[int, int]


@dataclass(frozen=True)
class Facets:
    """What one cell says of the numbers that it stands over or before. '' and None: it does not say.

    `mode` is 'ytd' (累计) or 'single' (本月); `quarter`: the months were written as one quarter, 三季度 or Q3,
    which may mean three months or the year so far. `measure` is value, growth, points, budget, or 'left:…' for what
    is not kept.
    """

    name: str = ""
    year: int | None = None
    months: Months | None = None
    mode: str = ""
    quarter: str = ""
    measure: str = ""
    unit: str = ""
    place: str = ""

    def beside(self, far: "Facets") -> "Facets":
        """These, and what they do not say from `far`. 累计 over a row of months makes each of them cumulative; beside
        months of its own it speaks of those."""
        of_months = far.mode == "ytd" and not far.months and self.months is not None and len(set(self.months)) == 1
        return Facets(
            self.name or far.name,
            self.year or far.year,
            self.months or far.months,
            self.mode or (far.mode if of_months or not self.months else ""),
            self.quarter if self.months else far.quarter,
            self.measure or far.measure,
            self.unit or far.unit,
            self.place or far.place,
        )

    def span(self) -> Months | None:
        """The months meant: 累计 of month 10 is 1 to 10, 本月 of 1 to 10 is 10."""
        if self.months is None or not self.mode:
            return self.months
        return (1, self.months[1]) if self.mode == "ytd" else (self.months[1], self.months[1])


@dataclass(frozen=True)
class Vocabulary:
    """`indicators` and `places` by folded name; `named` folds an indicator's name."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, str]
    named: Callable[[object], str]

    def indicator(self, name: str) -> Indicator | None:
        return self.indicators.get(self.named(name))

    def place(self, name: str) -> str:
        return self.places.get(folded(name), "") if folded(name) else ""

    def within(self, text: str) -> Indicator | None:
        """The indicator with the longest name that a title or a sheet's name holds."""
        whole = self.named(text)
        found = [name for name in self.indicators if len(name) > 2 and not name.isascii() and name in whole]
        return self.indicators[max(found, key=len)] if found else None


_DASHES = str.maketrans(dict.fromkeys("—–－−~〜～‐‑至到", "-"))
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_BULLETS = re.compile(
    r"^(?:[#＃*●○•·◆■□▲△+-]+|#?其中:?|[(][一二三四五六七八九十\d]{1,3}[)]|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)|[①-⑳])"
)
_LEFT = (
    ("mom", r"环比|比上月|较上月|比上季|比上期"),
    ("two_years", r"两年平均"),
    ("share", r"占比|比重|构成"),
    ("rank", r"位次|排名|排序|名次"),
    ("progress", r"完成(?:年度|全年|年初)?(?:预算|计划|目标|进度)(?!数)|完成率|完成%|进度|[占为](?:年初|全年)?预算"),
    ("change", r"增减额|增加额|增量|净增|增减量|增减数|增减绝对"),
)
_COMPARED = re.compile(r"同比|比上年|比去年|较上年|较去年|比同期|较同期|±|增减|增幅")
_LAST_YEAR = re.compile(r"上年|去年|同期")
_GROWTH = re.compile(
    r"(?:比|较)?(?:上年|去年)?同期(?:增减|增长|±)%?|(?:比|较)(?:上年|去年)(?:同期)?|同比|名义|可比价|增长速度|增长率|增长|增速|增幅"
    r"|增减幅度|增减|升降|\+-|[+±]/?-?%?|yoy|growth|year-on-year",
    re.IGNORECASE,
)
_BUDGET = re.compile(r"(?:年初|全年|年度|调整)?预算数?|(?:年度|全年)?(?:计划|目标)(?:数|任务)?")
_VALUE = frozenset(
    ("绝对值", "绝对额", "绝对量", "绝对数", "总量", "数值", "指标值", "实绩", "完成额", "完成数", "完成值", "完成",
     "累计数", "累计值", "本年数", "本年", "本期数", "金额", "总值", "值", "额", "数", "数量", "规模", "实际",
     "实际完成", "完成情况", "value", "level")
)  # fmt: skip
_STRUCTURE = frozenset(
    ("指标", "指标名称", "项目", "名称", "单位", "计量单位", "地区", "区域", "镇街", "街道", "镇街名称", "乡镇", "镇",
     "镇街道", "时间", "时期", "月份", "年份", "年度", "序号", "编号", "代码", "备注", "说明", "主要指标", "经济指标",
     "统计指标", "主要经济指标", "indicator", "unit", "area", "town", "period", "year", "month")
)  # fmt: skip
_HARMLESS = {
    "现价",
    "当年价",
    "当年价格",
    "现行价",
    "现行价格",
    "可比价",
    "可比价格",
    "gdp",
    "不含农户",
    "人民币",
    "累计",
    "现价总产值",
    "绝对值",
}
_ENGLISH = [name.casefold() for name in calendar.month_abbr if name]
_EN = rf"(?:{'|'.join(_ENGLISH)})[a-z]{{0,6}}\.?"

_Found = tuple[Facets, str]


def words(cell: object, vocabulary: Vocabulary) -> Facets:
    """What a heading, a label, a title or a file's name says."""
    if isinstance(cell, (date, datetime)):
        return Facets(year=cell.year, months=(cell.month, cell.month)) if cell.day == 1 else Facets()
    text = plain(cell)
    if text in ("%", "±%", "(%)", "(±%)", "+-%", "+/-%"):
        return Facets(measure="growth", unit="%")
    if _is_unit(text):
        return Facets(unit=text.strip("()"))
    if stated := re.match(r"(?:计量)?单位:(.+)$", text):
        return Facets(unit=_unit_of(stated[1]))
    facets, core = _brackets(_unbulleted(text), vocabulary)
    if vocabulary.indicator(core):
        return replace(facets, name=core)
    if place := vocabulary.place(core):
        return replace(facets, place=place)
    dated, core = _dated(core)
    return _measured(facets.beside(dated), core, vocabulary)


def plain(cell: object) -> str:
    """A cell's text in half width, without spaces, its dashes alike."""
    text = unicodedata.normalize("NFKC", as_text(cell)).translate(_DASHES)
    return re.sub(r"\s+", "", text).replace("【", "(").replace("】", ")").replace("[", "(").replace("]", ")")


def is_structure(cell: object) -> bool:
    """Whether a heading only says what kind of labels stand below it."""
    return re.sub(r"[^\w]", "", plain(cell)).casefold() in _STRUCTURE


def _unbulleted(text: str) -> str:
    while found := _BULLETS.match(text):
        text = text[found.end() :]
    return text.rstrip(":")


def _brackets(text: str, vocabulary: Vocabulary) -> _Found:
    """Units, periods and measures that stand in brackets; what is not understood stays where it is."""
    facets = Facets()
    for whole, inside in re.findall(r"(\(([^()]*)\))", text):
        said = _bracket(inside, vocabulary)
        if said is not None:
            facets, text = facets.beside(said), text.replace(whole, "", 1)
    return facets, text


def _bracket(inside: str, vocabulary: Vocabulary) -> Facets | None:
    if not inside or inside.casefold() in _HARMLESS or vocabulary.indicator(inside):
        return Facets(mode="ytd" if inside == "累计" else "")
    if unit := _unit_of(inside):
        return Facets(unit=unit, measure="points" if units.is_points(unit) else "")
    said = words(inside, vocabulary)
    return None if said.name else said


def _unit_of(text: str) -> str:
    """The unit that a text names; of several (亿元、%) the first that is no percentage."""
    parts = [part for part in re.split(r"[、,;/和及]", text) if part]
    if not parts or not all(_is_unit(part) for part in parts):
        return text if _is_unit(text) else ""
    return next((part for part in parts if not units.is_percent(part)), parts[0])


def _is_unit(text: str) -> bool:
    return bool(text) and (units.is_known(text) or units.is_points(text))


def _dated(text: str) -> _Found:
    """The period that stands anywhere in a text, and the text without it."""
    mode = ""
    for found, meant in (
        (r"(?:1-)?本月止?累计|年初-今|自?年初累计|本年累计|年初-本月|累计", "ytd"),
        (r"本月|当月|本期|当期|本季度?|当季", "single"),
    ):
        if re.search(found, text):
            mode, text = mode or meant, re.sub(found, "", text)
    facets = Facets(mode=mode)
    for pattern, build in _PERIODS:
        if found := re.search(pattern, text, re.IGNORECASE):
            facets = facets.beside(build(found))
            text = text[: found.start()] + text[found.end() :]
    return facets, text.strip("-,:.")


def _spanned(found: re.Match[str]) -> Facets:
    return Facets(months=(int(found[1]), int(found[2])))


def _english(found: re.Match[str]) -> Facets:
    first = _ENGLISH.index(found[1][:3].casefold()) + 1
    return Facets(months=(first, _ENGLISH.index(found[2][:3].casefold()) + 1 if found[2] else first))


def _quartered(found: re.Match[str]) -> Facets:
    quarter = _ORDINALS[found[1]]
    written = f"{'一二三四'[quarter - 1]}季度" if "季" in found[0] else f"Q{quarter}"
    return Facets(months=(3 * quarter - 2, 3 * quarter), quarter=written)


_Y = r"(?<!\d)((?:19|20)\d\d)"
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


def _measured(facets: Facets, text: str, vocabulary: Vocabulary) -> Facets:
    """Which number it is; what remains is a name."""
    if units.is_points(facets.unit) or "百分点" in text:
        return replace(
            facets, measure="points", name=_name(_GROWTH.sub("", re.sub(r"个?百分点|[比较]上[月季期]末?", "", text)))
        )
    masked = text.replace("公共预算", "公共\0")
    for code, pattern in _LEFT:
        if re.search(pattern, masked):
            return replace(facets, measure=f"left:{code}")
    if _LAST_YEAR.search(text) and not _COMPARED.search(text):
        return replace(facets, measure="left:last_year")
    if text.casefold() in _VALUE or (not text and facets.measure == ""):
        return replace(facets, measure=facets.measure or ("value" if text else ""))
    if _GROWTH.search(text.replace("新增", "")):
        return replace(facets, measure="growth", name=_name(_GROWTH.sub("", text)))
    if masked != text and vocabulary.indicator(text):
        return replace(facets, name=text)
    if found := _BUDGET.search(masked):
        rest = (masked[: found.start()] + masked[found.end() :]).replace("\0", "预算")
        return replace(facets, measure="budget", name=_name(rest))
    return replace(facets, name=_name(text))


def _name(text: str) -> str:
    text = text.strip("-,:.()%")
    return "" if text.casefold() in _VALUE or is_structure(text) else text
