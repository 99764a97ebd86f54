"""Every holiday and make-up workday of the State Council's notices for 2018 to 2026, written out as facts.

Each line is a year's notice as published and amended: days off as first and last day, then the make-up workdays.
"""

from datetime import date, timedelta

import pytest

from db.calendar.workdays import due_date, is_working_day

HOLIDAYS = {
    2018: "01-01 01-01, 02-15 02-21, 04-05 04-07, 04-29 05-01, 06-16 06-18, 09-22 09-24, 10-01 10-07, 12-30 12-31",
    2019: "01-01 01-01, 02-04 02-10, 04-05 04-07, 05-01 05-04, 06-07 06-09, 09-13 09-15, 10-01 10-07",
    2020: "01-01 01-01, 01-24 02-02, 04-04 04-06, 05-01 05-05, 06-25 06-27, 10-01 10-08",
    2021: "01-01 01-03, 02-11 02-17, 04-03 04-05, 05-01 05-05, 06-12 06-14, 09-19 09-21, 10-01 10-07",
    2022: "01-01 01-03, 01-31 02-06, 04-03 04-05, 04-30 05-04, 06-03 06-05, 09-10 09-12, 10-01 10-07, 12-31 12-31",
    2023: "01-01 01-02, 01-21 01-27, 04-05 04-05, 04-29 05-03, 06-22 06-24, 09-29 10-06, 12-30 12-31",
    2024: "01-01 01-01, 02-10 02-17, 04-04 04-06, 05-01 05-05, 06-08 06-10, 09-15 09-17, 10-01 10-07",
    2025: "01-01 01-01, 01-28 02-04, 04-04 04-06, 05-01 05-05, 05-31 06-02, 10-01 10-08",
    2026: "01-01 01-03, 02-15 02-23, 04-04 04-06, 05-01 05-05, 06-19 06-21, 09-25 09-27, 10-01 10-07",
}
MAKE_UP = {
    2018: "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
    2019: "02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
# Working days on both sides of a holiday: the notice ends where it says, and not a day sooner or later.
PLAIN = [
    "2018-02-14", "2018-02-22", "2018-10-08", "2019-01-02", "2019-02-11", "2019-04-30", "2019-05-06", "2019-10-08",
    "2020-01-23", "2020-02-03", "2020-05-06", "2020-10-09", "2021-02-10", "2021-02-18", "2021-05-06", "2021-10-08",
    "2022-02-07", "2022-05-05", "2022-10-10", "2023-01-20", "2023-01-30", "2023-05-04", "2023-09-28", "2023-10-09",
    "2024-02-09", "2024-02-19", "2024-05-06", "2024-10-08", "2025-01-27", "2025-02-05", "2025-05-06", "2025-10-09",
    "2026-02-13", "2026-02-24", "2026-05-06", "2026-10-08",
]  # fmt: skip
# (day 0, third working day), each counted on a wall calendar with the notice beside it.
THIRD = [
    ("2018-02-14", "2018-02-24"), ("2018-09-28", "2018-10-08"), ("2019-02-01", "2019-02-11"),
    ("2019-04-30", "2019-05-07"), ("2020-01-23", "2020-02-05"), ("2020-09-30", "2020-10-12"),
    ("2021-02-10", "2021-02-20"), ("2021-09-30", "2021-10-11"), ("2022-01-28", "2022-02-07"),
    ("2022-09-30", "2022-10-10"), ("2023-01-20", "2023-01-30"), ("2023-04-28", "2023-05-06"),
    ("2024-04-30", "2024-05-08"), ("2024-09-30", "2024-10-10"), ("2025-04-30", "2025-05-08"),
    ("2025-09-30", "2025-10-11"), ("2026-04-30", "2026-05-08"), ("2026-09-30", "2026-10-10"),
]  # fmt: skip


def days_off(year: int, spans: str) -> list[date]:
    found = []
    for span in spans.split(", "):
        first, last = (date.fromisoformat(f"{year}-{day}") for day in span.split())
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(n)).year == year]


def counted_off(day: date, working_days: int) -> date:
    """With the notices beside a wall calendar: day 0 does not count, a make-up workday does."""
    while working_days:
        day += timedelta(days=1)
        working_days -= day in ON_DAYS or (day.weekday() < 5 and day not in OFF_DAYS)
    return day


OFF = [day for year, spans in HOLIDAYS.items() for day in days_off(year, spans)]
ON = [date.fromisoformat(f"{year}-{day}") for year, days in MAKE_UP.items() for day in days.split()]
OFF_DAYS, ON_DAYS = frozenset(OFF), frozenset(ON)


def test_there_are_more_than_two_hundred_vectors():
    assert len({*OFF, *ON}) > 200
    assert not {*OFF} & {*ON}
    assert all(day.weekday() >= 5 for day in ON)


def test_a_published_holiday_is_no_working_day():
    assert [day for day in OFF if is_working_day(day)] == []


def test_a_make_up_workday_is_a_working_day():
    assert [day for day in ON if not is_working_day(day)] == []


def test_the_days_before_and_after_a_holiday_are_worked():
    assert [day for day in PLAIN if not is_working_day(date.fromisoformat(day))] == []


@pytest.mark.parametrize("year", HOLIDAYS)
def test_nothing_else_in_the_year_departs_from_monday_to_friday(year):
    plain = [day for day in days_of(year) if day not in OFF and day not in ON]
    assert [day for day in plain if is_working_day(day) != (day.weekday() < 5)] == []


@pytest.mark.parametrize("year", [year for year in HOLIDAYS if year + 1 in HOLIDAYS])
@pytest.mark.parametrize("working_days", [1, 3, 7])
def test_a_deadline_from_every_day_of_the_year_is_the_one_counted_off_the_notices(year, working_days):
    """From each of the year's days, rest days too: 8 years, 8,766 deadlines that the library has no part in."""
    expected = {day: counted_off(day, working_days) for day in days_of(year)}
    found = {day: due_date(day, working_days) for day in expected}
    assert {day: due.day for day, due in found.items()} == expected
    assert not any(due.provisional for due in found.values())


def test_three_working_days_across_a_holiday():
    found = [(start, str(due_date(date.fromisoformat(start), 3).day)) for start, _ in THIRD]
    assert found == THIRD
