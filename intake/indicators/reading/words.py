"""What the words of a statistical table say: a heading or a label read as period, measure, unit, place and name.

Form is forgiven (ordinals, indents, brackets, width, dashes); a word that is not understood stays in the name, so that
'社会消费品零售总额(限上)' is never taken for the whole.
"""

import re
from dataclasses import replace
from datetime import date, datetime

from intake.indicators.reading.cells import is_structure, plain
from intake.indicators.reading.dates import compared, dated, without_days
from intake.indicators.reading.facets import Facets, Mode, Months, NumberKind, Vocabulary
from intake.indicators.terms import units
from intake.indicators.terms.periods import check_clear, is_month

_BULLETS = re.compile(
    r"^(?:[#＃*●○•·◆■□▲△+-]+|#?其中:?|[(][一二三四五六七八九十\d]{1,3}[)]|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)|[①-⑳])"
)
_LEFT = (
    (NumberKind.LEFT_MOM, r"环比|比上月|较上月|比上季|比上期"),
    (NumberKind.LEFT_TWO_YEARS, r"两年平均"),
    (NumberKind.LEFT_SHARE, r"占比|比重|构成"),
    (NumberKind.LEFT_RANK, r"位次|排名|排序|名次"),
    (NumberKind.LEFT_INDEX, r"指数|index|=100|为(?:上年|去年|(?:19|20)\d\d年)的?%|为100"),
    (
        NumberKind.LEFT_PROGRESS,
        r"完成(?:年度|全年|年初)?(?:预算|计划|目标|进度)(?!数)|完成率|完成%|进度|[占为](?:年初|全年)?预算",
    ),
    (NumberKind.LEFT_CHANGE, r"增减额|增加额|增量|净增|增减量|增减数|增减绝对"),
)
_COMPARED = re.compile(r"同比|比上年|比去年|较上年|较去年|比同期|较同期|±|增减|增幅")
_LAST_YEAR = re.compile(r"上年|去年|同期")
_GROWTH = re.compile(
    r"(?:比|较)?(?:上年|去年)?同期(?:增减|增长|±)%?|(?:比|较)(?:上年|去年)(?:同期)?|同比|名义|可比价|增长速度|增长率|增长|增速|增幅"
    r"|增减幅度|增减|升降幅度|升降|幅度|\+-|[+±]/?-?%?|yoy|growth|year-on-year",
    re.IGNORECASE,
)
# An amount or a rate, which only a percentage sign elsewhere tells.
_BARE_CHANGE = re.compile(r"(?:同比|[比较](?:上年|去年)?(?:同期)?)?(?:增减|增加|\+-|±|增\(?减\)?)")
_BASES = (
    (NumberKind.NOMINAL_GROWTH, r"名义|现价|当年价|现行价"),
    (NumberKind.REAL_GROWTH, r"实际|可比价|可比增|不变价|扣除价格"),
)
_ANY_BASIS = r"按?(?:名义|现价|当年价格?|现行价格?|实际|可比价格?|可比|不变价格?|扣除价格因素)(?:计算)?"
_BUDGET = re.compile(r"(?:年初|全年|年度|当年|本年|调整)?预算数?|(?:年度|全年)?(?:计划|目标)(?:数|任务)?")
_VALUE = frozenset(
    ("绝对值", "绝对额", "绝对量", "绝对数", "总量", "数值", "指标值", "实绩", "完成额", "完成数", "完成值", "完成",
     "累计数", "累计值", "本年数", "本年", "今年", "本年实际", "期末数", "期末", "末", "底", "本期数",
     "本期", "当期", "金额",
      "总值", "总额", "值", "额", "数", "数量", "规模", "实际",
     "实际完成", "完成情况", "value", "level")
)  # fmt: skip
_HARMLESS = frozenset(
    ("现价", "当年价", "当年价格", "现行价", "现行价格", "可比价", "可比价格", "gdp", "不含农户", "人民币",
     "按人民币计价", "按人民币计算", "以人民币计价", "累计",
     "现价总产值", "绝对值")
)  # fmt: skip
_CHINESE_FIRST = re.compile(
    r"[^A-Za-z]*[\u4e00-\u9fff)%](?=[A-Za-z][A-Za-z,.'&()/-]*$)|[\u4e00-\u9fff]+(?=[\dA-Za-z,$]+$)"
)
_APART = re.compile(r":|_(?=[\u4e00-\u9fff])")  # 出口总额_累计值
_UP_OR_DOWN = re.compile(r"增长?\(\+\)、?(?:下降|降低|减少|减)\(-\)")
_BASIS_APART = re.compile(rf"\(({_ANY_BASIS})\)")
_LONGEST_PLACE = 24  # letters before an indicator's name
_LONGEST_SERIES = 100
_FIRST_DAY = re.compile(r"((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])[-/]0?1")


def words(cell: object, vocabulary: Vocabulary) -> Facets:
    """What a heading, a label, a title or a file's name says."""
    if isinstance(cell, (date, datetime)):
        return Facets(year=cell.year, months=Months(cell.month, cell.month)) if is_month(cell) else Facets()
    check_clear(cell)
    if first := _FIRST_DAY.fullmatch(plain(cell)):  # what a CSV keeps of the first day that a spreadsheet made of it
        return Facets(year=int(first[1]), months=Months(int(first[2]), int(first[2])))
    return vocabulary.hear(plain(cell), lambda text: _words(text, vocabulary))


def _words(text: str, vocabulary: Vocabulary) -> Facets:
    text = _first_language(text, vocabulary)
    if text in ("%", "±%", "(%)", "(±%)", "+-%", "+/-%"):
        return Facets(measure=NumberKind.GROWTH, unit="%")
    if _is_unit(text):
        return Facets(unit=text.strip("()"))
    if stated := re.search(r"[(,;]?(?:计量)?单位:([^()]+)\)?$", text):
        before = words(text[: stated.start()], vocabulary) if stated.start() else Facets()
        return replace(before, unit=_unit_of(stated[1]))
    if series := _by_colons(_APART.split(text), vocabulary):
        return replace(series, of_months=series.mode is Mode.ALONE and ":" in text)
    if vocabulary.indicator(name := _unbulleted(text)):
        return Facets(name=name)  # what stands in its brackets is no unit: 出口总额(美元)
    if _GROWTH.search(name) or _UP_OR_DOWN.search(name):
        name = _UP_OR_DOWN.sub("增减", _BASIS_APART.sub(r"\1", name))  # 增速(现价)
    facets, core = _brackets(name, vocabulary)
    if vocabulary.indicator(core):
        return replace(facets, name=core)
    if place := vocabulary.place(core):
        return replace(facets, place=place)
    lengths = range(min(len(core) - 2, _LONGEST_PLACE), 1, -1) if vocabulary.ends_with_name(core) else ()
    if found := next((n for n in lengths if _place_and_name(core, n, vocabulary)), 0):
        return replace(facets, place=vocabulary.place(core[:found]), name=core[found:])
    core, further = compared(core)
    if further:
        return replace(facets, measure=NumberKind.LEFT_TWO_YEARS)
    when, core = dated(core)
    return _measured(facets.beside(when), core, vocabulary)


def _by_colons(parts: list[str], vocabulary: Vocabulary) -> Facets | None:
    """浙江:杭州:出口总额:累计同比 or 出口总额_累计增长, as databases of series name theirs; None where a part is not
    understood. 当期 is a month there."""
    named = [part for part in parts if vocabulary.indicator(part)]
    if len(parts) == 1 or len(named) != 1:
        return None
    series = Facets(name=named[0])
    for part in reversed(parts):  # the nearer place counts
        said = _bracket(part.replace("当期", "当月"), vocabulary)
        if said is None:
            return None
        series = series.beside(said)
    return series


def is_series(cell: object, vocabulary: Vocabulary) -> bool:
    """Whether it is a database's name of a series of the list that says more than when it counts from."""
    text = plain(cell)
    said = _by_colons(_APART.split(text), vocabulary) if len(text) < _LONGEST_SERIES else None
    return said is not None and bool(said.measure.is_growth or said.measure.is_left_out or said.place or said.unit)


def name_words(name: str, vocabulary: Vocabulary) -> Facets:
    """What the name of a file or a sheet says. Its parts stand apart, be it by spaces: 2022 11, Q3 2022."""
    return words(without_days(re.sub(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])", "_", name)), vocabulary)


def _place_and_name(text: str, n: int, vocabulary: Vocabulary) -> bool:
    """全市出口总额: a place before an indicator's name."""
    return bool(vocabulary.place(text[:n]) and vocabulary.indicator(text[n:]))


def _first_language(text: str, vocabulary: Vocabulary) -> str:
    """Of '出口总额 Exports' the Chinese, where it is a name of the list or a unit: the rest only says it again."""
    own = _CHINESE_FIRST.match(text)
    said = text[own.end() :] if own else ""
    if not own or (_is_unit(said) and not _is_unit(own[0])):
        return text
    return own[0] if vocabulary.indicator(_unbulleted(own[0])) or _is_unit(own[0]) else text


def _unbulleted(text: str) -> str:
    while found := _BULLETS.match(text):
        text = text[found.end() :]
    return text.rstrip(":")


def _brackets(text: str, vocabulary: Vocabulary) -> tuple[Facets, str]:
    """Units, periods and measures that stand in brackets; what is not understood stays where it is."""
    facets = Facets()
    for whole, inside in re.findall(r"(\(([^()]*)\))", text):
        said = _bracket(inside, vocabulary)
        if said is not None:
            facets, text = facets.beside(said), text.replace(whole, "", 1)
    return facets, text


def _bracket(inside: str, vocabulary: Vocabulary) -> Facets | None:
    if not inside or inside.casefold() in _HARMLESS or vocabulary.indicator(inside) or re.fullmatch(r"\d{1,2}", inside):
        return Facets(mode=Mode.TO_DATE if inside == "累计" else Mode.UNSAID)
    if unit := _unit_of(inside):
        return Facets(unit=unit, measure=NumberKind.POINTS if units.is_points(unit) else NumberKind.UNSAID)
    said = Facets()
    for part in re.split(r"[、,;]", inside):  # (累计,亿元)
        facets = _bracket(part, vocabulary) if part != inside else words(part, vocabulary)
        if facets is None or facets.name:
            return None
        said = said.beside(facets)
    return said


def _unit_of(text: str) -> str:
    """The unit that a text names; of several (亿元、%) the one that is no percentage, else all: see `units.one_of`."""
    parts = [part for part in re.split(r"[、,;/和及]", text) if part]
    if not parts or not all(_is_unit(part) for part in parts):
        return text if _is_unit(text) else ""
    return units.listed(part for part in parts if not units.is_percent(part)) or parts[0]


def _is_unit(text: str) -> bool:
    return bool(text) and (units.is_known(text) or units.is_points(text))


def _measured(facets: Facets, text: str, vocabulary: Vocabulary) -> Facets:
    """Which number it is; what remains is a name."""
    if units.is_points(facets.unit) or "百分点" in text:
        rest = re.sub(r"个?百分点|[比较]上[月季期]末?", "", text)
        return replace(facets, measure=NumberKind.POINTS, name=_name(_GROWTH.sub("", rest)))
    if facets.measure.is_left_out:
        return facets  # 同比(上年=100)
    masked = text.replace("公共预算", "公共\0")
    for left, pattern in _LEFT:
        if re.search(pattern, masked):
            return replace(facets, measure=left)
    if _LAST_YEAR.search(text) and not _COMPARED.search(text):
        return replace(facets, measure=NumberKind.LEFT_LAST_YEAR)
    if not text and not facets.measure:
        return facets
    if text.casefold() in _VALUE:
        return replace(facets, measure=facets.measure or NumberKind.VALUE)
    if facets.unit and not units.is_percent(facets.unit) and _COMPARED.search(text):
        return replace(facets, measure=NumberKind.LEFT_CHANGE)  # 同比增加(亿元)
    if _BARE_CHANGE.fullmatch(text) and not facets.unit:
        return replace(facets, measure=NumberKind.CHANGE)
    if _GROWTH.search(text.replace("新增", "")):
        growth = next((basis for basis, pattern in _BASES if re.search(pattern, text)), NumberKind.GROWTH)
        return replace(facets, measure=growth, name=_name(re.sub(_ANY_BASIS, "", _GROWTH.sub("", text))))
    if masked != text and vocabulary.indicator(text):
        return replace(facets, name=text)
    if found := _BUDGET.search(masked):
        rest = (masked[: found.start()] + masked[found.end() :]).replace("\0", "预算")
        return replace(facets, measure=NumberKind.BUDGET, name=_name(rest))
    return replace(facets, name=_name(text))


def _name(text: str) -> str:
    text = text.removesuffix(":值").strip("-,:.()%/_")  # of 利润总额:累计值
    return "" if text.casefold() in _VALUE or is_structure(text) else text
