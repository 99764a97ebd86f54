"""A case filed wrongly is corrected with a reason; an enterprise may take its issue back; no past day moves."""

from datetime import timedelta

import pytest

from casework.cases.lifecycle import CORRECTED
from db import sql
from db.cases import cases, handed_over
from db.cases.cases import CaseFilters
from db.figures.figures import EVERYTHING, Filters
from db.figures.stood import Asked
from db.refused import Refused
from db.scope import ALL, Scope
from db.system import integrity, rebuild
from insight.cases.board import read_board
from insight.cases.facts import read_days
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON

LATER = NOON + timedelta(days=5)
AFTER = TODAY + timedelta(days=5)


def groups_on(store, day, column):
    board = store.read(lambda con: read_board(con, scope=ALL, filters=EVERYTHING, as_of=day))
    return {one.code: one.n for one in board.groups[column]}


def of_town(store, day, town):
    return store.read(lambda con: read_days(con, Asked(ALL, Filters(town=town), day)))[0].counts["issues"]


def found(store, words):
    return store.read(lambda con: cases.find(con, ALL, CaseFilters(AFTER, text=words), sort="newest")).total


def test_figures_follow_a_correction_from_that_day_on_and_the_past_stays_as_it_was_seen(store, people):
    case = bring_to(store, people, "dispatched")
    other_town = "330603002" if case.town_code != "330603002" else "330603001"
    was = {name: getattr(case, name) for name in CORRECTED}
    now = {
        "kind": "suggestion",
        "category": "finance",
        "sector_code": "C18",
        "town_code": other_town,
        "title": "贷款难",
    }
    kept = take(store, people.staff, case, "correct", LATER, **now)
    assert {name: getattr(kept, name) for name in CORRECTED} == now
    assert (kept.state, kept.due_on, kept.text) == (case.state, case.due_on, case.text)
    for column in ("category", "sector_code", "town_code"):
        assert groups_on(store, TODAY, column) == {was[column]: 1}
        assert groups_on(store, AFTER, column) == {now[column]: 1}
    assert [of_town(store, day, town) for day in (TODAY, AFTER) for town in (was["town_code"], other_town)] == [
        1,
        0,
        0,
        1,
    ]
    assert store.read(rebuild.compare).differing == 0
    assert store.read(integrity.verify) == []
    event = store.read(lambda con: cases.history(con, ALL, case.id))[-1]
    assert event.detail["from"] == was and {name: event.detail[name] for name in CORRECTED} == now
    assert found(store, "贷款难") == 1 and found(store, "园区夜间停电") == 0


def test_a_correction_at_the_moment_of_submission_is_derived_again_too(store, people):
    case = take(store, people.staff, raise_case(store, people), "correct", NOON)
    assert case.category == "finance"
    again = take(store, people.staff, case, "correct", NOON, category="tax")
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []
    back = take(store, people.staff, again, "correct", LATER, category="utilities")
    assert back.category == "utilities" and store.read(integrity.verify) == []


@pytest.mark.parametrize("column", CORRECTED)
def test_a_corrected_fact_that_somebody_changed_unseen_is_found(store, people, column):
    case = take(store, people.staff, raise_case(store, people), "correct", LATER, title="贷款难", kind="suggestion")
    store.write(lambda con: sql.run(con, f"UPDATE cases SET {column} = 'x' WHERE id = $id", {"id": case.id}))  # noqa: S608
    assert store.read(integrity.verify) != []


def test_a_correction_names_what_differs_and_nothing_that_is_not_listed(store, people):
    case = raise_case(store, people)
    before = store.revision()
    for wrong, code in (
        ({"category": case.category}, "nothing_corrected"),
        ({"category": None}, "nothing_corrected"),
        ({"category": "no_such"}, "issue_category"),
        ({"category": None, "sector_code": "C"}, "issue_sector"),
        ({"category": None, "town_code": "1"}, "issue_town"),
        ({"category": None, "kind": "praise"}, "issue_kind"),
        ({"category": None, "title": "长" * 121}, "issue_title_too_long"),
        ({"reason": " "}, "needs_reason"),
    ):
        with pytest.raises(Refused) as refused:
            take(store, people.staff, case, "correct", LATER, **wrong)
        assert refused.value.code == code
    assert store.revision() == before
    for nobody in (people.enterprise, people.department, people.town, people.officer, people.leader):
        with pytest.raises(Refused):
            take(store, nobody, case, "correct", LATER)


def test_a_former_body_reads_the_case_as_it_was_filed_when_it_went(store, people):
    case = bring_to(store, people, "dispatched")
    sent = take(store, people.staff, case, "dispatch", LATER, lead="tax", co=())
    take(store, people.staff, sent, "correct", LATER + timedelta(days=1), title="贷款难")
    left = store.read(lambda con: handed_over.had_by(con, Scope("body", "economy_it"), case.id))
    assert (left.case.title, left.case.category) == (case.title, case.category)


def test_a_withdrawn_issue_is_its_enterprises_own_act_and_is_counted_apart(store, people):
    case, other = bring_to(store, people, "dispatched"), bring_to(store, people, "closed")
    for nobody in (people.staff, people.department, people.officer, people.stranger):
        with pytest.raises(Refused):
            take(store, nobody, case, "withdraw", LATER)
    gone = take(store, people.enterprise, case, "withdraw", LATER)
    assert (gone.state, gone.due_on, gone.settled_at) == ("taken_back", None, None)
    counted = {day: store.read(lambda con, day=day: read_days(con, Asked(ALL, EVERYTHING, day)))[0].counts
               for day in (TODAY, AFTER)}  # fmt: skip
    assert [(c["issues"], c["unsettled"], c["settled"], c["withdrawn"]) for c in counted.values()] == [
        (2, 1, 1, 0),
        (1, 0, 1, 1),
    ]
    both = store.read(lambda con: read_days(con, Asked(ALL, EVERYTHING, AFTER, before=TODAY)))
    assert [facts.counts["withdrawn"] for facts in both] == [1, 0]
    with pytest.raises(Refused):
        take(store, people.enterprise, other, "withdraw", LATER)
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []
