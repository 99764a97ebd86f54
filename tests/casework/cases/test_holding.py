"""In whose hand a case is: an event of its desk, seen by that desk alone, that makes nobody else's form stale."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access.entrance import actor_of
from casework.cases.act import NOTHING, CaseMovedOn
from casework.cases.holding import colleagues, dealt
from casework.cases.supervision import work_of_the_day
from casework.many import act_on_many
from casework.notices.notices import read_inbox, said_of
from db.cases import cases, holders
from db.cases.cases import CaseFilters
from db.cases.holders import NOBODY
from db.events import verify as chain
from db.refused import Refused
from db.system import integrity
from pages.issue.case_words import visible
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON, make_account

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def clerk(store):
    """A second clerk of the office."""
    return actor_of(make_account(store, "staff", None, name="王明"))


def held_by(store, actor, case):
    return store.read(lambda con: holders.holder_of(con, actor.scope, case.id, actor.desk))


def listed(store, actor, holder, **more):
    asked = CaseFilters(TODAY, holder=holder, desk=actor.desk, **more)
    return [
        case.number
        for case in store.read(lambda con: list(cases.every(con, actor.scope, asked, sort="number", most=9)))
    ]


def counted(store, actor):
    return store.read(lambda con: cases.counts(con, actor.scope, CaseFilters(TODAY, desk=actor.desk))).holder


def test_a_clerk_gives_a_case_to_a_colleague_who_is_told_and_finds_it_among_theirs(store, people, clerk):
    case, other = raise_case(store, people), raise_case(store, people)
    take(store, people.staff, case, "assign", LATER, holder=clerk.id)
    assert held_by(store, clerk, case) == clerk.id
    assert listed(store, clerk, clerk.id) == [case.number] and listed(store, clerk, NOBODY) == [other.number]
    assert counted(store, people.staff) == {clerk.id: 1, NOBODY: 1}
    assert said_of(read_inbox(store, actor=clerk, size=5, page=1).lines[0], "zh") == f"诉求 {case.number} 由您经办"


def test_each_desk_has_its_own_hand_and_neither_sees_the_other_s(store, people, clerk):
    case = bring_to(store, people, "dispatched")
    case = take(store, people.staff, case, "assign", LATER, holder=clerk.id)
    case = take(store, people.department, case, "assign", LATER, holder=people.department.id)
    assert held_by(store, people.staff, case) == clerk.id
    assert held_by(store, people.department, case) == people.department.id
    assert counted(store, people.department) == {people.department.id: 1}
    assert listed(store, people.department, clerk.id) == []


@pytest.mark.parametrize("who", ["staff", "department"])
def test_a_case_is_in_the_hand_of_the_own_desk_alone(store, people, who):
    case, stranger = bring_to(store, people, "dispatched"), {"staff": "department", "department": "other_department"}
    with pytest.raises(Refused, match="holder_unknown"):
        take(store, getattr(people, who), case, "assign", LATER, holder=getattr(people, stranger[who]).id)


@pytest.mark.parametrize("who", ["town", "officer", "leader", "enterprise"])
def test_nobody_else_has_cases_in_hand(store, people, who):
    case = bring_to(store, people, "dispatched")
    with pytest.raises(Refused, match="forbidden"):
        take(store, getattr(people, who), case, "assign", LATER, holder=getattr(people, who).id)


def test_of_two_clerks_who_take_one_case_at_once_the_second_is_told(store, people, clerk):
    case = raise_case(store, people)
    take(store, clerk, case, "assign", LATER, holder=clerk.id)
    with pytest.raises(CaseMovedOn):
        take(store, people.staff, case, "assign", LATER, holder=people.staff.id)
    assert held_by(store, clerk, case) == clerk.id


def test_whose_hand_it_is_in_makes_nobody_else_s_form_stale(store, people, clerk):
    case = bring_to(store, people, "dispatched")
    take(store, people.staff, case, "assign", LATER, holder=clerk.id)
    answered = take(store, people.department, case, "answer", LATER)
    assert answered.seq == case.seq + 2


def test_a_case_goes_back_to_nobody_and_what_is_over_is_nobody_s(store, people, clerk):
    case = take(store, people.staff, raise_case(store, people), "assign", LATER, holder=clerk.id)
    take(store, clerk, case, "assign", LATER)
    closed = bring_to(store, people, "closed")
    assert listed(store, clerk, NOBODY) == [case.number] and closed.number not in listed(store, clerk, NOBODY)


def test_whoever_has_least_in_hand_is_given_the_next():
    assert dealt("abcde", ["x", "y"], {"x": 3}) == {"a": "y", "b": "y", "c": "y", "d": "x", "e": "y"}


def test_colleagues_are_told_with_what_each_has_in_hand(store, people, clerk):
    take(store, people.staff, raise_case(store, people), "assign", LATER, holder=clerk.id)
    assert [(one.id, one.load) for one in colleagues(store, actor=people.staff)] == [
        (people.staff.id, 0),
        (clerk.id, 1),
    ]
    assert [one.id for one in colleagues(store, actor=people.department)] == [people.department.id]
    assert colleagues(store, actor=people.town) == []


def test_the_table_of_hands_is_held_against_the_history(store, people, clerk):
    case = take(store, people.staff, raise_case(store, people), "assign", LATER, holder=clerk.id)
    assert store.read(chain) == [] and store.read(integrity.verify) == []
    store.write(lambda con: holders.hand(con, case.id, clerk.desk, people.staff.id))
    assert [found.record for found in store.read(integrity.verify)] == [f"case_holder {case.id}"]


def test_an_enterprise_reads_nothing_of_whose_hand_its_case_is_in(store, people, clerk):
    case = take(store, people.staff, raise_case(store, people), "assign", LATER, holder=clerk.id)
    case = take(store, people.staff, case, "undo", LATER)
    shown = visible(store.read(lambda con: cases.history(con, people.enterprise.scope, case.id)))
    assert [event.kind for event in shown] == ["submit"]


def test_a_department_without_a_body_has_no_colleagues(store, people):
    assert colleagues(store, actor=replace(people.department, body_code=None)) == []


def test_the_morning_s_list_is_split_between_two_clerks_who_do_not_meet(store, people, clerk):
    """Each takes what is nobody's as they see it, at the same time: every case ends in one hand, none in two."""
    cases_ = [raise_case(store, people) for _ in range(6)]
    seen = {case.id: case.seq for case in cases_}

    def to(who):
        return {one: str(who.id) for one in seen}

    mine = act_on_many(store, actor=people.staff, action="assign", seen=dict(list(seen.items())[:4]), given=NOTHING,
                       holders=to(people.staff), at=LATER, many="a")  # fmt: skip
    theirs = act_on_many(store, actor=clerk, action="assign", seen=dict(list(seen.items())[2:]), given=NOTHING,
                         holders=to(clerk), at=LATER, many="b")  # fmt: skip
    assert [one.case is not None for one in mine] == [True] * 4
    assert [type(one.why) for one in theirs] == [CaseMovedOn, CaseMovedOn, type(None), type(None)]
    day = work_of_the_day(store, actor=clerk, today=TODAY, holder=clerk.id)
    assert day.of_kind("acceptance") == 2 and day.holders == {people.staff.id: 4, clerk.id: 2}
