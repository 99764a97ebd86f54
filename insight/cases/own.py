"""How a department's own cases stand and were rated: the same figures as the leaders', of its cases alone."""

from datetime import date, timedelta

from access.actor import Actor
from db.figures.figures import Filters
from db.scope import Scope
from db.sql import Connection
from db.store import Store
from insight.cases.facts import read_facts
from insight.cases.figures import measures
from insight.measures import Measure, untold
from insight.survey.protection import FEWEST

OWN = ("settled_share", "response_in_time", "promises_kept", "handling_days_median", "satisfaction_top2")
YEAR = timedelta(days=365)


def own_figures(store: Store, *, actor: Actor, as_of: date) -> list[Measure]:
    """Of the cases raised in the last year that the actor may see; one of fewer than ten cases is not told.

    Raises Refused('forbidden').
    """
    actor.must("answer_case")
    return store.kept(_read, actor.scope, as_of)


def _read(con: Connection, scope: Scope, as_of: date) -> list[Measure]:
    found = measures(read_facts(con, scope=scope, filters=Filters(since=as_of - YEAR), as_of=as_of))
    own = (found[code] for code in OWN)
    return [untold(one) if 0 < one.n < FEWEST else one for one in own]
