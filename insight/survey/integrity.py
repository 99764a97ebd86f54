"""Answers that do not look like answers: listed with evidence, counted with and without, never deleted.

The rules are the table DOUBTS. None says that an answer is false: each says why somebody should look. The evidence is
of how an answer came in, never of what it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from i18n import LANGUAGES, MAIN
from i18n.names import STORED
from insight.frames import Column, Frame
from insight.noise import surely
from insight.survey.answers import Sample
from insight.survey.estimates import interval, mean
from insight.survey.protection import parted

FEWEST_LEVELS = 8  # level answers, all the same
BURST, WITHIN = 5, timedelta(hours=1)  # answers from one address
AFTER_REMINDER = timedelta(hours=48)
LISTED = 200  # of a kind
DOUBTS = ("straight", "fast", "burst", "reminder", "withdrawn")


@dataclass(frozen=True)
class Doubt:
    """Why one answer is listed. `number` is its receipt's; `facts` are the evidence, by name."""

    kind: str
    number: int
    submitted_at: datetime
    facts: dict[str, float]


@dataclass(frozen=True)
class Jump:
    """The answers within two days of a reminder against those before it, where the index moved surely."""

    reminded_at: datetime
    answered: int
    moved: float


@dataclass(frozen=True)
class Integrity:
    """`doubts` are the first of each kind, `counts` all of them; `doubtful` marks the responses of the sample."""

    doubts: tuple[Doubt, ...]
    counts: dict[str, int]
    doubtful: np.ndarray
    jumps: tuple[Jump, ...]


def examine(sample: Sample, index: np.ndarray, *, reminders: Sequence[datetime], withdrawn: Sequence[str]) -> Integrity:
    """`withdrawn` are the enterprises of which a case was sent back around the wave and not submitted again."""
    rows = sample.rows
    jumps, jumped = _jumps(sample, index, reminders)
    marks = {
        "straight": ((rows["levels"] >= FEWEST_LEVELS) & (rows["lowest"] == rows["highest"])).to_numpy(dtype=bool),
        "fast": (_seconds(rows) < _reading(rows)).to_numpy(dtype=bool),
        "burst": _bursts(rows),
        "reminder": jumped,
        "withdrawn": rows["enterprise_id"].isin(list(withdrawn)).to_numpy(dtype=bool),
    }
    doubts = [_doubt(kind, rows, i) for kind in DOUBTS for i in np.flatnonzero(marks[kind])[:LISTED]]
    counts = {kind: int(marks[kind].sum()) for kind in DOUBTS}
    doubtful = np.any(list(marks.values()), axis=0) if sample.n else np.zeros(0, dtype=bool)
    return Integrity(tuple(doubts), counts, doubtful, jumps)


def _seconds(rows: Frame) -> Column:
    """From opening the form to sending it; unknown counts as long."""
    return (rows["submitted_at"] - rows["started_at"]).dt.total_seconds().fillna(np.inf)


def _reading(rows: Frame) -> Column:
    """Seconds that a quick reader needs for the questions answered, in the language that they were read in."""
    spoken = np.where(rows["language"].isin(STORED), rows["language"], MAIN)
    return sum((rows[code] / LANGUAGES[code].reading).where(spoken == code, 0.0) for code in STORED)


def _bursts(rows: Frame) -> np.ndarray:
    """Five answers or more from one address within an hour."""
    marked = np.zeros(len(rows), dtype=bool)
    known = rows[rows["address_hash"].notna()].sort_values("submitted_at")
    for _, same in known.groupby("address_hash"):
        at, places = same["submitted_at"].to_numpy(), same.index.to_numpy()
        for first in range(len(at) - BURST + 1):
            inside = at[first:] - at[first] <= np.timedelta64(WITHIN)
            if inside.sum() >= BURST:
                marked[places[first:][inside]] = True
    return marked


def _jumps(sample: Sample, index: np.ndarray, reminders: Sequence[datetime]) -> tuple[tuple[Jump, ...], np.ndarray]:
    """Reminders after which the answers differ surely from those before, and the answers that came with them."""
    found, marked, at = [], np.zeros(sample.n, dtype=bool), sample.rows["submitted_at"]
    for moment in reminders:
        after = ((at >= moment) & (at < moment + AFTER_REMINDER)).to_numpy(dtype=bool)
        before = (at < moment).to_numpy(dtype=bool)
        if not parted([int((m & ~np.isnan(index)).sum()) for m in (after, before)]):
            continue
        now, then = mean(sample.design, index, after), mean(sample.design, index, before)
        low, high = interval(now.value - then.value, float(np.hypot(now.se, then.se)), now.df + then.df)
        if surely(low, high):
            found.append(Jump(moment, int(after.sum()), now.value - then.value))
            marked |= after
    return tuple(found), marked


def _doubt(kind: str, rows: Frame, place: int) -> Doubt:
    row = rows.iloc[place]
    seconds = (row["submitted_at"] - row["started_at"]).total_seconds() if pd.notna(row["started_at"]) else 0.0
    facts = {
        "straight": {"levels": float(row["levels"])},
        "fast": {"seconds": seconds, "reading": float(_reading(rows.iloc[[place]]).iloc[0])},
        "burst": {"n": float((rows["address_hash"] == row["address_hash"]).sum())},
    }
    return Doubt(kind, int(row["number"]), row["submitted_at"].to_pydatetime(), facts.get(kind, {}))
