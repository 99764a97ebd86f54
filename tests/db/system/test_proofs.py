"""A receipt's hash: found in the chain, refused where it is foreign, and telling where a row was changed."""

import pytest

from access.tokens import new_code
from db import events, sql
from db.events import ChainBreak
from db.system import proofs
from intake.issue.raising import IssueForm, submit_issue
from tests.casework.cases.steps import raise_case
from tests.conftest import NOON


@pytest.fixture
def receipt(store, people):
    """An issue's, with an event before it and two after."""
    raise_case(store, people)
    issue = IssueForm("problem", "utilities", "C17", "330603001", "夜间停电", "近两个月多次停电。")
    sent = submit_issue(
        store, actor=people.enterprise, form_id="f", code=new_code(), issue=issue, at=NOON, language="zh"
    )
    raise_case(store, people)
    raise_case(store, people)
    return sent


def find(store, number, mark):
    return store.read(lambda con: proofs.find(con, number, mark))


def test_the_printed_mark_and_the_whole_hash_find_the_event(store, receipt):
    own = next(e for e in store.read(lambda con: events.of_subject(con, receipt.case_id)))
    for mark in (receipt.head_hash, proofs.mark(receipt.head_hash), f" {receipt.head_hash[:12].upper()} "):
        proof = find(store, f" {receipt.number} ", mark)
        assert (proof.number, proof.n, proof.area, proof.happened_at) == (receipt.number, own["n"], "case", NOON)
        assert (proof.hash, proof.breaks, proof.head_n) == (receipt.head_hash, [], store.revision())


def test_a_later_events_hash_of_the_same_case_is_found_too(store, people, receipt):
    from casework.cases.act import act

    act(store, actor=people.staff, case_id=receipt.case_id, action="accept", seen=1, at=NOON)
    last = store.read(lambda con: events.of_subject(con, receipt.case_id))[-1]
    assert find(store, receipt.number, last["hash"]).n == last["n"]


def test_a_foreign_or_wrong_mark_finds_nothing(store, people, receipt):
    foreign = store.read(lambda con: proofs.hash_of_submission(con, raise_case_id(store, people)))
    wrong = [foreign, "0" * 12, receipt.head_hash[:11], "", "%", "_" * 12, receipt.head_hash + "0", "x" * 12]
    assert [find(store, receipt.number, mark) for mark in wrong] == [None] * len(wrong)
    assert find(store, "2023-9999", receipt.head_hash) is None
    assert find(store, "S-2023-000001", receipt.head_hash) is None


def raise_case_id(store, people) -> str:
    return raise_case(store, people).id


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE event SET happened_at = happened_at + INTERVAL '1 day' WHERE n = $n", "digest"),
        ("UPDATE event SET actor_role = 'staff' WHERE n = $n", "digest"),
        ('UPDATE event SET detail = \'{"note":"x"}\' WHERE n = $n', "digest"),
    ],
)
def test_a_changed_row_is_found(store, receipt, statement, reason):
    n = find(store, receipt.number, receipt.head_hash).n
    store.write(lambda con: sql.run(con, statement, {"n": n}))
    assert find(store, receipt.number, receipt.head_hash).breaks == [ChainBreak(n, reason)]


def test_a_changed_neighbour_is_found(store, receipt):
    n = find(store, receipt.number, receipt.head_hash).n
    store.write(lambda con: sql.run(con, "UPDATE event SET digest = hash WHERE n = $n", {"n": n + 1}))
    assert find(store, receipt.number, receipt.head_hash).breaks == [ChainBreak(n + 1, "hash")]
    store.write(lambda con: sql.run(con, "UPDATE event SET hash = digest WHERE n = $n", {"n": n - 1}))
    assert ChainBreak(n, "hash") in find(store, receipt.number, receipt.head_hash).breaks


@pytest.mark.parametrize("step", [-1, 1])
def test_a_neighbour_that_was_taken_out_is_found(store, receipt, step):
    n = find(store, receipt.number, receipt.head_hash).n
    store.write(lambda con: sql.run(con, "DELETE FROM event WHERE n = $n", {"n": n + step}))
    assert find(store, receipt.number, receipt.head_hash).breaks == [ChainBreak(n if step < 0 else n + 1, "gap")]


def test_a_row_that_was_written_anew_with_its_own_hash_no_longer_meets_the_receipt(store, receipt):
    """Whoever recomputes digest and hash as well makes the printed mark a foreign one."""
    n = find(store, receipt.number, receipt.head_hash).n
    store.write(lambda con: sql.run(con, "UPDATE event SET hash = $hash WHERE n = $n", {"n": n, "hash": "f" * 64}))
    assert find(store, receipt.number, receipt.head_hash) is None


@pytest.mark.parametrize("column", ["title", "text", "category"])
def test_a_cases_words_changed_behind_the_history_break_its_receipt(store, receipt, column):
    n = find(store, receipt.number, receipt.head_hash).n
    assert find(store, receipt.number, receipt.head_hash).covers
    store.write(lambda con: sql.run(con, f"UPDATE cases SET {column} = 'x' WHERE id = $id", {"id": receipt.case_id}))  # noqa: S608
    assert find(store, receipt.number, receipt.head_hash).breaks == [
        ChainBreak(n, "content", f"cases {receipt.case_id}")
    ]


def test_an_erased_record_still_verifies_by_its_links(store, receipt):
    """Erasing takes the key: the content cannot be checked any more, the chain still can."""
    store.write(lambda con: sql.run(con, "DELETE FROM event_key WHERE subject = $id", {"id": receipt.case_id}))
    assert find(store, receipt.number, receipt.head_hash).breaks == []
    assert store.read(events.verify) == []
