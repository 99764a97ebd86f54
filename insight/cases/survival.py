"""How long it takes, when some are still waiting."""

from collections.abc import Mapping


def km_quantile(finished: Mapping[int, int], waiting: Mapping[int, int], share: float) -> float | None:
    """The Kaplan–Meier quantile of durations in days: the first day by which `share` (0.5, 0.9) are finished.

    Both map days to how many: `finished` lasted so long; `waiting` have lasted so long and are not finished
    (censored), which a plain quantile of the finished would leave out, looking faster than it is. None where the
    curve does not come so far: too many are still waiting to say.
    """
    at_risk, still = sum(finished.values()) + sum(waiting.values()), 1.0
    for days in sorted({*finished, *waiting}):
        done = finished.get(days, 0)  # at a tie, finished first
        still *= 1 - done / at_risk
        if done and still <= 1 - share + 1e-12:  # the products of thirds and sixths miss one half by a rounding
            return days
        at_risk -= done + waiting.get(days, 0)
    return None
