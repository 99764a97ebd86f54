"""What was erased is nowhere: not in the store's file, its log, its journal, what lies beside it, nor in a backup made
since. The chain holds, every record still is what the history says, and nobody else lost a word."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from db import sql
from db.__main__ import main
from db.cases import cases
from db.people import enterprises
from db.refused import StoreUnavailable
from db.scope import ALL
from db.store import open_store
from db.system import backups, erasure, integrity, keeping
from db.system.erasure import MARK, Whose
from tests.casework.cases.steps import raise_case, take
from tests.conftest import NOON, SERVER, make_account, url_of
from tests.db.system.test_records import lived  # noqa: F401

LATER = NOON + timedelta(days=30)
QUOTED = "云锦示范纺织有限公司说过同样的话"
# What stands of it beside its cases: a row in each table that is its own, each text a marker.
ROWS = {
    "attachment": {"id": "m1", "case_id": "$case", "name": "标记附件名.pdf", "media_type": "application/pdf", "size": 9,
                   "sha256": "0", "content": "标记附件内容".encode(), "created_at": NOON},
    "draft": {"id": "m2", "owner": "$account", "form": "issue", "content": '{"text":"标记草稿"}', "updated_at": NOON},
    "draft_file": {"id": "m3", "draft_id": "m2", "owner": "$account", "name": "标记草稿附件.png", "media_type": "x",
                   "size": 9, "sha256": "0", "content": "标记草稿内容".encode(), "created_at": NOON},
    "contact": {"owner_kind": "enterprise", "owner_id": "$firm", "channel_url": "mailto://marker@example.org",
                "language": "zh", "active": True, "seq": 1},
    "outbox": {"id": "m4", "created_at": NOON, "kind": "lead", "subject": "$case", "recipient_kind": "account",
               "recipient_id": "x", "language": "zh", "params": '{"name":"标记通知"}', "state": "sent", "attempts": 1,
               "next_at": NOON},
    "sign_in": {"id": "m5", "happened_at": NOON, "way": "password", "name": "marker-LOGIN", "address": "192.0.2.77",
                "outcome": "refused"},
    "attendance": {"id": "m6", "forum_id": "f", "person_id": "p7", "person_name": "标记到场人", "kind": "entrepreneur",
                   "enterprise_id": "$firm", "organisation": "标记所在单位", "country": "CN"},
    "agenda_item": {"id": "m7", "forum_id": "f", "position": 1, "enterprise_id": "$firm", "kind": "problem",
                    "category": "utilities", "title": "标记议题", "speaker": "标记发言人", "named": True, "seq": 1},
}  # fmt: skip
MARKERS = ("标记", "marker", "192.0.2.77", "停电", "云锦示范", "Yunjin", "13857501234", "近两个月")


@pytest.fixture
def told(lived, people):  # noqa: F811
    """The firm of a store in which everything happened, with a marker in all that is its own, and quoted by another."""
    firm = make_account(
        lived, "enterprise", None, login="marker-login", name="标记登录人", enterprise_id=people.firm.id
    )
    case = raise_case(lived, people, title='标记题目：换行\n与“引号”"', text="标记正文" * 30)
    own = {"$case": case.id, "$account": firm.id, "$firm": people.firm.id}

    def write(con):
        sql.run(con, "UPDATE enterprise SET contact_name = '标记联系人', contact_phone = '13857501234' WHERE id = $id",
                {"id": people.firm.id})  # fmt: skip
        for table, row in ROWS.items():
            sql.insert(con, table, {name: own.get(str(value), value) for name, value in row.items()})

    lived.write(write)
    folder = Path(lived.path).parent / backups.FOLDER
    for earlier in backups.listed(folder):  # made when a wave was separated
        backups.forget(folder / earlier.name)
    others = raise_case(lived, people, enterprise_id=people.other_firm.id, title="别家的题目", text="别家的正文")
    take(lived, people.staff, others, "accept")
    take(lived, people.staff, lived.read(lambda con: cases.get(con, ALL, others.id)), "note", note=QUOTED)
    return others


def found_beside(store) -> Iterator[str]:
    """Markers in the bytes of every file there, as they stand in text and in JSON."""
    forms = {form for one in MARKERS for form in erasure._forms([one])}
    for path in sorted(Path(store.path).parent.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield from (f"{path.name}: {form}" for form in forms if form.encode() in content)


def erase(store, whose: Whose, reason="标记登录人本人要求") -> int:
    return store.rewrite(lambda con: erasure.erase(con, whose, reason=reason, actor_id="a", role="admin", at=LATER))


def test_an_enterprise_that_is_erased_stands_in_no_byte_and_all_still_verifies(store, told, people):
    assert SERVER or {line.partition(": ")[0] for line in found_beside(store)} >= {"store.duckdb.journal"}
    before = store.read(lambda con: sql.pairs(con, "SELECT state, count(*) FROM cases GROUP BY state"))
    whose = store.read(lambda con: erasure.of_enterprise(con, people.firm.uscc))
    erase(store, whose)
    assert list(found_beside(store)) == []
    (copy,) = backups.listed(Path(store.path).parent / backups.FOLDER)
    assert copy.events == store.revision()
    assert store.read(integrity.verify) == []
    assert before == store.read(lambda con: sql.pairs(con, "SELECT state, count(*) FROM cases GROUP BY state"))
    firm = store.read(lambda con: enterprises.get(con, ALL, people.firm.id))
    assert (firm.name_zh, firm.contact_name, firm.active) == (MARK, None, False)


def test_what_others_said_stays_but_for_the_name_also_where_both_said_the_same(store, told, people):
    same = raise_case(store, people, enterprise_id=people.other_firm.id)
    erase(store, store.read(lambda con: erasure.of_enterprise(con, people.firm.id)))
    kept = store.read(lambda con: cases.get(con, ALL, told.id))
    assert (kept.title, kept.text) == ("别家的题目", "别家的正文")
    kept = store.read(lambda con: cases.get(con, ALL, same.id))
    assert (kept.title, kept.text) == (same.title, same.text)
    notes = [event.detail.get("note") for event in store.read(lambda con: cases.history(con, ALL, told.id))]
    assert notes[-1] == f"{MARK}说过同样的话"


def test_what_happens_after_an_erasure_is_held_against_the_history_again(store, told, people):
    erase(store, store.read(lambda con: erasure.of_enterprise(con, people.firm.id)))
    kept = store.read(
        lambda con: sql.one(con, "SELECT id, seq FROM cases WHERE state = 'submitted' AND title = $t", {"t": MARK})
    )
    case = store.read(lambda con: cases.get(con, ALL, kept["id"]))
    take(store, people.staff, case, "accept")
    assert store.read(integrity.verify) == []
    n = store.revision()
    store.write(lambda con: sql.run(con, "UPDATE event SET detail = '{}' WHERE n = $n", {"n": n}))
    assert "digest" in {one.reason for one in store.read(integrity.verify) if one.n == n}


def test_an_account_and_somebody_at_a_forum_are_erased_alone(store, told, people):
    account = store.read(lambda con: erasure.of_account(con, "marker-login"))
    erase(store, account)
    erase(store, store.read(lambda con: erasure.of_person(con, "p7")), reason="要求")
    assert store.read(integrity.verify) == []
    text = "\n".join(found_beside(store))
    assert "marker-login" not in text and store.read(
        lambda con: sql.scalar(con, "SELECT person_name FROM attendance WHERE id = 'm6'")) == MARK  # fmt: skip
    firm = store.read(lambda con: enterprises.get(con, ALL, people.firm.id))
    assert firm.name_zh == people.firm.name_zh, "the enterprise stays"


def test_an_erasure_that_fails_leaves_the_store_as_it_was(store, told, people):
    before = store.read(lambda con: sql.rows(con, "SELECT * FROM enterprise ORDER BY id"))
    with pytest.raises(ZeroDivisionError):
        store.rewrite(lambda con: sql.run(con, "DELETE FROM enterprise") and 1 / 0)
    assert store.read(lambda con: sql.rows(con, "SELECT * FROM enterprise ORDER BY id")) == before
    take(store, people.staff, store.read(lambda con: cases.get(con, ALL, told.id)), "note", note="还能写")


@pytest.mark.of_a_file
def test_a_store_is_not_replaced_under_somebody_who_reads(store, people, monkeypatch):
    monkeypatch.setattr("db.duck.READERS", 0.01)
    whose = Whose(enterprises=(people.firm.id,))

    def meanwhile(con):
        with pytest.raises(StoreUnavailable):
            erase(store, whose)
        return enterprises.get(con, ALL, people.firm.id)

    assert store.read(meanwhile).name_zh == people.firm.name_zh
    erase(store, whose)
    store.close()
    opened = open_store(url_of(store.path))
    assert opened.read(lambda con: enterprises.name_of(con, people.firm.id)) == MARK
    opened.close()


def test_an_operator_erases_beside_the_running_service_and_is_told_what_still_holds_it(store, told, people, monkeypatch,
                                                                                       capsys):  # fmt: skip
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    earlier = store.backup(Path(store.path).parent / backups.FOLDER)
    command = ["erase", "enterprise", people.firm.uscc, "--reason", "2023-12-30 书面要求"]
    with keeping.keeping(store, Path(store.path), now=lambda: LATER):
        if not SERVER:  # a file has one process, which is asked; a server's store is opened beside it
            monkeypatch.setattr("db.__main__.open_store", no_second_process)
        assert main(command) == 0
        said = capsys.readouterr().out
        assert str(earlier) in said and "标记" not in said
        assert main([*command[:2], "nobody", *command[3:], "--forget-backups"]) == 1
        assert main(["erase", "account", people.staff.id, *command[3:], "--forget-backups"]) == 0
    assert not earlier.exists() and list(found_beside(store)) == []


def no_second_process(*_: object):
    raise duckdb.IOException("the file is another process's")
