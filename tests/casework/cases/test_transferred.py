"""A case that belongs to the hotline 12345 goes over to it with a reason: a state of its own, counted apart, told to
the enterprise, which may contest it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.figures.figures import EVERYTHING
from db.figures.stood import Asked
from db.refused import Refused
from db.scope import ALL
from db.system import integrity, rebuild
from insight.cases.facts import read_days
from insight.cases.figures import measures
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.conftest import NOON

LATER = NOON + timedelta(hours=2)
DAY_AFTER = NOON + timedelta(days=1)


def counted(store, day):
    return store.read(lambda con: read_days(con, Asked(ALL, EVERYTHING, day)))[0]


def test_only_triage_hands_a_case_over_and_only_with_a_reason(store, people):
    case = bring_to(store, people, "accepted")
    for who in (people.enterprise, people.department, people.town, people.officer, people.leader):
        with pytest.raises(Refused):
            take(store, who, case, "transfer", LATER)
    with pytest.raises(Refused, match="needs_reason"):
        take(store, people.staff, case, "transfer", LATER, reason=" ")
    gone = take(store, people.staff, case, "transfer", LATER)
    assert (gone.state, gone.due_on, gone.settled_at) == ("transferred", None, None)
    told = store.read(
        lambda con: sql.pairs(con, "SELECT kind, address FROM inbox WHERE case_id = $id", {"id": case.id})
    )
    assert told["transferred"] == f"enterprise:{people.firm.id}"


@pytest.mark.parametrize("state", ["committed", "awaiting", "closed", "reopened", "merged"])
def test_what_was_answered_promised_or_merged_does_not_go_over(store, people, state):
    with pytest.raises(Refused, match="action_refused"):
        take(store, people.staff, bring_to(store, people, state), "transfer", DAY_AFTER)


def test_all_who_were_sent_away_hear_that_the_enterprise_contests_it(store, people):
    case = bring_to(store, people, "transferred")
    take(store, people.enterprise, case, "contest", DAY_AFTER)
    told = store.read(lambda con: sql.column(con, "SELECT address FROM inbox WHERE kind = 'contested'"))
    assert set(told) == {"staff", "body:economy_it", "body:tax", f"account:{people.officer.id}"}


def test_a_confidential_case_is_not_handed_over(store, people):
    case = take(store, people.staff, bring_to(store, people, "accepted"), "confide", LATER)
    named = replace(people.staff, named=(case.id,))
    with pytest.raises(Refused, match="action_refused"):
        take(store, named, case, "transfer", LATER)


def test_what_went_over_is_counted_apart_and_the_past_stays(store, people):
    case = bring_to(store, people, "dispatched")
    bring_to(store, people, "closed")
    take(store, people.staff, case, "transfer", DAY_AFTER)
    before, after = (counted(store, day) for day in (TODAY, TODAY + timedelta(days=1)))
    told = [(one.counts["issues"], one.counts["unsettled"], one.counts["transferred"]) for one in (before, after)]
    assert told == [(2, 1, 0), (1, 0, 1)]
    assert after.counts["withdrawn"] == 0 and after.counts["settled_share"] == (1, 1)
    assert measures(after)["transferred"].value == 1
    with_it = store.read(lambda con: cases.find(con, ALL, CaseFilters(TODAY, state="transferred"), sort="due"))
    assert [one.id for one in with_it.rows] == [case.id]


@pytest.mark.parametrize(("who", "action"), [("enterprise", "contest"), ("staff", "recall")])
@pytest.mark.parametrize("state", ["submitted", "accepted", "dispatched", "in_progress", "objected"])
def test_it_comes_back_to_where_it_stood_by_the_day_that_stood(store, people, who, action, state):
    case = bring_to(store, people, state)
    gone = take(store, people.staff, case, "transfer", LATER)
    back = take(store, getattr(people, who), gone, action, DAY_AFTER)
    assert (back.state, back.due_on, back.lead_body) == (state, case.due_on, case.lead_body)
    assert counted(store, TODAY + timedelta(days=1)).counts["transferred"] == 0
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []


def test_only_its_enterprise_contests_and_only_triage_takes_back_or_tells_the_outcome(store, people):
    gone = bring_to(store, people, "transferred")
    for step, hands in (
        ("contest", ("stranger", "staff", "department", "leader")),
        ("recall", ("enterprise", "department", "leader", "town")),
        ("outcome", ("enterprise", "department", "leader", "town")),
    ):
        for hand in hands:
            with pytest.raises(Refused):
                take(store, getattr(people, hand), gone, step, DAY_AFTER)


def test_the_hotlines_outcome_is_told_searched_by_its_number_and_changes_no_state(store, people):
    gone = bring_to(store, people, "transferred")
    kept = take(store, people.staff, gone, "outcome", DAY_AFTER)
    assert kept.state == "transferred"
    found = store.read(lambda con: cases.find(con, ALL, CaseFilters(TODAY, text="KQ2312010001"), sort="due"))
    assert [one.id for one in found.rows] == [gone.id]
    with pytest.raises(Refused, match="needs_text"):
        take(store, people.staff, kept, "outcome", DAY_AFTER, text="", order=None)
    kinds = store.read(lambda con: sql.column(con, "SELECT kind FROM inbox WHERE case_id = $id", {"id": gone.id}))
    assert kinds.count("outcome") >= 1
