"""Places of the country by their administrative code (GB/T 2260): a prefix of a code is the place that it lies in.

Not every county stands in the nation's list; the district's folder may name more. It is used to see whose figures a
table holds, and which words of a comment are a place's.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from db.references import FOLDER

_ENDS = ("特别行政区", "畲族自治县", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "区", "县")


@dataclass(frozen=True)
class Region:
    """A province (two digits), a city (four) or a county (six)."""

    code: str
    name_zh: str
    name_en: str

    @property
    def short_name(self) -> str:
        """浙江 of 浙江省, 内蒙古 of 内蒙古自治区."""
        for end in _ENDS:
            if self.name_zh.endswith(end):
                return self.name_zh.removesuffix(end)
        return self.name_zh


@cache
def nation() -> tuple[Region, ...]:
    with (FOLDER / "region.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Region(**row) for row in csv.DictReader(file))


def within(own: Iterable[Region]) -> tuple[Region, ...]:
    """The nation's with a district's `own` among them, which go first where both name a place."""
    known = {one.code: one for one in (*nation(), *own)}
    return tuple(known.values())
