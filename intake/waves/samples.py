"""Planning a wave's sample: what would be drawn, how many answers are wanted, how precise that can be."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from access.actor import Actor
from access.verbs import reads
from db.refused import Refused, Wrong
from db.sql import Connection
from db.store import Store
from db.survey import sample_groups, samples, sampling
from db.survey.samples import Stratum
from db.survey.sampling import LISTS, Grouping, Unit

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
class SamplePlan:
    """`population` and `allocation` by stratum; `margin` in percentage points, of a share near one half, at 95 %."""

    population: dict[str, int]
    allocation: dict[str, int]
    quotas: dict[str, int]
    margin: float
    grouping: Grouping

    @property
    def frame(self) -> int:
        return sum(self.population.values())

    @property
    def drawn(self) -> int:
        return sum(self.allocation.values())

    def by(self, list_name: str) -> dict[str, tuple[int, int]]:
        """(population, drawn) by the groups of 'size', 'sector' or 'town', in the order of the list."""
        place = LISTS.index(list_name)
        found = {group.code: (0, 0) for group in self.grouping.of(list_name)}
        for stratum, n in self.population.items():
            code = stratum.split("|")[place]
            found[code] = (found[code][0] + n, found[code][1] + self.allocation[stratum])
        return found


def plan(store: Store, *, actor: Actor, design: Design) -> SamplePlan:
    """What this design would draw from the register as it is now. Raises Refused as `checked`."""
    actor.must("run_survey")
    counted = store.read(lambda con: samples.population(con, actor.enterprise_scope))
    grouping = store.read(sample_groups.current)
    population: Counter[str] = Counter()
    for (size, sector, town), n in counted.items():
        population[grouping.stratum_of(size=size, sector_code=sector, town_code=town)] += n
    return planned(population, checked(design, population), grouping)


def checked(design: Design, population: Mapping[str, int]) -> Design:
    """Raises Refused('sample_design' | 'sample_rate' | 'sample_seed' | 'sample_minimum' | 'sample_size')."""
    wrong = Wrong()
    wrong.unless(design.design in DESIGNS, "sample_design")
    wrong.unless(1 <= design.target_rate <= 100, "sample_rate")
    if design.design == "stratified":
        low, high = sampling.least(population, max(design.minimum, 1)), sum(population.values())
        wrong.unless(low <= design.size <= high, "sample_size", low=low, high=high)
        wrong.unless(design.minimum >= 1, "sample_minimum")
        wrong.unless(design.seed.strip() and len(design.seed) <= LONGEST_SEED, "sample_seed", longest=LONGEST_SEED)
    wrong.refuse()
    return design


def planned(population: Mapping[str, int], design: Design, grouping: Grouping | None = None) -> SamplePlan:
    sizes = dict(sorted(population.items()))
    allocation = sizes
    if design.design == "stratified":
        allocation = sampling.allocate(sizes, size=design.size, minimum=design.minimum)
    quotas = quotas_of(allocation, design.target_rate)
    return SamplePlan(sizes, allocation, quotas, margin_of(sizes, quotas), grouping or sampling.usual())


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


def frame_of(
    wave_id: str, firms: list[tuple[str, str, str, str]], design: Design, grouping: Grouping | None = None
) -> tuple[list[Unit], dict[str, int]]:
    """The frame with who is drawn, and the quotas. Raises Refused as `checked`."""
    by = grouping or sampling.usual()
    strata = [by.stratum_of(size=size, sector_code=sector, town_code=town) for _, size, sector, town in firms]
    made = planned(population := Counter(strata), checked(design, population), by)
    stratified = design.design == "stratified"
    size, seed = (design.size, design.seed.strip()) if stratified else (None, "")
    return sampling.frame_of(wave_id, firms, size=size, minimum=design.minimum, seed=seed, grouping=by), made.quotas


@reads("run_survey")
def strata_of(con: Connection, *, actor: Actor, wave_id: str) -> list[Stratum]:
    """How each stratum answers: population, drawn, answered, wanted."""
    return samples.strata(con, wave_id)


@dataclass(frozen=True)
class Grouped(Stratum):
    """The strata of a group added up; how many of them lack answers, and how many answers those lack."""

    lacking: int
    lacked: int


def grouped(strata: list[Stratum], grouping: Grouping, list_name: str) -> list[Grouped]:
    """The same added up over the groups of 'size', 'sector' or 'town', in the order of the list."""
    place = LISTS.index(list_name)
    found: dict[str, list[Stratum]] = {group.code: [] for group in grouping.of(list_name)}
    for one in strata:
        found.setdefault(one.stratum.split("|")[place], []).append(one)
    return [added_up(code, members) for code, members in found.items() if members]


def added_up(code: str, members: Iterable[Stratum]) -> Grouped:
    them = list(members)
    return Grouped(
        code,
        population=sum(one.population for one in them),
        drawn=sum(one.drawn for one in them),
        answered=sum(one.answered for one in them),
        quota=sum(one.wanted for one in them),
        lacking=sum(one.short > 0 for one in them),
        lacked=sum(one.short for one in them),
    )


def strata_in(group: str, strata: Iterable[str]) -> set[str]:
    """What a group stands for: '' all, 'size:micro' a margin, 'micro|textile|north' one stratum.

    Raises Refused('group_unknown') where nothing is of it.
    """
    list_name, _, code = group.partition(":")
    if not group:
        found = set(strata)
    elif list_name in LISTS:
        found = {stratum for stratum in strata if stratum.split("|")[LISTS.index(list_name)] == code}
    else:
        found = {stratum for stratum in strata if stratum == group}
    if not found:
        raise Refused("group_unknown")
    return found


@reads("run_survey")
def redraw(con: Connection, *, actor: Actor, wave_id: str) -> bool:
    """Whether the seed draws the same enterprises again from the frame that was kept."""
    return samples.same_again(con, wave_id)
