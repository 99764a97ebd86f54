"""Backups by themselves: made every hour, restored and compared, carried elsewhere, kept by age; and asked for beside a
service that runs."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from db import events, keys, sql
from db.__main__ import main
from db.system import backups, beside, keeping
from db.system.backups import Backup
from db.system.keeping import Keeping, anchor, keep, outlived
from tests.conftest import NOON, SERVER, url_of, words
from tests.db.test_store import an_event

HOUR = timedelta(hours=1)


@pytest.fixture
def told(store, monkeypatch):
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    monkeypatch.setattr(keeping, "_GOOD", NOON)
    return Keeping(HOUR, store.path.parent / "backups")


def named(folder) -> list[str]:
    return [backup.name for backup in backups.listed(folder)]


def test_each_hour_a_backup_is_made_restored_compared_and_carried_to_another_disk_and_host(store, told, tmp_path):
    told = replace(
        told,
        to=tmp_path / "disk",
        command=f'{sys.executable} -c \'import sys; open("{tmp_path}/sent", "a").write(sys.argv[1] + chr(10))\'',
    )
    assert keep(store, told, at=NOON) and keep(store, told, at=NOON + HOUR / 2)
    assert len(named(told.folder)) == 1 and named(told.to) == named(told.folder)
    store.write(lambda con: events.append(con, an_event()))
    assert keep(store, told, at=NOON + HOUR)
    assert len(named(told.folder)) == 2 and set(named(told.to)) == set(named(told.folder))
    sent = (tmp_path / "sent").read_text().split()
    assert [Path(one).name for one in sent] == [
        b.name for b in sorted(backups.listed(told.folder), key=lambda b: b.events)
    ]
    assert [b.good_at for b in backups.listed(told.folder)] == [NOON + HOUR, NOON]
    assert not list(told.folder.glob("*.checking*"))


@pytest.mark.parametrize("fails", ["check", "disk", "command"])
def test_a_backup_that_is_not_good_or_does_not_arrive_is_none_and_after_two_hours_administrators_are_told(
    store, people, open_page, told, tmp_path, monkeypatch, fails
):
    keep(store, told, at=NOON)
    store.write(lambda con: events.append(con, an_event()))
    (tmp_path / "no-folder").write_text("a file")
    bad = {"check": told, "disk": replace(told, to=tmp_path / "no-folder"), "command": replace(told, command="false")}[
        fails
    ]
    if fails == "check":
        monkeypatch.setattr(
            store,
            "backup",
            lambda folder: Path(shutil.copy(__file__, folder / "face-to-face-000000099-0123456789ab.duckdb")),
        )
    with pytest.raises((ValueError, OSError, subprocess.CalledProcessError)):
        keep(store, bad, at=NOON + HOUR)
    assert not keeping.is_late(NOON + 2 * HOUR) and keeping.is_late(NOON + 2 * HOUR + timedelta(seconds=1))
    monkeypatch.setattr("pages.shared.header.is_late", lambda at: True)
    assert "两小时内没有完成一份可用的备份" in words(open_page(people.admin, "accounts"))
    assert "No good backup" in words(open_page(people.admin, "accounts", language="en"))
    assert "备份" not in words(open_page(people.staff, "desk"))


def test_a_damaged_backup_does_not_pass_the_check_and_nothing_is_left_of_it(store, told, capsys):
    copy = store.backup(told.folder)
    assert main(["restore", "--check", str(copy)]) == 0 and "restored and compared" in capsys.readouterr().out
    [found] = backups.listed(told.folder)
    assert found.compared and found.compared.good and found.good_at is None, "a backup is due as before"
    whole = copy.read_bytes()
    half = len(whole) // 2  # all that follows: a single block may be one that holds nothing
    copy.write_bytes(whole[:half] + bytes(len(whole) - half))
    assert main(["restore", "--check", str(copy)]) == 1
    assert SERVER or store.path.exists()
    beside = ["", ".compared", ".holds"]
    assert sorted(path.name for path in told.folder.iterdir()) == [copy.name + end for end in beside]
    [found] = backups.listed(told.folder)
    assert found.compared and not found.compared.good


def test_with_a_backup_go_the_keys_and_the_word_that_lie_beside_it(store, told):
    store.write(lambda con: keys.made(con, "w1"))
    store.write(lambda con: events.append(con, an_event()))
    assert keep(store, told, at=NOON)
    [copy] = told.folder.glob("*.duckdb")
    lain = sorted(path.name.removeprefix(copy.name) for path in told.folder.iterdir())
    assert lain == ["", ".compared", ".good", ".holds", ".keys"]
    before = backups.put_by(copy, "0099_later")
    assert backups.listed(told.folder)[0].good_at == NOON and keys.path_beside(before).exists()
    backups.forget(before)
    assert not list(told.folder.iterdir())


def test_what_is_damaged_on_the_other_disk_is_carried_there_again(store, told, tmp_path):
    told = replace(told, to=tmp_path / "disk")
    assert keep(store, told, at=NOON)
    [carried] = (tmp_path / "disk").iterdir()
    carried.write_bytes(b"half")
    assert keep(store, told, at=NOON + HOUR)
    assert backups.digest(carried) == backups.digest(told.folder / carried.name)


def test_of_each_hour_day_and_month_one_backup_stays_and_what_is_not_ours_too():
    hours = [NOON - n * HOUR for n in range(24 * 3)]
    days = [NOON - timedelta(days=n) for n in range(3, 500)]
    made = [Backup(f"face-to-face-{n + 1:09d}-0123456789ab.duckdb", 1, at, at) for n, at in enumerate([*hours, *days])]
    other = Backup("by-hand.duckdb", 1, NOON - timedelta(days=900))
    upgrade = Backup("face-to-face-000000007-0123456789ab.before-0034_x.duckdb", 1, NOON - timedelta(days=900))
    gone = outlived([*made, other, upgrade], NOON)
    stays = [backup.made_at for backup in made if backup not in gone]
    assert other not in gone and upgrade not in gone
    assert stays[:27] == hours[:27] and len(stays) == 27 + 14 + 12
    assert outlived([made[-1]], NOON) == []  # the last good one, however old


def test_where_the_history_stands_is_said_once_a_day_in_a_signed_line(store, told, tmp_path, monkeypatch, capsys):
    told = replace(
        told, anchor_file=tmp_path / "elsewhere/anchors.txt", anchor_key="k", anchor_command=f"tee -a {tmp_path}/mailed"
    )
    assert [anchor(store, told, at=NOON + n * 8 * HOUR) for n in range(4)] == [True, False, False, True]
    assert (tmp_path / "mailed").read_text() == told.anchor_file.read_text() != ""
    monkeypatch.setenv("ANCHOR_KEY", "k")
    store.close()
    assert main(["verify", "--anchor", str(told.anchor_file)]) == 0
    assert "verified against 2 anchors" in capsys.readouterr().out


RUNNING = """
import sys
from db.address import path_of
from db.store import open_store
from db import clock
from db.system.keeping import keeping
store = open_store()
with keeping(store, path_of(), now=clock.now):
    print("serves", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def beside_a_service(store, people, monkeypatch):
    """Another process that owns the store."""
    store.close()
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    monkeypatch.setenv("BACKUP_EVERY", "0")
    service = subprocess.Popen(
        [sys.executable, "-c", RUNNING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert service.stdout and service.stdout.readline() == "serves\n"
    yield store.path
    service.communicate("")
    assert not list(store.path.parent.glob("*.socket"))


@pytest.mark.of_a_file
def test_backup_and_verify_are_asked_of_the_service_that_owns_the_store(beside_a_service, tmp_path, capsys):
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(beside_a_service))
    assert main(["backup", str(tmp_path / "out")]) == 0
    [copy] = (tmp_path / "out").glob("*.duckdb")
    assert capsys.readouterr().out.strip() == str(copy)
    assert main(["verify"]) == 0 and "verified" in capsys.readouterr().out
    assert main(["migrate"]) == 1 and "cannot be opened" in capsys.readouterr().err
    assert not list(beside_a_service.parent.glob("*looked-at*"))
    [socket] = beside_a_service.parent.glob("*.socket")
    assert socket.stat().st_mode & 0o077 == 0


def test_where_nobody_answers_beside_a_store_that_says_so(store, monkeypatch, capsys):
    monkeypatch.setenv("STORE_URL", url_of(store.path))
    with pytest.raises(beside.NotServed):
        beside.asked(store.path, do="copy")
    assert store.read(lambda con: sql.scalar(con, "SELECT 1")) == 1


def test_an_answer_beside_a_running_service_may_be_long(store):
    with beside.answering(store.path, lambda asked: {"said": asked["what"] * 3 * beside.LONGEST}):
        assert beside.asked(store.path, what="x") == {"said": "x" * 3 * beside.LONGEST}
