"""Whether tables of different kinds give a small group away together: where a trade sits in one town, the town's row
less the trade's is a handful of answers, though each row alone may be shown."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Cells = Mapping[str, Sequence[str] | np.ndarray]  # table → each response's cell
Said = Mapping[tuple[str, Any], tuple[float, float]]  # table and cell → between which means it is told to be
_NOTHING_LEFT = 1e-9
_DIGITS = 0.005  # of a whole that is told with two decimals
SCALE = 100.0  # points that an answer may lie anywhere in
ALMOST = 0.99  # of the room that one row leaves: no other row may take from it


def gives_away(
    cells: Cells, weight: np.ndarray, shown: Mapping[str, Sequence[Any]], rooms: Mapping[int, float]
) -> bool:
    """Whether the rows `shown`, each a weighted mean, leave the mean of a small group less room than it needs: that of
    a cell of any table, of what two cells share, or of what one has outside the other. `cells` gives each response's
    cell in each table; `rooms` the points that a group under so many answers needs. A cell has to keep no more than
    what the whole leaves it, and any other group no more than the closest single row leaves it."""
    if not all(len(codes) for codes in cells.values()):
        return False
    groups, counts, weights = _crossings(cells, weight)
    columns = [groups[name, code] for name in shown for code in shown[name] if (name, code) in groups]
    rows = np.stack([np.ones(len(counts)), *columns], axis=1)
    targets, whole = _small(np.stack(list(groups.values()), axis=1), counts, max(rooms))
    needed = np.max([np.where(counts @ targets < under, room, 0.0) for under, room in rooms.items()], axis=0)
    by_whole, by_one = (_left_by_one(some, weights, targets) for some in (rows[:, :1], rows))
    return _pinned(rows, weights, targets, np.minimum(needed, ALMOST * np.where(whole, by_whole, by_one)))


def central(cells: Cells, weight: np.ndarray, values: np.ndarray, said: Said, off: float) -> bool:
    """Whether all could have answered at least so far `off` either end of the scale: the whole (of `values`) and each
    row of `said` would be what they are. A happy town and an unhappy trade tell of every answer what it was if those
    that they share are as many as the town has of unhappy and the trade of happy ones."""
    if not said:
        return True
    groups, _, weights = _crossings(cells, weight)
    rows = np.stack([np.ones(len(weights)), *(groups[key] for key in said)], axis=1)
    parts = (rows * weights[:, None] / (weights @ rows)).T
    whole = float(np.average(values, weights=weight))
    low, high = np.array([(whole - _DIGITS, whole + _DIGITS), *said.values()]).T
    # the least that moves everybody from the middle, and mostly that is enough
    by_row = np.linalg.lstsq(parts @ rows, np.clip(SCALE / 2, low, high) - SCALE / 2, rcond=None)[0]
    means = SCALE / 2 + rows @ by_row
    reached = parts @ means
    if means.min() >= off and means.max() <= SCALE - off and (reached >= low).all() and (reached <= high).all():
        return True
    from scipy.optimize import linprog  # takes its time to load, and few waves ask

    ends = {"A_ub": np.concatenate([parts, -parts]), "b_ub": np.concatenate([high, -low])}
    return linprog(np.zeros(len(weights)), **ends, bounds=(off, SCALE - off)).status == 0


def _left_by_one(rows: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The room that the closest single row leaves each group: who weighs most in a row that may be shown is known by
    it, and only what other rows add is subtraction."""
    inside = (weights[:, None] * rows).T @ groups >= weights @ groups - _NOTHING_LEFT
    others = (weights @ rows)[:, None] - weights @ groups
    return SCALE * np.where(inside, others, np.inf).min(axis=0) / (weights @ groups)


def _crossings(cells: Cells, weight: np.ndarray) -> tuple[dict[tuple[str, Any], np.ndarray], np.ndarray, np.ndarray]:
    """Of every combination of cells that has answers (places of an array): which are in each cell, how many answers
    each has and what they weigh."""
    found = {name: np.unique(np.asarray(codes), return_inverse=True) for name, codes in cells.items()}
    shape = tuple(len(names) for names, _ in found.values())
    each = np.ravel_multi_index([codes for _, codes in found.values()], shape)
    flat, place, counts = np.unique(each, return_inverse=True, return_counts=True)
    at = dict(zip(found, np.unravel_index(flat, shape), strict=True))
    groups = {(name, code): at[name] == i for name, (names, _) in found.items() for i, code in enumerate(names)}
    return groups, counts.astype(float), np.bincount(place, weight, len(flat))


def _small(groups: np.ndarray, counts: np.ndarray, fewest: int) -> tuple[np.ndarray, np.ndarray]:
    """The groups (columns), what two share, and what one has outside the other, where it is small; each once. Beside
    them whether each is a whole group."""
    both = (groups * counts[:, None]).T @ groups
    shared, outside = ((n > 0) & (n < fewest) for n in (both, both.diagonal()[:, None] - both))
    made = [groups[:, a] & groups[:, b] for a, b in np.argwhere(shared) if a <= b]
    made += [groups[:, a] & ~groups[:, b] for a, b in np.argwhere(outside)]
    once = {group.tobytes(): group for group in made}
    whole = {group.tobytes() for group in groups.T}
    targets = np.stack(list(once.values()), axis=1).astype(float) if once else np.zeros((len(counts), 0))
    return targets, np.array([key in whole for key in once], dtype=bool)


def _pinned(rows: np.ndarray, weights: np.ndarray, groups: np.ndarray, needed: np.ndarray) -> bool:
    """Whether a column of `groups` has less room than it needs. Most are told at once: to move the answers by what the
    rows leave of the group's own column changes no row, and moves the group so far at least."""
    root = np.sqrt(weights)[:, None]
    left, size, _ = np.linalg.svd(root * rows, full_matrices=False)
    basis = left[:, size > _NOTHING_LEFT * size[0]]
    rest = groups - basis @ (basis.T @ (root * groups)) / root
    most = np.abs(rest).max(axis=0)
    if not len(most) or most.min() < _NOTHING_LEFT:
        return bool(len(most))
    at_least = SCALE * (weights @ rest**2) / (most * (weights @ groups))
    return any(_room(rows, weights, groups[:, i]) < needed[i] for i in np.flatnonzero(at_least < needed))


def _room(rows: np.ndarray, weights: np.ndarray, group: np.ndarray) -> float:
    """How far the group's mean may lie from itself if every row is kept, answers in the middle of their scale."""
    from scipy.optimize import linprog  # takes its time to load, and few waves ask

    parts = weights / weights.mean()
    found = linprog(
        -parts * group, A_eq=(rows * parts[:, None]).T, b_eq=np.zeros(rows.shape[1]), bounds=(-SCALE / 2, SCALE / 2)
    )
    return -2 * found.fun / float(parts @ group)
