"""What an answer counts in the three figures of the overall items."""

import numpy as np


def promoters(values: np.ndarray) -> np.ndarray:
    """0–10 as its part in the NPS: 9 and 10 count 100, 0 to 6 count −100."""
    scored = np.where(values >= 9, 100.0, np.where(values <= 6, -100.0, 0.0))
    return np.where(np.isnan(values), np.nan, scored)


def diffusion(values: np.ndarray) -> np.ndarray:
    """Better counts 100, the same 50, worse 0: % better and half of % same."""
    scored = np.where(values > 50, 100.0, np.where(values < 50, 0.0, 50.0))
    return np.where(np.isnan(values), np.nan, scored)


def at_least(values: np.ndarray, level: float) -> np.ndarray:
    """1 where the answer reaches the level: 75 is top-2 (satisfied), 50 top-3 (fairly satisfied)."""
    return np.where(np.isnan(values), np.nan, (values >= level).astype(float))
