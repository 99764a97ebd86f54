"""A figure's own past: what it was at the end of each of the last months."""

from datetime import date, timedelta

from db.figures.figures import Filters
from db.scope import Scope
from db.sql import Connection
from insight.cases.facts import read_facts
from insight.cases.figures import measures
from insight.measures import Measure

MONTHS = 12


def month_ends(as_of: date) -> list[date]:
    """The last days of the twelve months before, then the day itself."""
    ends, day = [as_of], as_of
    for _ in range(MONTHS):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends[::-1]


def history(con: Connection, *, scope: Scope, filters: Filters, day: date) -> dict[str, Measure]:
    """Every figure as it stood at the end of `day`: one reading serves all of them."""
    return measures(read_facts(con, scope=scope, filters=filters, as_of=day))
