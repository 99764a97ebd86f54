"""Words of five levels, as files of answers write them: which level each is of, and which end is the best."""

import re
from collections.abc import Iterable, Iterator, Sequence

Levels = tuple[str, ...]  # what each of five is called, best first
Family = tuple[frozenset[str], ...]  # best first

# Families whose words are not made of one stem.
_IRREGULAR: tuple[Family, ...] = tuple(
    tuple(frozenset(level.split("|")) for level in row.split(","))
    for row in (
        "明显改善|明显提升|明显变好|显著改善|显著提升|大幅改善|大幅提升,有所改善|有所提升|有所变好|略有改善|小幅提升,"
        "基本持平|没有变化|基本不变|无变化|持平,有所下降|有所变差|有所恶化|略有下降|小幅下降,"
        "明显下降|明显变差|明显恶化|显著下降|显著恶化|大幅下降",
        "非常赞成|完全赞成|强烈赞成|强烈同意|非常同意,赞成|同意|比较赞成|有点同意,中立|一般|无所谓|说不清,"
        "反对|不赞成|不同意|比较反对|不太赞成|有点不同意,非常反对|坚决反对|强烈反对|非常不赞成|强烈不同意|非常不同意",
        "很大帮助|帮助很大|非常有帮助|很有帮助,较大帮助|帮助较大|比较有帮助|有帮助,一般|有一定帮助,"
        "较小帮助|帮助较小|帮助不大|不太有帮助,没有帮助|没有任何帮助|完全没有帮助",
        "优秀|优,良好|良,中等|中|一般,合格|及格|较差|差,不合格|不及格|很差",
        "非常容易|很容易,容易|比较容易|较容易,一般,困难|比较困难|较困难|不太容易,非常困难|很困难",
        "非常快|很快,快|比较快|较快,一般,慢|比较慢|较慢,非常慢|很慢",
        "肯定会|一定会,可能会|应该会,不确定|说不清,可能不会|应该不会,肯定不会|一定不会",
        "非常乐观|很乐观,乐观|比较乐观|较乐观,一般|中性,悲观|不太乐观|不乐观|比较悲观,非常悲观|很悲观|很不乐观",
        "乐观,比较乐观|较乐观,一般|中性,不太乐观|比较悲观|较悲观,悲观",
        "非常有信心|很有信心|充满信心,有信心|比较有信心|较有信心,一般|中立|说不清,信心不足|不太有信心|缺乏信心,没有信心|完全没有信心",
        "明显增加|大幅增加|大幅增长|大幅上升,有所增加|略有增加|小幅增加|小幅增长|小幅上升,基本持平|没有变化|不变|持平,"
        "有所减少|略有减少|小幅减少|小幅下降,"
        "明显减少|大幅减少|大幅下降",
        "非常好|很好|最好,好|比较好|较好,一般,差|不太好|比较差|较差,非常差|很差|最差",
        "非常高|很高|最高,高|比较高|较高,一般|中等|适中,低|比较低|较低,非常低|很低|最低",
        "好,较好|比较好,一般,较差|比较差,差",
        "高,较高|比较高,一般|中等,较低|比较低,低",
        "总是|一直,经常|时常,有时|偶尔,很少|较少,从不|从未|从来没有",
        "strongly agree,agree|somewhat agree,neutral|neither agree nor disagree|undecided|not sure,"
        "disagree|somewhat disagree,strongly disagree",
        "very satisfied|extremely satisfied,satisfied|somewhat satisfied,neutral|neither satisfied nor dissatisfied,"
        "dissatisfied|somewhat dissatisfied,very dissatisfied|extremely dissatisfied",
        "very important|extremely important,important,neutral|moderately important|somewhat important,"
        "slightly important|of little importance,unimportant|not important|not at all important",
        "excellent|very good,good,fair|average,poor|bad,very poor|very bad",
        "always,often|usually,sometimes,rarely|seldom,never",
        "much better,better|somewhat better,about the same|the same|no change,worse|somewhat worse,much worse",
    )
)
_TOP, _HIGH, _LOW, _LAST = (
    tuple(row.split("|"))
    for row in (
        "非常|最|很|十分|完全|极其|极|特别",
        "比较|较",
        "不太|不大|不怎么|比较不|较不",
        "非常不|最不|很不|十分不|完全不|极其不|极不|根本不|毫不|一点也不",
    )
)
_MIDDLE = frozenset({"一般", "中立", "不确定", "说不清", "不好说", "无所谓", "普通", "不清楚"})
_DEGREES = sorted((*_TOP, *_HIGH, *_LOW, *_LAST, "不", "基本", "一般"), key=len, reverse=True)
_STEM = re.compile(f"(?:{'|'.join(_DEGREES)})?(.{{1,6}})")
_BAD = ("严重", "困难", "担心", "复杂", "繁琐", "不便", "焦虑", "紧张", "短缺", "昂贵", "拥堵")  # the less, the better
_PLAIN = ("满意", "同意", "认同", "符合")  # known by two words, and without a degree
_LETTERED = re.compile(
    r"^(?:[A-E①-⑤]\s*[.、．:：)）]\s*|[(（][A-E1-5][)）]\s*|[A-E①-⑤](?=[\u4e00-\u9fff]))", re.IGNORECASE
)
_NUMBERED = re.compile(r"([1-5])\s*分?\s*[=＝:：.．、)）-]?\s*(\D.*)?")
_NUMBER_LAST = re.compile(r"(\D+?)\s*[(（【\[]?\s*([1-5])\s*分?\s*[)）】\]]?")
_STARS = re.compile(r"([1-5])\s*(?:颗星|星级?|stars?)|(★{1,5})☆{0,4}", re.IGNORECASE)
_END_SAID = re.compile(
    r"(?<!\d)([15])\s*分?\s*(?:=|＝|:|：|为|是|表示|代表|指)\s*“?([^\d\s,，;；。、“”()（）=＝]{1,12})"
)


def levels_said(values: Sequence[str]) -> Levels:
    """The five levels that these words are of, each as the file has it; () where they are of no such family."""
    distinct = set(values)
    if len(distinct) < 2:
        return ()
    if all(map(_STARS.fullmatch, distinct)):
        return by_number(distinct)
    lettered = {_LETTERED.sub("", value): value for value in distinct}  # A.非常满意
    found = _of_family(set(lettered)) if len(lettered) == len(distinct) else ()
    return tuple(lettered.get(word, word) for word in found) or by_number(distinct, sure=True)


def by_number(values: Iterable[str], *, sure: bool = False) -> Levels:
    """Numbers, with or without what they mean: 5 is the best, unless the words say otherwise. `sure`: only where the
    words are known."""
    said = {value: number_said(value) for value in set(values)}
    numbers = {value: found for value, found in said.items() if found}
    named = sorted((number, words) for number, words in numbers.values() if words)
    known = named and _family({words.lower() for _, words in named}, least=1)
    apart = len({number for number, _ in numbers.values()}) == len(numbers)
    if len(numbers) < len(said) or not apart or (sure and not known):
        return ()
    order = (1, 2, 3, 4, 5) if named and falls(named[0][1], named[-1][1]) else (5, 4, 3, 2, 1)
    return tuple(next((value for value, (at, _) in numbers.items() if at == number), str(number)) for number in order)


def number_said(value: str) -> tuple[int, str] | None:
    """(5, '非常满意') for '5=非常满意' or '非常满意（5分）', (5, '') for '5' or '★★★★★'."""
    if found := _STARS.fullmatch(value):
        return int(found[1] or len(found[2])), ""
    if found := _NUMBERED.fullmatch(value):
        return int(found[1]), (found[2] or "").strip("()（）")
    found = _NUMBER_LAST.fullmatch(value)
    return (int(found[2]), found[1]) if found else None


def ends_said(heading: str) -> tuple[str, str] | None:
    """What 1 and 5 mean, where a heading says so: '1=非常不认同，5=非常认同'."""
    said = dict(_END_SAID.findall(heading))
    return (said["1"], said["5"]) if len(said) == 2 else None


def falls(first: str, last: str) -> bool:
    """Whether of two levels the first is the better one."""
    family = _family({first.lower(), last.lower()}, least=2)
    places = [next((n for n, level in enumerate(family) if word.lower() in level), 0) for word in (first, last)]
    return bool(family) and places[0] < places[1]


def _of_family(words: set[str]) -> Levels:
    family = _family({word.lower() for word in words})
    return tuple(next((word for word in words if word.lower() in level), _usual(level)) for level in family)


def _usual(level: frozenset[str]) -> str:
    """What a level that nobody gave is called."""
    return min(level, key=lambda word: (len(word), word))


def _family(words: set[str], least: int = 3) -> Family:
    """The family that has all of them, each on a level of its own; () where none has."""
    for family in (*_IRREGULAR, *_of_stem(words, least)):
        if words <= frozenset().union(*family) and all(len(level & words) <= 1 for level in family):
            return family
    return ()


def _of_stem(words: set[str], least: int) -> Iterator[Family]:
    """The ways in which the levels of one stem are written, 重要 or 认同: it may itself be the best, or its opposite
    the last."""
    stems = {found[1] for word in words - _MIDDLE if (found := _STEM.fullmatch(word))}
    for stem in stems:
        top, high, low, last = (frozenset(f"{degree}{stem}" for degree in row) for row in (_TOP, _HIGH, _LOW, _LAST))
        if stem not in _PLAIN and (len(words) < least or not words & (top | high | low | last)):
            continue  # 愿意, 不愿意, 不确定 are no levels
        for family in _written(stem, top, high, low, last):
            yield family[::-1] if stem in _BAD else family


def _written(
    stem: str, top: frozenset[str], high: frozenset[str], low: frozenset[str], last: frozenset[str]
) -> Iterator[Family]:
    """With the words that stand on another level in another file: the stem itself, its opposite, 基本."""
    middle, opposite = _MIDDLE | {f"一般{stem}", f"基本{stem}"}, frozenset({f"不{stem}"})
    plain = frozenset({stem})
    yield top, high | plain, middle, low | opposite, last
    yield top, high | plain, middle, low, last | opposite
    yield top | plain, high, middle, low | opposite, last
    yield top | plain, high, middle, low, last | opposite
    nearly, hardly = frozenset({f"基本{stem}", f"有点{stem}"}), frozenset({f"基本不{stem}", f"有点不{stem}"})
    yield top | plain, high | nearly, _MIDDLE, low | hardly | opposite, last
