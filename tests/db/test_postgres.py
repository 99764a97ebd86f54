"""A store on a PostgreSQL server: what the other kind of store promises, by several processes at once."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import uuid4

import duckdb
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.sql import SQL, Identifier

from db import __main__ as command
from db import events, migrations, sql
from db.address import Address
from db.connecting import opened
from db.duck import DuckStore
from db.events import Event
from db.postgres.connection import Lent, OtherOrder
from db.refused import Refused, StoreUnavailable
from db.sql import Connection
from db.store import Store, open_store
from db.system import backups, integrity
from db.system.restore import check
from tests.conftest import make_enterprise, wait_for
from tests.paths import ROOT
from tests.server import installed, postgres, start, stop

NOON = datetime(2023, 11, 30, 4, 0)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    if not installed():
        pytest.skip("PostgreSQL's server is not installed, and tests/postgres.sh could not install it")
    with postgres() as socket:
        yield socket


def database(server: Path, order: str = "C") -> str:
    name = f"t{uuid4().hex}"
    with psycopg.connect(f"host={server} dbname=postgres", autocommit=True) as con:
        made = SQL("CREATE DATABASE {} TEMPLATE template0 LOCALE {}")
        con.execute(made.format(Identifier(name), order))
    return name


@pytest.fixture
def url(server: Path, tmp_path: Path) -> str:
    return f"postgresql:///{database(server)}?host={server}&folder={tmp_path / 'beside'}"


@pytest.fixture
def shared(url: str) -> Iterator[Store]:
    with closing(open_store(url)) as store:
        store.migrate()
        yield store


def firms(con: Connection) -> list[str]:
    return sql.column(con, "SELECT name_zh FROM enterprise ORDER BY id")


def an_event() -> Event:
    return Event(NOON, "case", "note", str(uuid4()), 1)


def test_a_read_cannot_write(shared):
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        shared.read(lambda con: sql.run(con, "DELETE FROM event"))


def test_a_write_that_fails_leaves_nothing_and_costs_its_neighbours_nothing(shared):
    before, outcomes = shared.revision(), []

    def half(con):
        events.append(con, an_event())
        raise Refused("forbidden")

    def attempt(verb):
        try:
            outcomes.append(shared.write(verb))
        except Refused:
            outcomes.append("refused")

    verbs = [half if i % 4 == 0 else lambda con: events.append(con, an_event()) for i in range(40)]
    threads = [threading.Thread(target=attempt, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("refused") == 10
    assert shared.revision() == before + 30
    assert shared.read(events.verify) == []


def test_what_one_process_commits_another_hears(url, shared):
    woken = threading.Event()
    with closing(open_store(url)) as other:
        assert other.kept(firms) == []
        other.on_commit(woken.set)
        woken.clear()
        firm = make_enterprise(shared)
        assert woken.wait(10)
        assert other.kept(firms) == [firm.name_zh]


def test_a_job_of_which_there_is_one_a_store_is_one_process_s(url, shared):
    with closing(open_store(url)) as other:
        with shared.alone("backup") as ours, other.alone("backup") as theirs, other.alone("notices") as another:
            assert (ours, theirs, another) == (True, False, True)
        with other.alone("backup") as theirs:
            assert theirs


WRITING = """
import sys
from datetime import datetime
from db import events, numbers, sql
from db.events import Event
from db.store import open_store
store = open_store()
def write(con):
    number = numbers.following(con, "policy")
    sql.insert(con, "policy", {"id": f"{sys.argv[1]}-{number}", "number": number, "title_zh": "", "title_en": "",
                               "body_code": "tax", "issued_on": datetime(2023, 1, 1).date(), "seq": 1})
    events.append(con, Event(datetime(2023, 1, 1), "policy", "issue", f"{sys.argv[1]}-{number}", 1))
    return number
while True:
    print(store.write(write), flush=True)
"""


def test_numbers_have_no_gaps_and_nothing_acknowledged_is_lost_where_processes_that_write_are_killed(url, shared):
    given = {**os.environ, "STORE_URL": url}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING, str(n)], cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True
        )
        for n in range(4)
    ]
    assert wait_for(lambda: shared.read(lambda con: sql.scalar(con, "SELECT count(*) FROM policy")) > 200)
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    told = {int(line) for writer in writers for line in writer.communicate()[0].splitlines() if line.strip()}
    stands = shared.read(lambda con: sql.column(con, "SELECT number FROM policy ORDER BY number"))
    assert stands == list(range(1, len(stands) + 1))
    assert len(told) > 100 and told <= set(stands)
    assert shared.read(events.verify) == []


def test_a_server_that_goes_away_is_said_and_one_that_comes_back_is_used(server, shared):
    before = shared.revision()
    stop(server)
    with pytest.raises(StoreUnavailable):
        shared.read(events.revision)
    with pytest.raises(StoreUnavailable):
        shared.write(lambda con: events.append(con, an_event()))
    start(server)

    def answers():
        with suppress(StoreUnavailable):
            return shared.revision() == before
        return False

    assert wait_for(answers)
    shared.write(lambda con: events.append(con, an_event()))
    assert shared.revision() == before + 1


def test_a_database_that_sorts_by_a_language_is_refused(server, tmp_path):
    address = f"postgresql:///{database(server, 'C.UTF-8')}?host={server}&folder={tmp_path}"
    with closing(open_store(address)) as store, pytest.raises(OtherOrder):
        store.migrate()


def test_a_store_goes_there_and_back_and_every_table_is_what_it_was(demonstration, server, tmp_path, capsys):
    demonstration.close()
    there = f"postgresql:///{database(server)}?host={server}&folder={tmp_path / 'beside'}"
    back = tmp_path / "back.duckdb"
    assert command.main(["copy", f"duckdb:{demonstration.path}", there]) == 0
    with closing(open_store(there)) as store:
        assert store.migrate() == []
        assert store.read(integrity.verify) == []
        assert check(store.backup(tmp_path / "backups")) == store.read(events.head)
    assert command.main(["copy", there, f"duckdb:{back}"]) == 0
    assert backups.tables(back) == backups.tables(demonstration.path)
    assert "copied and compared" in capsys.readouterr().out
    assert command.main(["copy", there, f"duckdb:{back}"]) == 1
    assert "there is a store already" in capsys.readouterr().err


def test_a_backup_is_not_put_where_no_server_reads_it(url, shared, tmp_path, monkeypatch, capsys):
    copy = shared.backup(tmp_path / "backups")
    monkeypatch.setenv("STORE_URL", url)
    assert command.main(["restore", str(copy)]) == 1 and command.main(["recover"]) == 1
    assert capsys.readouterr().err.count("the store is on a server") == 2
    assert not shared.path.exists()


def test_a_copy_that_was_cut_off_is_no_store_and_goes_on(people, store, server, tmp_path, monkeypatch):
    store.close()
    there = f"postgresql:///{database(server)}?host={server}&folder={tmp_path / 'beside'}"
    calls = []
    take_in = sql.take_in

    def cut_off(con, table, columns, rows):
        calls.append(table)
        if calls.count("event") == 1:
            raise OSError("the line broke")
        take_in(con, table, columns, rows)

    monkeypatch.setattr(sql, "take_in", cut_off)
    assert command.main(["copy", f"duckdb:{store.path}", there]) == 1
    with closing(open_store(there)) as half, pytest.raises(migrations.UnfinishedCopy):
        half.migrate()
    assert command.main(["copy", f"duckdb:{store.path}", there]) == 0
    assert calls.count("event") == 2 and calls.count("account") == 1  # it goes on with the table at which it broke
    with closing(open_store(there)) as whole, closing(DuckStore(store.path)) as before:
        assert whole.migrate() == []
        assert whole.read(events.head) == before.read(events.head)
        assert whole.read(firms) == before.read(firms) != []


@pytest.fixture(scope="module")
def words(server: Path) -> Iterator[Connection]:
    with opened(Address(Path("none"), f"postgresql:///{database(server)}?host={server}")) as con:
        cast(Lent, con).prepare()
        yield con


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_sealed_in_the_same_words(words, number):
    statement, asked = "SELECT printf('%.17g', CAST($x AS DOUBLE))", {"x": number}
    assert sql.scalar(words, statement, asked) == sql.scalar(_FILE, statement, asked) == f"{number:.17g}"


_FILE = duckdb.connect()
