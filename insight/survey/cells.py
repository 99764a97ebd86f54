"""What is told of a cell, and of a whole or a part of it that has no more answers than one: so little that no single
answer can be worked out of it (docs/decisions/0020).

Of ten answers there are fewer patterns than two decimals have values: a cell says whole numbers, its interval ends on
multiples of five, and nothing says how its answers are weighted nor that all of a few said the same. What is made of
one question (shares, NPS, diffusion) has two or three values an answer and is told from thirty answers on. Near an end
of its scale, where nearly everybody said the same and the rest would be found by their weights, a cell tells that it
is there and no number.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from math import ceil, floor, nan
from operator import or_

import numpy as np
from scipy.special import comb

import i18n
from insight.survey.dependence import SCALE
from insight.survey.estimates import Estimate, SurveyDesign, interval, mean, share, worth
from insight.survey.protection import EDGE, FEWEST, ROOM, SURE, parted, so_many
from insight.survey.scores import at_least, diffusion, promoters

# Figures of the overall items: the column that they are made of, how an answer is scored, and the estimate.
SCORED: dict[str, tuple[str, Callable[[np.ndarray], np.ndarray], Callable[..., Estimate]]] = {
    "satisfied": ("satisfied", lambda values: values, mean),
    "top2": ("satisfied", lambda values: at_least(values, 75), share),
    "top3": ("satisfied", lambda values: at_least(values, 50), share),
    "nps": ("recommend", promoters, mean),
    "diffusion": ("change", diffusion, mean),
}
STEP = 5  # a cell's interval ends on multiples of it
WORTH = 8  # effective answers under which a cell has no interval, and none where one answer weighs more than an eighth
LEAST = 10  # points to either side of an interval of less than SURE answers: a narrow one says that all said the same
SQUARES = 12  # of the squares of weights one answer has no more than a part, or the interval of one question tells it
# Weights as near as a part of themselves count as one. So many doublings of ways for those of each weight to have
# answered, or digits find the one that it was: raked weights of a stratum are all different and nearly the same.
PATTERNS = {1e-6: 50, 3e-4: 25, 3e-3: 25, 3e-2: 25}
WAYS = 25  # the same for whole numbers, of whatever weights: fewer are looked through
LEVELS = {"top2": 2, "top3": 2, "nps": 3, "diffusion": 3}  # that one answer may count; of all others five
GRID = 100_000  # parts of all weights in which sums of answers are counted
APART = 6  # times the square of the heaviest answer the squares of the others may differ by, or digits tell what it was


def scale(figure: str) -> tuple[float, float]:
    return (-100.0 if figure == "nps" else 0.0), 100.0


def point(figure: str) -> float:
    """A hundredth of its scale."""
    least, most = scale(figure)
    return (most - least) / 100


def in_points(figure: str, column: np.ndarray) -> np.ndarray:
    """A figure's answers from 0 to 100, whatever its scale."""
    if figure in ("top2", "top3"):
        return 100 * column
    least, most = scale(figure)
    return 100 * (column - least) / (most - least)


def estimate(design: SurveyDesign, figure: str, column: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """A figure of all, or of a part, of the responses, with all its digits."""
    by = SCORED[figure][2] if figure in SCORED else mean
    found = by(design, column, where)
    return found if by is share or not found.n else _wide(design, found, _among(column, where), point(figure))


def _wide(design: SurveyDesign, one: Estimate, known: np.ndarray, unit: float) -> Estimate:
    """With an interval that leaves any few answers their room: answers spread no further than it says, so that a narrow
    one tells where those are that weigh most. Of a stratum that answered as a whole nothing is in it."""
    weight, chance = design.weight[known], np.ones(int(known.sum()))
    if design.frame is not None:
        chance = (1 - design.answered / np.maximum(design.frame, 1))[design.stratum[known]]
    few = [i for i in np.argsort(-weight * np.sqrt(np.maximum(chance, 0))) if chance[i] > 0][: FEWEST - 1]
    if not few:
        return one
    room = 2 * weight.sum() * (np.sqrt(np.cumsum(1 / chance[few])) / np.cumsum(weight[few])).min()  # of one point of se
    if not one.se * room < ROOM * unit:
        return one
    se = ROOM * unit / float(room)
    low, high = interval(one.value, se, one.df)
    return replace(one, se=se, low=low, high=high)


def _among(column: np.ndarray, where: np.ndarray | None) -> np.ndarray:
    known = ~np.isnan(column)
    return known if where is None else where & known


def told(design: SurveyDesign, figure: str, column: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """What a cell tells of a figure; the value NaN between `low` and `high` where it is near an end of its scale."""
    one = estimate(design, figure, column, where)
    least, most = scale(figure)
    weight = design.weight[_among(column, where)]
    step = digit(figure, weight)
    edge, value = EDGE * point(figure), step * i18n.rounded(one.value / step)
    of, fewest = len(column) if where is None else int(where.sum()), SURE if figure in SCORED else FEWEST
    coarse = replace(
        one, value=float(value), n=so_many(one.n, of, min(fewest, one.n)), se=nan, effective=nan, deff=nan, df=0
    )
    if value > most - edge:
        return replace(coarse, value=nan, low=most - edge, high=most)
    if value < least + edge:
        return replace(coarse, value=nan, low=least, high=least + edge)
    seen = _heavy(weight) or (figure in SCORED and loud(weight))
    if not worth(one, weight) >= WORTH or seen or np.isnan(one.low):
        return replace(coarse, low=nan, high=nan)
    half = LEAST if one.n < SURE else 0
    low, high = min(one.low, value - half), max(one.high, value + half)
    return replace(coarse, low=max(STEP * floor(low / STEP), least), high=min(STEP * ceil(high / STEP), most))


def of_whole(design: SurveyDesign, figure: str, column: np.ndarray) -> Estimate | None:
    """What the whole tells of a figure: all of it where its answers are sure and mixed, else as a cell, or nothing."""
    known = ~np.isnan(column)
    weight = design.weight[known]
    if not parted([weight], SURE if figure in SCORED else FEWEST):
        return None
    points = in_points(figure, column[known])
    sure = _sure(weight) and _mixed(weight, points)
    sure = sure and (figure not in SCORED or unseen(weight, float(np.average(points, weights=weight))))
    if not sure:
        return told(design, figure, column)
    one = estimate(design, figure, column)
    return replace(one, n=so_many(one.n, len(column), FEWEST))


def _mixed(weight: np.ndarray, points: np.ndarray) -> bool:
    """Ten answers at least are off either end of the scale (two that are would be found by their weights), and so far
    that no nine are known to be at it."""
    few = np.sort(weight)[1 - FEWEST :].sum()
    sides = ((points > 0, points), (points < SCALE, SCALE - points))
    return all(anybody(weight, off) and weight @ far >= ROOM * few for off, far in sides)


def anybody(weight: np.ndarray, those: np.ndarray) -> bool:
    """Whether everybody may be one of those of whom it is known that they are ten at least, and what they weigh
    together: of ten who weigh no more than nine and the heaviest, the heaviest is none."""
    least = weight.max() + np.sort(weight)[: FEWEST - 1].sum()
    return bool(those.sum() >= FEWEST and weight[those].sum() >= least * (1 - 1e-9))


def of_part(design: SurveyDesign, figure: str, column: np.ndarray, where: np.ndarray) -> Estimate:
    """What a part tells that stands beside the whole: of the less sure of the two no more than a cell does."""
    both = (design.weight[_among(column, half)] for half in (where, ~where))
    return (estimate if all(_sure(weight) for weight in both) else told)(design, figure, column, where)


def unseen(weight: np.ndarray, mean: float) -> bool:
    """Whether an interval leaves the heaviest answer to one question open. It is made of squares: another answer there
    has to be made up for by those of the ten heaviest, where these weigh about the same, or by whichever of the
    others said what the mean (0 to 100) leaves them."""
    others = np.sort(weight)[:-1]
    left = min(mean, SCALE - mean) / SCALE * others.sum()
    room = _squares(others[::-1], left) - _squares(others, left)
    own = weight.max() * (weight.max() - others[1 - FEWEST])
    return bool(APART * own <= room * (1 + 1e-9) + 1e-9)


def loud(weight: np.ndarray) -> bool:
    """Whether even an interval in steps of five tells of answers to one question what the heaviest was."""
    return bool(weight.max() ** 2 * SQUARES > weight @ weight)


def _squares(weight: np.ndarray, left: float) -> float:
    """What the squares of the first add up to that weigh so much together."""
    return float(np.diff(np.minimum(np.cumsum(weight), left), prepend=0) @ weight)


def digit(figure: str, weight: np.ndarray) -> int:
    """In whole numbers, or in steps of five where these would tell of an odd weight what it answered."""
    least, most = scale(figure)
    return 1 if _blurred(weight, LEVELS.get(figure, 5), int(most - least)) else STEP


def _blurred(weight: np.ndarray, levels: int, numbers: int) -> bool:
    """Whether none of the whole `numbers` of a mean tells what one of these answered, of so many `levels`: of sixty who
    weigh the same and one who weighs otherwise up to a third of the shares do. Where the answers could come to it in
    many ways they are not looked through."""
    if all(_many(weight, near, min(ways, WAYS), levels) for near, ways in PATTERNS.items()):
        return True
    _, alike = np.unique(_alike(weight, max(PATTERNS)), return_index=True)
    return all(_open(weight, one, levels, numbers) for one in alike)


def _open(weight: np.ndarray, one: int, levels: int, numbers: int) -> bool:
    """Whether each whole number that the others' answers come to with this one's can be had by another of it too."""
    parts = np.rint(np.delete(weight, one) / weight.sum() * GRID / (levels - 1)).astype(int).tolist()
    own = int(np.rint(weight[one] / weight.sum() * GRID / (levels - 1)))
    sums = 1  # a bit for each sum that can be reached
    for part in parts:
        sums = reduce(or_, (sums << part * level for level in range(levels)))
    digit, ends = GRID // numbers, EDGE * numbers // 100
    reached, one_number = [sums << own * level >> digit // 2 for level in range(levels)], (1 << digit) - 1
    told_apart = (digit * before for before in range(ends - 1, numbers - ends))
    return all(sum(bool(of >> place & one_number) for of in reached) != 1 for place in told_apart)


def _sure(weight: np.ndarray) -> bool:
    """Thirty answers, of which none weighs more than an eighth, and of which digits leave many ways to have been given:
    of a few strata with a weight each they would count who of each said what; of equal weights they count all."""
    return len(weight) >= SURE and not _heavy(weight) and all(_many(weight, *pattern) for pattern in PATTERNS.items())


def _many(weight: np.ndarray, near: float, ways: float, levels: int = 2) -> bool:
    """Whether so many ways are left where weights so near to each other count as one."""
    _, n = np.unique(_alike(weight, near), return_counts=True)
    return len(n) == 1 or float(np.log2(comb(n + levels - 1, levels - 1)).sum()) >= ways


def _alike(weight: np.ndarray, near: float) -> np.ndarray:
    return (np.log(weight / weight.min()) / near + 0.5).astype(int)


def _heavy(weight: np.ndarray) -> bool:
    return bool(weight.max() * WORTH > weight.sum())
