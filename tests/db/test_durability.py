"""What was acknowledged is there after kill -9, after a restore, and in a backup made while others write."""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import duckdb
import pytest

from db import events, sql
from db.__main__ import main
from db.events import Event
from db.store import open_store
from tests.paths import ROOT
from tests.there import there

pytestmark = pytest.mark.of_a_file

NOON = datetime(2023, 11, 30, 4, 0)

WRITER = """
import sys, threading
from datetime import datetime
from uuid import uuid4
from db import events
from db.events import Event
from db.store import open_store
store = open_store()
store.migrate()
lock = threading.Lock()
def submit():
    while True:
        name = str(uuid4())
        store.write(lambda con: events.append(con, Event(datetime(2023, 11, 30), "case", "submit", name, 1)))
        with lock:
            sys.stdout.write(name + "\\n")
            sys.stdout.flush()
threads = [threading.Thread(target=submit) for _ in range(8)]
[thread.start() for thread in threads]
"""


@pytest.mark.parametrize("acknowledged_before_the_kill", [1, 40, 150])
def test_killed_at_any_moment_every_acknowledged_submission_is_there(tmp_path, acknowledged_before_the_kill):
    url = f"duckdb:{tmp_path / 'store.duckdb'}"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        cwd=ROOT,
        env={**os.environ, "STORE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    acknowledged = [there(process.stdout).readline().strip() for _ in range(acknowledged_before_the_kill)]
    os.kill(process.pid, signal.SIGKILL)
    rest = there(process.stdout).read().split("\n")
    acknowledged += [name for name in rest if len(name) == 36]  # the kill may cut the last line
    process.wait()
    store = open_store(url)
    kept = {row["subject"] for row in store.read(lambda con: sql.rows(con, "SELECT subject FROM event"))}
    assert set(acknowledged) <= kept
    assert store.read(events.verify) == []
    store.close()


def test_a_backup_while_others_write_is_whole_and_can_be_restored(tmp_path, monkeypatch, capsys):
    url = f"duckdb:{tmp_path / 'live' / 'store.duckdb'}"
    store = open_store(url)
    store.migrate()
    stop = threading.Event()

    def keep_writing():
        while not stop.is_set():
            store.write(lambda con: events.append(con, Event(NOON, "case", "note", str(uuid4()), 1)))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    copy = store.backup(tmp_path / "elsewhere")
    stop.set()
    writer.join()
    store.close()
    monkeypatch.setenv("STORE_URL", url)
    assert main(["restore", str(copy)]) == 0
    assert "restored" in capsys.readouterr().out
    reopened = open_store(url)
    assert reopened.read(events.verify) == []
    assert reopened.revision() >= int(copy.name.split("-")[3])
    reopened.close()
    assert (tmp_path / "live" / "store.duckdb.replaced").is_file()


def test_a_damaged_backup_replaces_nothing(tmp_path, monkeypatch, capsys):
    url = f"duckdb:{tmp_path / 'store.duckdb'}"
    store = open_store(url)
    store.migrate()
    head = store.read(events.head)
    copy = store.backup(tmp_path / "backups")
    store.close()
    forged = open_store(f"duckdb:{copy}")
    forged.write(lambda con: sql.run(con, "UPDATE event SET detail = '{}'"))
    forged.close()
    monkeypatch.setenv("STORE_URL", url)
    assert main(["restore", str(copy)]) == 1
    assert "digest does not hold" in capsys.readouterr().err
    kept = open_store(url)
    assert kept.read(events.head) == head
    kept.close()


@pytest.fixture
def kept_apart(tmp_path, monkeypatch):
    """A store with one event, closed, and its backup elsewhere: .target, .copy, .head. `STORE_URL` names it."""
    target = tmp_path / "live" / "store.duckdb"
    store = open_store(f"duckdb:{target}")
    store.migrate()
    head = store.write(lambda con: events.append(con, an_event("backed up")))
    copy = store.backup(tmp_path / "elsewhere")
    store.close()
    monkeypatch.setenv("STORE_URL", f"duckdb:{target}")
    return SimpleNamespace(target=target, copy=copy, head=head)


def an_event(subject):
    return Event(NOON, "case", "note", subject, 1)


def standing(path):
    """What the store at `path` holds: every table's name, rows and contents."""
    con = duckdb.connect(str(path), read_only=True)
    tables = [row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    held = {t: con.execute(f'SELECT count(*), sum(hash(COLUMNS(*))) FROM "{t}"').fetchone() for t in tables}  # noqa: S608
    con.close()
    return held


@pytest.mark.parametrize("damage", ["torn", "cut", "noise", "emptied"])
def test_a_store_that_cannot_be_opened_is_replaced_and_kept_as_it_was(kept_apart, damage, capsys):
    whole = kept_apart.target.read_bytes()
    damaged = {"torn": whole[:4096] + b"\0" * 12288 + whole[16384:], "cut": whole[: len(whole) // 2],
               "noise": b"not a database", "emptied": b"\1"}[damage]  # fmt: skip
    kept_apart.target.write_bytes(damaged)
    assert main(["restore", str(kept_apart.copy)]) == 0
    assert standing(kept_apart.target) == standing(kept_apart.copy)
    assert kept_apart.target.with_name("store.duckdb.replaced").read_bytes() == damaged
    assert "store.duckdb.replaced" in capsys.readouterr().out


def test_a_second_restore_keeps_what_the_first_replaced(kept_apart, capsys):
    first = kept_apart.target.read_bytes()
    assert main(["restore", str(kept_apart.copy)]) == 0
    second = kept_apart.target.read_bytes()
    assert main(["restore", str(kept_apart.copy)]) == 0
    assert kept_apart.target.with_name("store.duckdb.replaced").read_bytes() == first
    assert kept_apart.target.with_name("store.duckdb.replaced-2").read_bytes() == second
    assert "store.duckdb.replaced-2" in capsys.readouterr().out


def test_what_is_replaced_keeps_its_log_and_can_be_opened_again(kept_apart):
    """A store whose process was killed has acknowledged rows in its log alone."""
    script = "import os, sys; from db.store import open_store; from tests.db.test_durability import an_event; "
    script += "from db import events; store = open_store(); "
    script += "store.write(lambda con: events.append(con, an_event('in the log'))); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 9
    assert Path(f"{kept_apart.target}.wal").stat().st_size
    assert main(["restore", str(kept_apart.copy)]) == 0
    kept = open_store(f"duckdb:{kept_apart.target}.replaced")
    assert kept.read(lambda con: sql.scalar(con, "SELECT count(*) FROM event WHERE subject = 'in the log'")) == 1
    kept.close()
    assert not Path(f"{kept_apart.target}.wal").exists()


def test_a_copy_with_damage_anywhere_is_refused_or_makes_no_difference(kept_apart):
    """Sixteen bytes in each of forty places and three behind it: no table that cannot be read, or reads otherwise, is
    ever put in place. Much of a file is empty, and some damage ends the process that reads it."""
    whole, right = kept_apart.copy.read_bytes(), standing(kept_apart.copy)
    before = kept_apart.target.read_bytes()
    refused = 0
    for place in range(40):
        copy = kept_apart.copy.with_name("damaged.duckdb")
        damaged = bytearray(whole)
        for at in range(len(whole) * place // 40, len(whole) * (place + 1) // 40 - 16, len(whole) // 160 + 1):
            damaged[at : at + 16] = bytes(255 - b for b in whole[at : at + 16])
        copy.write_bytes(damaged)
        if main(["restore", str(copy)]) == 0:
            assert standing(kept_apart.target) == right
            before = kept_apart.target.read_bytes()
        else:
            refused += 1
            assert kept_apart.target.read_bytes() == before
    assert refused >= 5


def test_damage_anywhere_in_the_stores_own_file_is_told_or_makes_no_difference(kept_apart, capsys):
    whole, right = kept_apart.target.read_bytes(), standing(kept_apart.target)
    told = 0
    for place in range(24):
        at = len(whole) * place // 24
        kept_apart.target.write_bytes(whole[:at] + bytes(255 - b for b in whole[at : at + 16]) + whole[at + 16 :])
        if main(["verify"]) == 0:
            assert standing(kept_apart.target) == right
        else:
            told += 1
            assert capsys.readouterr().err
    assert told


def test_a_copy_cut_off_at_any_length_is_refused(kept_apart, capsys):
    whole = kept_apart.copy.read_bytes()
    before = kept_apart.target.read_bytes()
    for share in (0, 0.001, 0.1, 0.5, 0.9):
        kept_apart.copy.write_bytes(whole[: int(len(whole) * share)])
        assert main(["restore", str(kept_apart.copy)]) == 1
        assert "Nothing was restored" in capsys.readouterr().err
    assert kept_apart.target.read_bytes() == before
    assert sorted(path.name for path in kept_apart.target.parent.iterdir() if path.is_file()) == [
        "store.duckdb",
        "store.duckdb.journal",
        "store.duckdb.journal.told",
    ]


def test_a_copy_whose_history_ends_before_what_its_name_says_is_refused(kept_apart, capsys):
    shorter = open_store(f"duckdb:{kept_apart.copy}")
    shorter.write(lambda con: sql.run(con, "DELETE FROM event WHERE n = $n", {"n": kept_apart.head.n}))
    shorter.close()
    assert main(["restore", str(kept_apart.copy)]) == 1
    assert "what its name says" in capsys.readouterr().err


def test_a_database_of_something_else_is_refused(kept_apart, capsys):
    other = kept_apart.copy.with_name("other.duckdb")
    duckdb.connect(str(other)).execute("CREATE TABLE anything (a INTEGER)").close()
    assert main(["restore", str(other)]) == 1
    assert "Nothing was restored" in capsys.readouterr().err


def test_a_restore_leaves_the_copy_as_it_was_and_stops_where_a_process_holds_the_store(kept_apart, capsys):
    copy = kept_apart.copy.read_bytes()
    kept_apart.copy.chmod(0o400)
    assert main(["restore", str(kept_apart.copy)]) == 0
    assert kept_apart.copy.read_bytes() == copy
    assert [path.name for path in kept_apart.copy.parent.iterdir() if path.suffix != ".holds"] == [kept_apart.copy.name]
    script = "import sys; from db.store import open_store; open_store(); print('open', flush=True); sys.stdin.read()"
    pipe = subprocess.PIPE
    holder = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=pipe, stdout=pipe)
    assert there(holder.stdout).readline()
    capsys.readouterr()
    assert main(["restore", str(kept_apart.copy)]) == 1
    assert f"PID {holder.pid}" in capsys.readouterr().err
    holder.communicate()


def test_a_second_process_is_told_who_holds_the_store(tmp_path):
    url = f"duckdb:{tmp_path / 'store.duckdb'}"
    store = open_store(url)
    environment = {**os.environ, "STORE_URL": url}
    ran = subprocess.run(
        [sys.executable, "-m", "db", "verify"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    store.close()
    assert ran.returncode == 1
    assert f"PID {os.getpid()}" in ran.stderr
