"""What the next forum should be about: candidates ranked by the three tests and by fairness, each with its evidence.

Hardest for departments, most urgent for enterprises, most common among them (distinct enterprises, never counts of
cases), and fair: whom forums have not reached. A test is the mean of its pieces of evidence, each a share from 0 to 1;
shares of few cases are drawn towards the share of all (`DRAWN` cases' worth), or three cases would always lead.
Between candidates a test counts as the share of the others that it exceeds, from 0 to 100, so that the weights weigh
like with like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import i18n
from db.forums.themes import Counted, Theme

TESTS = ("hard", "urgent", "common", "fair")
DRAWN = 5  # cases
FEWEST = 3  # distinct enterprises that make a candidate
LONGEST_WAIT = 24  # months without a forum of the sector: more counts as much


@dataclass(frozen=True)
class Weights:
    """How much each test weighs; only their proportions matter."""

    hard: int = 30
    urgent: int = 30
    common: int = 25
    fair: int = 15


@dataclass(frozen=True)
class Evidence:
    """One piece: `share` (0 to 1) is what counts, of `of` cases or enterprises `n`.

    `months` is the mean wait for a forum, where it is that which counts.
    """

    code: str
    share: float
    n: int = 0
    of: int = 0
    months: float | None = None


@dataclass(frozen=True)
class Criterion:
    """`value` from 0 to 1, the mean of its evidence; `score` the share of the other candidates that it exceeds."""

    code: str
    value: float
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Candidate:
    """A sector or a category as a theme. `rank` by the total; equal totals share one."""

    kind: str
    code: str
    cases: int
    unsettled: int
    enterprises: int
    tests: tuple[Criterion, ...]
    total: float
    rank: int

    @property
    def theme(self) -> Theme:
        return Theme(self.kind, self.code)


def candidates(found: Sequence[Counted], everything: Counted, weights: Weights) -> tuple[Candidate, ...]:
    """Ranked, the best first: of what enough enterprises raised."""
    common = [one for one in found if one.enterprises >= FEWEST]
    return _ranked([(one, _evidence(one, everything)) for one in common], weights)


# test → the pieces of its evidence that are shares of cases
SHARES: dict[str, tuple[str, ...]] = {
    "hard": ("reopened_once", "late", "many_bodies"),
    "urgent": ("rated_badly", "urgent_words", "due_soon"),
    "fair": ("town_behind",),
}


def _evidence(one: Counted, everything: Counted) -> dict[str, tuple[Evidence, ...]]:
    found = {test: tuple(_share(name, one, everything) for name in names) for test, names in SHARES.items()}
    of = everything.enterprises
    common = Evidence("enterprises", one.enterprises / of, one.enterprises, of)
    waited = Evidence("sector_wait", one.wait / LONGEST_WAIT, months=one.wait)
    return found | {"common": (common,), "fair": (waited, *found["fair"])}


def _share(name: str, one: Counted, everything: Counted) -> Evidence:
    """Drawn towards the share of all cases."""
    n, of_all = one.marked[name], everything.marked[name] / everything.n
    return Evidence(name, (n + DRAWN * of_all) / (one.n + DRAWN), n, one.n)


def _ranked(
    found: Sequence[tuple[Counted, Mapping[str, tuple[Evidence, ...]]]], weights: Weights
) -> tuple[Candidate, ...]:
    values = {test: [_mean([piece.share for piece in pieces[test]]) for _, pieces in found] for test in TESTS}
    scores = {test: _exceeds(of_test) for test, of_test in values.items()}
    made = []
    for number, (one, pieces) in enumerate(found):
        tests = tuple(Criterion(test, values[test][number], scores[test][number], pieces[test]) for test in TESTS)
        made.append((one, tests, total(tests, weights)))
    totals = [i18n.rounded(worth, 1) for *_, worth in made]  # what is equal as it is shown is equal
    ranks = [1 + sum(other > own for other in totals) for own in totals]
    ranked = [
        Candidate(one.kind, one.code, one.n, one.unsettled, one.enterprises, tests, worth, rank)
        for (one, tests, worth), rank in zip(made, ranks, strict=True)
    ]
    return tuple(sorted(ranked, key=lambda one: (one.rank, -one.enterprises, one.kind, one.code)))


def total(tests: Sequence[Criterion], weights: Weights) -> float:
    """The weighted mean of the scores."""
    weighed = {test: getattr(weights, test) for test in TESTS}
    whole = sum(weighed.values()) or 1
    return sum(test.score * weighed[test.code] for test in tests) / whole


def _exceeds(values: Sequence[float]) -> list[float]:
    """For each, the share of the others below it, an equal one counting half; 50 where it stands alone."""
    others = max(len(values) - 1, 1)
    return [100 * _below(value, values) / others if len(values) > 1 else 50.0 for value in values]


def _below(value: float, values: Sequence[float]) -> float:
    """The one itself is among `values`, so half a tie is taken off."""
    less, same = sum(other < value for other in values), sum(other == value for other in values)
    return less + (same - 1) / 2


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
