"""What the next forum should be about: candidates ranked by the three tests and by fairness, each with its evidence.

Hardest for departments, most urgent for enterprises, most common among them (distinct enterprises, never counts of
cases), and fair: whom forums have not reached. A test is the mean of its pieces of evidence, each a share from 0 to 1;
shares of few cases are drawn towards the share of all (`DRAWN` cases' worth), or three cases would always lead.
Between candidates a test counts as the share of the others that it exceeds, from 0 to 100, so that the weights weigh
like with like.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd

import i18n
from db.states import BAD_RATINGS
from insight.frames import Column, Frame

TESTS = ("hard", "urgent", "common", "fair")
KINDS = ("sector", "category")
DRAWN = 5  # cases
FEWEST = 3  # distinct enterprises that make a candidate
LOOK_BACK = timedelta(days=365)
SOON = timedelta(days=7)
LONGEST_WAIT = 24  # months without a forum of the sector: more counts as much
_WORDS = Path(__file__).parent / "urgent_words.toml"


@dataclass(frozen=True)
class Weights:
    """How much each test weighs; only their proportions matter."""

    hard: int = 30
    urgent: int = 30
    common: int = 25
    fair: int = 15


@dataclass(frozen=True)
class Evidence:
    """One piece: `share` (0 to 1) is what counts; `case_ids` are behind it, `of` how many it is a share of.

    `months` is the mean wait for a forum, where it is that which counts.
    """

    code: str
    share: float
    case_ids: tuple[str, ...] = ()
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
    case_ids: tuple[str, ...]
    open_ids: tuple[str, ...]
    enterprises: int
    tests: tuple[Criterion, ...]
    total: float
    rank: int


@dataclass(frozen=True)
class Coverage:
    """`waits`: sector → months since its last forum (never is left out). `behind`: towns whose enterprises came to
    forums less than the middle town's."""

    waits: Mapping[str, float]
    behind: frozenset[str]


def candidates(facts: Frame, known: Coverage, weights: Weights, as_of: date) -> tuple[Candidate, ...]:
    """Ranked, the best first.

    `facts` is themes.recent: one row a case with title, text and `bodies`.
    """
    marked = _marked(facts, known, as_of)
    found = [(kind, str(code), rows) for kind in KINDS for code, rows in marked.groupby(f"{kind}_code")]
    found = [one for one in found if one[2]["enterprise_id"].nunique() >= FEWEST]
    return _ranked([(kind, code, rows, _evidence(rows, marked)) for kind, code, rows in found], weights)


def coverage(forums: Frame, towns: Frame, as_of: date) -> Coverage:
    """`forums` as in the facts, `towns` is themes.town_coverage."""
    held = forums[forums["sector_code"].notna()]
    last = pd.to_datetime(held["held_on"]).groupby(held["sector_code"]).max()
    waits = {str(code): (pd.Timestamp(as_of) - day).days / 30.4375 for code, day in last.items()}
    share = (towns["came"] / towns["enterprises"]).where(towns["enterprises"] > 0)
    return Coverage(waits, frozenset(towns.loc[share < share.median(), "town_code"]))


def wait_of(sector: str, waits: Mapping[str, float]) -> float:
    """Months since a forum of this division or of its whole section; never counts as the longest."""
    known = [waits[code] for code in (sector, sector[:1]) if code in waits]
    return min([*known, LONGEST_WAIT])


def _marked(facts: Frame, known: Coverage, as_of: date) -> Frame:
    """A column of truth for each piece of evidence that is a share of cases."""
    day, unsettled = pd.Timestamp(as_of), ~facts["is_settled"]
    words = facts["title"] + " " + facts["text"]
    return facts.assign(
        category_code=facts["category"],
        reopened_once=facts["reopened"] > 0,
        late=(facts["due_on"] < day) & unsettled | (facts["settled"] > facts["deadline"]),
        many_bodies=facts["bodies"] > 1,
        rated_badly=facts["rating"].isin(BAD_RATINGS),
        urgent_words=_says_urgent(words),
        due_soon=unsettled & (facts["due_on"] <= day + SOON),
        town_behind=facts["town_code"].isin(known.behind),
        wait=[wait_of(code, known.waits) for code in facts["sector_code"]],
    )


# test → the columns of its evidence
SHARES: dict[str, tuple[str, ...]] = {
    "hard": ("reopened_once", "late", "many_bodies"),
    "urgent": ("rated_badly", "urgent_words", "due_soon"),
    "fair": ("town_behind",),
}


def _evidence(rows: Frame, everything: Frame) -> dict[str, tuple[Evidence, ...]]:
    found = {test: tuple(_share(name, rows, everything) for name in names) for test, names in SHARES.items()}
    firms = int(rows["enterprise_id"].nunique())
    of = int(everything["enterprise_id"].nunique())
    common = Evidence("enterprises", firms / of, tuple(rows.drop_duplicates("enterprise_id")["id"]), of)
    months = float(rows["wait"].mean())
    waited = Evidence("sector_wait", months / LONGEST_WAIT, months=months)
    return found | {"common": (common,), "fair": (waited, *found["fair"])}


def _share(name: str, rows: Frame, everything: Frame) -> Evidence:
    """Drawn towards the share of all cases."""
    of_all = float(everything[name].mean())
    ids = tuple(rows.loc[rows[name], "id"])
    return Evidence(name, (len(ids) + DRAWN * of_all) / (len(rows) + DRAWN), ids, len(rows))


def _ranked(
    found: Sequence[tuple[str, str, Frame, dict[str, tuple[Evidence, ...]]]], weights: Weights
) -> tuple[Candidate, ...]:
    values = {test: [_mean([piece.share for piece in pieces[test]]) for *_, pieces in found] for test in TESTS}
    scores = {test: _exceeds(of_test) for test, of_test in values.items()}
    made = []
    for number, (kind, code, rows, pieces) in enumerate(found):
        tests = tuple(Criterion(test, values[test][number], scores[test][number], pieces[test]) for test in TESTS)
        made.append((kind, code, rows, tests, total(tests, weights)))
    totals = [i18n.rounded(one[4], 1) for one in made]  # what is equal as it is shown is equal
    ranks = [1 + sum(other > own for other in totals) for own in totals]
    ranked = [_candidate(*one, rank=rank) for one, rank in zip(made, ranks, strict=True)]
    return tuple(sorted(ranked, key=lambda one: (one.rank, -one.enterprises, one.kind, one.code)))


def total(tests: Sequence[Criterion], weights: Weights) -> float:
    """The weighted mean of the scores."""
    weighed = {test: getattr(weights, test) for test in TESTS}
    whole = sum(weighed.values()) or 1
    return sum(test.score * weighed[test.code] for test in tests) / whole


def _candidate(
    kind: str, code: str, rows: Frame, tests: tuple[Criterion, ...], total: float, *, rank: int
) -> Candidate:
    is_open = ~rows["is_settled"]
    return Candidate(
        kind=kind,
        code=code,
        case_ids=tuple(rows["id"]),
        open_ids=tuple(rows.loc[is_open, "id"]),
        enterprises=int(rows["enterprise_id"].nunique()),
        tests=tests,
        total=total,
        rank=rank,
    )


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


def _says_urgent(words: Column) -> Column:
    known = urgent_words()
    return words.map(lambda text: any(word in text.casefold() for word in known)).astype(bool)


@cache
def urgent_words() -> tuple[str, ...]:
    """Words by which enterprises say that it cannot wait."""
    return tuple(tomllib.loads(_WORDS.read_text(encoding="utf-8"))["words"])
