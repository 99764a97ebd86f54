"""Estimates from a sample: means, shares and changes with design-based 95 % intervals.

A mean is a ratio of two weighted sums, so its variance is Taylor's: the values' distances from the mean, weighted, less
what the raking margins explain of them, spread within strata, with the finite population correction: docs/estimates.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy.special import betaincinv, stdtrit

from insight.survey.weighting import Margin

CONFIDENCE = 0.95
_NOTHING_LEFT = 1e-18  # of a variance: what is left of it is rounding
LONELY = ("centred", "scaled", "certain")  # how much chance a stratum of one unit adds


@dataclass(frozen=True)
class Estimate:
    """`n` answers behind it; `deff` how many times the variance of a simple random sample of as many answers from the
    same frame; `effective` n / deff, what the answers are worth as such a sample.

    `value` is NaN of nothing; `low` and `high` are NaN where a spread cannot be estimated.
    """

    value: float
    se: float
    low: float
    high: float
    n: int
    effective: float
    deff: float
    df: int

    @property
    def whole(self) -> bool:
        """Told in whole numbers (cells.py): nothing says how sure its answers make it."""
        return bool(np.isnan(self.se))

    @property
    def decimals(self) -> int:
        """On a page."""
        return 0 if self.whole else 1


@dataclass(frozen=True)
class SurveyDesign:
    """How each response came about. `stratum` and `cluster` are numbers from 0; without clusters each response is
    its own. By stratum: `frame` how many there are (None: no finite population correction), `drawn` how many of them
    were asked (None: as many as answered). A stratum of one unit is compared with the whole ('centred'), counts like
    the mean of the others ('scaled': as the World Bank's enterprise surveys do), or not at all ('certain').
    `inner` is the second stage, drawn within the clusters: its strata are the clusters, by number, of the first.
    `cautious`: intervals that hold where few answers, unequal weights or shares near an end would make those of other
    programmes too short. `missed`: by how much of itself a margin is missed, where that is too much to pass over."""

    weight: np.ndarray
    stratum: np.ndarray
    cluster: np.ndarray | None = None
    frame: np.ndarray | None = None
    drawn: np.ndarray | None = None
    margins: Sequence[Margin] = field(default=())
    lonely: str = LONELY[0]
    inner: "SurveyDesign | None" = None
    cautious: bool = False
    missed: float = 0.0

    @cached_property
    def answered(self) -> np.ndarray:
        """Responses, or clusters, in each stratum; also 0, where nobody of a stratum answered."""
        strata = 0 if self.frame is None else len(self.frame)
        return np.bincount(self.stratum if self.cluster is None else self.clusters[1], minlength=strata)

    @cached_property
    def df(self) -> int:
        return int(self.answered.sum() - (self.answered > 0).sum())

    @cached_property
    def stands_for(self) -> float:
        """How many a weight of 1 stands for: 1 where the weights add up to the frame, more where they were scaled."""
        return 1.0 if self.frame is None or self.cluster is not None else float(self.frame.sum() / self.weight.sum())

    @cached_property
    def clusters(self) -> tuple[np.ndarray, np.ndarray]:
        """Each response's cluster, each cluster's stratum: the same number in two strata means two clusters."""
        pairs = np.stack([self.stratum, self.cluster], axis=1)  # type: ignore[list-item]
        found, place = np.unique(pairs, axis=0, return_inverse=True)
        return place.reshape(-1), found[:, 0]

    @cached_property
    def _known(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Raking cells: each response's cell, each cell's margins as 0 and 1, each cell's weight."""
        places = np.stack([one.codes for one in self.margins], axis=1)
        cells, cell = np.unique(places, axis=0, return_inverse=True)
        columns = [np.eye(len(one.totals))[cells[:, i]] for i, one in enumerate(self.margins)]
        return cell.reshape(-1), np.concatenate(columns, axis=1), np.bincount(cell.reshape(-1), self.weight)

    def residuals(self, linear: np.ndarray) -> np.ndarray:
        """w·e: the linearised variable less its weighted regression on the raking margins, weighted.

        A regression lies too close to those it was fitted to: each distance is divided by 1 − leverage, as a
        jackknife would find it.
        """
        if not self.margins:
            return self.weight * linear
        cell, columns, total = self._known
        reached = np.bincount(cell, self.weight * linear, len(total))
        inverse = np.linalg.pinv(columns.T @ (columns * total[:, None]))
        distance = linear - (columns @ (inverse @ (columns.T @ reached)))[cell]
        pull = ((columns @ inverse) * columns).sum(axis=1)
        return self.weight * distance / (1 - np.minimum(self.weight * pull[cell], 0.9))

    def variance(self, parts: np.ndarray, members: np.ndarray | None = None) -> float:
        """Of the sum of weighted `parts`, which are 0 on the whole. `members` are the responses that they belong to.

        Two causes of chance, added: who was drawn (stratified, between clusters, corrected for the finite frame; who
        did not answer counts as drawn with nothing), and who of those drawn answered. A stratum of one counts as
        `lonely` says.
        """
        by_stratum, total, n, fraction = self._by_stratum(parts, members)
        lonely = (n == 1) & (fraction < 1)
        if self.lonely == "centred":
            from_mean = (total - parts.sum() / max(n.sum(), 1)) ** 2
            by_stratum = np.where(lonely, (1 - fraction) * from_mean, by_stratum)
        elif self.lonely == "scaled":
            by_stratum = by_stratum * ~lonely * ((n > 0).sum() / max((n > 0).sum() - lonely.sum(), 1))
        else:
            by_stratum = by_stratum * ~lonely
        return max(float(by_stratum.sum()) + self._inside(parts, members, fraction), 0.0)

    def _by_stratum(self, parts: np.ndarray, members: np.ndarray | None) -> tuple[np.ndarray, ...]:
        """Each stratum's variance, the sum of its parts, its units, and which part of the frame they are."""
        answered = self.answered
        if self.cluster is not None:
            cluster, stratum = self.clusters
            parts = np.bincount(cluster if members is None else cluster[members], parts, len(stratum))
        else:
            stratum = self.stratum if members is None else self.stratum[members]
        squares, sums = (np.bincount(stratum, x, len(answered)) for x in (parts * parts, parts))
        n = answered if self.drawn is None else np.maximum(self.drawn, answered)
        fraction = np.zeros(len(n)) if self.frame is None else np.minimum(n / np.maximum(self.frame, 1), 1)
        by_draw = np.where(n > 1, n / np.maximum(n - 1, 1) * (squares - sums * sums / np.maximum(n, 1)), squares)
        by_answering = squares * (1 - answered / np.maximum(n, 1))
        return (1 - fraction) * by_draw + fraction * by_answering, sums, n, fraction

    def _inside(self, parts: np.ndarray, members: np.ndarray | None, fraction: np.ndarray) -> float:
        """What the second stage adds: the variance within clusters, times the part of the clusters that was drawn."""
        if self.inner is None:
            return 0.0
        within = self.inner._by_stratum(parts, members)[0]
        return float((within * fraction[self.clusters[1]]).sum())

    def freedom(self, members: int) -> int:
        """Degrees of freedom: units less strata, or a domain's answers less one where they are fewer."""
        return max(min(self.df, members - 1), 0)

    def left(self, n: int, weight: np.ndarray) -> float:
        """Which part of those that `weight` stands for was not asked: 1 without a frame."""
        return 1.0 if self.frame is None else max(1 - n / (float(weight.sum()) * self.stands_for), 0.0)


def mean(design: SurveyDesign, values: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The weighted mean of what is known (`values` NaN: no answer, outside), of all or of a domain.

    A domain's estimate takes the raked weights as given: the margins explain little within one.
    """
    members = np.flatnonzero(~np.isnan(values) if where is None else where & ~np.isnan(values))
    n, weight = len(members), design.weight[members]
    if n == 0 or weight.sum() <= 0:
        return Estimate(np.nan, np.nan, np.nan, np.nan, 0, 0.0, np.nan, 0)
    value = float((weight * values[members]).sum() / weight.sum())
    linear = (values[members] - value) / weight.sum()
    if where is None and design.margins:
        variance = design.variance(design.residuals(_spread_out(linear, members, len(values))))
    else:
        variance = design.variance(weight * linear, members)
    spread = float((weight * linear * linear).sum() * weight.sum())
    simple = spread / (n - 1) * design.left(n, weight) if n > 1 else 0.0
    found = estimated(value, variance + design.missed**2 * spread, simple, weight, design.freedom(n))
    return _careful(found, weight) if design.cautious else found


def worth(found: Estimate, weight: np.ndarray) -> float:
    """What the answers are worth by their variance or, where that happens to be small, by their weights (Kish)."""
    return min(found.effective, float(weight.sum() ** 2 / (weight * weight).sum()))


def _careful(found: Estimate, weight: np.ndarray) -> Estimate:
    """No more degrees of freedom than the answers are worth."""
    df = max(min(found.df, int(worth(found, weight)) - 1), 0)
    low, high = interval(found.value, found.se, df)
    return replace(found, low=low, high=high, df=df)


def estimated(value: float, variance: float, simple: float, weight: np.ndarray, df: int) -> Estimate:
    n, se = len(weight), float(np.sqrt(variance))
    if simple > 0 and variance > _NOTHING_LEFT * simple:
        effective = n * simple / variance
    else:  # everybody says the same, or everybody was asked: only the weights can tell
        effective = float(weight.sum() ** 2 / (weight * weight).sum())
    low, high = interval(value, se, df)
    return Estimate(value, se, low, high, n, float(effective), float(n / effective), df)


def _spread_out(linear: np.ndarray, members: np.ndarray, size: int) -> np.ndarray:
    whole = np.zeros(size)
    whole[members] = linear
    return whole


def share(design: SurveyDesign, hits: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """A share in percent (`hits` 1, 0 or NaN), with Wilson's interval on the effective n, corrected for the frame, or
    Korn and Graubard's, which holds near 0 and 1 too."""
    found = mean(design, hits, where)
    if found.n == 0:
        return found
    members = ~np.isnan(hits) if where is None else where & ~np.isnan(hits)
    total = float(design.weight[members].sum()) * design.stands_for
    left = 1.0 if design.frame is None else max(1 - found.n / total, 1 / total)
    if design.cautious:
        low, high = korn_graubard(found.value, min(worth(found, design.weight[members]), found.n) / left, found)
    else:
        low, high = wilson(found.value, found.effective / left, quantile(found.df))
    return replace(found, value=100 * found.value, se=100 * found.se, low=100 * low, high=100 * high)


def wilson(part: float, effective: float, q: float) -> tuple[float, float]:
    """Wilson's score interval of a share from 0 to 1."""
    q2 = q * q / effective
    centre, half = part + q2 / 2, q * np.sqrt(part * (1 - part) / effective + q2 / (4 * effective))
    return max(float((centre - half) / (1 + q2)), 0.0), min(float((centre + half) / (1 + q2)), 1.0)


def korn_graubard(part: float, effective: float, found: Estimate) -> tuple[float, float]:
    """Clopper and Pearson's interval of as many answers as these are worth, less what few degrees of freedom cost."""
    n = effective * (quantile(found.n - 1) / quantile(found.df)) ** 2
    hits, tail = n * part, (1 - CONFIDENCE) / 2
    low = float(betaincinv(hits, n - hits + 1, tail)) if hits > 0 else 0.0
    return low, float(betaincinv(hits + 1, n - hits, 1 - tail)) if hits < n else 1.0


def interval(value: float, se: float, df: int) -> tuple[float, float]:
    half = quantile(df) * se
    return value - half, value + half


def quantile(df: int) -> float:
    """Student's t for the confidence; NaN without a degree of freedom."""
    return float(stdtrit(df, 0.5 + CONFIDENCE / 2)) if df > 0 else float("nan")


def change(now: Estimate, before: Estimate) -> tuple[float, float, float]:
    """The difference of two samples of their own, and its interval."""
    moved = now.value - before.value
    return moved, *interval(moved, float(np.hypot(now.se, before.se)), now.df + before.df)


def ranks(found: Sequence[Estimate]) -> list[tuple[int, int]]:
    """The best and the worst rank each may have: those whose intervals overlap are tied."""
    return [
        (1 + sum(other.low > one.high for other in found), len(found) - sum(other.high < one.low for other in found))
        for one in found
    ]
