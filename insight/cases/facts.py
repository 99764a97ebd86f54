"""The facts of one date: counts of cases, people, policies, and the forums. No row of a case is among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.figures import case_figures, figures
from db.figures.case_figures import Asked, Lasted
from db.figures.figures import Filters, HeldForum
from db.scope import Scope
from db.sql import Connection, Row


@dataclass(frozen=True)
class Facts:
    """As they stood at the end of `as_of`. `counts` as of case_figures.counts; `forums` oldest first; `register`
    counts policies, their beneficiaries and service officers."""

    as_of: date
    filters: Filters
    counts: Row
    lasted: Sequence[Lasted]
    forums: Sequence[HeldForum]
    attendance: Row
    register: Row


def read_facts(con: Connection, *, scope: Scope, filters: Filters, as_of: date) -> Facts:
    return read_days(con, Asked(scope, filters, as_of))[0]


def read_days(con: Connection, asked: Asked) -> list[Facts]:
    """The facts of each day asked for, in one reading: a statement costs more than a second day."""
    filters, counts, lasted = asked.filters, case_figures.counts(con, asked), case_figures.durations(con, asked)
    forums = figures.forum_facts(con, filters, asked.as_of)
    attendance = figures.attendance_counts(con, filters, asked.days)
    register = figures.register_counts(con, filters, asked.days)
    return [
        Facts(day, filters, counts[day], lasted[day], [one for one in forums if one.held_on <= day],
              attendance[day], register[day])
        for day in asked.days
    ]  # fmt: skip
