"""Coordination and small meetings: numbered by kind and year, about cases, with decisions that somebody owns."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from casework.cases.supervision import work_of_the_day
from casework.meetings.meetings import DecisionForm, MeetingForm, change_meeting, decide, hold_meeting, settle_decision
from casework.notices.notices import message_of
from db import events
from db.cases import milestones
from db.notices import outbox
from db.plans import meetings
from db.refused import MovedOn, Refused
from db.scope import ALL, NONE, Scope
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.casework.notices.test_notices import told_at
from tests.conftest import NOON

DUE = date(2023, 12, 15)


def form(*numbers, **changes):
    given = {
        "kind": "coordination",
        "held_on": TODAY,
        "place": "区政府二楼会议室",
        "chair": "分管区领导",
        "topic": "园区供电",
        "bodies": ("economy_it", "district_government", "330603001"),
        "people": "示范局长、示范所长",
        "numbers": numbers,
        "minutes": "会议认为应当增设线路。",
    }
    return MeetingForm(**given | changes)


def hold(store, actor, *numbers, meeting_id="m1", **changes):
    return hold_meeting(store, actor=actor, meeting_id=meeting_id, form=form(*numbers, **changes), at=NOON)


def decided(store, people, meeting, case, decision_id="d1", **changes):
    given = replace(DecisionForm(case.id, "增设一条线路", "economy_it", DUE), **changes)
    return decide(
        store, actor=people.staff, meeting_id=meeting.id, decision_id=decision_id, form=given, seen=meeting.seq, at=NOON
    )


def settle(store, actor, meeting, how="done", **changes):
    given = {"decision_id": "d1", "done_on": TODAY, "outcome": "线路已架设", "seen": meeting.seq, "at": NOON} | changes
    return settle_decision(store, actor=actor, meeting_id=meeting.id, how=how, **given)


@pytest.fixture
def case(store, people):
    return bring_to(store, people, "in_progress")


def test_meetings_are_numbered_by_kind_and_year_and_recorded_once(store, people, case):
    assert [hold(store, people.staff, case.number).number for _ in range(2)] == [1, 1]
    assert hold(store, people.staff, case.number, meeting_id="m2").number == 2
    assert hold(store, people.staff, case.number, meeting_id="m3", kind="small").number == 1
    assert hold(store, people.staff, case.number, meeting_id="m4", held_on=date(2022, 3, 1)).number == 1
    counted = store.read(lambda con: meetings.years(con, ALL))
    assert [(c.year, c.coordination, c.small) for c in counted] == [(2023, 2, 1), (2022, 1, 0)]
    assert store.read(events.verify) == []


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_record_meetings_and_decisions(store, people, case, role):
    meeting, actor = hold(store, people.staff, case.number), getattr(people, role)
    decision = DecisionForm(case.id, "增设", "economy_it", DUE)
    for verb in (
        lambda: hold(store, actor, case.number, meeting_id="m2"),
        lambda: change_meeting(store, actor=actor, meeting_id="m1", form=form(case.number), seen=1, at=NOON),
        lambda: decide(store, actor=actor, meeting_id="m1", decision_id="d", form=decision, seen=1, at=NOON),
    ):
        with pytest.raises(Refused, match="forbidden"):
            verb()
    assert store.read(lambda con: meetings.get(con, ALL, meeting.id)) == meeting


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "banquet"}, "meeting_kind"),
        ({"held_on": TODAY + timedelta(1)}, "meeting_day"),
        ({"topic": " "}, "meeting_words"),
        ({"minutes": "长" * 8001}, "too_long"),
        ({"bodies": ()}, "meeting_bodies"),
        ({"bodies": ("moon",)}, "body_unknown"),
        ({"numbers": ()}, "meeting_cases"),
        ({"numbers": ("2023-9999",)}, "case_numbers_unknown"),
    ],
)
def test_a_meeting_that_is_not_whole_is_refused_and_nothing_written(store, people, case, changes, code):
    before = store.revision()
    with pytest.raises(Refused, match=code):
        hold(store, people.staff, case.number, **changes)
    assert store.revision() == before


def test_a_decision_is_about_one_of_the_meetings_cases(store, people, case):
    meeting, other = hold(store, people.staff, case.number), raise_case(store, people)
    changes: dict[str, Any]
    for changes, code in (
        ({"case_id": other.id}, "decision_case"),
        ({"words": " "}, "plan_words"),
        ({"body_code": "district_government"}, "body_unknown"),
        ({"due_on": TODAY - timedelta(1)}, "decision_day"),
    ):
        with pytest.raises(Refused, match=code):
            decided(store, people, meeting, case, **changes)
    after = decided(store, people, meeting, case)
    assert decided(store, people, meeting, case) == after  # sent twice
    with pytest.raises(MovedOn):
        decided(store, people, meeting, case, "d2")
    (kept,) = store.read(lambda con: meetings.decisions(con, ALL, meeting_id="m1"))
    assert (kept.words, kept.state, kept.late(DUE + timedelta(1))) == ("增设一条线路", "open", True)


def test_a_department_settles_its_own_decision_and_staff_give_one_up(store, people, case):
    meeting = decided(store, people, hold(store, people.staff, case.number), case)
    for actor, how, changes, code in (
        (people.department, "drop", {}, "forbidden"),
        (people.other_department, "done", {}, "meeting_unknown"),
        (people.leader, "done", {}, "forbidden"),
        (people.town, "done", {}, "forbidden"),
        (people.department, "burn", {}, "decision_unknown"),
        (people.department, "done", {"done_on": TODAY + timedelta(1)}, "done_day"),
    ):
        with pytest.raises(Refused, match=code):
            settle(store, actor, meeting, how, **changes)
    meeting = settle(store, people.department, meeting)
    (kept,) = store.read(lambda con: meetings.decisions(con, ALL, meeting_id="m1"))
    assert (kept.state, kept.done_on, kept.outcome) == ("done", TODAY, "线路已架设")
    with pytest.raises(Refused, match="decision_over"):
        settle(store, people.staff, meeting, "drop")
    kinds = [event["kind"] for event in store.read(lambda con: events.of_subject(con, "m1"))]
    assert kinds == ["hold", "decide", "done"]


def test_a_correction_keeps_the_number_and_the_decided_cases(store, people, case):
    other = raise_case(store, people)
    meeting = decided(store, people, hold(store, people.staff, case.number), case)

    def change(*numbers, **changes):
        given = form(*numbers, **changes)
        return change_meeting(store, actor=people.staff, meeting_id="m1", form=given, seen=meeting.seq, at=NOON)

    with pytest.raises(Refused, match="meeting_case_decided"):
        change(other.number)
    with pytest.raises(Refused, match="meeting_year"):
        change(case.number, held_on=date(2022, 1, 5))
    with pytest.raises(Refused, match="meeting_year"):
        change(case.number, kind="small")
    after = change(case.number, other.number, topic="园区供电和蒸汽")
    assert (after.topic, after.number, after.seq) == ("园区供电和蒸汽", 1, 3)
    assert len(store.read(lambda con: meetings.cases_of(con, ALL, "m1"))) == 2


def test_a_meeting_shows_each_case_only_what_concerns_it(store, people, case):
    theirs = raise_case(store, people, enterprise_id=people.other_firm.id)
    meeting = decided(store, people, hold(store, people.staff, case.number, theirs.number), case)
    settle(store, people.department, meeting)
    seen = {
        one.id: [e.kind for e in store.read(lambda con, i=one.id: milestones.of_case(con, ALL, i))]
        for one in (case, theirs)
    }
    assert seen == {
        case.id: ["meeting_coordination", "meeting_decide", "meeting_done"],
        theirs.id: ["meeting_coordination"],
    }
    mine = store.read(lambda con: milestones.told(con, people.enterprise.scope, case.id))
    assert [(e.kind, e.detail) for e in mine] == [("meeting_coordination", {"extended_on": "2023-11-30"})]
    body = Scope("body", "economy_it")
    assert [c.id for c in store.read(lambda con: meetings.cases_of(con, body, "m1"))] == [case.id]
    assert store.read(lambda con: meetings.get(con, NONE, "m1")) is None


def test_the_list_counts_decisions_and_knows_a_leaders_cases(store, people, case):
    decided(store, people, hold(store, people.staff, case.number), case)

    def lines(day, leader=None):
        return store.read(lambda con: meetings.find(con, ALL, year=2023, leader_id=leader, today=day))

    (line,) = lines(DUE + timedelta(1))
    assert (line.cases, line.decisions, line.done, line.late, line.led) == (1, 1, 0, 1, False)
    led = raise_case(store, people, leader_id=people.leader.id)
    hold(store, people.staff, led.number, meeting_id="m2")
    assert sorted(line.led for line in lines(DUE, people.leader.id)) == [False, True]


def test_a_body_is_told_of_what_a_meeting_gave_it_to_do(store, people, case):
    told_at(store, people.department, "bureau@people.example")
    told_at(store, people.enterprise, "firm@people.example")
    meeting = hold(store, people.staff, case.number)
    for _ in range(2):
        decided(store, people, meeting, case)
    waiting = store.read(lambda con: outbox.listed(con, state="queued", limit=9))
    (notice,) = [one for one in waiting if one.kind == "decision"]
    body = message_of(notice, public_url="https://f2f.example", district="示例区").body
    assert notice.channel_url == "mailto://bureau@people.example"
    assert case.number in body and "12月15日" in body and f"/desk?case={case.id}" in body and "增设" not in body


def test_each_body_s_day_has_its_own_decision_whoever_s_is_due_before(store, people):
    case = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", co=("finance_office",))
    meeting = hold(store, people.staff, case.number)
    meeting = decided(store, people, meeting, case, due_on=TODAY)
    decided(store, people, meeting, case, "d2", body_code="finance_office", due_on=TODAY + timedelta(days=1))
    for who, due_on in ((people.department, TODAY), (people.other_department, TODAY + timedelta(days=1))):
        listed = work_of_the_day(store, actor=who, today=TODAY).duties
        owed = [(one.due_on, one.standing.decision_body) for one in listed if one.kind == "decision"]
        assert owed == [(due_on, who.body_code)]
