"""Whose figures a table holds: its title, its sheet or its file may name another place than ours.

A place is a code of ours (district, city, province, nation, a town), or '?' and the name of another one. '~' before a
code: said by a word that depends on who speaks, as 全市, which in a table of another city is not our city.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile

from db.indicators.indicators import DISTRICT
from db.indicators.regions import regions
from intake.files.spreadsheets import as_text

OTHER, RELATIVE = "?", "~"
BESIDE = "^"  # before another place's name that a row or a column has: it is left out, the table is ours all the same
EITHER = "!"  # before a name that two places of ours have, as 柯桥: what stands beside it decides
TOTAL = "~total"  # 合计: of whatever place the table is about
CHOICES = (DISTRICT, "city", "province", "nation")

SAID = {
    **dict.fromkeys(("本区", "全区", "我区", "district"), "~district"),
    **dict.fromkeys(("全市", "本市", "我市", "city"), "~city"),
    **dict.fromkeys(("全省", "本省", "我省", "province"), "~province"),
    **dict.fromkeys(("合计", "总计", "全区合计", "全区总计"), TOTAL),
    **dict.fromkeys(("全国", "中国", "national", "nation", "china"), "nation"),
}
_LEVELS = {2: "province", 4: "city", 6: DISTRICT}
_ENDS = "省市区县州盟旗镇乡道"
# After these words 中国 is the country; 中国轻纺城 is a market.
_OF_CHINA = ("经济", "主要", "国民", "宏观", "统计", "出口", "外贸", "货物", "社会", "固定", "规模", "工业", "进出口")
_LONGEST_TITLE = 100  # letters of a title that are looked at
_PERIODS = re.compile(r"[^\u4e00-\u9fff]+|[年月日度]|[一二三四]季|上半|下半|全年|累计")
# A place that is not on the list, at the beginning of a title or after the place that it lies in.
_UNLISTED = re.compile(
    r"(?!各|全|分|按|我|本|市|区|县|镇|主要|重点|规模|限额|社会|固定|新|其中)([\u4e00-\u9fff]{2,7}?"
    r"(?:自治[州县]|经济技术开发区|高新技术产业开发区|高新区|开发区|新区|工业园区|[市区县盟旗镇]|街道))(?![场值级域间政内外别县街民])"
)

_SUFFIXED = re.compile(r"[\u4e00-\u9fff]{2,6}(?:自治[州县]|新区|(?<![城地园郊市社辖片景街学发])[市区县旗])")


@dataclass(frozen=True)
class Places:
    """`own`: administrative code → the product's word for it; `names`: name as titles have it → code or word."""

    own: Mapping[str, str]
    names: Mapping[str, str]

    def within(self, text: object) -> str:
        """The place that a title or a name speaks of, '' where it names none. 浙江省绍兴市柯桥区 is the last of them;
        where one that is not ours is among them, it is told."""
        words = as_text(text)[:_LONGEST_TITLE]
        codes = [one for part in _PERIODS.split(unicodedata.normalize("NFKC", words)) for one in self._parts(part)]
        codes += [code for code, name in _english() if name.search(words)] if re.search(r"[A-Za-z]", words) else []
        codes += ["nation"] if re.search(r"(?i)\bchina\b(?! textile)", words) else []
        said = [self._word(code) for code in codes]
        other = next((one for one in said if one.startswith(OTHER)), "")
        return other or max(said, key=_depth, default="")

    def _parts(self, part: str) -> Iterator[str]:
        """Codes, words of ours and names with '?', in the order in which they stand."""
        at, free = 0, True
        while at < len(part):
            name = self._name(part, at)
            beyond = _UNLISTED.match(part, at) if free else None
            if name and (not beyond or name[-1] in _ENDS or self._name(part, at + len(name))):
                yield self.names[name]
            elif beyond:
                name = beyond[1]
                yield OTHER + name
            at, free = at + max(1, len(name)), bool(name)

    def _name(self, part: str, at: int) -> str:
        """The longest name of the list that begins here."""
        begun = self._by_first.get(part[at], ())
        return max((name for name in begun if part.startswith(name, at)), key=len, default="")

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(name[0], []).append(name)
        return found

    def _word(self, code: str) -> str:
        if not code.isdigit():
            return code
        if code in self.own:
            return self.own[code]
        return OTHER + next(one.name_zh for one in regions() if one.code == code)


@cache
def _english() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one.code, re.compile(rf"(?i)\b{re.escape(one.name_en)}\b")) for one in regions())


def places(district: str, neutral: bool, towns: Mapping[str, str]) -> Places:
    """`district` is its name, `neutral` where nobody has set it; `towns` are the codes by name."""
    county = _shared(towns.values())[:6]
    listed = {one.code: one.name_zh for one in regions()}
    own = {county[:size]: word for size, word in _LEVELS.items() if len(county) >= size}
    if not neutral and listed.get(county) not in (None, district):
        own.pop(county, None)  # the towns are still another district's
    names = {one.short_name: one.code for one in regions() if len(one.short_name) > 1}
    names |= {one.name_zh: one.code for one in regions()}
    names |= {name: code for name, code in towns.items() if not name.isascii() and names.get(name) != county}
    names |= {word: place for word, place in SAID.items() if not word.isascii() and place != TOTAL and word != "中国"}
    names |= {f"中国{word}": "nation" for word in _OF_CHINA}
    own |= {code: code for code in towns.values()}
    return Places(own, names if neutral else names | {district: DISTRICT})


def beside(known: Places, towns: Mapping[str, str]) -> dict[str, str]:
    """Places that a row or a column may name, by name with and without its suffix: our own, those that are not, and
    names that a town of ours shares with a place that it lies in."""
    found: dict[str, str] = {}
    for one in regions():
        said = known.own.get(one.code) or BESIDE + one.name_zh
        town = towns.get(one.short_name, "") if one.code in known.own else ""
        found[one.name_zh] = said
        if len(one.short_name) > 1:
            found[one.short_name] = f"{EITHER}{one.short_name}={town}={said}" if town else said
    return found


def unlisted(name: str) -> str:
    """A place by its suffix alone, as 江阴市: not ours, for ours are listed."""
    return BESIDE + name if _SUFFIXED.fullmatch(name) else ""


def decided(place: str, others: Iterable[str]) -> str:
    """柯桥 among towns is the town, among districts the district; else it stays open."""
    if not place.startswith(EITHER):
        return place
    _, town, wide = place.split("=")
    among = [one for one in others if not one.startswith(EITHER)]
    if any(one.isdigit() for one in among):
        return town
    return wide if any(one.startswith(BESIDE) or one in ("city", "province") for one in among) else place


def _shared(codes: Iterable[str]) -> str:
    """The digits that all of them begin with."""
    together = zip(*codes, strict=False)
    return "".join(digits[0] for digits in takewhile(lambda digits: len(set(digits)) == 1, together))


def _depth(place: str) -> int:
    order = ("nation", "province", "city", DISTRICT)
    bare = place.removeprefix(RELATIVE)
    return order.index(bare) if bare in order else len(order)


def resolved(near: Sequence[str]) -> str:
    """The place meant, from what is said nearest first. Another place's table is not made ours by 全市 or 合计."""
    fixed = next((one for one in near if one and not one.startswith(RELATIVE)), "")
    before = near[: near.index(fixed)] if fixed else near
    loose = next((one for one in before if one.startswith(RELATIVE) and one != TOTAL), "")
    if fixed.startswith(OTHER):
        return fixed
    return loose.removeprefix(RELATIVE) or fixed or DISTRICT
