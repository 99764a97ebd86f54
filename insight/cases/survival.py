"""How long it takes, when some are still waiting."""

from collections.abc import Sequence


def km_quantile(finished: Sequence[float], waiting: Sequence[float], share: float) -> float | None:
    """The Kaplan–Meier quantile of durations in days: the first day by which `share` (0.5, 0.9) are finished.

    `finished` lasted so long; `waiting` have lasted so long and are not finished (censored), which a plain quantile
    of the finished would leave out, looking faster than it is. None where the curve does not come so far: too many
    are still waiting to say.
    """
    durations = sorted([(days, 0) for days in finished] + [(days, 1) for days in waiting])  # at a tie, finished first
    at_risk, still = len(durations), 1.0
    for days, censored in durations:
        if not censored:
            still *= 1 - 1 / at_risk
            if still <= 1 - share + 1e-12:  # the products of thirds and sixths miss one half by a rounding
                return days
        at_risk -= 1
    return None
