"""An enterprise's story: its forums, issues with every rating, and policies; only for those whose it is to see."""

from datetime import date
from uuid import uuid4

import pytest

from casework.cases.act import Given, act
from db import sql
from db.people import story
from db.scope import ALL, NONE
from tests.casework.cases.steps import raise_case
from tests.conftest import NOON
from tests.insight.world import add_policy


def tell(store, scope, firm):
    return store.read(lambda con: story.of(con, scope, firm.id))


def add_forum(store, people, number: int, state: str, *persons: str) -> None:
    forum = {
        "id": f"f{number}", "number": number, "theme_zh": "用电", "theme_en": "Power", "sector_code": None,
        "held_on": date(2023, 1, number), "place_zh": "厅", "place_en": "Hall", "format": "many_to_many",
        "host_body": "cppcc", "host_office": "deputy", "host_person": None, "state": state, "summary": None, "seq": 1,
    }  # fmt: skip
    seats = [
        {"id": str(uuid4()), "forum_id": f"f{number}", "person_id": person, "person_name": person,
         "kind": "entrepreneur", "office": None, "body_code": None, "enterprise_id": people.firm.id,
         "organisation": None, "country": "CN"}
        for person in persons
    ]  # fmt: skip
    store.write(lambda con: (sql.insert(con, "forum", forum), sql.insert_many(con, "attendance", seats)))


def test_forums_issues_and_policies_stand_together(store, people):
    add_forum(store, people, 1, "held", "甲", "乙")
    add_forum(store, people, 2, "cancelled", "甲")
    case = raise_case(store, people)
    add_policy(store, 1, "2023-01-10", (people.firm.uscc, "2023-02-01"), (people.other_firm.uscc, "2023-03-01"))
    told = tell(store, ALL, people.firm)
    assert [(forum.number, forum.people) for forum in told.forums] == [(1, 2)]
    assert [(issue.number, issue.state) for issue in told.issues] == [(case.number, "submitted")]
    assert [(policy.number, policy.benefited_on) for policy in told.policies] == [(1, date(2023, 2, 1))]
    assert (told.enterprise.id, told.officer) == (people.firm.id, people.accounts.officer.name)


def test_an_old_rating_stays_beside_the_new_one(store, people):
    case = raise_case(store, people)
    steps = [
        (people.staff, "accept", {}),
        (people.staff, "dispatch", {"lead": "economy_it"}),
        (people.department, "answer", {"answer_kind": "solved", "text": "已经送电"}),
        (people.enterprise, "close", {"rating": "dissatisfied", "reason": "又停了"}),
        (people.department, "answer", {"answer_kind": "solved", "text": "换了变压器"}),
        (people.enterprise, "close", {"rating": "satisfied"}),
    ]
    for actor, action, given in steps:
        case = act(store, actor=actor, case_id=case.id, action=action, seen=case.seq, at=NOON, given=Given(**given))
    (issue,) = tell(store, ALL, people.firm).issues
    assert issue.ratings == ("dissatisfied", "satisfied")
    assert tell(store, ALL, people.firm).rating == "satisfied"
    assert (issue.answer_text, issue.settled_at, issue.closed_at) == ("换了变压器", NOON, NOON)


def test_return_visits_are_told_and_calls_to_departments_are_not(store, people):
    case, other = raise_case(store, people), raise_case(store, people, enterprise_id=people.other_firm.id)
    done = [
        {"id": f"v{n}", "case_id": case_id, "kind": kind, "done_at": NOON, "account_id": "a", "body_code": None,
         "outcome": "better", "note": None}
        for n, (case_id, kind) in enumerate(
            [(case.id, "return_visit"), (case.id, "reminder_call"), (other.id, "return_visit")]
        )
    ]  # fmt: skip
    store.write(lambda con: sql.insert_many(con, "follow_up", done))
    assert [(visit.number, visit.outcome) for visit in tell(store, ALL, people.firm).visits] == [
        (case.number, "better")
    ]


@pytest.mark.parametrize("who", ["staff", "leader", "officer"])
def test_those_concerned_read_it(store, people, who):
    assert tell(store, getattr(people, who).scope, people.firm) is not None


def test_an_officer_reads_only_the_stories_of_their_own_enterprises(store, people):
    assert tell(store, people.officer.scope, people.other_firm) is None
    assert tell(store, people.stranger.scope, people.firm) is None
    assert tell(store, people.admin.scope, people.firm) is None
    assert tell(store, NONE, people.firm) is None


def test_no_survey_answer_can_stand_in_it():
    assert not {"answer", "response", "survey", "answers"} & set(story.Story.__dataclass_fields__)
