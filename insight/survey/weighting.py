"""Weights: how many enterprises of the frame a response stands for.

Base weight N/n by stratum, then raked to the frame's totals by size, sector and town, its change kept within bounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

BOUNDS = (0.25, 4.0)  # how far raking may move a base weight, relative to the sample's common factor
FEWEST_IN_CATEGORY = 5  # responses; smaller categories are raked together
MISSED = 0.1  # of itself, by which a margin may be missed and nothing is said before the figures
REST = "*"
_ROUNDS = 200
_CLOSE = 1e-10


@dataclass(frozen=True)
class Margin:
    """One known breakdown of the frame: `codes` a category number for each response, `totals` the frame's count."""

    codes: np.ndarray
    totals: np.ndarray


@dataclass(frozen=True)
class Raked:
    """`off` is the largest relative distance of a margin's weighted total from what is known: trimming's price."""

    weight: np.ndarray
    off: float
    trimmed: int


def base_weights(strata: Sequence[str], frame: Mapping[str, int], drawn: Mapping[str, int]) -> np.ndarray:
    """N/n of each response's stratum: enterprises in the frame by enterprises drawn."""
    known = {stratum: frame[stratum] / drawn[stratum] for stratum in set(strata)}
    return np.array([known[stratum] for stratum in strata])


def margin(found: Sequence[str], frame: Mapping[str, int]) -> Margin:
    """Categories with few responses are taken together, so that no handful carries a whole town."""
    names = folded(found, frame)
    wanted = sorted(set(names.values()))
    place = {name: i for i, name in enumerate(wanted)}
    totals = np.zeros(len(wanted))
    for code, n in frame.items():
        totals[place[names[code]]] += n
    return Margin(np.array([place[names[code]] for code in found], dtype=np.int64), totals)


def folded(found: Sequence[str], frame: Mapping[str, int]) -> dict[str, str]:
    """Each category's name after the small ones were taken together."""
    counts = dict.fromkeys(frame, 0)
    for code in found:
        counts[code] = counts.get(code, 0) + 1
    ordered = sorted(counts, key=lambda code: (counts[code], code))
    small = [code for code in ordered if counts[code] < FEWEST_IN_CATEGORY]
    for code in ordered[len(small) :]:
        if not small or sum(counts[c] for c in small) >= FEWEST_IN_CATEGORY:
            break
        small.append(code)
    return {code: REST if code in small else code for code in counts}


def rake(base: np.ndarray, margins: Sequence[Margin], bounds: tuple[float, float] = BOUNDS) -> Raked:
    """Iterative proportional fitting; what leaves the bounds is cut back and the rest is fitted again."""
    if not len(base) or not margins:
        return Raked(base, 0.0, 0)
    common = margins[0].totals.sum() / base.sum()
    low, high = base * common * bounds[0], base * common * bounds[1]
    weight = base * common
    for _ in range(_ROUNDS):
        for one in margins:
            weight = weight * _factors(weight, one)[one.codes]
        weight = np.clip(weight, low, high)
        if _off(weight, margins) < _CLOSE:
            break
    return Raked(weight, _off(weight, margins), int(((weight <= low) | (weight >= high)).sum()))


def _factors(weight: np.ndarray, one: Margin) -> np.ndarray:
    reached = np.bincount(one.codes, weight, len(one.totals))
    return np.divide(one.totals, reached, out=np.ones(len(reached)), where=reached > 0)


def _off(weight: np.ndarray, margins: Sequence[Margin]) -> float:
    return max(float(np.abs(1 / _factors(weight, one) - 1).max()) for one in margins)
