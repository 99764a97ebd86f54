"""Is a change more than chance? The difference of two groups with its 95 % interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from insight.survey.estimates import wilson

Z = 1.959964  # the normal quantile of 95 %
DRAWS = 1000
FEWEST = 5  # in either group; below, a difference is not spoken of


@dataclass(frozen=True)
class Moved:
    """`by` is now less before, `low` to `high` its interval, `n` how many are in the newer group."""

    now: float
    before: float
    low: float
    high: float
    n: int

    @property
    def by(self) -> float:
        return self.now - self.before

    @property
    def matters(self) -> bool:
        """Chance alone would hardly bring it: the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def shares(part: int, whole: int, part_before: int, whole_before: int) -> Moved | None:
    """Two shares in percent. Newcombe's interval, made of Wilson's two: fair to small groups and to shares near 100."""
    if min(whole, whole_before) < FEWEST:
        return None
    now, before = part / whole, part_before / whole_before
    low, high = wilson(now, whole, Z)
    low_before, high_before = wilson(before, whole_before, Z)
    by = now - before
    return Moved(
        100 * now, 100 * before,
        100 * (by - sqrt((now - low) ** 2 + (high_before - before) ** 2)),
        100 * (by + sqrt((high - now) ** 2 + (before - low_before) ** 2)), whole,
    )  # fmt: skip


def medians(now: Sequence[float], before: Sequence[float]) -> Moved | None:
    """Two medians. A bootstrap with a fixed seed: the same records give the same interval."""
    if min(len(now), len(before)) < FEWEST:
        return None
    chance = np.random.default_rng(20231130)
    drawn = [np.median(chance.choice(np.asarray(group), (DRAWS, len(group))), axis=1) for group in (now, before)]
    low, high = np.quantile(drawn[0] - drawn[1], (0.025, 0.975))
    return Moved(float(np.median(now)), float(np.median(before)), float(low), float(high), len(now))
