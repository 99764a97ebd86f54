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
STEPS, AT_ONCE, NEAR = 60, 5, 5  # of a walk, for each answer; how many change in one, and to one of how many
BEGINNINGS, COOLING, WARM = 24, 3000, 1.0  # of a search for one answer: how often, how long, and how warm at first


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
    """Answers of a cell: what each, by its place, could have been, what each is an answer to, the means that are told
    of them, and how far from all that is told other answers at these places come: 0 if to the last digit the same."""

    given: np.ndarray
    options: Callable[[int], np.ndarray]
    asked: np.ndarray
    means: Sequence[Mean]
    off: Callable[[np.ndarray, np.ndarray], float]

    def unknown(self, scored: Scoring, rng: np.random.Generator) -> np.ndarray:
        """Whose answer could have been scored otherwise: a walk through patterns that fit, from what was said, finds
        most; the others are looked for one by one."""
        free = self._walked(scored, rng)
        for place in np.flatnonzero(~free):
            if not free[place]:
                free |= self._otherwise(int(place), scored, rng)
        return free

    def _walked(self, scored: Scoring, rng: np.random.Generator) -> np.ndarray:
        now, free = self.given.copy(), np.zeros(len(self.given), dtype=bool)
        for _ in range(STEPS * len(now)):
            if free.all():
                break
            place = int(rng.choice(np.flatnonzero(~free)) if rng.random() < 0.7 else rng.integers(len(free)))
            then = self._stepped(now, place, rng)
            if then is not None and not self.off(then, np.flatnonzero(then != now)):
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
            then[changed] = rng.choice(self._near(changed, float(now[changed])))
        for _ in range(AT_ONCE):
            reached = np.array([[one.scored(then) @ one.part] for one in told])
            if (reached >= low).all() and (reached <= high).all():
                return then
            if not len(others):
                return None
            some = rng.permutation(others)[: rng.integers(1, len(others) + 1)]
            options = [self._near(other, float(then[other])) for other in some]
            other, option = np.repeat(some, [len(one) for one in options]), np.concatenate(options)
            by = np.array([one.part[other] * (one.scored(option) - one.scored(then[other])) for one in told])
            off = np.maximum(low - reached - by, 0) + np.maximum(reached + by - high, 0)
            best = off.sum(axis=0).argmin()
            then[other[best]] = option[best]
        return None

    def _near(self, place: int, x: float) -> np.ndarray:
        options = self.options(place)
        return options[np.argsort(np.abs(options - x), kind="stable")[:NEAR]]

    def _otherwise(self, place: int, scored: Scoring, rng: np.random.Generator) -> np.ndarray:
        """Whose score is another in a pattern in which this one's is: that is looked for by patterns that come nearer
        and nearer to what is told, from many beginnings."""
        for _ in range(BEGINNINGS):
            then = self._cooled(place, scored, rng)
            if then is not None:
                return scored(then) != scored(self.given)
        return np.zeros(len(self.given), dtype=bool)

    def _cooled(self, place: int, scored: Scoring, rng: np.random.Generator) -> np.ndarray | None:
        now, left = self.given.copy(), np.inf
        kin = np.flatnonzero(self.asked == self.asked[place])
        others = [x for x in self.options(place) if scored(np.array([x])) != scored(self.given[[place]])]
        now[place], near = rng.choice(others), 0.7 * (len(kin) > 1)
        for step in range(COOLING):
            then = now.copy()
            for _ in range(rng.integers(1, 4)):
                changed = int(rng.choice(kin) if rng.random() < near else rng.integers(len(now)))
                then[changed] = rng.choice(others if changed == place else self._near(changed, float(now[changed])))
            far = self._far(then)
            if far == 0:
                return then
            if far <= left or rng.random() < np.exp((left - far) / (WARM * (1 - step / COOLING))):
                now, left = then, far
        return None

    def _far(self, then: np.ndarray) -> float:
        """How far from what is told; 0 if it is the same."""
        reached = [one.scored(then) @ one.part for one in self.means]
        off = sum(max(one.low - at, at - one.high, 0.0) for one, at in zip(self.means, reached, strict=True))
        return float(off) + self.off(then, np.flatnonzero(then != self.given))
