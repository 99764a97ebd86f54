"""The bell: what is new for a person or their desk, without any channel, and only of cases that they see."""

from datetime import timedelta

import pytest

from casework.notices.notices import read_inbox, said_of
from db import sql
from db.notices import inbox
from db.system import retention
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON

LATER = NOON + timedelta(hours=1)


def unread(store, actor):
    return store.read(lambda con: inbox.unread(con, actor.scope, actor.id, actor.addresses))


def look(store, actor):
    """What the bell says to this person, the latest first; they have looked then."""
    return [said_of(one, "zh") for one in read_inbox(store, actor=actor, size=25, page=1).lines]


def test_what_happened_is_new_for_each_desk_until_somebody_there_looks_each_for_themselves(store, people):
    case = bring_to(store, people, "dispatched")
    assert unread(store, people.department) == 1 and unread(store, people.colleague) == 2
    assert look(store, people.department)[0].startswith(f"新交办诉求 {case.number}，请于12月")
    assert unread(store, people.department) == 0 and unread(store, people.enterprise) == 2
    take(store, people.department, case, "answer", LATER)
    assert look(store, people.enterprise)[0] == f"您的诉求 {case.number} 有答复，请您评价"
    assert unread(store, people.enterprise) == 0 and unread(store, people.colleague) == 3


@pytest.mark.parametrize("who", ["staff", "officer", "town"])
def test_staff_the_officer_and_the_town_hear_of_a_new_case_without_any_channel(store, people, who):
    raise_case(store, people)
    assert unread(store, getattr(people, who)) == 1


@pytest.mark.parametrize("who", ["stranger", "other_department", "leader", "admin"])
def test_nobody_hears_of_a_case_that_is_not_theirs(store, people, who):
    bring_to(store, people, "dispatched")
    assert unread(store, getattr(people, who)) == 0 and look(store, getattr(people, who)) == []


def test_whoever_acts_is_not_told_of_it(store, people):
    case = bring_to(store, people, "awaiting")
    before = unread(store, people.enterprise)
    take(store, people.enterprise, case, "reject", LATER)
    assert unread(store, people.enterprise) == before and look(store, people.department)[0].startswith("企业退回")


def test_a_body_that_a_case_left_hears_where_it_went_and_nothing_of_before_or_after(store, people):
    case = bring_to(store, people, "dispatched")
    case = take(store, people.staff, case, "dispatch", LATER, lead="finance_office", co=())
    take(store, people.other_department, case, "answer", LATER + timedelta(hours=1))
    assert unread(store, people.department) == 1
    (line,) = read_inbox(store, actor=people.department, size=25, page=1).lines
    assert (
        said_of(line, "zh") == f"诉求 {case.number} 已转交其他部门" and line.title is None and not line.enterprise("zh")
    )


def test_a_leader_who_is_put_in_charge_hears_of_it_and_of_what_the_enterprise_sends_back(store, people):
    case = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", LATER, leader_id=people.leader.id)
    case = take(store, people.department, case, "answer", LATER + timedelta(minutes=1))
    take(store, people.enterprise, case, "reject", LATER + timedelta(minutes=2))
    assert [said[:4] for said in look(store, people.leader)] == ["企业退回", f"诉求 {case.number}"[:4]]


def test_what_happens_at_one_instant_is_told_once(store, people):
    case = take(store, people.staff, bring_to(store, people, "submitted"), "accept", LATER)
    take(store, people.staff, case, "dispatch", LATER)
    assert [said[-3:] for said in look(store, people.enterprise)] == ["已交办"]


def test_a_new_colleague_is_not_told_what_went_before_them(store, people):
    raise_case(store, people)
    created = {"id": people.staff.id, "at": LATER}
    store.write(lambda con: sql.run(con, "UPDATE account SET created_at = $at WHERE id = $id", created))
    assert unread(store, people.staff) == 0
    raise_case(store, people, LATER)
    assert unread(store, people.staff) == 1


def test_what_is_older_than_three_months_is_forgotten(store, people):
    raise_case(store, people)
    retention.sweep(store, NOON + timedelta(days=90))
    assert unread(store, people.staff) == 1
    retention.sweep(store, NOON + timedelta(days=91))
    assert look(store, people.staff) == []


def test_a_look_at_what_is_known_already_writes_nothing_and_what_was_new_is_told_by_the_first(store, people):
    bring_to(store, people, "dispatched")
    first = read_inbox(store, actor=people.department, size=25, page=1)
    assert [line.n > first.looked for line in first.lines] == [True]
    commits: list[None] = []
    store.on_commit(lambda: commits.append(None))
    second = read_inbox(store, actor=people.department, size=25, page=1)
    assert [line.n > second.looked for line in second.lines] == [False] and commits == []


def test_who_looked_at_an_earlier_page_has_still_looked_at_the_latest(store, people):
    for n in range(3):
        bring_to(store, people, "dispatched", NOON + timedelta(hours=n))
    read_inbox(store, actor=people.department, size=1, page=1)
    read_inbox(store, actor=people.department, size=1, page=3)
    assert unread(store, people.department) == 0


@pytest.mark.parametrize("led", [True, False])
def test_a_dispute_is_told_to_the_leader_in_charge_or_to_each_where_none_is(store, people, led):
    leader = {"leader_id": people.leader.id} if led else {}
    case = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", **leader)
    for hours in (1, 2):
        at = NOON + timedelta(hours=hours)
        case = take(store, people.staff, take(store, people.department, case, "object", at), "refuse_objection", at)
        said = look(store, people.leader)
        assert said[0].endswith("请在12月4日（周一）前裁定") if hours == 2 else not any("裁定" in one for one in said)
    assert case.state == "disputed" and look(store, people.department)[0] == f"诉求 {case.number} 的派单异议已驳回"
