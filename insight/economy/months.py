"""Months derived from cumulative values, where that is allowed and only there.

Rule 3: a month is ytd(n) − ytd(n−1) within one vintage and one scope. Two values are of one vintage where both
are first releases, or were revised equally often: the difference of others would hold the revision.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import i18n
from insight.economy.published import Point


def derived(cumulative: Mapping[int, Point], breaks: Sequence[date]) -> dict[int, float]:
    """Month → its value, of one year's cumulative points by the month of their end. January and February are one value,
    under 2; a month whose neighbour is missing, revised apart or of another scope has none."""
    found: dict[int, float] = {}
    for month, point in cumulative.items():
        if point.value is None:
            continue
        if month == 2:
            found[month] = point.value
            continue
        before = cumulative.get(month - 1)
        if before is not None and before.value is not None and _alike(before, point, breaks):
            found[month] = i18n.rounded(point.value - before.value, max(point.decimals, before.decimals))
    return found


def _alike(before: Point, point: Point, breaks: Sequence[date]) -> bool:
    scopes = not any(before.end < day <= point.end for day in breaks)
    return scopes and before.revised == point.revised
