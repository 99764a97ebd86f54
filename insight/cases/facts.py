"""The facts of one date, read once and shared by every figure, view and chart of that date."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from db import clock, figures
from db.figures import Filters
from db.scope import Scope
from db.sql import Connection, Row
from insight.frames import Column, Frame

SETTLED = ("awaiting", "closed")
OPEN = ("accepted", "dispatched", "in_progress", "committed", "reopened")


@dataclass(frozen=True)
class Facts:
    """Cases and forums as they stood at the end of `as_of`. The frames are shared: nobody changes them.

    `cases` is figures.case_facts without merged ones, with Shanghai days (`submitted`, `dispatched`, `settled`,
    `responded`), `accepted`, `is_settled`, `is_open` and `days`, the calendar days from dispatch to the answer that
    stands.
    """

    as_of: date
    filters: Filters
    cases: Frame
    forums: Frame
    attendance: Row
    policies: Row
    officers: int


def read_facts(con: Connection, *, scope: Scope, filters: Filters, as_of: date) -> Facts:
    return Facts(
        as_of=as_of,
        filters=filters,
        cases=_with_days(figures.case_facts(con, scope, filters, as_of)),
        forums=figures.forum_facts(con, filters, as_of),
        attendance=figures.attendance_counts(con, filters, as_of),
        policies=figures.policy_counts(con, filters, as_of),
        officers=figures.officer_count(con, filters, as_of),
    )


def _with_days(cases: Frame) -> Frame:
    """Merged cases live on in the one they were merged into, so they are counted there alone."""
    kept = cases[cases["state"] != "merged"].reset_index(drop=True)
    kept = kept.assign(
        submitted=_day(kept["submitted_at"]),
        dispatched=_day(kept["dispatched_at"]),
        settled=_day(kept["settled_at"]),
        responded=_day(kept["responded_at"]),
        accepted=kept["accepted_at"].notna(),
        is_settled=kept["state"].isin(SETTLED) & kept["accepted_at"].notna(),
        is_open=kept["state"].isin(OPEN),
        deadline=pd.to_datetime(kept["deadline"]),
        due_on=pd.to_datetime(kept["due_on"]),
        answer_due=pd.to_datetime(kept["answer_due"]),
        promised_on=pd.to_datetime(kept["promised_on"]),
    )
    return kept.assign(days=(kept["settled"] - kept["dispatched"]).dt.days.where(kept["is_settled"]))


def _day(instants: Column) -> Column:
    """The Shanghai day of UTC instants, as midnights without a zone."""
    local = pd.to_datetime(instants).dt.tz_localize("UTC").dt.tz_convert(clock.SHANGHAI)
    return local.dt.tz_localize(None).dt.normalize()
