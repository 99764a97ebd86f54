"""What a case is given to do, and by when. A clock that stands still keeps the days that were left in its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.cases.lifecycle import BEFORE, DATED, GIVEN_BACK, KEPT, OWN_CLOCK, WORKING_DAYS, Rule
from db import events
from db.calendar import workdays
from db.calendar.workdays import due_date, working_days
from db.cases import cases
from db.cases.cases import Case
from db.cases.past import HELD, Stretch, after, as_entered
from db.sql import Connection
from db.states import BY_CODE

Stopped = Mapping[str, Any]  # state, rule and day as they stood; `left`: the working days of each clock


@dataclass(frozen=True)
class Due:
    """A deadline and the rule that made it; `provisional` as in db.calendar.workdays; `days` where they are not those
    of the rule. `also` are the other days that it gives back."""

    day: date
    provisional: bool
    rule: str
    days: int | None = None
    also: tuple[tuple[str, date], ...] = ()

    @property
    def told(self) -> dict[str, object]:
        """What an event says of it."""
        counted = {} if self.days is None else {"days": self.days}
        return {"due_on": self.day, "due_rule": self.rule, **counted, **dict(self.also)}


def due_after(
    rule: Rule, state: str, given: object, stopped: Stopped | None, undone: Stretch | None, today: date
) -> Due | None:
    """What the action gives the case to do, and by when; None where what is due stays, or nothing is any more."""
    if rule.due == KEPT or BY_CODE[state].clock == "none":
        return None
    if own := OWN_CLOCK.get(BY_CODE[state].waits_for):
        return counted(own, today)
    if rule.due == BEFORE:
        return _as_before(undone, today)
    if rule.due == GIVEN_BACK:
        return _given_back(stopped or {}, today)
    if rule.due in DATED:
        return Due(getattr(given, DATED[rule.due]), False, rule.due)
    return counted(rule.due, today)


def stood_before(con: Connection, case: Case, rule: Rule) -> Stretch | None:
    """How the case stood before its last change of state; None where the rule undoes nothing."""
    if rule.due != BEFORE:
        return None
    stretch, before = None, None
    told = [event for event in cases.as_events(case, cases.histories(con, [case])[case.id]) if event.state]
    born = as_entered(vars(case), [event.detail for event in told])
    for event in told:
        now = after(stretch, event, born)
        stretch, before = now, stretch if stretch and now.state != stretch.state else before
    return before


def _as_before(undone: Stretch | None, today: date) -> Due | None:
    """It was nobody's fault but of who asked: no day is given for it."""
    if undone is None or undone.due_on is None:
        return None
    left = working_days(today, undone.due_on) if undone.due_on >= today else 0
    return Due(undone.due_on, False, undone.due_rule or "", left)


def counted(rule: str, today: date) -> Due:
    found = due_date(today, WORKING_DAYS[rule])
    return Due(found.day, found.provisional, rule)


def is_provisional(day: date, today: date) -> bool:
    """Whether a year from today to the day has no published calendar."""
    n = working_days(today, day)
    return n > 0 and due_date(today, n).provisional


def stopped_at(con: Connection, case: Case) -> Stopped | None:
    """How the case stood when its clock was stopped; None where it is not."""
    if BY_CODE[case.state].clock != "still":
        return None
    told = [event["detail"] for event in events.of_subject(con, case.id) if "left" in event["detail"]]
    return {name: told[-1].get(name) for name in ("was", "rule", "before", "left")}


def stop(case: Case, today: date) -> Stopped:
    """What the event that stops the clock keeps: what was missed already stays missed and is not among `left`."""
    held = {"due_on": case.due_on}
    held |= {} if case.responded_at else {"answer_due": case.answer_due}
    held |= {} if case.promised_on else {"deadline": case.deadline}
    left = {name: working_days(today, day) for name, day in held.items() if day and day >= today}
    return {"was": case.state, "rule": case.due_rule, "before": case.due_on, "left": left}


def _given_back(stopped: Stopped, today: date) -> Due:
    """The days that were left, from today on; not the whole of them."""
    left = stopped["left"]
    found = {name: due_date(today, n) if n else workdays.DueDay(today, False) for name, n in left.items()}
    also = tuple((name, found[name].day) for name in HELD if name in found)
    if "due_on" not in found:
        return Due(date.fromisoformat(stopped["before"]), False, stopped["rule"], also=also)
    return Due(found["due_on"].day, found["due_on"].provisional, stopped["rule"], left["due_on"], also)
