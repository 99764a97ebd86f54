"""Answers that do not look like answers: listed with evidence, counted with and without, never deleted.

The rules are the table DOUBTS. None says that an answer is false: each says why somebody should look. How answers came
in was marked when they came to stand by themselves (db/survey/separation.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from insight.noise import surely
from insight.survey.answers import Sample
from insight.survey.estimates import change, mean
from insight.survey.protection import parted

FEWEST_LEVELS = 8  # level answers, all the same
LISTED = 200
DOUBTS = ("straight", "fast", "burst", "reminder", "withdrawn")


@dataclass(frozen=True)
class Doubt:
    """Why one answer is listed. `number` is of this list alone; `facts` are the evidence, by name."""

    kind: str
    number: int
    facts: dict[str, float]


@dataclass(frozen=True)
class Integrity:
    """`doubts` are those that the answers show by themselves, `counts` all of each kind; `doubtful` marks the responses
    of the sample."""

    doubts: tuple[Doubt, ...]
    counts: dict[str, int]
    doubtful: np.ndarray


def examine(
    sample: Sample, index: np.ndarray, *, reminders: Sequence[datetime], came: Mapping[str, int] | None = None
) -> Integrity:
    """`came` counts the answers that came in a way that somebody should look at: which they were is marked on the
    answers themselves, where they are so many that nobody is found by it."""
    rows = sample.rows
    jumped = _jumped(sample, index, len(reminders))
    straight = ((rows["levels"] >= FEWEST_LEVELS) & (rows["lowest"] == rows["highest"])).to_numpy(dtype=bool)
    listed = sorted(np.flatnonzero(straight), key=lambda place: rows["response_id"].iloc[place])
    doubts = [Doubt("straight", n, {"levels": float(rows["levels"].iloc[i])}) for n, i in enumerate(listed, start=1)]
    counts = {"straight": int(straight.sum()), **(came or {}), "reminder": int(jumped.sum())}
    doubtful = straight | jumped | rows["doubtful"].to_numpy(dtype=bool)
    return Integrity(tuple(doubts[:LISTED]), {kind: counts.get(kind, 0) for kind in DOUBTS}, doubtful)


def _jumped(sample: Sample, index: np.ndarray, reminders: int) -> np.ndarray:
    """The answers that came within two days of a reminder after which they differ surely from those before it."""
    marked = np.zeros(sample.n, dtype=bool)
    sent, prompted = (sample.rows[name].to_numpy() for name in ("reminders", "prompted"))
    for n in range(1, reminders + 1):
        after, before = (sent == n) & prompted.astype(bool), sent < n
        if not parted([sample.design.weight[m & ~np.isnan(index)] for m in (after, before)]):
            continue
        _, low, high = change(mean(sample.design, index, after), mean(sample.design, index, before))
        if surely(low, high):
            marked |= after
    return marked
