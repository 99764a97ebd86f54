"""Which enterprises a wave asks: strata, how many of each, and a draw that the seed repeats on any machine.

Pure rules over plain data. They stand here, below `intake`, because the demonstration draws by them too.
"""

import csv
import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from i18n.names import Named

LISTS = ("size", "sector", "town")  # in the order in which a stratum names its groups
REST = "*"
_FILE = Path(__file__).parents[1] / "reference" / "sample-group.csv"


@dataclass(frozen=True)
class SampleGroup(Named):
    """Sizes, sectors or towns that a sample treats as one. `members` are codes or their beginnings; '*' is the rest."""

    list: str
    code: str
    name_zh: str
    name_en: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """One enterprise of the frame. `serial` numbers those drawn, town by town, and is printed on their paper forms."""

    wave_id: str
    enterprise_id: str
    stratum: str
    size: str
    sector_code: str
    town_code: str
    drawn: bool
    serial: int | None


@dataclass(frozen=True, eq=False)
class Grouping:
    """The groups of the three lists as they stood together. Version 1 is the usual one's or the district's; staff make
    the later ones."""

    version: int
    groups: tuple[SampleGroup, ...]
    _found: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def of(self, list_name: str) -> list[SampleGroup]:
        return [group for group in self.groups if group.list == list_name]

    def names(self, language: str) -> dict[tuple[str, str], str]:
        """(list, code) → name."""
        return {(group.list, group.code): group.say(language) for group in self.groups}

    def group_of(self, list_name: str, code: str) -> str:
        """The group whose member is the longest beginning of `code`, else the list's rest."""
        known = self._found.get((list_name, code))
        if known is None:
            own = self.of(list_name)
            fitting = [(len(m), g.code) for g in own for m in g.members if m != REST and code.startswith(m)]
            known = max(fitting)[1] if fitting else next(g.code for g in own if REST in g.members)
            self._found[list_name, code] = known
        return known

    def stratum_of(self, *, size: str, sector_code: str, town_code: str) -> str:
        """'larger|textile|centre'."""
        codes = zip(LISTS, (size, sector_code, town_code), strict=True)
        return "|".join(self.group_of(name, code) for name, code in codes)


@cache
def usual() -> Grouping:
    """What stands until the district says its own or staff change it."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [{**row, "members": tuple(row["members"].split())} for row in csv.DictReader(file)]
    return Grouping(1, tuple(SampleGroup(**row) for row in rows))  # type: ignore[arg-type]


def least(population: Mapping[str, int], minimum: int) -> int:
    """The smallest sample that keeps the minimum of each stratum."""
    return sum(min(n, minimum) for n in population.values())


def allocate(population: Mapping[str, int], *, size: int, minimum: int) -> dict[str, int]:
    """How many to draw of each stratum: its minimum (tiny strata whole), the rest in proportion.

    Places are given one by one to the stratum that has the fewest for its population (Webster's method), so that the
    sum is exact and no stratum gets more than it has. `size` is at least `least(…)`.
    """
    given = {stratum: min(n, minimum) for stratum, n in population.items()}
    waiting = [(-n / (2 * given[s] + 1), s) for s, n in population.items() if given[s] < n]
    heapq.heapify(waiting)
    for _ in range(size - sum(given.values())):
        if not waiting:
            break
        _, stratum = heapq.heappop(waiting)
        given[stratum] += 1
        if given[stratum] < population[stratum]:
            heapq.heappush(waiting, (-population[stratum] / (2 * given[stratum] + 1), stratum))
    return given


def rank(seed: str, enterprise_id: str) -> str:
    """An enterprise's place in the draw: its hash, so that no library's generator is needed to repeat it."""
    return hashlib.sha256(f"{seed}:{enterprise_id}".encode()).hexdigest()


def draw(strata: Mapping[str, str], *, allocation: Mapping[str, int], seed: str) -> set[str]:
    """The enterprises drawn: of each stratum the first by rank. `strata` maps enterprise id → stratum."""
    by_stratum: dict[str, list[str]] = {}
    for enterprise_id, stratum in strata.items():
        by_stratum.setdefault(stratum, []).append(enterprise_id)
    return {
        enterprise_id
        for stratum, ids in by_stratum.items()
        for enterprise_id in sorted(ids, key=lambda one: rank(seed, one))[: allocation.get(stratum, 0)]
    }


def numbered(units: Iterable[Unit], seed: str) -> list[Unit]:
    """Serial numbers for those drawn, town by town so that sheets lie in the order in which they are carried out."""
    ordered = sorted(units, key=lambda u: (not u.drawn, u.town_code, rank(seed, u.enterprise_id)))
    return [Unit(**{**vars(u), "serial": n if u.drawn else None}) for n, u in enumerate(ordered, start=1)]


def frame_of(
    wave_id: str, firms: Iterable[tuple[str, str, str, str]], *, size: int | None, minimum: int, seed: str,
    grouping: Grouping | None = None,
) -> list[Unit]:  # fmt: skip
    """The whole frame with who is drawn. `firms` are (id, size, sector, town); `size` None draws all: a census."""
    by = grouping or usual()
    units = [
        Unit(wave_id, key, by.stratum_of(size=scale, sector_code=sector, town_code=town), scale, sector, town,
             drawn=False, serial=None)
        for key, scale, sector, town in firms
    ]  # fmt: skip
    return drawn_of(units, size=size, minimum=minimum, seed=seed)


def drawn_of(units: Iterable[Unit], *, size: int | None, minimum: int, seed: str) -> list[Unit]:
    """These units, each with whether it is drawn and its number, whatever was said of it before."""
    known = list(units)
    strata = {unit.enterprise_id: unit.stratum for unit in known}
    allocation = Counter(strata.values())
    if size is not None:
        allocation = allocate(allocation, size=size, minimum=minimum)
    drawn = draw(strata, allocation=allocation, seed=seed)
    return numbered([replace(unit, drawn=unit.enterprise_id in drawn) for unit in known], seed)
