"""The ledger of all promises: judged by the first day, the extended one beside it, within the asker's scope."""

from datetime import timedelta

import pytest

from casework.cases.promise_ledger import narrowed, promise_ledger, states_of
from db.refused import Refused
from tests.casework.cases.steps import PROMISE, TODAY, bring_to, take
from tests.conftest import NOON

AFTER = PROMISE + timedelta(days=1)


@pytest.fixture
def three(store, people):
    """One promise fulfilled, one extended, one for which more time is asked."""
    kept = take(store, people.department, bring_to(store, people, "committed", title="已兑现"), "fulfil")
    for title, decided in (("已延期", True), ("待审批", False)):
        case = bring_to(store, people, "committed", title=title)
        case = take(store, people.department, case, "ask_extension", NOON + timedelta(hours=1))
        if decided:
            take(store, people.leader, case, "grant_extension", NOON + timedelta(hours=2))
    bring_to(store, people, "awaiting")
    return kept


def test_on_time_is_judged_by_the_first_day_and_the_extended_one_stands_beside_it(store, people, three):
    found = {line.case.title: line for line in promise_ledger(store, actor=people.staff)}
    assert {title: set(states_of(line, AFTER)) for title, line in found.items()} == {
        "已兑现": {"kept"}, "已延期": {"late", "extended"}, "待审批": {"late", "pending"}}  # fmt: skip
    extended = found["已延期"].promise
    assert (extended.first, extended.in_time(AFTER), extended.in_time_as_extended(AFTER)) == (PROMISE, False, None)
    (more,) = extended.extensions
    assert (more.reason, more.decided_by, more.decided_on) == ("设备延迟到货", "leader", TODAY)
    assert list(found)[-1] == "已兑现"  # what is not answered stands above


def test_body_and_state_narrow_it(store, people, three):
    lines = promise_ledger(store, actor=people.leader)
    assert len(lines) == 3 and narrowed(lines, body="tax", state="", today=AFTER) == []
    (one,) = narrowed(lines, body="economy_it", state="extended", today=AFTER)
    assert one.case.title == "已延期"


def test_a_department_sees_the_promises_of_its_cases_and_others_none(store, people, three):
    assert len(promise_ledger(store, actor=people.department)) == 3
    assert promise_ledger(store, actor=people.other_department) == []
    for role in ("enterprise", "officer", "town", "admin"):
        with pytest.raises(Refused, match="forbidden"):
            promise_ledger(store, actor=getattr(people, role))
