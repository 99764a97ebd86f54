"""The table of states and actions: nobody but the enterprise closes, and what it does not allow writes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import i18n
from access.actor import Actor
from access.roles import ROLES
from casework.cases.diagram import diagram
from casework.cases.lifecycle import ACTIONS, TABLE, allowed_actions, rule_for
from db.cases.cases import Case
from db.refused import Refused
from db.states import CODES, RATINGS
from tests.casework.cases.steps import GIVEN, TODAY, bring_to, raise_case, take
from tests.conftest import NOON
from tests.paths import ROOT

ENTERPRISE, BODY = "an-enterprise", "economy_it"
CASE = Case(
    "a-case", "2023-0001", "problem", "utilities", ENTERPRISE, "C17", "330603001", "title", "text", "self", None, None,
    "zh", 1, "submitted", BODY, None, None, None, None, None, NOON, None, None, None, None, None, None, False, None, 1,
    NOON, 1, co=("tax",),
)  # fmt: skip
ACTORS = st.builds(
    Actor,
    id=st.just("somebody"),
    role=st.sampled_from(ROLES),
    name=st.just("某人"),
    way=st.sampled_from(["account", "invitation", "follow"]),
    enterprise_id=st.sampled_from([None, ENTERPRISE, "another"]),
    body_code=st.sampled_from([None, BODY, "tax", "finance_office"]),
    town_code=st.sampled_from([None, "330603001"]),
    case_id=st.sampled_from([None, "a-case", "another"]),
)
ONLY_THE_ENTERPRISE = {"close", "reject", "reopen"}
STAFF_ROLES = [role for role in ROLES if role != "enterprise"]


@given(ACTORS, st.sampled_from(CODES), st.sampled_from(ACTIONS))
def test_only_the_enterprises_own_key_closes_rejects_or_reopens(actor, state, action):
    case = replace(CASE, state=state)
    visits = actor.way in ("follow", "invitation")
    own = actor.enterprise_id == ENTERPRISE and (actor.role == "enterprise" or visits) and actor.way != "invitation"
    if action in ONLY_THE_ENTERPRISE and action in allowed_actions(case, actor):
        assert own
        assert actor.way != "follow" or actor.case_id == case.id


@given(ACTORS, st.sampled_from(CODES), st.sampled_from([*ACTIONS, "delete", ""]), st.booleans())
def test_the_table_that_draws_the_buttons_refuses_everything_else(actor, state, action, handled):
    case = replace(CASE, state=state)
    if action in allowed_actions(case, actor, handled=handled):
        assert rule_for(case, action, actor, handled=handled) is TABLE[(state, action)]
        assert not (handled and action == "return_visit")
    else:
        with pytest.raises(Refused):
            rule_for(case, action, actor, handled=handled)


def test_every_path_to_closed_is_the_enterprises_own():
    ways = {
        (state, action): rule
        for (state, action), rule in TABLE.items()
        if "closed" in {rule.next, *rule.turns.values()}
    }
    assert {rule.who for rule in ways.values()} == {"enterprise"}
    assert set(ways) == {("awaiting", "close")}


@given(ACTORS, st.sampled_from(CODES), st.booleans())
def test_no_action_of_anybody_but_the_enterprise_can_end_in_closed(actor, state, asked):
    """Over requests for more time, calls, checks and visits too."""
    case = replace(CASE, state=state, asked_until=TODAY if asked else None, asked_by="a-colleague" if asked else None)
    rules = [TABLE[(state, action)] for action in allowed_actions(case, actor)]
    ends = {rule.state_after(state, outcome) for rule in rules for outcome in (None, *rule.turns) if rule.next}
    assert (
        "closed" not in ends
        or (actor.enterprise_id == ENTERPRISE and actor.role == "enterprise")
        or actor.way == "follow"
    )


def test_every_state_is_reached_and_every_rule_leads_to_a_state():
    reached = {rule.state_after(state, turn) for (state, _), rule in TABLE.items() for turn in (None, *rule.turns)}
    assert reached | {"submitted"} == set(CODES)


def test_every_state_action_rating_and_missing_thing_has_its_words():
    keys = [f"case.state.{state}" for state in CODES] + [f"case.action.{action}" for action in ACTIONS]
    keys += [f"case.rating.{rating}" for rating in RATINGS]
    keys += [f"error.needs_{name}" for rule in TABLE.values() for name in (*rule.needs, *rule.also_needs.values())]
    for key in keys:
        assert all(i18n.text(key, language) for language in i18n.LANGUAGES)


@pytest.mark.parametrize("state", CODES)
def test_no_staff_department_town_officer_leader_or_admin_closes_rejects_or_reopens(store, people, state):
    case = bring_to(store, people, state)
    before = store.revision()
    for role in STAFF_ROLES:
        for action in ONLY_THE_ENTERPRISE:
            with pytest.raises(Refused):
                take(store, getattr(people, role), case, action)
    assert store.revision() == before


@pytest.mark.parametrize("state", CODES)
def test_what_the_table_does_not_name_is_refused_and_writes_nothing(store, people, state):
    case, other = bring_to(store, people, state), raise_case(store, people)
    before = store.revision()
    refused = 0
    everybody = [getattr(people, role) for role in ROLES] + [people.other_department, people.stranger]
    for actor in everybody:
        for action in set(ACTIONS) - set(allowed_actions(case, actor, undoable=True)):
            with pytest.raises(Refused):
                take(store, actor, case, action, NOON, **({"into": other.id} if action == "merge" else {}))
            refused += 1
    assert store.revision() == before
    assert refused > 80


@pytest.mark.parametrize("state", sorted({state for (state, _), rule in TABLE.items() if rule.who != "enterprise"}))
def test_what_the_table_allows_is_written_as_one_event(store, people, state):
    assert allowed_actions(bring_to(store, people, state), people.staff)
    for action in allowed_actions(bring_to(store, people, state), people.staff):
        case, other = bring_to(store, people, state), raise_case(store, people)
        before = store.revision()
        given = {"into": other.id} if action == "merge" else {}
        if state == "objected" and action == "dispatch":
            given = {"lead": "tax"}  # not the one that objected
        by = replace(people.staff, id="another-clerk") if action == "return_visit" else people.staff
        kept = take(store, by, case, action, NOON + timedelta(hours=1), **given)
        assert store.revision() == before + 1
        stood = {"resume": "dispatched", "recall": "dispatched", "unmerge": "submitted"}  # where it stood before
        outcome = stood.get(action) or GIVEN.get(action, {}).get("answer_kind")
        assert kept.state == TABLE[(state, action)].state_after(state, outcome)
        assert kept.seq == case.seq + 1


def test_a_lead_answers_an_assisting_body_only_notes_and_gives_it_to_its_own_and_others_do_nothing(store, people):
    case = bring_to(store, people, "dispatched")
    helper = replace(people.other_department, body_code="tax")
    assert "answer" in allowed_actions(case, people.department)
    assert allowed_actions(case, helper) == ("note", "assign")
    assert allowed_actions(case, people.town) == ("note", "support", "accompany")
    assert allowed_actions(case, people.leader) == ("instruct",)
    for nobody in (people.other_department, people.officer, people.admin):
        assert allowed_actions(case, nobody) == ()


def test_the_drawing_in_docs_is_the_table():
    assert (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8") == diagram()
