"""All that the leader's page shows, read in one snapshot of the store."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from db import figures
from db.figures import Filters
from db.scope import Scope
from db.sql import Connection
from insight.economy import Indicator, published
from insight.facts import Facts, read_facts
from insight.figures import measures
from insight.measures import Measure
from insight.mood import Mood, scores
from insight.views import Waiting, waiting

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
    mood: Mood
    economy: tuple[Indicator, ...]


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
        mood=read_mood(con, filters=filters, as_of=as_of),
        economy=published(con, as_of),
    )


def read_mood(con: Connection, *, filters: Filters, as_of: date) -> Mood:
    """The newest wave that had opened by the end of the period, and the one before it."""
    day = min(as_of, filters.until) if filters.until else as_of
    waves = figures.waves_until(con, day)
    if not waves:
        return Mood(None, None, ())
    cells = [figures.mood_cells(con, wave["id"], day) for wave in waves[:2]]
    place = replace(filters, since=None, until=None)
    found = scores(cells[0], cells[1] if len(cells) > 1 else None, place, as_of)
    return Mood(waves[0], waves[1] if len(waves) > 1 else None, found)
