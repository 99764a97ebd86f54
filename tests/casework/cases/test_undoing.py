"""Taking back what one did last, within ten minutes and while nobody acted on it: figures and past follow its event."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casework.cases.lifecycle import UNDOABLE
from casework.letters.letters import issue_letter
from casework.notices.notices import read_inbox, said_of
from db import sql
from db.cases import cases, holders, past
from db.cases.handed_over import had_by, of_letters
from db.letters import letters
from db.refused import MovedOn, Refused
from db.system import integrity, rebuild
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.casework.notices.test_inbox import unread
from tests.conftest import NOON

LATER, DAY = NOON + timedelta(hours=1), timedelta(days=1)
IN_TIME, TOO_LATE = LATER + timedelta(minutes=10), LATER + timedelta(minutes=10, seconds=1)
FROM = {
    "accept": "submitted",
    "dispatch": "accepted",
    "note": "dispatched",
    "remind": "dispatched",
    "assign": "accepted",
}


def facts(case):
    """All that is true of a case but its version and since when."""
    stretch = {name: value for name, value in vars(past.of_case(case)).items() if not name.startswith("since")}
    return stretch | {"due_provisional": case.due_provisional, "asked_by": case.asked_by}


def clean(store):
    assert store.read(integrity.verify) == [] and store.read(rebuild.compare).differences == []


@pytest.mark.parametrize("action", sorted(UNDOABLE))
def test_what_was_just_done_is_taken_back_by_an_event_and_all_is_as_before(store, people, action):
    before = bring_to(store, people, FROM[action])
    given = {"holder": people.staff.id} if action == "assign" else {}
    done = take(store, people.staff, before, action, LATER, **given)
    undone = take(store, people.staff, done, "undo", IN_TIME)
    assert facts(undone) == facts(before) and undone.seq == before.seq + 2
    assert [e.kind for e in store.read(lambda con: cases.history(con, people.staff.scope, before.id))][-2:] == [
        action,
        "undo",
    ]
    clean(store)


def test_a_second_dispatch_is_taken_back_to_the_first_body_and_its_days(store, people):
    before = bring_to(store, people, "in_progress")
    done = take(store, people.staff, before, "dispatch", LATER + timedelta(days=3), lead="finance_office", co=(),
                leader_id=people.leader.id)  # fmt: skip
    undone = take(store, people.staff, done, "undo", LATER + timedelta(days=3, minutes=1))
    assert facts(undone) == facts(before) and undone.state == "in_progress"
    assert store.read(lambda con: cases.get(con, people.department.scope, before.id)) == undone
    assert store.read(lambda con: cases.get(con, people.other_department.scope, before.id)) is None
    clean(store)


def test_a_body_from_which_a_dispatch_was_taken_back_never_had_the_case(store, people):
    done = take(
        store, people.staff, bring_to(store, people, "accepted"), "dispatch", LATER, lead="finance_office", co=()
    )
    undone = take(store, people.staff, done, "undo", IN_TIME)
    take(store, people.staff, undone, "dispatch", IN_TIME + timedelta(minutes=1))
    assert store.read(lambda con: had_by(con, people.other_department.scope, done.id)) is None


def test_after_ten_minutes_it_stands(store, people):
    done = take(store, people.staff, raise_case(store, people), "accept", LATER)
    with pytest.raises(Refused, match="undo_refused"):
        take(store, people.staff, done, "undo", TOO_LATE)


def test_nobody_takes_back_what_another_did(store, people):
    done = take(store, people.staff, bring_to(store, people, "dispatched"), "note", LATER)
    with pytest.raises(Refused, match="undo_refused"):
        take(store, people.department, done, "undo", IN_TIME)


def test_where_somebody_has_acted_on_it_since_it_stands(store, people):
    done = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", LATER)
    moved = take(store, people.department, done, "start", LATER + timedelta(minutes=1))
    with pytest.raises(MovedOn):
        take(store, people.staff, done, "undo", IN_TIME)
    with pytest.raises(Refused, match="undo_refused"):
        take(store, people.staff, moved, "undo", IN_TIME)


@pytest.mark.parametrize("state", ["awaiting", "closed", "reopened", "suspended", "merged", "submitted"])
def test_nothing_else_is_taken_back(store, people, state):
    """An answer, a rating, a rejection and what is put aside have consequences for others."""
    case = bring_to(store, people, state, LATER)
    for who in (people.staff, people.department, people.enterprise):
        with pytest.raises(Refused):
            take(store, who, case, "undo", LATER + timedelta(minutes=5))


def test_an_undo_is_not_taken_back_itself(store, people):
    done = take(store, people.staff, raise_case(store, people), "accept", LATER)
    undone = take(store, people.staff, done, "undo", IN_TIME)
    with pytest.raises(Refused, match="undo_refused"):
        take(store, people.staff, undone, "undo", IN_TIME)


def test_a_hand_that_is_taken_back_is_the_one_before(store, people):
    case = take(store, people.staff, raise_case(store, people), "assign", NOON, holder=people.staff.id)
    case = take(store, people.staff, case, "assign", LATER)
    case = take(store, people.staff, case, "undo", IN_TIME)
    assert store.read(lambda con: holders.holder_of(con, people.staff.scope, case.id, "staff")) == people.staff.id
    clean(store)


def test_a_body_is_told_that_it_was_taken_back_and_not_any_more_that_it_came(store, people):
    done = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", LATER)
    assert unread(store, people.department) == 1
    take(store, people.staff, done, "undo", IN_TIME)
    (line,) = read_inbox(store, actor=people.department, size=5, page=1).lines
    assert said_of(line, "zh") == f"诉求 {done.number} 刚才的处理已撤回" and line.title is None


def test_a_day_between_sees_what_stood_and_a_day_after_what_stands(store, people):
    """Of a case that was accepted before midnight and taken back after it, the day that ended counts it."""
    night = NOON.replace(hour=15, minute=55)  # 23:55 in Shanghai
    done = take(store, people.staff, raise_case(store, people), "accept", night)
    take(store, people.staff, done, "undo", night + timedelta(minutes=8))

    def stood(at):
        statement = f"WITH s AS ({past.stood()}) SELECT state FROM s"  # noqa: S608
        return store.read(lambda con: sql.column(con, statement, {"end": at}))

    assert stood(night + timedelta(minutes=5)) == ["accepted"] and stood(night + timedelta(days=1)) == ["submitted"]


def test_a_dispatch_that_was_taken_back_gives_no_new_day_to_object_and_is_on_no_letter(store, people):
    case = bring_to(store, people, "dispatched")
    sent_at, letter_id = case.since, str(uuid4())
    issue_letter(store, actor=people.staff, letter_id=letter_id, case_ids=[case.id], lead="economy_it", copied=(),
                 at=NOON + DAY)  # fmt: skip
    later = NOON + 6 * DAY
    away = take(store, people.staff, case, "dispatch", later, lead="finance_office", co=())
    back = take(store, people.staff, away, "undo", later + timedelta(minutes=1))
    with pytest.raises(Refused, match="objection_late"):
        take(store, people.department, back, "object", later + timedelta(minutes=2))
    assert store.read(lambda con: letters.waiting(con, people.staff.scope)) == []
    assert store.read(lambda con: of_letters(con, [letter_id])) == {letter_id: []}
    clean(store)
    unlettered = bring_to(store, people, "dispatched")
    away = take(store, people.staff, unlettered, "dispatch", later, lead="finance_office", co=())
    take(store, people.staff, away, "undo", later + timedelta(minutes=1))
    (line,) = store.read(lambda con: letters.waiting(con, people.staff.scope))
    assert (line.id, line.dispatched_at) == (unlettered.id, sent_at)
