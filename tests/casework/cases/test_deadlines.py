"""A calendar that changes: open deadlines follow it, promises and finished cases do not."""

from datetime import date, timedelta

import pytest

from casework.__main__ import main
from casework.cases.deadlines import recompute_deadlines
from db import sql
from db.calendar import calendar_corrections, workdays
from db.calendar.calendar_corrections import NO_CORRECTIONS, read
from db.cases import cases
from db.refused import Refused
from db.system import settings
from db.system.rebuild import compare
from tests.casework.cases.steps import TODAY, bring_to, raise_case
from tests.conftest import NOON, create, url_of
from tests.there import there

AMENDED = """
version = "an amended notice"
holidays = [2023-12-04, 2023-12-05]
workdays = [2023-12-02]
"""


@pytest.fixture
def amend(tmp_path, monkeypatch):
    """Write `calendar.toml` beside a store and let the process read it."""

    def write(content):
        (tmp_path / "calendar.toml").write_text(content, encoding="utf-8")
        calendar_corrections.corrections.cache_clear()

    create(tmp_path / "calendar")
    monkeypatch.setenv("STORE_URL", url_of(tmp_path / "calendar"))
    calendar_corrections.corrections.cache_clear()
    yield write
    calendar_corrections.corrections.cache_clear()


def now(store, people, case):
    return store.read(lambda con: cases.get(con, people.staff.scope, case.id))


def test_an_amended_notice_moves_open_deadlines_one_event_each(store, people, amend):
    recompute_deadlines(store, at=NOON)
    accepted, sent = bring_to(store, people, "accepted"), bring_to(store, people, "in_progress")
    new = bring_to(store, people, "submitted")
    others = [bring_to(store, people, state) for state in ("committed", "awaiting", "closed", "returned")]
    assert accepted.due_on == date(2023, 12, 5)
    amend(AMENDED)
    before = store.revision()
    assert recompute_deadlines(store, at=NOON + timedelta(days=1)) == 3
    assert store.revision() == before + 3
    assert (new.due_on, now(store, people, new).due_on) == (date(2023, 12, 4), date(2023, 12, 2))
    moved = now(store, people, accepted)
    assert (moved.due_on, moved.due_rule, moved.state) == (date(2023, 12, 6), "dispatch_3wd", "accepted")
    assert now(store, people, sent).due_on == there(sent.due_on) + timedelta(days=1)
    last = store.read(lambda con: cases.history(con, people.staff.scope, accepted.id))[-1]
    assert (last.kind, last.state, last.actor_role) == ("recompute_deadline", "accepted", None)
    assert (last.detail["before"], last.detail["due_on"]) == ("2023-12-05", "2023-12-06")
    assert [now(store, people, case) for case in others] == others


def test_a_case_submitted_before_acceptance_had_a_deadline_gets_one_counted_from_its_submission(store, people, amend):
    recompute_deadlines(store, at=NOON)
    case, gone = raise_case(store, people), bring_to(store, people, "returned")
    for table in ("cases", "case_past"):  # as the release before left it
        blank = f"UPDATE {table} SET due_on = NULL, due_rule = NULL"  # noqa: S608
        store.write(lambda con, blank=blank: sql.run(con, blank))
    store.write(lambda con: sql.run(con, "UPDATE event SET detail = '{}' WHERE kind = 'submit'"))
    assert recompute_deadlines(store, at=NOON + timedelta(days=9)) == 1
    kept = now(store, people, case)
    assert (kept.due_on, kept.due_rule, kept.state, kept.seq) == (date(2023, 12, 4), "accept_2wd", "submitted", 2)
    assert now(store, people, gone).due_on is None
    last = store.read(lambda con: cases.history(con, people.staff.scope, case.id))[-1]
    assert (last.kind, last.detail["due_on"]) == ("start_clock", "2023-12-04")
    assert recompute_deadlines(store, at=NOON + timedelta(days=9)) == 0
    amend(AMENDED)
    assert recompute_deadlines(store, at=NOON + timedelta(days=9)) == 1
    assert now(store, people, case).due_on == date(2023, 12, 2), "still counted from its submission"
    assert store.read(compare).differences == [], "and its past says the same as its events"


def test_the_same_calendar_changes_nothing_a_second_time(store, people, amend):
    bring_to(store, people, "accepted")
    amend(AMENDED)
    assert recompute_deadlines(store, at=NOON) == 1
    before = store.revision()
    assert recompute_deadlines(store, at=NOON) == 0
    assert store.revision() == before
    assert "an amended notice" in store.read(settings.calendar_version)


def test_a_year_that_becomes_known_is_provisional_no_longer(store, people, amend):
    far = NOON.replace(year=2030, month=3, day=1)
    case = bring_to(store, people, "accepted", far)
    assert case.due_provisional
    amend('version = "2030"\nyears = [2030]\nholidays = [2030-03-05]')
    assert recompute_deadlines(store, at=far) == 1
    kept = now(store, people, case)
    assert (kept.due_on, kept.due_provisional) == (date(2030, 3, 7), False)


def test_a_deadline_is_counted_from_the_event_that_made_it_however_often(store, people, amend):
    case = bring_to(store, people, "accepted")
    amend(AMENDED)
    recompute_deadlines(store, at=NOON + timedelta(days=1))
    amend("version = 'withdrawn'")
    assert recompute_deadlines(store, at=NOON + timedelta(days=2)) == 1
    assert now(store, people, case).due_on == case.due_on


def test_a_change_of_the_file_is_a_change_of_the_version(tmp_path):
    file = tmp_path / "calendar.toml"
    file.write_text("version = 'same'\nholidays = [2027-01-01]")
    first = read(file)
    file.write_text("version = 'same'\nholidays = [2027-01-04]")
    assert first.version != read(file).version
    assert read(tmp_path / "none.toml") == NO_CORRECTIONS


@pytest.mark.parametrize(
    "content",
    ["holidays = ['2027-01-01']", "days = []", "years = ['2027']", "holidays = 3", "version =",
     "holidays = [2027-01-01]\nworkdays = [2027-01-01]"],
)  # fmt: skip
def test_amendments_that_cannot_be_read_stop_the_start(tmp_path, content):
    (tmp_path / "calendar.toml").write_text(content)
    with pytest.raises(Refused, match="calendar_broken"):
        read(tmp_path / "calendar.toml")


def test_the_version_names_the_release_and_its_last_year(amend):
    assert workdays.calendar_version().endswith(f"years to {max(workdays.PUBLISHED)}")


def test_the_command_recomputes_and_says_by_which_calendar(amend, capsys):
    amend(AMENDED)
    assert main(["recompute"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("0 deadlines changed") and "an amended notice" in said


def test_the_command_says_what_is_wrong_with_the_amendments(amend, capsys):
    amend("holidays = 3")
    assert main(["due", TODAY.isoformat(), "--working-days", "3"]) == 1
    assert "calendar_broken" in capsys.readouterr().err
