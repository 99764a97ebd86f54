"""Whether tables of different kinds give a small group away together: where a trade sits in one town, the town's row
less the trade's is a handful of answers, though each row alone may be shown."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

_NOTHING_LEFT = 1e-9


def gives_away(cells: Mapping[str, Sequence[str]], shown: Mapping[str, Sequence[str]], fewest: int) -> bool:
    """Whether sums and differences of the rows `shown` make a group under `fewest`: a cell of any table, or what one
    cell has outside another. `cells` gives each response's cell in each table."""
    found = pd.DataFrame(dict(cells)).value_counts()
    if not len(found):
        return False
    counts, places = found.to_numpy(dtype=float), found.index.to_frame(index=False)
    groups = {(name, code): (places[name] == code).to_numpy() for name in cells for code in places[name].unique()}
    rows = [np.ones(len(counts)), *(groups[name, code].astype(float) for name in shown for code in shown[name])]
    small = [group for group in _targets(groups) if 0 < counts[group].sum() < fewest]
    return bool(small) and _within(np.stack(rows, axis=1), np.stack(small, axis=1).astype(float))


def _targets(groups: Mapping[tuple[str, str], np.ndarray]) -> list[np.ndarray]:
    across = [a & ~b for (one, _), a in groups.items() for (other, _), b in groups.items() if one != other]
    return [*groups.values(), *across]


def _within(rows: np.ndarray, targets: np.ndarray) -> bool:
    """Whether a column of `targets` is a combination of the columns of `rows`."""
    left, size, _ = np.linalg.svd(rows, full_matrices=False)
    basis = left[:, size > _NOTHING_LEFT * size[0]]
    rest = targets - basis @ (basis.T @ targets)
    return bool((np.abs(rest).max(axis=0) < _NOTHING_LEFT).any())
