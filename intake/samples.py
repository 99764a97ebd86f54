"""Planning a wave's sample: what would be drawn, how many answers are wanted, how precise that can be."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from access.actor import Actor
from db import samples, sampling
from db.refused import Refused
from db.samples import Stratum
from db.sampling import LISTS, Unit
from db.store import Store

DESIGNS = ("census", "stratified")
MINIMUM = 5  # of each stratum, where it has so many
TARGET_RATE = 60  # percent of those drawn
LONGEST_SEED = 40
_Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Design:
    """`size`, `minimum` and `seed` are used where the design is stratified; `target_rate` is in percent."""

    design: str = "census"
    size: int = 0
    minimum: int = MINIMUM
    seed: str = ""
    target_rate: int = TARGET_RATE


@dataclass(frozen=True)
class Plan:
    """`population` and `allocation` by stratum; `margin` in percentage points, of a share near one half, at 95 %."""

    population: dict[str, int]
    allocation: dict[str, int]
    quotas: dict[str, int]
    margin: float

    @property
    def frame(self) -> int:
        return sum(self.population.values())

    @property
    def drawn(self) -> int:
        return sum(self.allocation.values())

    def by(self, list_name: str) -> dict[str, tuple[int, int]]:
        """(population, drawn) by the groups of 'size', 'sector' or 'town', in the order of the list."""
        place = LISTS.index(list_name)
        found = {group.code: (0, 0) for group in sampling.groups() if group.list == list_name}
        for stratum, n in self.population.items():
            code = stratum.split("|")[place]
            found[code] = (found[code][0] + n, found[code][1] + self.allocation[stratum])
        return found


def plan(store: Store, *, actor: Actor, design: Design) -> Plan:
    """What this design would draw from the register as it is now. Raises Refused as `checked`."""
    actor.must("run_survey")
    counted = store.read(lambda con: samples.population(con, actor.enterprise_scope))
    population: Counter[str] = Counter()
    for (size, sector, town), n in counted.items():
        population[sampling.stratum_of(size=size, sector_code=sector, town_code=town)] += n
    return planned(population, checked(design, population))


def checked(design: Design, population: Mapping[str, int]) -> Design:
    """Raises Refused('sample_design' | 'sample_rate' | 'sample_seed' | 'sample_minimum' | 'sample_size')."""
    if design.design not in DESIGNS:
        raise Refused("sample_design")
    if not 1 <= design.target_rate <= 100:
        raise Refused("sample_rate")
    if design.design == "census":
        return design
    if not design.seed.strip() or len(design.seed) > LONGEST_SEED:
        raise Refused("sample_seed", longest=LONGEST_SEED)
    if design.minimum < 1:
        raise Refused("sample_minimum")
    low, high = sampling.least(population, design.minimum), sum(population.values())
    if not low <= design.size <= high:
        raise Refused("sample_size", low=low, high=high)
    return design


def planned(population: Mapping[str, int], design: Design) -> Plan:
    sizes = dict(sorted(population.items()))
    allocation = sizes
    if design.design == "stratified":
        allocation = sampling.allocate(sizes, size=design.size, minimum=design.minimum)
    quotas = quotas_of(allocation, design.target_rate)
    return Plan(sizes, allocation, quotas, margin_of(sizes, quotas))


def quotas_of(allocation: Mapping[str, int], rate: int) -> dict[str, int]:
    return {stratum: math.ceil(n * rate / 100) for stratum, n in allocation.items()}


def margin_of(population: Mapping[str, int], answers: Mapping[str, int]) -> float:
    """Half of a 95 % interval in percentage points, for a share of one half estimated over the strata.

    Assumes as many answers as wanted, and that those who answer are like those who do not.
    """
    total = sum(population.values())
    variance = sum(
        (n / total) ** 2 * (1 - answers[s] / n) * 0.25 / answers[s] for s, n in population.items() if answers.get(s)
    )
    return 100 * _Z * math.sqrt(variance)


def frame_of(wave_id: str, firms: list[tuple[str, str, str, str]], design: Design) -> tuple[list[Unit], dict[str, int]]:
    """The frame with who is drawn, and the quotas. Raises Refused as `checked`."""
    strata = [sampling.stratum_of(size=size, sector_code=sector, town_code=town) for _, size, sector, town in firms]
    made = planned(population := Counter(strata), checked(design, population))
    stratified = design.design == "stratified"
    size, seed = (design.size, design.seed.strip()) if stratified else (None, "")
    return sampling.frame_of(wave_id, firms, size=size, minimum=design.minimum, seed=seed), made.quotas


def strata_of(store: Store, *, actor: Actor, wave_id: str) -> list[Stratum]:
    """How each stratum answers: population, drawn, answered, wanted."""
    actor.must("run_survey")
    return store.read(lambda con: samples.strata(con, wave_id))


def grouped(strata: list[Stratum], list_name: str) -> list[Stratum]:
    """The same added up over the groups of 'size', 'sector' or 'town', in the order of the list."""
    place = LISTS.index(list_name)
    found: dict[str, list[Stratum]] = {g.code: [] for g in sampling.groups() if g.list == list_name}
    for one in strata:
        found.setdefault(one.stratum.split("|")[place], []).append(one)
    return [_sum(code, members) for code, members in found.items() if members]


def redraw(store: Store, *, actor: Actor, wave_id: str) -> bool:
    """Whether the seed draws the same enterprises again from the frame that was kept."""
    actor.must("run_survey")
    return store.read(lambda con: samples.same_again(con, wave_id))


def _sum(code: str, members: list[Stratum]) -> Stratum:
    return Stratum(
        code,
        sum(one.population for one in members),
        sum(one.drawn for one in members),
        sum(one.answered for one in members),
        sum(one.quota or 0 for one in members),
    )
