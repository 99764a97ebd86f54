"""When the calendar changes, deadlines that count working days follow it; promises and finished cases do not.

A case that was submitted before acceptance had a deadline gets one, counted from its submission.
"""

from datetime import datetime

from casework.cases.lifecycle import ACCEPT, WORKING_DAYS
from db import clock, events
from db.calendar.workdays import DueDay, calendar_version, due_date
from db.cases import cases, deadlines
from db.cases.deadlines import Running
from db.events import Event
from db.scope import EVERY
from db.sql import Connection
from db.store import Store
from db.system import settings


def recompute_deadlines(store: Store, *, at: datetime) -> int:
    """Where another calendar made the standing deadlines: make them anew, one event a changed case. Returns how many.

    Cheap while there is nothing to do. Raises Refused('calendar_broken') for amendments that cannot be read.
    """
    running = calendar_version()
    if store.read(lambda con: settings.calendar_version(con) == running and not deadlines.without_clock(con)):
        return 0
    return store.write(lambda con: _recompute(con, running, at))


def _recompute(con: Connection, version: str, at: datetime) -> int:
    new = deadlines.without_clock(con)
    if settings.calendar_version(con) != version:
        settings.put(con, "calendar_version", version)
        new += deadlines.running(con, EVERY, list(WORKING_DAYS))
    return sum(_amend(con, one, version, at) for one in new)


def _amend(con: Connection, one: Running, version: str, at: datetime) -> bool:
    """Whether the new calendar gives another day, or knows what was provisional."""
    case = one.case
    rule = case.due_rule or ACCEPT
    since, days = clock.day_of(one.since), WORKING_DAYS[rule] if one.days is None else one.days
    if case.due_on and (case.due_on < since or not days):  # it was missed, or due that day, when its clock ran again
        return False
    due = due_date(since, days)
    if case.due_on and due == DueDay(case.due_on, case.due_provisional):
        return False
    detail = {"due_on": due.day, "due_rule": rule, "before": case.due_on, "calendar": version}
    kind = "recompute_deadline" if case.due_on else "start_clock"
    event = Event(at, "case", kind, case.id, case.seq + 1, state=case.state, detail=detail)
    cases.move(con, case, event, {"due_provisional": due.provisional})
    events.append(con, event)
    return True
