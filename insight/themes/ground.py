"""What the candidates for the next theme are made from, read in one snapshot of the store."""

from dataclasses import dataclass
from datetime import date, timedelta

from db import themes as records
from db.scope import Scope
from db.sql import Connection
from insight.cases.facts import Facts
from insight.frames import Frame
from insight.themes.ranking import Candidate, Coverage, Weights, candidates, coverage, recent

REACH = timedelta(days=730)  # whom forums reached within two years


@dataclass(frozen=True)
class Ground:
    """`facts`: one row a recent case with its words, see themes.candidates. Shared: nobody changes it."""

    facts: Frame
    known: Coverage

    def ranked(self, weights: Weights, as_of: date) -> tuple[Candidate, ...]:
        return candidates(self.facts, self.known, weights, as_of)


def read_ground(con: Connection, *, scope: Scope, as_of: date, facts: Facts) -> Ground:
    """`facts`: everything as it stood at the end of `as_of`."""
    cases = recent(facts.cases, as_of)
    told = records.told(con, scope, list(cases["id"])).drop(columns="enterprise_id")
    towns = records.town_coverage(con, scope, since=as_of - REACH, as_of=as_of)
    return Ground(cases.merge(told, on="id"), coverage(facts.forums, towns, as_of))
