"""What the leader's page says about cases and forums, read in one snapshot of the store."""

from dataclasses import dataclass
from datetime import date, timedelta

from db import figures
from db.figures import Filters
from db.scope import Scope
from db.sql import Connection
from insight.cases.facts import Facts, read_facts
from insight.cases.figures import measures
from insight.cases.views import Waiting, waiting
from insight.measures import Measure

BACK = 30  # days to the date that a change is measured from
SHOWN = 5  # cases of a queue that the page names; the desk has them all


@dataclass(frozen=True)
class Board:
    """`before` holds the same measures 30 days earlier. Shared between viewers: nobody changes it."""

    facts: Facts
    measures: dict[str, Measure]
    before: dict[str, Measure]
    waiting: Waiting
    titles: dict[str, str]


def read_board(con: Connection, *, scope: Scope, filters: Filters, as_of: date) -> Board:
    facts = read_facts(con, scope=scope, filters=filters, as_of=as_of)
    earlier = read_facts(con, scope=scope, filters=filters, as_of=as_of - timedelta(days=BACK))
    queue = waiting(facts)
    shown = [case_id for frame in vars(queue).values() for case_id in frame["id"].head(SHOWN).tolist()]
    return Board(
        facts=facts,
        measures=measures(facts),
        before=measures(earlier),
        waiting=queue,
        titles=figures.titles(con, scope, shown),
    )
