"""An enumerator: which single answers of a cell can be known by who knows all else.

The reader knows who answered in the cell, what each weighs, how each was drawn, and the cell's figures as they are
written: they lie between what rounds to them, and their intervals and effective numbers come out to the last digit.
Nobody is called known or unknown wrongly: known is what is the same in every pattern that fits (of a few answers all
are enumerated, halves met in the middle), unknown is whose answer differs in a pattern that was found to fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

Scoring = Callable[[np.ndarray], np.ndarray]
STEPS, AT_ONCE = 60, 5  # of a walk, for each answer; and how many change in one


@dataclass(frozen=True)
class Mean:
    """A weighted mean that is told: what an answer counts, each one's part, and between which values it lies."""

    scored: Scoring
    part: np.ndarray
    low: float
    high: float


def known_of_all(levels: Sequence[float], one: Mean, same: Callable[[np.ndarray], bool]) -> np.ndarray:
    """Of a few answers, each pattern that has the mean: which are the same in all that are `same` to the last digit."""
    half = len(one.part) // 2
    left, right = (np.array(list(product(levels, repeat=n)), dtype=float) for n in (half, len(one.part) - half))
    sums = one.scored(right) @ one.part[half:]
    order, rest = np.argsort(sums), one.scored(left) @ one.part[:half]
    start = np.searchsorted(sums[order], one.low - rest)
    end = np.searchsorted(sums[order], one.high - rest, "right")
    near = (np.concatenate([a, right[b]]) for a, i, j in zip(left, start, end, strict=True) for b in order[i:j])
    possible = np.array([pattern for pattern in near if same(pattern)])
    return (possible == possible[0]).all(axis=0)


@dataclass(frozen=True)
class Asked:
    """Answers of a cell: what else each, by its place, could have been, what each is an answer to, the means that are
    told of them, and whether other answers, at these places, give all that is told to the last digit."""

    given: np.ndarray
    options: Callable[[int, float], np.ndarray]
    asked: np.ndarray
    means: Sequence[Mean]
    same: Callable[[np.ndarray, np.ndarray], bool]

    def unknown(self, scored: Scoring, rng: np.random.Generator) -> np.ndarray:
        """Whose answer could have been scored otherwise: a walk through patterns that fit, from what was said."""
        now, free = self.given.copy(), np.zeros(len(self.given), dtype=bool)
        for _ in range(STEPS * len(now)):
            if free.all():
                break
            place = int(rng.choice(np.flatnonzero(~free)) if rng.random() < 0.7 else rng.integers(len(free)))
            then = self._stepped(now, place, rng)
            if then is not None and self.same(then, np.flatnonzero(then != now)):
                now = then
                free |= scored(now) != scored(self.given)
        return free

    def _stepped(self, now: np.ndarray, place: int, rng: np.random.Generator) -> np.ndarray | None:
        """One answer and a few others changed, and then each time the one to the same question that makes up best."""
        told = [one for one in self.means if one.part[place] > 0]
        low, high = (np.array(ends)[:, None] for ends in zip(*((one.low, one.high) for one in told), strict=True))
        then = now.copy()
        others = np.setdiff1d(np.flatnonzero(self.asked == self.asked[place]), [place])
        for changed in (place, *rng.permutation(others)[: rng.integers(AT_ONCE)]):
            then[changed] = rng.choice(self.options(changed, float(now[changed])))
        for _ in range(AT_ONCE):
            reached = np.array([[one.scored(then) @ one.part] for one in told])
            if (reached >= low).all() and (reached <= high).all():
                return then
            if not len(others):
                return None
            some = rng.permutation(others)[: rng.integers(1, len(others) + 1)]
            options = [self.options(other, float(then[other])) for other in some]
            other, option = np.repeat(some, [len(one) for one in options]), np.concatenate(options)
            by = np.array([one.part[other] * (one.scored(option) - one.scored(then[other])) for one in told])
            off = np.maximum(low - reached - by, 0) + np.maximum(reached + by - high, 0)
            best = off.sum(axis=0).argmin()
            then[other[best]] = option[best]
        return None
