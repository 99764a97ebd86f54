"""How long it takes, when some are still waiting."""

from collections.abc import Sequence


def km_median(finished: Sequence[float], waiting: Sequence[float]) -> float | None:
    """The Kaplan–Meier median of durations in days: the first day by which half are finished.

    `finished` lasted so long; `waiting` have lasted so long and are not finished (censored), which a plain median of
    the finished would leave out, looking faster than it is. None where fewer than half ever finish.
    """
    durations = sorted([(days, 0) for days in finished] + [(days, 1) for days in waiting])  # at a tie, finished first
    at_risk, still = len(durations), 1.0
    for days, censored in durations:
        if not censored:
            still *= 1 - 1 / at_risk
            if still <= 0.5 + 1e-12:  # the products of thirds and sixths miss one half by a rounding
                return days
        at_risk -= 1
    return None
