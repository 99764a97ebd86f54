"""Errors by replicate weights: how far an estimate moves when it is made again with each of them.

Balanced repeated replication (brr), Fay's method with its factor (fay), the bootstrap, and the jackknife: without
strata (jk1), of pairs (jk2, as PISA and TIMSS have it), and of strata of any size (jkn), where each replicate counts by
the factor of the stratum that it left a unit out of, (n - 1) / n.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from insight.survey.estimates import Estimate, SurveyDesign, interval, quantile, wilson

REPLICATIONS = ("brr", "fay", "jk1", "jk2", "jkn", "bootstrap")
_By = Callable[[SurveyDesign, np.ndarray | None], Estimate]


@dataclass(frozen=True)
class Replicates:
    """`weights`: a column a replicate. `rho` is Fay's factor. `rscales` are how much each replicate's squared distance
    counts, or all of them where it is one; none: by the method. Distances are from the estimate itself, or from the
    mean of the replicates (`centred`), as R and Stata have it unless told otherwise. `shares`: estimates are in
    percent."""

    weights: np.ndarray
    method: str
    rho: float = 0.5
    centred: bool = False
    shares: bool = False
    rscales: tuple[float, ...] = ()

    @property
    def factors(self) -> np.ndarray:
        n = self.weights.shape[1]
        fay = 1 / (n * (1 - self.rho) ** 2)
        by_method = {"brr": 1 / n, "fay": fay, "jk1": (n - 1) / n, "jk2": 1.0, "bootstrap": 1 / n}
        return np.array(self.rscales or [by_method[self.method]])

    @cached_property
    def df(self) -> int:
        return int(np.linalg.matrix_rank(self.weights)) - 1

    def estimate(self, by: _By, design: SurveyDesign, where: np.ndarray | None) -> Estimate:
        """What `by` estimates, with the error, interval and design effect that the replicates give it."""
        found = by(design, where)
        again = np.array([by(replace(design, weight=one), where).value for one in self.weights.T])
        middle = float(again.mean()) if self.centred else found.value
        variance = float((self.factors * (again - middle) ** 2).sum())
        simple = found.se**2 / found.deff if found.deff > 0 else float("nan")
        deff = variance / simple if simple > 0 else float("nan")
        df = max(min(self.df, found.n - 1), 0)
        low, high = interval(found.value, variance**0.5, df)
        if self.shares and deff > 0:
            low, high = (100 * end for end in wilson(found.value / 100, found.n / deff, quantile(df)))
        return replace(found, se=variance**0.5, low=low, high=high, deff=deff, effective=found.n / deff, df=df)
