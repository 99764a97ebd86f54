"""The ledger of all promises: judged by the first day, the extended one beside it, within the asker's scope."""

from collections import Counter
from datetime import timedelta

import pytest

from casework.cases.promise_ledger import VERDICTS, promise_ledger, promise_tallies
from db.cases import promises
from db.cases.promises import STATES, how_many
from db.refused import Refused
from db.scope import ALL
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


def ledger(store, actor, **asked):
    return promise_ledger(store, actor=actor, today=AFTER, **{"page": 1, "size": 9} | asked)


def left(store, actor, **asked):
    """How many the tallies say that are left."""
    return how_many(promise_tallies(store, actor=actor, today=AFTER), **{"body": "", "state": ""} | asked)


def test_on_time_is_judged_by_the_first_day_and_the_extended_one_stands_beside_it(store, people, three):
    found = ledger(store, people.staff)
    assert {state: [line.case.title for line in ledger(store, people.staff, state=state)] for state in STATES} == {
        "open": [], "late": ["待审批", "已延期"], "kept": ["已兑现"], "extended": ["已延期"], "pending": ["待审批"],
    }  # fmt: skip
    assert [left(store, people.staff, state=state) for state in STATES] == [0, 2, 1, 1, 1]
    extended = found[1].promise
    assert (extended.first, extended.in_time(AFTER), extended.in_time_as_extended(AFTER)) == (PROMISE, False, None)
    (more,) = extended.extensions
    assert (more.reason, more.decided_by, more.decided_on) == ("设备延迟到货", "leader", TODAY)
    assert found[-1].case.title == "已兑现"  # what is not answered stands above


def test_body_and_state_narrow_it_and_a_page_holds_some(store, people, three):
    assert len(ledger(store, people.leader)) == 3
    assert (ledger(store, people.leader, body="tax"), left(store, people.leader, body="tax")) == ([], 0)
    (one,) = ledger(store, people.leader, body="economy_it", state="extended")
    assert one.case.title == "已延期"
    assert [line.case.title for line in ledger(store, people.leader, page=2, size=2)] == ["已兑现"]
    assert ledger(store, people.leader, state="no such state") == []


def test_a_department_sees_the_promises_of_its_cases_and_others_none(store, people, three):
    assert len(ledger(store, people.department)) == left(store, people.department) == 3
    assert (ledger(store, people.other_department), left(store, people.other_department)) == ([], 0)
    for role in ("enterprise", "officer", "town", "admin"):
        with pytest.raises(Refused, match="forbidden"):
            ledger(store, getattr(people, role))


def test_what_is_counted_in_the_store_is_what_the_events_of_each_case_say(demonstration):
    """The demonstration's promises were extended, broken, made anew, kept late, and asked more time for."""
    today = TODAY.replace(year=2026)

    def read(con):
        return promises.tallies(con, ALL, today), list(promises.every(con, ALL, today, body="", state=""))

    counted, told = demonstration.read(read)
    found = Counter()
    for line in told:
        promise = line.promise
        granted = any(one.outcome == "granted" for one in promise.extensions)
        verdicts = (VERDICTS[promise.in_time(today)], VERDICTS[promise.in_time_as_extended(today)])
        found[line.case.lead_body, *verdicts, granted, promise.pending is not None] += 1
    assert found == {(t.body, t.verdict, t.as_standing, t.extended, t.pending): t.n for t in counted}
    assert len(told) > 100
