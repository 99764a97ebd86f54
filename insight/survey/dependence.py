"""Whether tables of different kinds give a small group away together: where a trade sits in one town, the town's row
less the trade's is a handful of answers, though each row alone may be shown."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from insight.frames import Frame

Cells = Mapping[str, Sequence[str] | np.ndarray]  # table → each response's cell
_NOTHING_LEFT = 1e-9


def gives_away(cells: Cells, shown: Mapping[str, Sequence[Any]], fewest: int) -> bool:
    """Whether sums and differences of the rows `shown` make a group under `fewest`: a cell of any table, what two
    cells share, or what one has outside the other. `cells` gives each response's cell in each table."""
    if not all(len(codes) for codes in cells.values()):
        return False
    places, counts = _crossings(cells)
    groups = {(name, code): (places[name] == code).to_numpy() for name in cells for code in places[name].unique()}
    rows = [np.ones(len(counts)), *(groups[name, code].astype(float) for name in shown for code in shown[name])]
    small = [group for group in _targets(groups) if 0 < counts[group].sum() < fewest]
    return bool(small) and _within(np.stack(rows, axis=1), np.stack(small, axis=1).astype(float))


def _crossings(cells: Cells) -> tuple[Frame, np.ndarray]:
    """Every combination of cells that has answers, a row each, and how many it has."""
    found = {name: pd.factorize(pd.Series(codes)) for name, codes in cells.items()}
    shape = tuple(len(names) for _, names in found.values())
    flat, counts = np.unique(np.ravel_multi_index([codes for codes, _ in found.values()], shape), return_counts=True)
    at = np.unravel_index(flat, shape)
    places = {name: names[place] for (name, (_, names)), place in zip(found.items(), at, strict=True)}
    return pd.DataFrame(places), counts.astype(float)


def _targets(groups: Mapping[tuple[str, str], np.ndarray]) -> list[np.ndarray]:
    pairs = [(a, b) for (one, _), a in groups.items() for (other, _), b in groups.items() if one != other]
    return [*groups.values(), *(a & ~b for a, b in pairs), *(a & b for a, b in pairs)]


def _within(rows: np.ndarray, targets: np.ndarray) -> bool:
    """Whether a column of `targets` is a combination of the columns of `rows`."""
    left, size, _ = np.linalg.svd(rows, full_matrices=False)
    basis = left[:, size > _NOTHING_LEFT * size[0]]
    rest = targets - basis @ (basis.T @ targets)
    return bool((np.abs(rest).max(axis=0) < _NOTHING_LEFT).any())
