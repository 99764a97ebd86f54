"""Working days of the State Council's calendar, for instants and deadlines that a person would believe."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar


@cache
def is_working(day: date) -> bool:
    """Published calendar; Monday to Friday where the year's is not published."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def is_published(day: date) -> bool:
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def on_or_after(day: date) -> date:
    while not is_working(day):
        day += timedelta(days=1)
    return day


def on_or_before(day: date) -> date:
    while not is_working(day):
        day -= timedelta(days=1)
    return day


@cache
def plus(day: date, count: int) -> date:
    """The working day `count` working days after `day`; before it where `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working(day):
            day += step
    return day
