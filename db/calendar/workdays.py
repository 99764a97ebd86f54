"""Working days in China: weekends, public holidays and make-up workdays of the State Council's yearly notices."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from itertools import accumulate

from chinese_calendar.constants import holidays, workdays

from db import sql
from db.calendar.calendar_corrections import corrections
from db.sql import Connection
from db.system import settings

_SATURDAY = 5
_NATIONAL_DAY_MONTH = 10  # a year's notice always names it; New Year's days may stand in the notice of the year before
PUBLISHED: frozenset[int] = frozenset(day.year for day in holidays if day.month == _NATIONAL_DAY_MONTH)


@dataclass(frozen=True)
class DueDay:
    """A deadline; `provisional` where a year on the way has no published calendar, so that only weekends rest."""

    day: date
    provisional: bool


def is_working_day(day: date) -> bool:
    """Only weekends rest in a year whose calendar is unpublished; what operators amended goes first."""
    amended = corrections()
    if day in amended.holidays or day in amended.workdays:
        return day in amended.workdays
    if day.year in PUBLISHED and (day in holidays or day in workdays):
        return day in workdays  # the library's own `is_workday` looks through all its days each time
    return day.weekday() < _SATURDAY


def due_date(start: date, working_days: int) -> DueDay:
    """The last of `working_days` (at least 1) working days after `start`, which itself is day 0, rest day or not.

    Raises ValueError for fewer than 1.
    """
    if working_days < 1:
        raise ValueError("working_days is at least 1")
    day, left = start, working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    known = PUBLISHED | corrections().years
    return DueDay(day, provisional=not set(range(start.year, day.year + 1)) <= known)


def working_days(after: date, until: date) -> int:
    """How many working days lie after `after`, up to and with `until`: 0 where `until` is no later."""
    return sum(is_working_day(day) for day in _days(after, until))


def days_off(after: date, until: date) -> list[tuple[date, date]]:
    """Holidays after `after`, up to and with `until`: each unbroken rest that takes at least one weekday."""
    rests: list[list[date]] = []
    for day in _days(after, until):
        if is_working_day(day):
            rests.append([])
        else:
            rests = rests or [[]]
            rests[-1].append(day)
    return [(rest[0], rest[-1]) for rest in rests if any(day.weekday() < _SATURDAY for day in rest)]


def make_up_days(after: date, until: date) -> list[date]:
    """Saturdays and Sundays after `after`, up to and with `until`, that are worked."""
    return [day for day in _days(after, until) if day.weekday() >= _SATURDAY and is_working_day(day)]


def _days(after: date, until: date) -> list[date]:
    return [after + timedelta(days=n) for n in range(1, (until - after).days + 1)]


def calendar_version() -> str:
    """Which calendar deadlines are made with: the library's release, its last year, and the amendments."""
    release = f"chinesecalendar {version('chinesecalendar')} / years to {max(PUBLISHED)}"
    return f"{release} / {corrections().version}" if corrections().version else release


FIRST, LAST = date(2000, 1, 1), date(2050, 12, 31)  # the days that the store counts


def load(con: Connection) -> None:
    """Count the working days so far into `workday`, where another calendar counted them before."""
    running = calendar_version()
    if sql.scalar(con, "SELECT value FROM setting WHERE name = 'workdays'") == running:
        return
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    statement = """
        INSERT INTO workday SELECT unnest($days), unnest($so_far)
        ON CONFLICT (day) DO UPDATE SET so_far = excluded.so_far
        """
    sql.run(con, statement, {"days": days, "so_far": list(accumulate(int(is_working_day(day)) for day in days))})
    settings.put(con, "workdays", running)
