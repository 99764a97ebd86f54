"""Totals, ratios and percentiles of a survey, with design-based 95 % intervals as means have them."""

import numpy as np

from insight.survey.estimates import Estimate, SurveyDesign, estimated, mean, quantile

NOTHING = Estimate(np.nan, np.nan, np.nan, np.nan, 0, 0.0, np.nan, 0)


def total(design: SurveyDesign, values: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The weighted sum of what is known. Who did not say counts nothing: a total is no better than its answers."""
    members = _members(where, values)
    weight = design.weight[members]
    if not len(members) or weight.sum() <= 0:
        return NOTHING
    parts = weight * values[members]
    around = values[members] - parts.sum() / weight.sum()
    simple = _simple(design, weight, around) * float(weight.sum()) ** 2
    return estimated(float(parts.sum()), design.variance(parts, members), simple, weight, design.freedom(len(members)))


def ratio(design: SurveyDesign, values: np.ndarray, per: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The sum of `values` by the sum of `per`, over the rows that know both."""
    members = _members(where, values, per)
    weight = design.weight[members]
    below = float((weight * per[members]).sum())
    if not len(members) or below == 0:
        return NOTHING
    value = float((weight * values[members]).sum() / below)
    around = (values[members] - value * per[members]) / below * weight.sum()
    variance = design.variance(weight * around / weight.sum(), members)
    return estimated(value, variance, _simple(design, weight, around), weight, design.freedom(len(members)))


def percentile(design: SurveyDesign, values: np.ndarray, part: float, where: np.ndarray | None = None) -> Estimate:
    """The smallest value that at least this part of the population does not exceed, with Woodruff's interval: that of
    the share at or below the value, read back as values. NaN where the interval leaves 0 to 1."""
    members = _members(where, values)
    if not len(members):
        return NOTHING
    found, weight = values[members], design.weight[members]
    value = _at(found, weight, part)
    below = mean(design, np.where(np.isnan(values), np.nan, (values <= value).astype(float)), where)
    low, high = _at(found, weight, below.low), _at(found, weight, below.high)
    se = (high - low) / (2 * quantile(below.df))
    return Estimate(value, se, low, high, below.n, below.effective, below.deff, below.df)


def _at(values: np.ndarray, weight: np.ndarray, part: float) -> float:
    """The inverse of the weighted distribution: no value between two answers is made up."""
    if not 0 <= part <= 1:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    place = np.searchsorted(reached, part * reached[-1] * (1 - 1e-12))
    return float(values[order][min(int(place), len(order) - 1)])


def _members(where: np.ndarray | None, *columns: np.ndarray) -> np.ndarray:
    known = ~np.isnan(np.stack(columns)).any(axis=0)
    return np.flatnonzero(known if where is None else where & known)


def _simple(design: SurveyDesign, weight: np.ndarray, around: np.ndarray) -> float:
    """The variance that a simple random sample of as many would have of a mean."""
    n = len(weight)
    if n < 2:
        return 0.0
    return float((weight * around * around).sum() / weight.sum() / (n - 1)) * design.left(n, weight)
