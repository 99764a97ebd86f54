"""An enumerator: which single answers of a cell can be known by who knows all else.

The reader knows who answered in the cell, what each weighs, how each was drawn, and the cell's figures as they are
written. Halves of the answers are enumerated and met
in the middle, so that every pattern with a weighted mean near what is written is found; those that give the same
figures to the last digit remain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

Told = tuple[float | None, ...]
Scoring = Callable[[np.ndarray], np.ndarray]
FREED, AT_ONCE, TRIED, ROUNDS = 8, 4000, 20, 60


def patterns(
    options: Sequence[np.ndarray], weight: np.ndarray, low: float, high: float, most: int, rng: np.random.Generator
) -> tuple[np.ndarray, bool]:
    """Answers whose weighted sum lies between `low` and `high`: all of them, or `most` by lot. And whether all."""
    half = len(options) // 2
    left, right = (np.array(list(product(*part)), dtype=float) for part in (options[:half], options[half:]))
    sums = right @ weight[half:]
    order = np.argsort(sums)
    rest = left @ weight[:half]
    start, end = np.searchsorted(sums[order], low - rest), np.searchsorted(sums[order], high - rest, "right")
    ends = np.cumsum(end - start)
    picked = np.arange(ends[-1]) if ends[-1] <= most else rng.integers(0, ends[-1], most)
    mine = np.searchsorted(ends, picked, "right")
    other = order[end[mine] - (ends[mine] - picked)]
    return np.concatenate([left[mine], right[other]], axis=1), bool(ends[-1] <= most)


def known_of_all(
    levels: Sequence[float], weight: np.ndarray, low: float, high: float, same: Callable[[np.ndarray], bool]
) -> np.ndarray:
    """Of a few answers, each pattern with a mean from `low` to `high`: which are the same in all that fit."""
    options, total = [np.array(levels)] * len(weight), weight.sum()
    found, complete = patterns(options, weight, total * low, total * high, 10**6, np.random.default_rng(0))
    assert complete
    possible = np.array([one for one in found if same(one)])
    return (possible == possible[0]).all(axis=0)


@dataclass(frozen=True)
class Asked:
    """The answers of a cell to one question or dimension: what each weighs, what else it could have been, the figures
    made of it (how an answer is scored, and about how much its mean may differ), and whether other answers give all of
    them to the last digit."""

    given: np.ndarray
    weight: np.ndarray
    options: Callable[[float], np.ndarray]
    figures: Sequence[tuple[Scoring, float]]
    same: Callable[[np.ndarray], bool]

    def unknown(self, scored: Scoring, rng: np.random.Generator) -> np.ndarray:
        """Which could have been scored otherwise, with every figure as it is written. Some are freed at a time and
        all others held as they were: what is found is possible, so nobody is called unknown wrongly."""
        free = np.zeros(len(self.given), dtype=bool)
        for _ in range(ROUNDS):
            if free.all():
                break
            wanted = rng.permutation(np.flatnonzero(~free))[: FREED // 2]
            others = rng.permutation(np.setdiff1d(np.arange(len(free)), wanted))[: FREED - len(wanted)]
            self._freed(np.concatenate([wanted, others]), scored, free, rng)
        return free

    def _freed(self, freed: np.ndarray, scored: Scoring, free: np.ndarray, rng: np.random.Generator) -> None:
        weight, held = self.weight[freed], self.given[freed]
        here, off = float(weight @ held), self.figures[0][1] * self.weight.sum()
        made, _ = patterns([self.options(x) for x in held], weight, here - off, here + off, AT_ONCE, rng)
        for by, least in self.figures:
            made = made[np.abs((by(made) - by(held)) @ weight) <= least * self.weight.sum()]
        moved = scored(made) != scored(held)
        for place in np.argsort(-(moved & ~free[freed]).sum(axis=1))[:TRIED]:
            changed = self.given.copy()
            changed[freed] = made[place]
            if (moved[place] & ~free[freed]).any() and self.same(changed):
                free[freed] |= moved[place]
