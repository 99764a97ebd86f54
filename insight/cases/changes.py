"""Which figures moved on a day: what they said when it ended, beside what they said the evening before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.figures.figures import EVERYTHING
from db.figures.stood import Asked
from db.scope import Scope
from db.sql import Connection
from insight.cases.facts import read_days
from insight.cases.figures import HEADLINES, LATELY, LOOP, measures
from insight.measures import Measure

DAYS = 7


@dataclass(frozen=True)
class DayChanges:
    """`moved`: (before, after) of each figure that is written another way."""

    day: date
    moved: tuple[tuple[Measure, Measure], ...]


def day_changes(con: Connection, *, scope: Scope, as_of: date) -> list[DayChanges]:
    """The newest day first."""
    return [DayChanges(day, tuple(_moved(con, scope, day))) for day in (as_of - timedelta(days=n) for n in range(DAYS))]


def _moved(con: Connection, scope: Scope, day: date) -> Iterator[tuple[Measure, Measure]]:
    asked = Asked(scope, EVERYTHING, day, before=day - timedelta(days=1))
    now, before = (measures(facts) for facts in read_days(con, asked))
    return ((before[code], now[code]) for code in (*HEADLINES, *LOOP, *LATELY) if now[code].value != before[code].value)
