"""Whom to call is masked until whoever handles the case says why; then whole to them, of this case, for that day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.cases.calling import (
    ToCall,
    contact_kept,
    show_contact,
    show_whom_to_call,
    whom_to_call,
)
from casework.forums.attendance import NewPerson
from casework.forums.who_came import show_names, who_came
from db import events
from db.people import shown
from db.refused import Refused
from db.system import integrity
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.casework.forums.test_forums import attended, held
from tests.conftest import NOON

WHOLE, MASKED = ToCall("示例联系人", "13800005678"), ToCall("示**", "138****5678", hidden=True)
LATER_THAT_DAY, NEXT_DAY = NOON + timedelta(hours=3), NOON + timedelta(days=1)


def test_it_is_whole_of_that_case_for_that_day_and_for_nobody_else(store, people):
    case, other = bring_to(store, people, "dispatched"), raise_case(store, people, title="另一件")
    read = {"case_id": case.id, "at": LATER_THAT_DAY}
    assert whom_to_call(store, actor=people.department, **read) == MASKED
    told = show_whom_to_call(store, actor=people.department, case_id=case.id, reason="约时间", at=NOON)
    assert told == whom_to_call(store, actor=people.department, **read) == WHOLE
    assert whom_to_call(store, actor=people.department, case_id=case.id, at=NEXT_DAY) == MASKED
    assert whom_to_call(store, actor=people.staff, **read) == MASKED
    show_whom_to_call(store, actor=people.staff, case_id=case.id, reason="核对", at=NOON)
    assert whom_to_call(store, actor=people.staff, case_id=other.id, at=NOON) == MASKED
    assert contact_kept(store, actor=people.staff, enterprise_id=people.firm.id, at=NOON) == MASKED
    kept = store.read(lambda con: shown.latest(con, 5))
    assert [(one.who, one.detail["reason"], one.detail["case"]) for one in kept] == [
        ("示例staff", "核对", case.number),
        ("示例department", "约时间", case.number),
    ]
    assert store.read(events.verify) == []


def test_a_department_that_has_the_case_no_more_reads_nothing_of_whom_to_call(store, people):
    case = bring_to(store, people, "dispatched")
    show_whom_to_call(store, actor=people.department, case_id=case.id, reason="约时间", at=NOON)
    take(store, people.staff, take(store, people.department, case, "object"), "dispatch", lead="tax", co=())
    assert whom_to_call(store, actor=people.department, case_id=case.id, at=NOON) == ToCall()


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b"])
def test_nothing_is_shown_without_a_reason(store, people, reason):
    case = bring_to(store, people, "dispatched")
    before = store.revision()
    with pytest.raises(Refused, match="needs_call_reason"):
        show_whom_to_call(store, actor=people.staff, case_id=case.id, reason=reason, at=NOON)
    with pytest.raises(Refused, match="needs_call_reason"):
        show_contact(store, actor=people.admin, enterprise_id=people.firm.id, reason=reason, at=NOON)
    assert store.revision() == before


def test_who_keeps_the_register_reads_a_contact_for_a_reason(store, people):
    asked = {"actor": people.admin, "enterprise_id": people.firm.id, "at": NOON}
    assert contact_kept(store, **asked) == MASKED
    assert show_contact(store, reason="核对名录", **asked) == contact_kept(store, **asked) == WHOLE


def test_names_of_people_of_enterprises_at_a_forum_are_whole_for_a_reason(store, people):
    forum = held(store, people)
    attended(store, people, forum, NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id))
    attended(store, people, forum, NewPerson("王示范", "district_leader", body_code="cppcc"))
    asked = {"forum_id": forum.id, "at": NOON}

    def seen(actor):
        found, whole = who_came(store, actor=actor, **asked)
        return [one.person_name for one in found], whole

    assert seen(people.staff) == (["王示范", "张**"], False), "who came by office is named"
    with pytest.raises(Refused, match="needs_names_reason"):
        show_names(store, actor=people.staff, reason=" ", **asked)
    show_names(store, actor=people.staff, reason="排座位", **asked)
    assert seen(people.staff) == (["王示范", "张示范"], True)
    assert seen(people.leader) == (["王示范", "张**"], False)
    assert seen(replace(people.staff, role="leader")) == (["王示范", "张**"], False), "whose right was taken meanwhile"
    (told,) = store.read(lambda con: shown.latest(con, 5))
    assert (told.who, told.of_zh, told.detail["reason"]) == ("示例staff", forum.theme_zh, "排座位")
    assert store.read(integrity.verify) == []
