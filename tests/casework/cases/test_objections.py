"""A body objects to a dispatch within a working day; triage decides, a leader after two refusals; a wrong merging is
undone."""

from datetime import date, timedelta

import pytest

from casework.cases.supervision import work_of_the_day
from db.cases import cases
from db.refused import Refused
from db.scope import ALL
from db.system import integrity, rebuild
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON

DAY = timedelta(days=1)


def whole(store):
    return store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []


def test_a_department_sends_a_case_back_within_a_working_day_and_triage_sends_it_on(store, people):
    case = bring_to(store, people, "dispatched")  # Thursday 30 November
    said = take(store, people.department, case, "object", NOON + DAY)  # on Friday it may still
    assert (said.state, said.due_on, said.due_rule) == ("objected", date(2023, 12, 4), "objection_1wd")
    assert (said.answer_due, said.deadline) == (case.answer_due, case.deadline)
    event = store.read(lambda con: cases.history(con, ALL, case.id))[-1]
    assert (event.body_code, event.detail["better"]) == ("economy_it", "tax")
    duties = work_of_the_day(store, actor=people.staff, today=TODAY).duties
    assert [duty.kind for duty in duties if duty.standing.id == case.id] == ["objection"]
    with pytest.raises(Refused, match="objection_same_body"):
        take(store, people.staff, said, "dispatch", NOON + DAY)
    sent = take(store, people.staff, said, "dispatch", NOON + 4 * DAY, lead="tax", co=())
    assert (sent.state, sent.lead_body, sent.due_on) == ("dispatched", "tax", date(2023, 12, 13))
    assert whole(store)


def test_an_objection_that_comes_late_or_names_the_same_body_is_refused(store, people):
    case = bring_to(store, people, "dispatched")
    for at, given, code in (
        (NOON + 4 * DAY, {}, "objection_late"),
        (NOON, {"better": "economy_it"}, "objection_same_body"),
        (NOON, {"better": "party_committee"}, "body_unknown"),
        (NOON, {"better": None}, "needs_better"),
        (NOON, {"reason": ""}, "needs_reason"),
    ):
        with pytest.raises(Refused, match=code):
            take(store, people.department, case, "object", at, **given)
    with pytest.raises(Refused):
        take(store, people.other_department, case, "object", NOON)


def test_a_refused_objection_gives_back_the_day_that_stood_and_the_second_goes_to_a_leader(store, people):
    case = take(store, people.department, bring_to(store, people, "dispatched"), "start", NOON)
    once = take(store, people.department, case, "object", NOON + DAY)
    back = take(store, people.staff, once, "refuse_objection", NOON + 4 * DAY)
    assert (back.state, back.due_on, back.due_rule) == ("in_progress", case.due_on, "answer_7wd")
    assert (back.answer_due, back.deadline) == (case.answer_due, case.deadline)
    again = take(store, people.department, back, "object", NOON + 5 * DAY)
    up = take(store, people.staff, again, "refuse_objection", NOON + 6 * DAY)
    assert (up.state, up.due_on, up.due_rule) == ("disputed", date(2023, 12, 8), "ruling_2wd")
    for nobody in (people.staff, people.department, people.enterprise):
        with pytest.raises(Refused):
            take(store, nobody, up, "dispatch", NOON + 6 * DAY)
    ruled = take(store, people.leader, up, "dispatch", NOON + 7 * DAY)
    assert (ruled.state, ruled.lead_body, ruled.due_rule) == ("dispatched", "economy_it", "answer_7wd")
    with pytest.raises(Refused, match="objection_ruled"):
        take(store, people.department, ruled, "object", NOON + 7 * DAY)
    assert whole(store)


@pytest.mark.parametrize("state", ["submitted", "accepted", "dispatched", "in_progress", "suspended", "objected"])
def test_a_merging_that_was_wrong_is_undone_and_the_case_stands_as_before(store, people, state):
    case = bring_to(store, people, state)
    merged = take(store, people.staff, case, "merge", NOON + DAY, into=raise_case(store, people).id)
    assert merged.due_on is None
    again = take(store, people.staff, merged, "unmerge", NOON + 2 * DAY)
    assert (again.state, again.due_on, again.due_rule, again.merged_into) == (
        state, case.due_on, case.due_rule, None
    )  # fmt: skip
    assert (again.answer_due, again.deadline) == (case.answer_due, case.deadline)
    if state == "suspended":
        assert take(store, people.staff, again, "resume", NOON + 3 * DAY).state == "dispatched"
    assert whole(store)
