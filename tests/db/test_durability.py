"""What was acknowledged is there after kill -9, after a restore, and in a backup made while others write."""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from db import events, sql
from db.__main__ import main
from db.events import Event
from db.store import open_store

ROOT = Path(__file__).parents[2]
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
    acknowledged = [process.stdout.readline().strip() for _ in range(acknowledged_before_the_kill)]
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split("\n")
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
