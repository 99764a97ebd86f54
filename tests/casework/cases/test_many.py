"""Many at once: each case by itself, told apart afterwards; what is taken back is found again in the history."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework import many
from casework.cases.act import NOTHING, CaseMovedOn, Given
from casework.cases.undoing import last_of_many
from casework.many import MOST, act_on_many, letters_of_many
from db import sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.events import Event
from db.letters import letters
from db.refused import MovedOn, Refused
from db.scope import ALL
from db.system import integrity, rebuild
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON
from tests.there import there

ROWS = "SELECT * FROM cases WHERE id = ANY($ids) ORDER BY number"
LATER = NOON + timedelta(hours=1)


def together(store, actor, action, chosen, at=LATER, **given):
    seen = {case.id: case.seq for case in chosen}
    return act_on_many(store, actor=actor, action=action, seen=seen, given=Given(**given), at=at, many=str(uuid4()))


def of(store, case):
    return store.read(lambda con: cases.get(con, ALL, case.id))


def test_of_many_those_that_moved_on_meanwhile_are_told_apart_with_why(store, people):
    chosen = [raise_case(store, people) for _ in range(5)]
    take(store, people.staff, chosen[1], "accept", LATER)
    take(store, people.staff, chosen[3], "return", LATER)
    found = together(store, people.staff, "accept", chosen)
    assert [one.case is not None for one in found] == [True, False, True, False, True]
    assert [one.why.case.state for one in found if isinstance(one.why, CaseMovedOn)] == ["accepted", "returned"]
    assert [of(store, case).state for case in chosen] == ["accepted", "accepted", "accepted", "returned", "accepted"]


def test_what_is_done_to_many_is_what_it_would_be_one_after_the_other(store, people):
    states = ("submitted", "accepted", "dispatched", "suspended")
    some, each = ([bring_to(store, people, state) for state in states] for _ in range(2))
    steps: list[tuple[str, dict[str, Any]]] = [("note", {"note": "电话"}), ("transfer", {"reason": "不归本区"})]
    for action, given in steps:
        done = together(store, people.staff, action, some, **given)
        some = [there(one.case) for one in done]
        each = [take(store, people.staff, case, action, LATER, **given) for case in each]
    assert store.read(rebuild.compare).differences == [] and store.read(integrity.verify) == []
    apart = ["id", "number", "submitted_at"]
    rows = [
        store.read(lambda con, of=of: sql.rows(con, ROWS, {"ids": [case.id for case in of]})) for of in (some, each)
    ]
    for one, other, case, alike in zip(*rows, some, each, strict=True):
        words = other.pop("words").replace(alike.number.lower(), case.number.lower())
        assert one.pop("words") == words and words.endswith("\n电话\n不归本区\n")
        assert {n: v for n, v in one.items() if n not in apart} == {n: v for n, v in other.items() if n not in apart}


def test_of_many_that_are_moved_the_one_that_moved_on_is_named(store, people):
    chosen = [raise_case(store, people) for _ in range(3)]
    take(store, people.staff, chosen[1], "accept", LATER)
    moves = [(case, Event(LATER, "case", "accept", case.id, 2, state="accepted"), {}) for case in chosen]
    with pytest.raises(MovedOn) as why:
        store.write(lambda con: cases.move_all(con, moves))
    assert why.value.facts == {"number": chosen[1].number}
    assert [of(store, case).state for case in chosen] == ["submitted", "accepted", "submitted"]


def test_what_somebody_may_not_do_to_one_they_may_not_do_to_many(store, people):
    chosen = [raise_case(store, people), bring_to(store, people, "dispatched")]
    found = together(store, people.department, "accept", chosen)
    assert [there(one.why).code for one in found] == ["case_unknown", "action_refused"]
    (found,) = together(store, people.leader, "note", chosen[:1], note="x")
    assert there(found.why).code == "forbidden"


def test_many_are_dispatched_with_one_letter(store, people):
    done = together(
        store, people.staff, "dispatch", [bring_to(store, people, "accepted") for _ in range(3)], lead="tax"
    )
    by = {"actor": people.staff, "at": LATER, "many": "x", "lead": "tax", "copied": ()}
    assert letters_of_many(store, done=done, **by) == 1
    found = store.read(lambda con: [letters.of_case(con, ALL, one.case_id) for one in done])
    assert len({letter.id for letter in found}) == 1 and found[0].items == 3


def test_many_go_a_few_in_a_write_and_who_waits_is_told_after_each(store, people, monkeypatch):
    monkeypatch.setattr(many, "AT_ONCE", 2)
    chosen, heard = [raise_case(store, people) for _ in range(5)], []
    take(store, people.staff, chosen[1], "accept", LATER)
    seen = {case.id: case.seq for case in chosen}
    say = {"given": NOTHING, "at": LATER, "many": "m", "told": heard.append}
    found = act_on_many(store, actor=people.staff, action="accept", seen=seen, **say)
    assert heard == [2, 4, 5] and [one.case_id for one in found] == list(seen)
    assert [one.case is not None for one in found] == [True, False, True, True, True]
    assert store.read(integrity.verify) == [] and store.read(rebuild.compare).differences == []


def test_more_than_a_thousand_are_refused_whole(store, people):
    case = raise_case(store, people)
    seen = {case.id: case.seq} | {str(n): 1 for n in range(MOST)}
    with pytest.raises(Refused, match="too_many"):
        act_on_many(store, actor=people.staff, action="accept", seen=seen, given=NOTHING, at=LATER, many="x")
    assert of(store, case).state == "submitted"


def test_what_was_done_to_many_is_taken_back_where_nobody_acted_on_it_since(store, people):
    chosen = [raise_case(store, people) for _ in range(4)]
    together(store, people.staff, "accept", chosen)
    take(store, people.staff, of(store, chosen[2]), "dispatch", LATER + timedelta(minutes=1))
    at = LATER + timedelta(minutes=2)
    kind, seen = store.read(lambda con: last_of_many(con, people.staff, at))
    assert kind == "accept" and list(seen) == [chosen[0].id, chosen[1].id, chosen[3].id]
    undone = act_on_many(store, actor=people.staff, action="undo", seen=seen, given=NOTHING, at=at, many="u")
    assert [one.why for one in undone] == [None] * 3
    assert [of(store, case).state for case in chosen] == ["submitted", "submitted", "dispatched", "submitted"]
    assert store.read(integrity.verify) == [] and store.read(rebuild.compare).differences == []
    assert store.read(lambda con: last_of_many(con, people.staff, at)) == ("", {})


def test_what_another_did_to_many_or_long_ago_is_not_offered(store, people):
    together(store, people.staff, "accept", [raise_case(store, people)])
    for who, minutes in ((people.department, 1), (people.leader, 1), (people.staff, 11)):
        at = LATER + timedelta(minutes=minutes)
        assert store.read(lambda con, who=who, at=at: last_of_many(con, who, at)) == ("", {})


def test_a_double_press_does_nothing_twice(store, people):
    chosen = [bring_to(store, people, "dispatched")]
    together(store, people.staff, "remind", chosen)
    (again,) = together(store, people.staff, "remind", chosen)
    assert isinstance(again.why, CaseMovedOn) and of(store, chosen[0]).seq == chosen[0].seq + 1


def test_all_that_match_come_with_the_versions_that_were_seen(store, people):
    chosen = [raise_case(store, people) for _ in range(3)] + [bring_to(store, people, "accepted")]
    found = store.read(lambda con: cases.versions(con, ALL, CaseFilters(TODAY, state="submitted"), most=9))
    assert found == {case.id: (case.seq, case.number) for case in chosen[:3]}
    assert store.read(lambda con: cases.versions(con, people.stranger.scope, CaseFilters(TODAY), most=9)) == {}


def test_a_reminder_is_for_what_a_body_has_in_work_and_tells_it(store, people):
    with pytest.raises(Refused, match="action_refused"):
        take(store, people.staff, bring_to(store, people, "accepted"), "remind", LATER)
    (done,) = together(store, people.staff, "remind", [bring_to(store, people, "dispatched")], note="请抓紧")
    assert there(done.case).state == "dispatched" and there(done.case).due_on
