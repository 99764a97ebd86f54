"""Verbs outside the lifecycle, called by hand as every role: who may not is refused, and nothing is written."""

from datetime import date
from uuid import uuid4

import pytest

from access.roles import ROLES
from casework import briefings, letters, perfunctory, policies, supervision
from casework.policies import PolicyForm
from db.refused import Refused
from tests.casework.steps import PROMISE, TODAY, bring_to, take
from tests.conftest import NOON

FORM = PolicyForm("专项政策", "Special policy", "economy_it", date(2023, 11, 1))


def dispatched_letter(store, people, actor):
    case = bring_to(store, people, "accepted")
    return lambda: letters.dispatch_with_letter(store, actor=actor, letter_id=str(uuid4()), seen={case.id: case.seq},
                                                lead="tax", copied=(), at=NOON)  # fmt: skip


def letter(store, people, actor):
    case = bring_to(store, people, "dispatched")
    return lambda: letters.issue_letter(store, actor=actor, letter_id=str(uuid4()), case_ids=[case.id],
                                        lead="economy_it", copied=(), at=NOON)  # fmt: skip


def letterhead(store, people, actor):
    return lambda: letters.set_letterhead(store, actor=actor, issuer="专班", code="函", contact="", at=NOON)


def step(state, action):
    def prepared(store, people, actor):
        case = bring_to(store, people, "committed" if state == "asked" else state)
        if state == "asked":
            case = take(store, people.department, case, "ask_extension")
        return lambda: take(store, actor, case, action)

    return prepared


def policy(store, people, actor):
    return lambda: policies.add_policy(store, actor=actor, policy_id=str(uuid4()), form=FORM, at=NOON)


def work_list(store, people, actor):
    return lambda: supervision.work_of_the_day(store, actor=actor, today=TODAY)


def officers(store, people, actor):
    return lambda: supervision.officers(store, actor=actor, words="", page=1, size=5, today=TODAY)


def doubts(store, people, actor):
    return lambda: perfunctory.perfunctory_answers(store, actor=actor)


def briefing(store, people, actor):
    return lambda: briefings.briefing(store, actor=actor, since=date(2023, 11, 1), until=TODAY, language="zh", at=NOON)


# verb → the roles that may, of people who have to do with the case
MAY = {
    dispatched_letter: {"staff"},
    letter: {"staff"},
    letterhead: {"staff"},
    step("committed", "ask_extension"): {"staff", "department"},
    step("asked", "grant_extension"): {"staff", "leader"},
    step("asked", "refuse_extension"): {"staff", "leader"},
    step("dispatched", "reminder_call"): {"staff"},
    step("dispatched", "monthly_check"): {"staff"},
    step("awaiting", "proxy"): {"staff"},
    policy: {"staff"},
    work_list: {"staff"},
    officers: {"staff"},
    doubts: {"staff"},
    briefing: {"staff", "leader"},
}


@pytest.mark.parametrize("prepare", MAY, ids=range(len(MAY)))
def test_only_these_roles_may(store, people, prepare):
    for role in ROLES:
        if role in MAY[prepare]:
            continue
        attempt = prepare(store, people, getattr(people, role))
        before = store.revision()
        with pytest.raises(Refused):
            attempt()
        assert store.revision() == before, role
    for role in MAY[prepare]:
        prepare(store, people, getattr(people, role))()


def test_a_promise_is_moved_by_nobody_who_asked_for_it(store, people):
    """Staff who ask on a body's behalf decide as little as the body does."""
    case = take(store, people.staff, bring_to(store, people, "committed"), "ask_extension")
    before = store.revision()
    for actor in (people.staff, people.department, people.town, people.enterprise, people.other_department):
        with pytest.raises(Refused):
            take(store, actor, case, "grant_extension")
    assert store.revision() == before and case.due_on == PROMISE
