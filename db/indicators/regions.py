"""Places of the country by their administrative code (GB/T 2260): a prefix of a code is the place that it lies in.

Not every county stands in the list. It is used to see whose figures a table holds: the longer codes of the district's
towns say which of the places are its own county, city and province.
"""

import csv
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
def regions() -> tuple[Region, ...]:
    with (FOLDER / "region.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Region(**row) for row in csv.DictReader(file))
