"""What the store lost comes back from its journal, or the store says what is missing and stays as it is."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import duckdb
import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup

from db import duck, events, journal, migrations, sql, upgrade
from db.__main__ import main
from db.duck import DuckStore
from db.migrations import NewerStore
from db.refused import StoreReadOnly, StoreUnavailable
from db.system import backups, integrity, settings
from tests.casework.cases.steps import bring_to
from tests.conftest import NOON, wait_for
from tests.db.test_durability import WRITER, standing
from tests.db.test_store import an_event
from tests.paths import ROOT
from tests.there import there

pytestmark = pytest.mark.of_a_file

LOST = ["removed", "cut", "emptied", "headless", "flipped"]


@pytest.fixture
def crashed(tmp_path, migrated, monkeypatch):
    """A store as it lies on the disk after its process was killed: .file, .wal, .journal, .head, .copy, a backup of
    three events before. `STORE_URL` names it."""
    (tmp_path / "live").mkdir()
    store = DuckStore(Path(shutil.copy(migrated, tmp_path / "live/store.duckdb")))
    for _ in range(3):
        store.write(lambda con: events.append(con, an_event()))
    copy = store.backup(tmp_path / "live/backups")
    store.write(lambda con: events.append(con, *(an_event(detail={"note": str(i)}) for i in range(120))))
    for i in range(10):
        store.write(lambda con, i=i: events.append(con, an_event(detail={"note": f"第{i}件"})))
    store.write(lambda con: sql.insert_many(con, "setting", [{"name": f"n{i}", "value": "值"} for i in range(150)]))
    head = store.read(events.head)
    (tmp_path / "dead").mkdir()
    file = tmp_path / "dead/store.duckdb"
    for name in ("", ".wal", ".journal", ".journal.told"):
        shutil.copy(f"{store.path}{name}", f"{file}{name}")
    shutil.copytree(copy.parent, file.parent / "backups")
    store.close()
    monkeypatch.setenv("STORE_URL", f"duckdb:{file}")
    return SimpleNamespace(file=file, wal=Path(f"{file}.wal"), journal=Path(f"{file}.journal"), head=head, copy=copy,
                           right=standing(tmp_path / "live/store.duckdb"))  # fmt: skip


def damaged(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "removed":
        path.unlink()
        return
    path.write_bytes({
        "cut": whole[: len(whole) // 2],
        "emptied": b"",
        "headless": bytes(64) + whole[64:],
        "flipped": whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :],
    }[how])  # fmt: skip


def brought_back(crashed, capsys):
    """The store, opened, or brought back by one command and opened."""
    try:
        opened = DuckStore(crashed.file)
        if opened.damage is None:
            return opened
        opened.close()
    except Exception as error:
        assert str(crashed.file) in str(error)
    assert main(["recover"]) == 0, capsys.readouterr().err
    return DuckStore(crashed.file)


@pytest.mark.parametrize("how", LOST)
def test_whatever_happens_to_the_log_every_acknowledged_row_comes_back(crashed, how, capsys):
    damaged(crashed.wal, how)
    store = brought_back(crashed, capsys)
    assert store.damage is None
    assert store.read(events.head) == crashed.head and store.read(events.verify) == []
    store.write(lambda con: sql.run(con, "DELETE FROM setting WHERE name = 'gone'"))
    store.write(lambda con: journal.put_mark(con, 0))  # the marks count on; all else is equal
    store.close()
    found, right = standing(crashed.file), crashed.right
    assert {name: rows for name, rows in found.items() if name != "setting"} == {
        name: rows for name, rows in right.items() if name != "setting"
    }
    assert there(found["setting"])[0] == there(right["setting"])[0]


@pytest.mark.parametrize("how", LOST)
def test_a_damaged_journal_is_told_and_costs_nothing_while_the_store_is_whole(crashed, how, caplog):
    damaged(crashed.journal, how)
    store = DuckStore(crashed.file)
    assert store.damage is None and store.read(events.head) == crashed.head
    assert str(crashed.journal) in caplog.text
    store.write(lambda con: events.append(con, an_event()))
    store.close()
    caplog.clear()
    reopened = DuckStore(crashed.file)
    assert reopened.revision() == crashed.head.n + 1 and not caplog.records
    reopened.close()


def test_what_was_being_written_at_the_end_is_dropped_without_a_word(crashed, caplog):
    with crashed.journal.open("ab") as file:
        file.write(crashed.journal.read_bytes()[-300:][:120])
    store = DuckStore(crashed.file)
    assert store.damage is None and store.read(events.head) == crashed.head and not caplog.records
    store.close()


@pytest.mark.parametrize("left", [0, 0.5, 0.9, 0.999], ids=str)
def test_a_journal_without_its_end_beside_a_lost_log_is_noticed(crashed, left, capsys):
    """It looks as if the end was being written when the power failed: that somebody was told stands apart."""
    whole = crashed.journal.read_bytes()
    crashed.wal.unlink()
    crashed.journal.write_bytes(whole[: int(len(whole) * left)])
    store = DuckStore(crashed.file)
    assert store.damage and "are not there" in store.damage and str(crashed.journal) in store.damage
    store.close()
    assert main(["recover"]) == 1
    assert "Nothing was brought back" in capsys.readouterr().err


def test_what_is_damaged_or_not_there_is_not_copied(crashed, tmp_path, capsys):
    crashed.wal.unlink()
    crashed.journal.unlink()
    target, none = tmp_path / "there/store.duckdb", tmp_path / "none.duckdb"
    for source, told in ((crashed.file, "`python -m db recover` brings it back"), (none, "is not there")):
        assert main(["copy", f"duckdb:{source}", f"duckdb:{target}"]) == 1
        assert told in capsys.readouterr().err
    assert not none.exists() and not target.exists()


def test_a_journal_that_is_gone_beside_a_lost_log_is_noticed(crashed):
    crashed.wal.unlink()
    crashed.journal.unlink()
    store = DuckStore(crashed.file)
    assert store.damage
    store.close()
    assert not crashed.journal.exists()


@pytest.mark.parametrize("how", LOST)
def test_without_the_number_kept_apart_all_else_is_held_against_each_other_as_before(crashed, how):
    damaged(Path(f"{crashed.journal}.told"), how)
    crashed.wal.unlink()
    store = DuckStore(crashed.file)
    assert store.damage is None and store.read(events.head) == crashed.head
    store.close()
    assert journal.told(crashed.journal) == there(journal.read(crashed.journal)).ends


def test_what_a_backup_leaves_out_of_the_journal_is_in_the_stores_own_file(store, tmp_path):
    store.write(lambda con: events.append(con, an_event()))
    head = store.read(events.head)
    store.backup(tmp_path / "elsewhere")
    alone = Path(shutil.copy(store.path, tmp_path / "alone.duckdb"))
    for name in (".journal", ".journal.told"):
        shutil.copy(f"{store.path}{name}", f"{alone}{name}")
    opened = DuckStore(alone)
    assert opened.damage is None and opened.read(events.head) == head
    opened.close()


def test_beside_a_long_read_the_journal_keeps_what_the_file_does_not_hold(store, monkeypatch):
    monkeypatch.setattr(duck, "TRIES", 1)
    store.write(lambda con: events.append(con, an_event()))
    before = store._journal.size

    def read_on(con):
        events.head(con)
        store.write(lambda con: sql.run(con, "UPDATE event SET detail = '{}'"))
        store.backup(store.path.parent / "backups")

    store.read(read_on)
    assert store._journal.size > before


def test_a_store_that_is_opened_again_in_mid_course_gets_back_what_its_log_lost(store):
    head = store.write(lambda con: events.append(con, an_event()))
    store.read(lambda con: sql.run(con, "PRAGMA disable_checkpoint_on_shutdown"))
    Path(f"{store.path}.wal").unlink()
    store._reopen(store._con)
    assert store.read(events.head) == head and store.damage is None
    assert store.write(lambda con: events.append(con, an_event())).n == head.n + 1


def test_in_mid_course_too_what_nobody_can_bring_back_makes_the_store_read_only(store):
    store.write(lambda con: events.append(con, an_event()))
    store.read(lambda con: sql.run(con, "PRAGMA disable_checkpoint_on_shutdown"))
    Path(f"{store.path}.wal").unlink()
    journal.path_beside(store.path).write_bytes(b"")
    store._reopen(store._con)
    assert store.damage
    with pytest.raises(StoreReadOnly):
        store.write(lambda con: events.append(con, an_event()))


def test_the_first_start_with_a_journal_makes_the_backup_that_it_begins_behind(tmp_path, migrated):
    store = DuckStore(Path(shutil.copy(migrated, tmp_path / "store.duckdb")))
    assert not (tmp_path / "backups").exists()
    store.migrate()
    [made] = (tmp_path / "backups").glob("*.duckdb")
    assert made.name.startswith(f"face-to-face-{store.revision():09d}-")
    store.close()
    again = DuckStore(tmp_path / "store.duckdb")
    again.migrate()
    again.close()
    assert list((tmp_path / "backups").glob("*.duckdb")) == [made]


def test_before_a_migration_the_store_is_kept_and_what_a_dead_backup_left_is_gone(tmp_path, migrated):
    left = tmp_path / "face-to-face-000000009-0123456789ab.duckdb.unfinished"
    left.write_bytes(b"half")
    store = DuckStore(Path(shutil.copy(migrated, tmp_path / "store.duckdb")))
    assert not left.exists()
    store.migrate()
    store.write(lambda con: events.append(con, an_event()))
    last = store.read(lambda con: sql.scalar(con, "SELECT max(name) FROM migration"))
    store.write(lambda con: sql.run(con, "DELETE FROM migration WHERE name = $name", {"name": last}))
    with suppress(duckdb.Error):  # it was applied already
        store.migrate()
    assert f"face-to-face-{store.revision():09d}" in {path.name[:22] for path in (tmp_path / "backups").iterdir()}
    store.close()


def test_an_older_program_refuses_a_newer_store(tmp_path, migrated, monkeypatch, capsys):
    store = DuckStore(Path(shutil.copy(migrated, tmp_path / "store.duckdb")))
    row = {"name": "9999_later", "applied_at": datetime(2023, 11, 30)}
    store.write(lambda con: sql.insert(con, "migration", row))
    with pytest.raises(NewerStore):
        store.migrate()
    store.close()
    monkeypatch.setenv("STORE_URL", f"duckdb:{store.path}")
    assert main(["migrate"]) == 1
    assert "9999_later" in capsys.readouterr().err


def test_a_store_that_began_with_its_journal_needs_no_backup_to_start(tmp_path):
    for _ in range(2):
        store = DuckStore(tmp_path / "store.duckdb")
        store.migrate()
        store.close()
    assert not (tmp_path / "backups").exists()


def test_where_rows_cannot_be_brought_back_the_store_is_read_only_and_says_what_and_where(crashed, capsys):
    crashed.wal.unlink()
    damaged(crashed.journal, "flipped")
    before = crashed.file.read_bytes()
    store = DuckStore(crashed.file)
    assert store.damage and str(crashed.journal) in store.damage and "some are not there" in store.damage
    with pytest.raises(StoreUnavailable):
        store.write(lambda con: events.append(con, an_event()))
    assert store.migrate() == []
    store.close()
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    assert "READ-ONLY" in said and "python -m db recover" in said
    assert main(["recover"]) == 1
    assert "restore" in capsys.readouterr().err
    assert crashed.file.read_bytes() == before
    assert main(["restore", str(crashed.copy)]) == 0
    restored = DuckStore(crashed.file)
    assert restored.damage is None and restored.read(events.verify) == []
    restored.close()


def test_a_file_beyond_opening_is_brought_back_from_journal_and_backup_by_one_command(crashed, capsys):
    crashed.file.write_bytes(crashed.file.read_bytes()[:4096] + bytes(60_000))
    assert main(["verify"]) == 1
    assert main(["recover"]) == 0, capsys.readouterr().err
    assert "store.duckdb.replaced" in capsys.readouterr().out
    store = DuckStore(crashed.file)
    assert store.damage is None and store.read(events.head) == crashed.head and store.read(events.verify) == []
    store.close()
    assert standing(crashed.file) == crashed.right


def test_a_store_whose_history_was_cut_while_it_was_closed_is_read_only(crashed, capsys):
    DuckStore(crashed.file).close()
    crashed.file.with_name("store.duckdb.journal").rename(crashed.file.with_name("kept"))
    forged = DuckStore(crashed.file)
    forged._con.execute("DELETE FROM event WHERE n = $n", {"n": crashed.head.n})
    forged.close()
    crashed.file.with_name("kept").rename(crashed.journal)
    store = DuckStore(crashed.file)
    assert store.damage and f"ends at event {crashed.head.n - 1}, the journal says {crashed.head.n}" in store.damage
    store.close()
    assert main(["recover"]) == 0, capsys.readouterr().err
    assert standing(crashed.file) == crashed.right


def test_a_store_that_never_was_backed_up_comes_back_from_its_journal_alone(tmp_path, monkeypatch, capsys):
    file = tmp_path / "store.duckdb"
    store = DuckStore(file)
    store.migrate()
    head = store.write(lambda con: events.append(con, an_event()))
    store.close()
    right = standing(file)
    file.write_bytes(b"not a database")
    monkeypatch.setenv("STORE_URL", f"duckdb:{file}")
    assert main(["recover"]) == 0, capsys.readouterr().err
    assert standing(file) == right
    reopened = DuckStore(file)
    assert reopened.read(events.head) == head
    reopened.close()


def test_nobody_else_reads_the_journal_and_a_backup_leaves_nothing_personal_in_it(store):
    file = journal.path_beside(store.path)
    store.write(lambda con: events.append(con, an_event(detail={"note": "王先生13800001111"})))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "王先生13800001111".encode() in file.read_bytes()
    store.backup(store.path.parent / "backups")
    assert "王先生13800001111".encode() not in file.read_bytes() and file.stat().st_size < 1000
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_long_journal_begins_anew_behind_a_backup_that_the_store_makes_itself(store, monkeypatch):
    monkeypatch.setattr(store, "_due", 10_000)
    begun = []
    monkeypatch.setattr(store._journal, "begin_after", lambda n, head: begun.append(n))
    store.write(lambda con: events.append(con, an_event(detail={"note": "长" * 10_000})))
    assert wait_for(lambda: bool(begun))
    assert list((store.path.parent / "backups").glob("*.duckdb"))


def test_behind_a_backup_of_writes_that_made_no_event_the_journal_begins_anew_too(store):
    folder = store.path.parent / "backups"
    copy = store.backup(folder)
    backups.say_good(copy, NOON)
    for _ in range(3):
        store.write(settings.probe)
    assert store._journal.size > 3 * settings.PROBE_SIZE
    assert store.backup(folder) == copy and backups.read_whole(copy)[0] == store._journal.n
    assert store._journal.size < settings.PROBE_SIZE
    assert [backup.good_at for backup in backups.listed(folder)] == [None]  # it is another one by now
    made = copy.stat().st_mtime_ns
    assert store.backup(folder).stat().st_mtime_ns == made  # nothing was written since


def test_backups_that_are_made_at_once_do_not_hinder_one_another(store):
    store.write(lambda con: events.append(con, an_event()))
    folders = [store.path.parent / f"backups-{n}" for n in range(6)]
    with ThreadPoolExecutor(len(folders)) as at_once:
        made = list(at_once.map(store.backup, folders))
    assert [path.parent for path in made] == folders and all(path.exists() for path in made)


def test_a_write_that_cannot_be_journaled_is_refused_and_nothing_of_it_is_there(store, monkeypatch):
    before, kept = store.read(events.head), journal.path_beside(store.path).read_bytes()
    written = []

    def full(file, content):
        os.write(file, content[:50])
        written.append(file)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_write", full)
        with pytest.raises(StoreUnavailable):
            store.write(lambda con: events.append(con, an_event()))
    assert written and store.read(events.head) == before
    assert journal.path_beside(store.path).read_bytes() == kept
    store.write(lambda con: events.append(con, an_event()))
    assert store.revision() == before.n + 1


def test_a_refused_write_leaves_nothing_in_the_journal(store):
    kept = journal.path_beside(store.path).read_bytes()
    with pytest.raises(ZeroDivisionError):
        store.write(lambda con: (events.append(con, an_event()), 1 // 0))
    store.write(lambda con: sql.scalar(con, "SELECT 1"))
    assert journal.path_beside(store.path).read_bytes() == kept


KINDS = {
    "nothing": None, "yes": True, "number": 2**100, "part": 1.5, "none": float("nan"), "endless": float("inf"),
    "text": "字'\n\0\ud7ff", "lent": Markup("a"), "bytes": b"\x00\xff", "memory": memoryview(b"a"),
    "array": bytearray(b"a"), "decimal": Decimal("1.50"), "hundreds": Decimal("1E+5"), "id": UUID(int=5),
    "at": datetime(2023, 1, 2, 3, 4, 5, 6), "day": date.max, "time": time(1, 2, 3, 4), "zoned": time(1, 2, tzinfo=UTC),
    "span": timedelta(days=-1, microseconds=3), "list": [1.5, None], "empty": [], "tuple": ("a", "b"),
    "ids": [UUID(int=5)], "days": [date(2023, 1, 2)], "structure": {"a": 1, "b": ["x"]},
    "one of few": StrEnum("Few", ["a"]).a, "stamp": pd.Timestamp("2023-01-02 03:04:05.123456"), "no stamp": pd.NaT,
    "not available": pd.NA, "span of theirs": pd.Timedelta(seconds=3), "numbers": np.array([1, 2]),
    "word": np.str_("a"), "day of theirs": np.datetime64("2023-01-02"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_duckdb_takes_the_journal_takes_and_gives_back_as_it_was(store, kind):
    def seen(given):
        return repr(store.read(lambda con: con.execute("SELECT $a, typeof($a)", {"a": given}).fetchone()))

    again = json.loads(journal._written(KINDS[kind]), object_hook=journal._read)
    assert seen(again) == seen(KINDS[kind])


def test_a_kind_of_value_that_is_no_value_is_refused_and_nothing_is_written(store):
    before, kept = store.read(events.head), journal.path_beside(store.path).read_bytes()
    with pytest.raises(duckdb.Error):
        store.write(lambda con: (events.append(con, an_event()), con.execute("SELECT $a", {"a": {1}})))
    assert store.read(events.head) == before and journal.path_beside(store.path).read_bytes() == kept


def test_rows_by_statement_and_by_table_run_again_as_they_were(tmp_path):
    store = DuckStore(tmp_path / "one.duckdb")
    store.migrate()
    values = {"a": b"\x00\xff", "b": datetime(2023, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "c": date(2023, 1, 2),
              "d": Decimal("1.50"), "e": [1.5, float("nan"), None], "f": "字'\n", "g": True, "h": 2**62}  # fmt: skip
    types = ("BLOB", "TIMESTAMPTZ", "DATE", "DECIMAL(9,2)", "DOUBLE[]", "VARCHAR", "BOOLEAN", "BIGINT")
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(values, types, strict=True))
    store.write(lambda con: sql.run(con, f"CREATE TABLE kinds ({columns})"))
    store.write(lambda con: sql.insert(con, "kinds", values))
    store.write(lambda con: sql.insert_many(con, "kinds", [values | {"h": i} for i in range(150)]))
    store.close()
    right = standing(tmp_path / "one.duckdb")
    shutil.move(tmp_path / "one.duckdb.journal", tmp_path / "two.duckdb.journal")
    DuckStore(tmp_path / "two.duckdb").close()
    assert standing(tmp_path / "two.duckdb") == right


@pytest.mark.parametrize("acknowledged_before_the_kill", [3, 30])
def test_killed_in_the_middle_of_writes_and_its_log_lost_every_acknowledged_one_is_there(
    tmp_path, acknowledged_before_the_kill
):
    file = tmp_path / "store.duckdb"
    environment = {**os.environ, "STORE_URL": f"duckdb:{file}"}
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    acknowledged = [there(process.stdout).readline().strip() for _ in range(acknowledged_before_the_kill)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += [name for name in there(process.stdout).read().split("\n") if len(name) == 36]
    process.wait()
    Path(f"{file}.wal").unlink()
    store = DuckStore(file)
    assert store.damage is None and store.read(events.verify) == []
    assert set(acknowledged) <= set(store.read(lambda con: sql.column(con, "SELECT subject FROM event")))
    store.close()


def release(tmp_path, monkeypatch, **scripts):
    """The next release: with these migrations behind the present ones."""
    folder = Path(shutil.copytree(migrations.FOLDER, tmp_path / "release", dirs_exist_ok=True))
    for name, script in scripts.items():
        (folder / f"{name.removeprefix('_')}.sql").write_text(script, encoding="utf-8")
    monkeypatch.setattr(migrations, "FOLDER", folder)


GOOD = "ALTER TABLE cases ADD COLUMN more VARCHAR; UPDATE cases SET more = 'x'; ALTER TABLE cases DROP COLUMN language;"


@pytest.mark.parametrize("bad", ["ALTER TABLE none ADD COLUMN x INTEGER", "UPDATE cases SET seq = 'x'", "nonsense"])
def test_a_release_of_which_one_migration_fails_changes_nothing(store, people, tmp_path, monkeypatch, bad):
    bring_to(store, people, "closed")
    head = store.read(events.head)
    release(tmp_path, monkeypatch, _9997_good=GOOD, _9998_good="CREATE TABLE later (a INTEGER)", _9999_bad=bad)
    with pytest.raises(duckdb.Error):
        store.migrate()
    names = store.read(lambda con: sql.column(con, "SELECT table_name FROM duckdb_tables()"))
    assert "later" not in names and not list(store.path.parent.glob("*.migrating*"))
    assert store.read(integrity.verify) == [] and store.read(events.head) == head
    bring_to(store, people, "closed")
    store.close()
    assert DuckStore(store.path).damage is None


def test_all_migrations_of_a_release_stand_together_and_what_is_written_then_comes_back(
    store, people, tmp_path, monkeypatch, capsys
):
    case = bring_to(store, people, "closed")
    release(tmp_path, monkeypatch, _9997_good=GOOD, _9998_good="CREATE TABLE later (a INTEGER)")
    assert store.migrate() == ["9997_good", "9998_good"]
    assert store.read(lambda con: sql.one(con, "SELECT id, more FROM cases")) == {"id": case.id, "more": "x"}
    store.write(lambda con: sql.insert(con, "later", {"a": 1}))
    kept = sorted(path.name[35:] for path in (store.path.parent / "backups").glob("*.duckdb"))
    assert kept == [".before-9997_good.duckdb", ".duckdb"]  # for the program of before, and where the journal begins
    store.close()
    store.path.write_bytes(b"not a database")
    monkeypatch.setenv("STORE_URL", f"duckdb:{store.path}")
    assert main(["recover"]) == 0, capsys.readouterr().err
    back = DuckStore(store.path)
    assert back.damage is None and back.read(lambda con: sql.column(con, "SELECT a FROM later")) == [1]
    back.close()


@pytest.mark.parametrize("ends", ["the copy has its place", "the journal begins"])
def test_a_process_that_ends_in_the_middle_of_an_upgrade_leaves_a_whole_store(
    store, people, tmp_path, monkeypatch, ends
):
    bring_to(store, people, "closed")
    release(tmp_path, monkeypatch, _9997_good=GOOD)
    done = upgrade.changed
    with monkeypatch.context() as patch:
        fails = {"the copy has its place": (journal, "on_disk"), "the journal begins": (journal, "begin")}[ends]

        def ended(*given):
            raise KeyboardInterrupt

        patch.setattr(upgrade, "changed", lambda *given: (done(*given), patch.setattr(*fails, ended))[0])
        with pytest.raises(KeyboardInterrupt):
            store.migrate()
    store._con.close()
    opened = DuckStore(store.path)
    opened.migrate()
    assert opened.damage is None and opened.read(lambda con: sql.column(con, "SELECT more FROM cases")) == ["x"]
    assert opened.read(events.verify) == []
    opened.close()
