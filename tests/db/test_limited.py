"""Work on what strangers send runs in a process of its own, under limits, and answers in plain data."""

import os
import pickle
import threading
from datetime import date
from decimal import Decimal

import pytest

from db import limited as limited_work
from db.limited import MOST_ANSWER, GaveUp, answered, limited
from db.refused import Refused
from intake.files.imports import Finding


def record(day: date) -> tuple[Finding, date, Decimal, int]:
    return Finding(3, "period", "blank", {"day": day}), day, Decimal("8.20"), os.getpid()


def refuse() -> None:
    raise Refused("file_too_many_rows", most=20_000)


def take_memory() -> int:
    return len(bytearray(2_000_000_000))


def answer_at_length() -> bytes:
    return bytes(MOST_ANSWER)


def never_end() -> None:
    while True:
        pass


def stand_still() -> None:
    threading.Event().wait()


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def die() -> None:
    os._exit(3)


def fail() -> None:
    raise ZeroDivisionError


def environment() -> list[str]:
    return [*os.environ]


def answer_with_code() -> object:
    return os.system


def test_a_record_comes_back_from_another_process_as_it_was_made_there():
    found, day, number, process = limited(record, date(2023, 10, 1))
    assert (found, day, number) == (record(date(2023, 10, 1))[0], date(2023, 10, 1), Decimal("8.20"))
    assert str(number) == "8.20"
    assert process != os.getpid()


def test_the_child_knows_nothing_of_the_servers_environment(monkeypatch):
    monkeypatch.setenv("F2F_TEST_SECRET", "nobody may read this")
    assert not set(limited(environment)) & {"F2F_TEST_SECRET", "PATH", "HOME"}


def test_a_refusal_in_the_child_is_the_callers_refusal_with_its_facts():
    with pytest.raises(Refused) as refusal:
        limited(refuse)
    assert (refusal.value.code, refusal.value.facts) == ("file_too_many_rows", {"most": 20_000})


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (take_memory, "memory"),
        (answer_at_length, "size"),
        (never_end, "time"),
        (die, "fault"),
        (fail, "fault"),
        (answer_with_code, "fault"),
    ],
)
def test_work_that_takes_too_much_dies_or_answers_with_code_is_given_up_and_the_server_goes_on(work, reason):
    with pytest.raises(GaveUp) as given_up:
        limited(work, seconds=1)
    assert given_up.value.reason == reason
    assert limited(record, date(2023, 10, 1))[1] == date(2023, 10, 1)


def test_who_is_served_goes_first_and_the_child_does_not_starve():
    assert limited(priority) == min(priority() + 5, 19)


def test_work_that_the_machine_has_no_time_for_is_told_apart_from_work_that_takes_too_much(monkeypatch):
    monkeypatch.setattr(limited_work, "_PATIENCE", 0)
    with pytest.raises(GaveUp) as given_up:
        limited(stand_still, seconds=1)
    assert given_up.value.reason == "busy"


def test_who_waits_too_long_for_a_child_is_told_so_and_the_next_one_is_served(monkeypatch):
    monkeypatch.setattr(limited_work, "_QUEUE", 0)
    with limited_work._AT_ONCE, limited_work._AT_ONCE, pytest.raises(GaveUp) as given_up:
        limited(priority)
    assert given_up.value.reason == "busy" and limited(priority) >= 5


@pytest.mark.parametrize("callee", [os.system, eval, pickle.loads, limited, Refused])
def test_an_answer_that_names_a_function_is_not_read(callee):
    with pytest.raises(GaveUp):
        answered(pickle.dumps(("is", callee)))


def test_an_answer_cannot_reach_a_function_through_a_module_of_ours():
    with pytest.raises(GaveUp):
        answered(b"\x80\x04\x8c\x0adb.limited\x8c\x10subprocess.Popen\x93.")
