"""Deadlines in working days, against the State Council's notices."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.__main__ import main
from casework.cases.counting import counting, special_days
from db.calendar.calendar_corrections import Corrections
from db.calendar.workdays import PUBLISHED, due_date, is_working_day

VECTORS = [
    ("2018-12-28", "2019-01-03"),
    ("2023-09-28", "2023-10-09"),
    ("2024-02-08", "2024-02-19"),
    ("2025-01-24", "2025-02-05"),
    ("2026-02-13", "2026-02-25"),
    ("2023-10-01", "2023-10-09"),
]


@pytest.mark.parametrize(("start", "due"), VECTORS)
def test_three_working_days_skip_holidays_and_count_make_up_workdays(start, due):
    assert due_date(date.fromisoformat(start), 3).day == date.fromisoformat(due)


def test_a_year_without_a_published_calendar_gives_a_provisional_day_that_skips_weekends_alone():
    due = due_date(date(2030, 3, 1), 3)
    assert (due.day, due.provisional) == (date(2030, 3, 6), True)


def test_a_deadline_that_runs_from_a_published_year_into_an_unpublished_one_is_provisional():
    last = max(PUBLISHED)
    assert due_date(date(last, 12, 31), 3).provisional
    assert not due_date(date(last, 6, 1), 3).provisional


@pytest.mark.parametrize(
    ("since", "due", "zh", "en"),
    [
        ("2023-09-27", "2023-10-12", "自2023年9月27日次日起算；9月29日至10月6日放假；10月7日、10月8日补班",
         "counting from the day after 27 Sep 2023; 29 Sep–6 Oct off; 7 Oct, 8 Oct worked to make up"),
        ("2023-12-29", "2024-01-04", "自2023年12月29日次日起算；12月30日至1月1日放假",
         "counting from the day after 29 Dec 2023; 30 Dec–1 Jan off"),
        ("2023-11-30", "2023-12-11", "自2023年11月30日次日起算", "counting from the day after 30 Nov 2023"),
        ("2023-10-01", "2023-10-09", "自2023年10月1日次日起算；10月2日至10月6日放假；10月7日、10月8日补班",
         "counting from the day after 1 Oct 2023; 2–6 Oct off; 7 Oct, 8 Oct worked to make up"),
    ],
)  # fmt: skip
def test_a_deadline_says_the_holidays_and_the_make_up_workdays_that_it_counts(since, due, zh, en):
    days = date.fromisoformat(since), date.fromisoformat(due)
    assert (counting(*days, "zh"), counting(*days, "en")) == (zh, en)


def test_what_an_operator_amended_is_said_too(monkeypatch):
    amended = Corrections("x", holidays=frozenset({date(2023, 12, 5)}), workdays=frozenset({date(2023, 12, 9)}))
    monkeypatch.setattr("db.calendar.workdays.corrections", lambda: amended)
    assert special_days(date(2023, 12, 1), date(2023, 12, 11), "zh") == "12月5日放假；12月9日补班"


@given(st.dates(date(2018, 1, 1), date(2026, 11, 1)), st.integers(1, 30))
def test_exactly_so_many_working_days_lie_after_the_first_day(start, days):
    due = due_date(start, days).day
    between = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(is_working_day, between)) == days
    assert is_working_day(due)


def test_less_than_one_working_day_is_no_deadline():
    with pytest.raises(ValueError, match="at least 1"):
        due_date(date(2023, 11, 30), 0)


@pytest.mark.parametrize(
    ("start", "said"), [("2018-12-28", "2019-01-03\n"), ("2030-03-01", "2030-03-06\nprovisional\n")]
)
def test_the_command_prints_the_day_and_whether_it_is_provisional(capsys, start, said):
    assert main(["due", start, "--working-days", "3"]) == 0
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("argv", [["due", "soon", "--working-days", "3"], ["due", "2023-11-30", "--working-days", "0"]])
def test_the_command_refuses_what_is_no_day_or_no_number_of_days(capsys, argv):
    with pytest.raises(SystemExit) as left:
        main(argv)
    assert left.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
