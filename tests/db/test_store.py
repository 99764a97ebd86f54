"""The store keeps what it acknowledged, lets nobody write while reading, and its history verifies."""

import threading
from contextlib import closing
from datetime import date, datetime
from functools import partial
from uuid import uuid4

import duckdb
import psycopg
import pytest

from db import __main__ as command
from db import events, migrations, sql
from db.duck import DuckStore
from db.events import Event
from db.refused import Refused
from db.store import open_store
from db.survey import drafts
from tests.conftest import url_of

NOON = datetime(2023, 11, 30, 4, 0)


def an_event(**changes):
    return Event(**({"happened_at": NOON, "area": "case", "kind": "note", "subject": str(uuid4()), "seq": 1} | changes))


def test_a_read_cannot_write(store):
    with pytest.raises((duckdb.Error, psycopg.Error)):
        store.read(lambda con: sql.run(con, "DELETE FROM event"))


def test_a_write_that_fails_leaves_nothing_and_costs_its_neighbours_nothing(store):
    before = store.revision()

    def half(con):
        events.append(con, an_event())
        raise Refused("forbidden")

    outcomes = []

    def attempt(fn):
        try:
            outcomes.append(store.write(fn))
        except Refused:
            outcomes.append("refused")

    verbs = [half if i % 4 == 0 else lambda con: events.append(con, an_event()) for i in range(40)]
    threads = [threading.Thread(target=attempt, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("refused") == 10
    assert store.revision() == before + 30
    assert store.read(events.verify) == []


def test_the_chain_shows_a_changed_row_and_a_missing_row(store):
    store.write(lambda con: events.append(con, *(an_event(detail={"note": "原文"}) for _ in range(5))))
    last = store.revision()
    store.write(lambda con: sql.run(con, "UPDATE event SET detail = '{}' WHERE n = $n", {"n": last}))
    assert [(b.n, b.reason) for b in store.read(events.verify)] == [(last, "digest")]
    store.write(lambda con: sql.run(con, "DELETE FROM event WHERE n = $n", {"n": last - 2}))
    assert last - 1 in [b.n for b in store.read(events.verify)]


def test_a_chain_that_is_read_by_parts_shows_what_lies_where_two_of_them_meet(store, monkeypatch):
    store.write(lambda con: events.append(con, *(an_event(detail={"note": "原文"}) for _ in range(8))))
    monkeypatch.setattr(events, "BATCH", 3)
    assert store.read(events.verify) == []
    last = store.revision()
    for n in range(last - 6, last):
        store.write(lambda con, n=n: sql.run(con, "UPDATE event SET hash = 'x' || hash WHERE n = $n", {"n": n}))
        assert [(b.n, b.reason) for b in store.read(events.verify)] == [(n, "hash"), (n + 1, "hash")]
        store.write(lambda con, n=n: sql.run(con, "UPDATE event SET hash = substr(hash, 2) WHERE n = $n", {"n": n}))
    store.write(lambda con: sql.run(con, "DELETE FROM event WHERE n = $n", {"n": last - 3}))
    assert [(b.n, b.reason) for b in store.read(events.verify)] == [(last - 2, "gap")]


def test_an_erased_record_leaves_a_chain_that_verifies(store):
    gone = str(uuid4())
    store.write(lambda con: events.append(con, an_event(subject=gone, detail={"note": "个人信息"}), an_event()))

    def erase(con):
        sql.run(con, "UPDATE event SET detail = '{}' WHERE subject = $s", {"s": gone})
        sql.run(con, "DELETE FROM event_key WHERE subject = $s", {"s": gone})

    store.write(erase)
    assert store.read(events.verify) == []


def test_a_second_migration_applies_nothing_and_keeps_what_an_administrator_changed(store):
    store.write(lambda con: sql.run(con, "UPDATE reference_item SET name_en = 'Renamed' WHERE code = '330603001'"))
    assert store.migrate() == []
    name = store.read(lambda con: sql.scalar(con, "SELECT name_en FROM reference_item WHERE code = '330603001'"))
    assert name == "Renamed"


@pytest.mark.of_a_file
def test_a_store_of_an_early_version_with_its_rows_is_brought_up_to_date(tmp_path):
    store = DuckStore(tmp_path / "early.duckdb")
    names = store.read(migrations.pending)
    early = names.index("0019_samples") + 1
    for name in names[:early]:
        store.write(partial(migrations.apply, name=name))
    row = {"code": "gdp", "name_zh": "地区生产总值", "name_en": "GDP", "unit": "亿元", "price_basis": "current"}
    row |= {"growth_basis": "real", "period_kind": "ytd_quarter", "has_level": True, "chart": "columns", "position": 1}
    store.write(lambda con: sql.insert(con, "indicator", row))
    assert store.migrate() == names[early:]
    kept = store.read(lambda con: sql.one(con, "SELECT name_en, scope, source FROM indicator WHERE code = 'gdp'"))
    assert kept == {"name_en": "GDP", "scope": "whole", "source": "statistics"}
    store.close()


def test_a_migration_that_does_not_apply_is_named_and_the_store_is_as_it_was(store, monkeypatch, tmp_path, capsys):
    for name, statement in (
        ("9001_right", "CREATE TABLE later (id INTEGER)"),
        ("9002_wrong", "ALTER TABLE none ADD x INT"),
    ):
        (tmp_path / f"{name}.sql").write_text(statement, encoding="utf-8")
    for file in migrations.FOLDER.glob("*.sql"):
        (tmp_path / file.name).symlink_to(file)
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    store.close()
    assert command.main(["migrate"]) == 1
    assert "Migration 9002_wrong does not apply" in capsys.readouterr().err
    with closing(open_store()) as again:
        assert again.read(migrations.pending) == ["9001_right", "9002_wrong"]
        assert "later" not in again.read(sql.tables)


def test_the_reference_lists_are_there_after_migration(store):
    counts = store.read(lambda con: sql.rows(con, "SELECT list, count(*) AS n FROM reference_item GROUP BY list"))
    assert {row["list"]: row["n"] for row in counts} == {"town": 16, "body": 36, "sector": 117, "category": 16}
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM indicator")) == 13


def test_many_rows_go_in_as_they_are(store):
    rows = [{"name": f"n{i}", "value": "值" if i % 2 else "x"} for i in range(500)]
    store.write(lambda con: sql.insert_many(con, "setting", rows))
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM setting WHERE value = '值'")) == 250


def test_an_unknown_kind_of_store_is_named_in_the_error(store):
    with pytest.raises(ValueError, match="duckdb:PATH"):
        open_store("mysql:somewhere")


def test_a_backup_opens_and_holds_the_same_chain(store, tmp_path):
    store.write(lambda con: events.append(con, an_event(), an_event()))
    head = store.read(events.head)
    copy = store.backup(tmp_path / "backups")
    assert head.hash[:12] in copy.name
    opened = open_store(f"duckdb:{copy}")
    assert opened.read(events.head) == head
    assert opened.read(events.verify) == []
    opened.close()


def test_whoever_waits_for_changes_is_woken_by_what_was_committed_and_by_nothing_else(store):
    woken = threading.Event()
    store.on_commit(woken.set)
    with pytest.raises(Refused):
        store.write(refused)
    store.read(events.head)
    assert not woken.is_set()
    store.write(lambda con: events.append(con, an_event()))
    assert woken.wait(30)


def refused(con):
    events.append(con, an_event())
    raise Refused("forbidden")


@pytest.mark.parametrize("n", [1, 8, 9, 100, 101])
def test_few_rows_and_many_are_stored_alike(store, n):
    columns = "a DOUBLE, b VARCHAR, c DATE, d TIMESTAMP, e BOOLEAN, f VARCHAR"
    full = {"a": 2.5, "b": "'x\"", "c": date(2026, 1, 2), "d": datetime(2026, 1, 2, 3, 4, 5, 6), "e": True, "f": None}
    rows = [full if i % 3 else full | {"a": 1, "b": "", "c": None, "d": None, "e": None} for i in range(n)]

    def written(con):
        con.execute(f"CREATE TABLE kept ({columns})")
        sql.insert_many(con, "kept", rows)
        return sql.rows(con, "SELECT * FROM kept")

    assert store.write(written) == rows


def test_a_figure_of_many_rows_keeps_its_part_though_most_are_whole_numbers(store):
    """Of many rows the store looks at some alone: what these are is not what all are."""
    rows = [{"n": n, "x": 3.4 if n % 20 == 19 else 75, "y": None if n < 5000 else n} for n in range(10_000)]

    def written(con):
        con.execute("CREATE TABLE kept (n INTEGER, x DOUBLE, y INTEGER)")
        sql.insert_many(con, "kept", rows)
        return sql.rows(con, "SELECT * FROM kept ORDER BY n")

    assert store.write(written) == rows


@pytest.mark.of_a_file
def test_a_draft_moves_no_answer_that_is_kept_and_any_other_write_moves_all(store):
    def said(con):
        return sql.column(con, "SELECT value FROM setting WHERE name = 'said'")

    before = store.kept(said)
    store.write(lambda con: drafts.save(con, owner="one", form="issue", draft_id="d", content={}, at=NOON))
    store.write(lambda con: drafts.discard(con, owners=["one"], form="issue"))
    assert store.kept(said) is before
    store.write(lambda con: sql.insert(con, "setting", {"name": "said", "value": "so"}))
    assert store.kept(said) == ["so"]
