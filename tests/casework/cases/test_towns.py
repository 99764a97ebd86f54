"""What the enterprise's own town does about a case: it notes, supports and accompanies, and moves nothing."""

from dataclasses import replace

import pytest

from casework.cases.act import Given
from casework.cases.lifecycle import allowed_actions
from casework.notices.notices import read_inbox
from db.cases import cases
from db.refused import Refused
from db.states import BY_CODE, CODES
from db.system import integrity
from db.system.rebuild import compare
from intake.files.upload import Upload
from intake.issue.acting import act_with_files
from pages.issue.case_words import town_of, visible, words_of
from tests.casework.cases.steps import bring_to, take
from tests.conftest import NOON
from tests.intake.issue.test_attachments import PDF

HELPS = ("support", "accompany")


@pytest.mark.parametrize("state", CODES)
def test_a_town_helps_while_a_case_is_open_and_does_nothing_that_moves_it(store, people, state):
    case = bring_to(store, people, state)
    may = set(allowed_actions(case, people.town))
    assert may <= {"note", *HELPS}
    assert set(HELPS) <= may or BY_CODE[state].over
    for action in may:
        after = take(store, people.town, case, action)
        assert (after.state, after.due_on, after.lead_body) == (case.state, case.due_on, case.lead_body)
        case = after
    assert store.read(compare).differences == [] and store.read(integrity.verify) == []


def test_another_town_a_body_and_staff_do_not_speak_as_the_town(store, people):
    case = bring_to(store, people, "dispatched")
    elsewhere = replace(people.town, id="another-town", town_code="330603011")
    for nobody in (elsewhere, replace(people.town, town_code=None), people.staff, people.department, people.leader):
        for action in HELPS:
            with pytest.raises(Refused):
                take(store, nobody, case, action)


def test_the_enterprise_reads_how_its_town_helped_but_not_what_it_noted(store, people):
    case = bring_to(store, people, "dispatched")
    case = act_with_files(store, actor=people.town, case_id=case.id, action="support", seen=case.seq, at=NOON,
                          given=Given(note="已协调先行供电"), uploads=[Upload("现场.pdf", PDF)])  # fmt: skip
    case = take(store, people.town, case, "note", note="企业情绪较大")
    happened = store.read(lambda con: cases.history(con, people.enterprise.scope, case.id))
    read = [words_of(event, case) for event in visible(happened)]
    assert read[0] == "已协调先行供电" and "企业情绪较大" not in read


def test_the_bodies_of_the_case_hear_that_its_town_helped(store, people):
    case = take(store, people.town, bring_to(store, people, "dispatched"), "accompany")
    last = read_inbox(store, actor=people.department, page=1, size=5).lines[0]
    assert (last.kind, last.case_id) == ("supported", case.id)
    with pytest.raises(Refused, match="needs_note"):
        take(store, people.town, case, "support", note=" ")


def test_what_a_town_noted_by_mistake_it_takes_back(store, people):
    case = take(store, people.town, bring_to(store, people, "dispatched"), "note")
    assert take(store, people.town, case, "undo").state == "dispatched"
    own = take(store, people.enterprise, bring_to(store, people, "closed"), "note")
    with pytest.raises(Refused):
        take(store, people.enterprise, own, "undo")


def test_what_a_town_did_stays_that_town_s_after_the_case_went_to_another(store, people):
    case = take(store, people.town, bring_to(store, people, "dispatched"), "support")
    moved = take(store, people.staff, case, "correct", town_code=people.other_firm.town_code, category=None)
    event = store.read(lambda con: cases.history(con, people.enterprise.scope, case.id))[-2]
    assert (event.kind, town_of(event, moved)) == ("support", people.town.town_code)
    assert moved.town_code != people.town.town_code
    assert store.read(compare).differences == [] and store.read(integrity.verify) == []
