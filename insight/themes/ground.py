"""What the candidates for the next theme are made from: counts of recent cases, read in one snapshot of the store."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import median

from db.figures.case_figures import Asked
from db.figures.figures import EVERYTHING, sectors_in_use
from db.forums import themes
from db.forums.themes import Counted, Marks, TownReached
from db.scope import Scope
from db.sql import Connection
from insight.themes.ranking import LONGEST_WAIT, Candidate, Weights, candidates

LOOK_BACK = timedelta(days=365)
REACH = timedelta(days=730)  # whom forums reached within two years
_WORDS = Path(__file__).parent / "urgent_words.toml"


@dataclass(frozen=True)
class Ground:
    """`asked` and `marks` say which cases were counted, and how. Shared: nobody changes it."""

    asked: Asked
    marks: Marks
    found: Sequence[Counted]

    @property
    def cases(self) -> int:
        return self.found[0].n

    def ranked(self, weights: Weights) -> tuple[Candidate, ...]:
        return candidates(self.found[1:], self.found[0], weights)


def read_ground(con: Connection, *, scope: Scope, as_of: date) -> Ground:
    asked = Asked(scope, EVERYTHING, as_of)
    waits = {code: (as_of - day).days / 30.4375 for code, day in themes.last_forums(con, as_of).items()}
    marks = Marks(
        since=as_of - LOOK_BACK,
        urgent=urgent_words(),
        behind=reached_least(themes.town_coverage(con, scope, since=as_of - REACH, as_of=as_of)),
        waits={code: wait_of(code, waits) for code in sectors_in_use(con)},
    )
    return Ground(asked, marks, themes.counted(con, asked, marks))


def wait_of(sector: str, waits: Mapping[str, float]) -> float:
    """Months since a forum of this division or of its whole section; never counts as the longest."""
    known = [waits[code] for code in (sector, sector[:1]) if code in waits]
    return min([*known, LONGEST_WAIT])


def reached_least(towns: Sequence[TownReached]) -> tuple[str, ...]:
    """The towns whose enterprises came to forums less than the middle town's."""
    shares = {one.town_code: one.came / one.enterprises for one in towns}
    middle = median(shares.values()) if shares else 0
    return tuple(code for code, share in shares.items() if share < middle)


@cache
def urgent_words() -> tuple[str, ...]:
    """Words by which enterprises say that it cannot wait."""
    return tuple(tomllib.loads(_WORDS.read_text(encoding="utf-8"))["words"])
