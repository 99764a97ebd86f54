"""What the candidates for the next theme are made from, read in one snapshot of the store."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from db.figures.case_figures import Asked
from db.figures.figures import EVERYTHING, forum_facts
from db.forums import themes as records
from db.scope import Scope
from db.sql import Connection
from insight.frames import Frame
from insight.themes.ranking import LOOK_BACK, Candidate, Coverage, Weights, candidates, coverage

REACH = timedelta(days=730)  # whom forums reached within two years


@dataclass(frozen=True)
class Ground:
    """`facts`: one row a recent case with its words, see themes.candidates. Shared: nobody changes it."""

    facts: Frame
    known: Coverage

    def ranked(self, weights: Weights, as_of: date) -> tuple[Candidate, ...]:
        return candidates(self.facts, self.known, weights, as_of)


def read_ground(con: Connection, *, scope: Scope, as_of: date) -> Ground:
    facts = records.recent(con, Asked(scope, EVERYTHING, as_of), as_of - LOOK_BACK)
    days = {name: pd.to_datetime(facts[name]) for name in ("due_on", "deadline", "settled")}
    towns = records.town_coverage(con, scope, since=as_of - REACH, as_of=as_of)
    return Ground(facts.assign(**days), coverage(forum_facts(con, EVERYTHING, as_of), towns, as_of))
