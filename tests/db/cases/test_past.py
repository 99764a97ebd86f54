"""A case's past: what its stretches say of any day is what its row said on that day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.cases.lifecycle import TABLE
from db import clock, journal, sql
from db.__main__ import main
from db.cases import cases, past
from db.refused import Refused
from db.scope import ALL
from db.states import RATINGS
from db.store import open_store
from db.system import rebuild
from tests.casework.cases.steps import GIVEN, bring_to, raise_case, take
from tests.conftest import NOON, SERVER, url_of
from tests.there import there

LATEST = date(2024, 12, 31)


def as_of(store, case_id, day):
    """The case's stretch on that day; None before it was submitted."""
    params = {"id": case_id, "end": clock.end_of_day(day)}
    found = store.read(lambda con: sql.rows(con, past.stood("true"), params))
    mine = [row for row in found if row["id"] == case_id]
    assert len(mine) <= 1
    return {name: mine[0][name] for name in past.COLUMNS} if mine else None


def steps_from(state, asked, hidden, instructed):
    """What the table lets somebody do, with what has to be given; an answer may be a promise, a rating a bad one."""
    for (of, action), rule in TABLE.items():
        if of == state and rule.asked in (None, asked):
            if rule.confidential not in (None, hidden) or rule.instructed not in (None, instructed):
                continue
            if action == "answer" and rule.turns:
                yield "promise", {}
            ratings = [{"rating": rating} for rating in RATINGS] if action == "close" else [{}]
            yield from ((action, detail) for detail in ratings)


def told(store, people, data):
    """A case that lived through any history: what its row said after each action, by the instant."""
    at = NOON
    case = raise_case(store, people, at)
    rows = [(at, past.of_case(case))]
    for _ in range(data.draw(st.integers(0, 9))):
        possible = list(
            steps_from(case.state, case.asked_until is not None, case.confidential, bool(case.instructed_until))
        )
        if not possible:
            break
        step, given_ = data.draw(st.sampled_from(possible))
        at += timedelta(minutes=data.draw(st.sampled_from([0, 1, 600, 1440, 4000, 20000])))
        given_ = given_ | ({"into": raise_case(store, people, at).id} if step == "merge" else {})
        if step == "correct":
            given_ = given_ | {"category": data.draw(st.sampled_from(sorted({"finance", "tax"} - {case.category})))}
        if step == "instruct":
            given_ = given_ | {"answer_by": clock.day_of(at) + timedelta(days=data.draw(st.integers(1, 9)))}
        if step == "promise":
            given_ = given_ | {"promised_on": clock.day_of(at) + timedelta(days=20)}
        if step == "suspend":
            given_ = given_ | {"review_on": clock.day_of(at) + timedelta(days=15)}
        if step == "ask_extension":
            given_ = given_ | {"extended_on": max(there(case.due_on), clock.day_of(at)) + timedelta(days=9)}
        own = step in ("close", "reject", "reopen", "resubmit", "withdraw", "contest")
        decides = step in ("grant_extension", "refuse_extension", "return_visit")
        who = people.enterprise if own else replace(people.staff, id="another-clerk") if decides else people.staff
        leads = step == "instruct" or (case.state == "disputed" and step == "dispatch")
        stands_by = TABLE[case.state, "answer" if step == "promise" else step].who == "town"
        who = people.leader if leads else people.town if stands_by else who
        who = replace(who, named=(case.id,))
        given_ = given_ | ({"lead": "tax", "co": ()} if case.state == "objected" and step == "dispatch" else {})
        given_ = given_ | ({"better": "economy_it" if case.lead_body == "tax" else "tax"} if step == "object" else {})
        try:
            case = take(store, who, case, step, at, **given_)
        except Refused as refused:
            assert refused.code in ("objection_late", "objection_ruled", "objection_same_body", "undo_refused")
            continue
        rows.append((at, past.of_case(case)))
    return case, rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_history_stood_on_every_day_as_its_row_said_on_that_day(store, people, data):
    case, rows = told(store, people, data)
    day, last = clock.day_of(rows[0][0]) - timedelta(days=1), clock.day_of(rows[-1][0]) + timedelta(days=1)
    while day <= last:
        by_then = [row for at, row in rows if at < clock.end_of_day(day)]
        assert as_of(store, case.id, day) == (vars(by_then[-1]) if by_then else None)
        day += timedelta(days=1)
    of_case = {"id": case.id}
    ended = store.read(lambda con: sql.rows(con, "SELECT * FROM case_past WHERE case_id = $id ORDER BY until", of_case))
    begun = [row["since"] for row in ended] + [case.since]
    assert begun[0] == rows[0][0] and [row["until"] for row in ended] == begun[1:]
    assert all(row["since"] < row["until"] for row in ended)
    assert store.read(rebuild.compare).differing == 0


def test_a_note_changes_no_fact_and_begins_no_stretch(store, people):
    case = bring_to(store, people, "dispatched")
    noted = take(store, people.staff, case, "note", NOON + timedelta(days=2))
    assert (noted.seq, noted.since, noted.since_seq) == (case.seq + 1, case.since, case.since_seq)


def test_a_clock_that_was_put_back_does_not_turn_the_past_around(store, people):
    case = bring_to(store, people, "dispatched")
    started = take(store, people.staff, case, "start", NOON - timedelta(days=3))
    assert started.since == case.since
    assert store.read(rebuild.compare).differing == 0


def test_a_reopened_case_keeps_the_deadline_it_had_on_a_past_day(store, people):
    case = bring_to(store, people, "awaiting")
    reopened = take(store, people.enterprise, case, "close", NOON + timedelta(days=1), rating="dissatisfied")
    later = take(store, people.staff, reopened, "start", NOON + timedelta(days=6))
    then = as_of(store, case.id, date(2023, 12, 4))
    assert (there(then)["state"], there(then)["due_on"], there(then)["due_rule"]) == (
        "reopened",
        date(2023, 12, 6),
        "dispatch_3wd",
    )
    assert there(as_of(store, case.id, LATEST))["due_on"] == later.due_on == date(2023, 12, 15)


@pytest.mark.parametrize("back", [("reject", {"reason": "没有解决"}), ("close", {"rating": "dissatisfied"})])
def test_a_bad_answer_buys_no_time_for_what_a_settlement_is_held_to(store, people, back):
    action, given = back
    awaiting = bring_to(store, people, "awaiting")
    reopened = take(store, people.enterprise, awaiting, action, NOON + timedelta(days=1), **given)
    begun = take(store, people.staff, reopened, "start", NOON + timedelta(days=6))
    assert begun.due_on and awaiting.deadline and begun.due_on > awaiting.deadline == begun.deadline


def test_a_new_dispatch_has_a_new_day_and_the_first_answer_keeps_the_first(store, people):
    first = bring_to(store, people, "dispatched")
    again = take(store, people.staff, first, "dispatch", NOON + timedelta(days=5), lead="tax")
    assert first.deadline and again.deadline and again.deadline > first.deadline
    assert again.answer_due == first.answer_due == first.deadline


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cases SET state = 'closed' WHERE id = $id",
        "UPDATE cases SET due_on = DATE '2030-01-01' WHERE id = $id",
        "UPDATE case_past SET lead_body = 'tax' WHERE case_id = $id AND state = 'dispatched'",
        "DELETE FROM case_past WHERE case_id = $id AND state = 'accepted'",
        "INSERT INTO case_past SELECT * FROM case_past WHERE case_id = $id AND state = 'accepted'",
    ],
)
def test_rebuild_says_what_differs_from_the_events_and_puts_it_right(store, people, damage, monkeypatch, capsys):
    case = bring_to(store, people, "reopened")
    bring_to(store, people, "committed")
    stood = store.read(lambda con: sql.rows(con, "SELECT * FROM case_past ORDER BY case_id, since, until"))
    store.write(lambda con: sql.run(con, damage, {"id": case.id}))
    url = url_of(store.path)
    store.close()
    monkeypatch.setenv("STORE_URL", url)
    assert main(["rebuild", "--check"]) == 1
    said = capsys.readouterr().out
    assert f"case {case.number} " in said and "1 cases differ" in said
    assert main(["rebuild", "--check"]) == 1, "the check writes nothing"
    assert main(["rebuild"]) == 1
    kept = journal.read(journal.path_beside(store.path))
    assert SERVER or len(there(kept).frames) == 1, "a million cases' rows would be held in memory for it"
    assert main(["rebuild"]) == 0
    opened = open_store(url)
    assert opened.read(lambda con: sql.rows(con, "SELECT * FROM case_past ORDER BY case_id, since, until")) == stood
    assert opened.read(lambda con: past.of_case(cases.get(con, ALL, case.id))) == past.of_case(case)
    opened.close()


def rows_in_their_places(con):
    return sql.rows(con, f"SELECT case_id, {sql.place(con)} FROM case_past ORDER BY 2")  # noqa: S608


def test_rebuild_by_parts_writes_only_what_differs_and_takes_away_the_past_of_no_case(store, people, monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH", 2)
    made = [bring_to(store, people, "reopened") for _ in range(5)]
    told = []
    stood = store.read(lambda con: sql.rows(con, "SELECT * FROM case_past ORDER BY case_id, since, until"))
    places = store.read(rows_in_their_places)

    def damage(con):
        wrong = "UPDATE case_past SET state = 'merged' WHERE case_id = ANY($ids)"
        sql.run(con, wrong, {"ids": [made[0].id, made[3].id]})
        some = sql.rows(con, "SELECT * FROM case_past ORDER BY case_id, since LIMIT 3")
        sql.insert_many(con, "case_past", [row | {"case_id": "nobody"} for row in some])

    store.write(damage)
    assert store.write(lambda con: rebuild.rebuild(con, told.append)).differing == 2
    assert told == ["cases: 2 of 5", "cases: 4 of 5", "cases: 5 of 5"]
    assert store.read(lambda con: sql.rows(con, "SELECT * FROM case_past ORDER BY case_id, since, until")) == stood
    kept = store.read(rows_in_their_places)
    whole = {made[n].id for n in (1, 2, 4)}
    assert [row for row in kept if row["case_id"] in whole] == [row for row in places if row["case_id"] in whole]


def test_what_a_forum_gives_at_one_table_has_stretches_of_no_length_that_no_day_sees(store, people):
    case = raise_case(store, people)
    for step in ("accept", "dispatch", "answer"):
        case = take(store, people.staff, case, step, NOON, **GIVEN[step])
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM case_past")) == 0
    assert there(as_of(store, case.id, clock.day_of(NOON)))["state"] == "awaiting"


def test_a_store_of_before_gets_its_past_from_its_events_when_it_is_migrated(store, people):
    for state in ("submitted", "committed", "awaiting", "closed", "reopened"):
        bring_to(store, people, state)
    every = "SELECT * FROM case_past ORDER BY case_id, until"
    stood = store.read(lambda con: sql.rows(con, every))
    added = ("since", "since_seq", "co", "sent_at", "responded_at", "answer_due", "deadline", "extensions", "rejected",
             "reopened", "opposed_at")  # fmt: skip
    before = [f"ALTER TABLE cases DROP COLUMN {name}" for name in added]
    before += ["ALTER TABLE cases DROP COLUMN instructed_until"]
    before += ["ALTER TABLE cases DROP COLUMN confidential", "DROP TABLE case_reader", "DROP TABLE case_past"]
    before += ["DROP TABLE workday", "DELETE FROM migration WHERE name = '0040_past' OR name LIKE '%confidential'",
               "DELETE FROM migration WHERE name = '0049_instructions'"]  # fmt: skip
    for statement in before:
        store.write(lambda con, statement=statement: sql.run(con, statement))
    assert store.migrate() == ["0040_past", "0049_instructions", "0057_confidential", "0058_none_confidential"]
    assert store.read(rebuild.compare).differing == 0
    assert store.read(lambda con: sql.rows(con, every)) == stood
