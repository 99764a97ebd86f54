"""Whose figures a table holds: its title, its sheet or its file may name another place than ours."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import takewhile

from db.indicators.indicators import DISTRICT, NATION
from db.regions import Region, within
from db.system.settings import District
from intake.files.spreadsheets import as_text

CHOICES = (DISTRICT, "city", "province", NATION)


class PlaceSaid(Enum):
    """How a place is said."""

    BY_NAME = auto()  # one of ours
    BY_SPEAKER = (
        auto()
    )  # one of ours by a word that depends on who speaks: 全市 in another city's table is not our city
    AS_TOTAL = auto()  # 合计: whatever place the table is about
    ELSEWHERE = auto()  # not ours, and what it is said of is all its own
    BESIDE = auto()  # not ours, of a row or a column: that one is left out, the table is ours all the same
    EITHER = auto()  # a name that two of ours have, a town and the district: what stands beside it decides


@dataclass(frozen=True)
class Place:
    """`code` is one of ours (district, city, province, nation, a town's); `name` as written, where it has none."""

    code: str = ""
    said: PlaceSaid = PlaceSaid.BY_NAME
    name: str = ""
    of_two: tuple[str, str] = ("", "")  # of a name that two have: the town's code and the wider place's

    @property
    def depth(self) -> int:
        """How far down from the nation it lies; a town lies below all."""
        order = (NATION, "province", "city", DISTRICT)
        return order.index(self.code) if self.code in order else len(order)


OURS = Place(DISTRICT)
SPOKEN = {
    **dict.fromkeys(("本区", "全区", "我区", "district"), Place(DISTRICT, PlaceSaid.BY_SPEAKER)),
    **dict.fromkeys(("全市", "本市", "我市", "city"), Place("city", PlaceSaid.BY_SPEAKER)),
    **dict.fromkeys(("全省", "本省", "我省", "province"), Place("province", PlaceSaid.BY_SPEAKER)),
    **dict.fromkeys(("合计", "总计", "全区合计", "全区总计"), Place(said=PlaceSaid.AS_TOTAL)),
    **dict.fromkeys(("全国", "中国", "national", "nation", "china"), Place("nation")),
}
_LEVELS = {2: "province", 4: "city", 6: DISTRICT}
_ENDS = "省市区县州盟旗镇乡道"
# After these words 中国 is the country; 中国轻纺城 is a market.
_OF_CHINA = ("经济", "主要", "国民", "宏观", "统计", "出口", "外贸", "货物", "社会", "固定", "规模", "工业", "进出口")
_LONGEST_TITLE = 100  # letters of a title that are looked at
_PERIODS = re.compile(r"[^\u4e00-\u9fff]+|[年月日度][份初末底]?|[一二三四]季|上半|下半|全年|累计")
# A place that is not on the list, at the beginning of a title or after the place that it lies in.
_UNLISTED = re.compile(
    r"(?!各|全|大市|分|按|我|本|市|区|县|镇|主要|重点|规模|限额|社会|固定|新|其中)([\u4e00-\u9fff]{2,7}?"
    r"(?:自治[州县]|经济技术开发区|高新技术产业开发区|高新区|开发区|新区|工业园区|[市区县盟旗镇]|街道))(?![场值级域间政内外别县街民])"
)

_SUFFIXED = re.compile(r"[\u4e00-\u9fff]{2,6}(?:自治[州县]|新区|(?<![城地园郊市社辖片景街学发])[市区县旗])")


@dataclass(frozen=True)
class Places:
    """`own`: administrative code → the product's word for it; `names`: the places that titles name; `regions`: those
    that there are."""

    own: Mapping[str, str]
    names: Mapping[str, Place]
    regions: Sequence[Region]

    def within(self, text: object) -> Place | None:
        """The place that a title or a name speaks of, if any. 浙江省杭州市西湖区 is the last of them; where one that is
        not ours is among them, it is told."""
        words = as_text(text)[:_LONGEST_TITLE]
        said = [one for part in _PERIODS.split(unicodedata.normalize("NFKC", words)) for one in self._parts(part)]
        if re.search(r"[A-Za-z]", words):
            said += [_place(region, self.own) for region, name in self._english if name.search(words)]
        said += [Place("nation")] if re.search(r"(?i)\bchina\b(?! textile)", words) else []
        other = next((one for one in said if one.said is PlaceSaid.ELSEWHERE), None)
        return other or max(said, key=lambda one: one.depth, default=None)

    def _parts(self, part: str) -> Iterator[Place]:
        """The places in the order in which they stand."""
        at, free = 0, True
        while at < len(part):
            name = self._name(part, at)
            beyond = _UNLISTED.match(part, at) if free else None
            if name and (not beyond or name[-1] in _ENDS or self._name(part, at + len(name))):
                yield self.names[name]
            elif beyond:
                name = beyond[1]
                yield Place(said=PlaceSaid.ELSEWHERE, name=name)
            at, free = at + max(1, len(name)), bool(name)

    def _name(self, part: str, at: int) -> str:
        """The longest name of the list that begins here."""
        begun = self._by_first.get(part[at], ())
        return max((name for name in begun if part.startswith(name, at)), key=len, default="")

    @cached_property
    def _english(self) -> list[tuple[Region, re.Pattern[str]]]:
        return [(one, re.compile(rf"(?i)\b{re.escape(one.name_en)}\b")) for one in self.regions]

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(name[0], []).append(name)
        return found


def _place(region: Region, own: Mapping[str, str]) -> Place:
    if region.code in own:
        return Place(own[region.code])
    return Place(said=PlaceSaid.ELSEWHERE, name=region.name_zh)


def places(district: District, towns: Mapping[str, str]) -> Places:
    """`towns` are the codes by name; of a district that has not said its own code they say it."""
    county, listed = district.code or _shared(towns.values())[:6], within(district.regions)
    own = {county[:size]: word for size, word in _LEVELS.items() if len(county) >= size}
    by_code = {one.code: one.name_zh for one in listed}
    if district.names and by_code.get(county) not in (None, district.name_zh):
        own.pop(county, None)  # renamed: the code, or the towns, are still another district's
    named = {one.short_name: one for one in listed if len(one.short_name) > 1}
    named |= {one.name_zh: one for one in listed}
    names = {name: _place(one, own) for name, one in named.items()}
    ours = {name for name, one in named.items() if one.code == county}  # a town of the same name is not meant
    names |= {name: Place(code) for name, code in towns.items() if not name.isascii() and name not in ours}
    names |= {word: place for word, place in SPOKEN.items() if not (word.isascii() or word == "中国" or not place.code)}
    names |= {f"中国{word}": Place("nation") for word in _OF_CHINA}
    names |= {name: OURS for name in district.names if not name.isascii()}
    return Places(own, names, listed)


def beside(known: Places, towns: Mapping[str, str]) -> dict[str, Place]:
    """Places that a row or a column may name, by name with and without its suffix: our own, those that are not, and
    names that a town of ours shares with a place that it lies in."""
    found: dict[str, Place] = {}
    for one in known.regions:
        wide = known.own.get(one.code)
        town = towns.get(one.short_name)
        found[one.name_zh] = Place(wide) if wide else Place(said=PlaceSaid.BESIDE, name=one.name_zh)
        if len(one.short_name) > 1:
            either = Place(said=PlaceSaid.EITHER, name=one.short_name, of_two=(town, wide)) if wide and town else None
            found[one.short_name] = either or found[one.name_zh]
    return found


def unlisted(name: str) -> Place | None:
    """A place by its suffix alone, as 江阴市: not ours, for ours are listed."""
    return Place(said=PlaceSaid.BESIDE, name=name) if _SUFFIXED.fullmatch(name) else None


def decided(place: Place, others: Iterable[Place]) -> Place:
    """A name of both among towns is the town, among districts the district; else it stays open."""
    if place.said is not PlaceSaid.EITHER:
        return place
    town, wide = place.of_two
    among = [one for one in others if one.said is not PlaceSaid.EITHER]
    if any(one.code.isdigit() for one in among):
        return Place(town)
    return (
        Place(wide) if any(one.said is PlaceSaid.BESIDE or one.code in ("city", "province") for one in among) else place
    )


def resolved(near: Iterable[Place | None]) -> Place:
    """The place meant, from what is said nearest first. Another place's table is not made ours by 全市 or 合计."""
    by_speaker = None
    for one in near:
        if one is None or one.said is PlaceSaid.AS_TOTAL:
            continue
        if one.said is not PlaceSaid.BY_SPEAKER:
            return one if one.said is PlaceSaid.ELSEWHERE else by_speaker or one
        by_speaker = by_speaker or Place(one.code)
    return by_speaker or OURS


def _shared(codes: Iterable[str]) -> str:
    """The digits that all of them begin with."""
    together = zip(*codes, strict=False)
    return "".join(digits[0] for digits in takewhile(lambda digits: len(set(digits)) == 1, together))
