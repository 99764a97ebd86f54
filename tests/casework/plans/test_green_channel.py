"""The green channel: asked for on a basis, granted by somebody else, measured in working days."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from access.entrance import actor_of
from casework.plans.green_channel import GreenForm, ask_green_channel, decide_green_channel, pace
from db import clock, events
from db.calendar.workdays import working_days
from db.plans import green_channel
from db.refused import MovedOn, Refused
from db.scope import ALL, Scope
from tests.casework.cases.steps import bring_to, take
from tests.conftest import NOON, make_account
from tests.there import there

FORM = GreenForm("优化营商环境条例第二十条：容缺受理", "示范政发〔2023〕12号", 20)


def ask(store, people, case, actor=None, channel_id="g1", **changes):
    form = replace(FORM, **changes)
    return ask_green_channel(
        store, actor=actor or people.staff, channel_id=channel_id, case_id=case.id, form=form, at=NOON
    )


def grant(store, actor, decision="grant", note="", seen=1, at=NOON):
    return decide_green_channel(store, actor=actor, channel_id="g1", decision=decision, note=note, seen=seen, at=at)


def line(store):
    (found,) = store.read(lambda con: green_channel.find(con, ALL))
    return found


def test_who_asked_never_approves(store, people):
    case = bring_to(store, people, "in_progress")
    assert ask(store, people, case) == ask(store, people, case)
    with pytest.raises(Refused, match="green_own"):
        grant(store, people.staff)
    granted = grant(store, people.leader)
    assert (granted.state, granted.asked_by, granted.decided_by) == ("granted", people.staff.id, people.leader.id)
    kinds = [event["kind"] for event in store.read(lambda con: events.of_subject(con, "g1"))]
    assert kinds == ["ask", "grant"] and store.read(events.verify) == []


def test_a_colleague_who_did_not_ask_may_approve(store, people):
    ask(store, people, bring_to(store, people, "in_progress"))
    assert grant(store, actor_of(make_account(store, "staff", None))).state == "granted"


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "admin"])
def test_others_neither_ask_nor_decide(store, people, role):
    case = bring_to(store, people, "in_progress")
    with pytest.raises(Refused, match="forbidden"):
        ask(store, people, case, getattr(people, role))
    ask(store, people, case)
    with pytest.raises(Refused, match="forbidden"):
        grant(store, getattr(people, role))
    assert line(store).channel.state == "asked"


def test_a_leader_does_not_ask(store, people):
    with pytest.raises(Refused, match="forbidden"):
        ask(store, people, bring_to(store, people, "in_progress"), people.leader)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basis": " "}, "green_basis"),
        ({"document_no": ""}, "green_basis"),
        ({"normal_days": 0}, "green_days"),
        ({"normal_days": 999}, "green_days"),
    ],
)
def test_it_needs_a_basis_a_number_and_normal_days(store, people, changes, code):
    with pytest.raises(Refused, match=code):
        ask(store, people, bring_to(store, people, "in_progress"), **changes)


def test_one_at_a_time_and_a_refusal_says_why(store, people):
    case = bring_to(store, people, "in_progress")
    ask(store, people, case)
    with pytest.raises(Refused, match="green_twice"):
        ask(store, people, case, channel_id="g2")
    with pytest.raises(Refused, match="green_note"):
        grant(store, people.leader, "refuse")
    grant(store, people.leader, "refuse", "依据不足")
    with pytest.raises(MovedOn):
        grant(store, people.leader)
    with pytest.raises(Refused, match="green_decided"):
        grant(store, people.leader, seen=2)
    assert ask(store, people, case, channel_id="g2").state == "asked"


def test_a_case_that_was_answered_meanwhile_is_not_granted(store, people):
    case = bring_to(store, people, "in_progress")
    ask(store, people, case)
    take(store, people.staff, case, "answer")
    with pytest.raises(Refused, match="green_case_over"):
        grant(store, people.leader)
    with pytest.raises(Refused, match="green_case_over"):
        ask(store, people, bring_to(store, people, "closed"), channel_id="g2")


WORKING_DAYS = [
    (date(2023, 11, 30), date(2023, 11, 30), 0),
    (date(2023, 11, 30), date(2023, 12, 4), 2),  # over a weekend
    (date(2023, 9, 27), date(2023, 10, 9), 4),  # over Mid-Autumn and National Day with two make-up days
    (date(2024, 2, 8), date(2024, 2, 19), 3),  # over the Spring Festival; 9 and 18 February
    (date(2023, 12, 4), date(2023, 11, 30), 0),
]


@pytest.mark.parametrize(("after", "until", "n"), WORKING_DAYS)
def test_working_days_leave_out_holidays_and_count_make_up_days(after, until, n):
    assert working_days(after, until) == n


def test_actual_days_run_from_the_grant_to_the_settlement(store, people):
    at = datetime(2023, 9, 27, 3, 0)
    case = bring_to(store, people, "in_progress", at)
    ask(store, people, case)
    assert pace(line(store), date(2023, 9, 28)) is None  # nobody has granted it
    grant(store, people.leader, at=at)
    running = pace(line(store), date(2023, 10, 9))
    assert (there(running).days, there(running).running) == (4, True)
    case = take(store, people.staff, case, "answer", datetime(2023, 10, 8, 17, 0))  # 9 October, 1:00 in Shanghai
    settled = pace(line(store), date(2024, 1, 1))
    assert clock.day_of(there(case.settled_at)) == date(2023, 10, 9)
    assert (there(settled).days, there(settled).running) == (4, False)
    take(store, people.enterprise, case, "reject", datetime(2023, 10, 9, 4, 0))
    assert there(pace(line(store), date(2023, 10, 10))).running


def test_green_channels_are_read_within_ones_scope(store, people):
    ask(store, people, bring_to(store, people, "in_progress"))
    for scope, n in {Scope("body", "economy_it"): 1, Scope("body", "finance_office"): 0}.items():
        assert len(store.read(lambda con, s=scope: green_channel.find(con, s))) == n
