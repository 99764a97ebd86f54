"""The promise ledger: the first date stays, more time is asked for by one and decided by another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.cases.lifecycle import allowed_actions
from db.cases import cases, promises
from db.refused import Refused
from tests.casework.cases.steps import PROMISE, TODAY, bring_to, take
from tests.conftest import NOON

LATER = PROMISE + timedelta(days=21)


def ledger(store, people, case):
    return store.read(lambda con: promises.of_history(case, cases.history(con, people.staff.scope, case.id)))


def asked(store, people, who="department", **given):
    return take(store, getattr(people, who), bring_to(store, people, "committed"), "ask_extension", **given)


def test_an_extension_moves_the_due_day_and_never_the_first_promise(store, people):
    case = take(store, people.leader, asked(store, people), "grant_extension", note="设备确有延误")
    assert (case.promised_on, case.due_on, case.due_rule, case.state) == (PROMISE, LATER, "extension", "committed")
    found = ledger(store, people, case)
    assert (found.first, found.standing) == (PROMISE, LATER)
    (extension,) = found.extensions
    assert (extension.body, extension.reason, extension.until) == ("economy_it", "设备延迟到货", LATER)
    assert (extension.outcome, extension.decided_by, extension.decided_on) == ("granted", "leader", TODAY)
    assert extension.decision == "设备确有延误"


def test_a_refused_extension_leaves_the_promise_as_it_was_and_says_why(store, people):
    case = take(store, people.staff, asked(store, people), "refuse_extension")
    assert (case.due_on, case.due_rule, case.asked_until, case.asked_by) == (PROMISE, "promise", None, None)
    found = ledger(store, people, case)
    assert found.standing == PROMISE
    assert (found.extensions[0].outcome, found.extensions[0].decision) == ("refused", "可以先更换变压器")


def test_on_time_is_judged_against_the_first_promise_with_the_extended_one_beside_it(store, people):
    case = take(store, people.staff, asked(store, people), "grant_extension")
    between = NOON + timedelta(days=(PROMISE - TODAY).days + 3)
    found = ledger(store, people, take(store, people.department, case, "fulfil", between))
    assert found.fulfilled_on == PROMISE + timedelta(days=3)
    assert (found.in_time(TODAY), found.in_time_as_extended(TODAY)) == (False, True)


def test_a_promise_that_still_runs_is_neither_kept_nor_broken(store, people):
    found = ledger(store, people, bring_to(store, people, "committed"))
    assert found.in_time(PROMISE) is None
    assert found.in_time(PROMISE + timedelta(days=1)) is False


def test_whoever_asked_cannot_decide_even_with_the_right_to(store, people):
    case = asked(store, people, "staff")
    assert "grant_extension" not in allowed_actions(case, people.staff)
    for action in ("grant_extension", "refuse_extension"):
        with pytest.raises(Refused, match="forbidden"):
            take(store, people.staff, case, action)
    colleague = replace(people.staff, id="another-clerk")
    assert take(store, colleague, case, "grant_extension").due_on == LATER


@pytest.mark.parametrize("who", ["department", "town", "officer", "enterprise", "admin"])
def test_nobody_without_the_right_grants_more_time(store, people, who):
    case = asked(store, people, "staff")
    assert {"grant_extension", "refuse_extension"}.isdisjoint(allowed_actions(case, getattr(people, who)))


def test_a_leader_decides_on_more_time_and_does_nothing_else(store, people):
    case = asked(store, people)
    assert allowed_actions(case, people.leader) == ("grant_extension", "refuse_extension", "instruct")
    assert allowed_actions(bring_to(store, people, "committed"), people.leader) == ("instruct",)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "needs_reason"),
        ({"extended_on": None}, "needs_extended_on"),
        ({"extended_on": PROMISE}, "extension_not_later"),
        ({"extended_on": TODAY}, "extension_not_later"),
    ],
)
def test_more_time_needs_a_reason_and_a_later_date(store, people, given, code):
    case = bring_to(store, people, "committed")
    before = store.revision()
    with pytest.raises(Refused, match=code):
        take(store, people.department, case, "ask_extension", **given)
    assert store.revision() == before


def test_one_request_waits_at_a_time_and_none_is_decided_that_was_not_made(store, people):
    case = bring_to(store, people, "committed")
    with pytest.raises(Refused, match="action_refused"):
        take(store, people.leader, case, "grant_extension")
    waiting = take(store, people.department, case, "ask_extension")
    with pytest.raises(Refused, match="action_refused"):
        take(store, people.department, waiting, "ask_extension")


def test_a_second_promise_is_no_way_round_the_approval(store, people):
    case = bring_to(store, people, "committed")
    with pytest.raises(Refused, match="second_promise"):
        take(store, people.department, case, "answer", answer_kind="committed", promised_on=LATER)


def test_each_of_two_extensions_is_kept_with_its_decision(store, people):
    case = take(store, people.leader, asked(store, people), "grant_extension")
    case = take(store, people.department, case, "ask_extension", extended_on=LATER + timedelta(days=7))
    found = ledger(store, people, take(store, people.leader, case, "refuse_extension"))
    assert [(one.until, one.outcome) for one in found.extensions] == [
        (LATER, "granted"),
        (LATER + timedelta(days=7), "refused"),
    ]
    assert (found.first, found.standing) == (PROMISE, LATER)


def test_a_request_lapses_where_the_case_goes_on(store, people):
    case = take(store, people.department, asked(store, people), "fulfil")
    assert (case.asked_until, case.asked_by) == (None, None)
    assert ledger(store, people, case).extensions[0].outcome == "lapsed"


def test_a_promise_after_a_reopening_is_told_apart_and_the_first_date_stays(store, people):
    case = take(store, people.enterprise, bring_to(store, people, "committed"), "reject")
    case = take(store, people.staff, case, "promise", promised_on=LATER)
    found = ledger(store, people, case)
    assert (case.promised_on, found.first, found.standing, found.anew) == (PROMISE, PROMISE, LATER, (LATER,))


def test_a_case_without_a_promise_has_no_ledger_and_outside_the_scope_none_is_read(store, people):
    assert ledger(store, people, bring_to(store, people, "awaiting")) is None
    case = bring_to(store, people, "committed")
    assert ledger(store, people, case) is not None
    assert store.read(lambda con: cases.history(con, people.stranger.scope, case.id)) == []


def test_a_reopened_case_is_due_for_dispatch_within_three_working_days(store, people):
    case = bring_to(store, people, "reopened")
    assert (case.due_on, case.due_rule) == (TODAY.replace(month=12, day=5), "dispatch_3wd")
    kept = take(store, people.department, case, "start")
    assert kept.due_rule == "answer_7wd"
    assert store.read(lambda con: cases.get(con, people.staff.scope, case.id)).due_on == kept.due_on
