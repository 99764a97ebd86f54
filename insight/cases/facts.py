"""The facts of one date: counts of cases, forums, people, policies. No row of a case is among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.figures import case_figures, figures
from db.figures.case_figures import Asked, Lasted
from db.figures.figures import Filters
from db.scope import Scope
from db.sql import Connection, Row
from insight.frames import Frame


@dataclass(frozen=True)
class Facts:
    """As they stood at the end of `as_of`. `counts` as of case_figures.counts, `forums` a row a forum, oldest first."""

    as_of: date
    filters: Filters
    counts: Row
    lasted: Sequence[Lasted]
    forums: Frame
    attendance: Row
    policies: Row
    officers: int


def read_facts(con: Connection, *, scope: Scope, filters: Filters, as_of: date) -> Facts:
    asked = Asked(scope, filters, as_of)
    return Facts(
        as_of=as_of,
        filters=filters,
        counts=case_figures.counts(con, asked),
        lasted=case_figures.durations(con, asked),
        forums=figures.forum_facts(con, filters, as_of),
        attendance=figures.attendance_counts(con, filters, as_of),
        policies=figures.policy_counts(con, filters, as_of),
        officers=figures.officer_count(con, filters, as_of),
    )
