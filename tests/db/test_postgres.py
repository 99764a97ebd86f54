"""A store on a PostgreSQL server: what the other kind of store promises, by several processes at once."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import cast
from urllib.parse import quote

import duckdb
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import PoolTimeout

from db import __main__ as command
from db import events, migrations, served, sql
from db.address import Address, address_of
from db.connecting import opened
from db.duck import DuckStore
from db.postgres.connection import SILENCE, Lent, Unfit
from db.refused import StoreUnavailable
from db.sql import Connection
from db.store import Store, open_store
from db.system import backups, integrity
from db.system.restore import check
from db.writer import Writer
from tests.conftest import NOON, make_enterprise, wait_for
from tests.db.test_store import an_event
from tests.paths import ROOT
from tests.server import database, installed, postgres, silent, start, stop
from tests.there import there


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    if not installed():
        pytest.skip("PostgreSQL's server is not installed, and tests/postgres.sh could not install it")
    with postgres() as socket:
        yield socket


@contextmanager
def line_to(server: Path) -> Iterator[tuple[Path, threading.Event]]:
    """A socket that leads to the server's, and what makes it lose the answer to the next commit."""
    folder, losing = Path(mkdtemp(prefix="f2f-line-")), threading.Event()
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(folder / ".s.PGSQL.5432"))
    door.listen()

    def come_in() -> None:
        while True:
            ours, theirs, lost = door.accept()[0], socket.socket(socket.AF_UNIX), threading.Event()
            theirs.connect(str(server / ".s.PGSQL.5432"))
            threading.Thread(target=carry, args=(ours, theirs, lost, losing), daemon=True).start()
            threading.Thread(target=carry, args=(theirs, ours, lost, None), daemon=True).start()

    def carry(source: socket.socket, target: socket.socket, lost: threading.Event, losing: threading.Event | None):
        with suppress(OSError):
            while data := source.recv(65536):
                if losing and losing.is_set() and data.endswith(b"COMMIT\0"):
                    losing.clear()
                    lost.set()
                if not losing and lost.is_set():
                    break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # a close would wait for who still listens

    threading.Thread(target=come_in, daemon=True).start()
    try:
        yield folder, losing
    finally:
        shutil.rmtree(folder)


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


KEEPING = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from db.store import open_store
from db.system.keeping import Keeping, anchor, keep
folder = Path(sys.argv[1])
told = Keeping(timedelta(hours=1), folder / "backups", anchor_file=folder / "anchors")
store, at = open_store(), datetime(2023, 11, 30)
print("ready", flush=True)
for turn in sys.stdin:
    print(keep(store, told, at=at), anchor(store, told, at=at), flush=True)
store.close()
"""


def test_a_backup_and_the_line_of_the_day_are_made_by_one_of_several_processes(url, shared, tmp_path):
    given = {**os.environ, "STORE_URL": url}
    keepers = [
        subprocess.Popen([sys.executable, "-c", KEEPING, str(tmp_path)], cwd=ROOT, env=given, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]  # fmt: skip

    def told():
        return [there(one.stdout).readline() for one in keepers]

    def go():
        for one in keepers:
            there(one.stdin).write("\n")
            there(one.stdin).flush()
        return told()

    assert told() == ["ready\n"] * 3
    both = [go(), go()]
    assert sum("True" in said.split()[1] for said in (*both[0], *both[1])) == 1
    assert [said.split()[0] for said in both[1]] == ["True"] * 3  # there is one: whoever looks again knows it
    for one in keepers:
        one.communicate()
    assert len(list((tmp_path / "backups").glob("*.duckdb"))) == 1
    assert len((tmp_path / "anchors").read_text().splitlines()) == 1


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


@pytest.mark.parametrize(
    ("made", "setting", "told"),
    [
        ("LOCALE 'C.UTF-8'", "", "sorts by no language"),
        ("LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en'", "", "sorts by no language"),
        ("LOCALE 'C' ENCODING 'SQL_ASCII'", "", "ENCODING 'UTF8'"),
        ("LOCALE 'C'", "&options=-c%20synchronous_commit%3Doff", "synchronous_commit is off"),
    ],
)
def test_a_database_that_no_store_can_be_in_is_refused(server, tmp_path, monkeypatch, capsys, made, setting, told):
    address = f"postgresql:///{database(server, made)}?host={server}&folder={tmp_path}{setting}"
    with pytest.raises(Unfit, match=told):
        open_store(address)
    monkeypatch.setenv("STORE_URL", address)
    assert command.main(["migrate"]) == 1 and told in capsys.readouterr().err


def test_what_else_lies_in_the_database_makes_it_no_store(server, url):
    with psycopg.connect(Address(Path(), url.partition("&folder")[0]).server) as con:
        con.execute("CREATE TABLE of_the_server_s_owner (id int)")
    with closing(open_store(url)) as store:
        assert store.migrate() and store.migrate() == []


def test_the_answers_of_before_are_forgotten_where_nobody_says_that_a_write_is_durable(url, server, shared):
    with line_to(server) as (line, losing), closing(open_store(url.replace(f"={server}", f"={line}"))) as store:
        woken = threading.Event()
        store.on_commit(woken.set)
        assert store.kept(firms) == []
        woken.clear()
        losing.set()
        with pytest.raises(StoreUnavailable):
            make_enterprise(store)
        assert store.kept(firms) == shared.read(firms) != []
        assert woken.is_set()


def test_a_write_whose_turn_does_not_come_is_told(url, shared, monkeypatch):
    monkeypatch.setattr(served, "TURN", 0.2)
    with psycopg.connect(Address(Path(), url.partition("&folder")[0]).server) as con:
        con.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(b"write")])  # a process that never ends it
        with pytest.raises(StoreUnavailable):
            shared.write(lambda con: events.append(con, an_event()))
    assert shared.write(lambda con: events.append(con, an_event())).n == shared.revision()


def test_a_write_that_thinks_too_long_is_ended_by_the_server(shared):
    def slow(con):
        me = sql.scalar(con, "SELECT pg_backend_pid()")
        assert sql.scalar(con, "SHOW idle_in_transaction_session_timeout") == "1min"
        sql.run(con, "SET LOCAL idle_in_transaction_session_timeout = '1ms'")
        running = "SELECT count(*) FROM pg_stat_activity WHERE pid = $me"
        assert wait_for(lambda: not shared.read(lambda other: sql.scalar(other, running, {"me": me})))
        events.append(con, an_event())

    before = shared.revision()
    with pytest.raises(StoreUnavailable):
        shared.write(slow)
    assert shared.revision() == before


def test_a_server_that_only_reads_by_now_cannot_write(shared):
    def in_vain(con):
        sql.run(con, "SET TRANSACTION READ ONLY")
        events.append(con, an_event())

    with pytest.raises(StoreUnavailable):
        shared.write(in_vain)


def test_a_write_sees_what_was_committed_before_its_turn_whatever_the_server_s_own_settings(url, shared):
    set_otherwise = "-c default_transaction_isolation=serializable -c default_transaction_read_only=on"
    with closing(open_store(f"{url}&options={quote(set_otherwise)}")) as store:
        assert store.write(lambda con: sql.scalar(con, "SHOW transaction_isolation")) == "read committed"
        assert store.write(lambda con: events.append(con, an_event())).n == shared.revision()


def test_a_text_with_a_nul_is_found_nowhere_and_fails_nowhere(shared):
    firm = make_enterprise(shared)
    asked = {"name": f"{firm.name_zh}\0", "names": [f"{firm.name_zh}\0"]}
    found = "SELECT count(*) FROM enterprise WHERE name_zh = $name OR name_zh = ANY($names)"
    assert shared.read(lambda con: sql.scalar(con, found, asked)) == 0
    taken = {"name": "a\0b", "applied_at": NOON}
    shared.write(lambda con: sql.insert(con, "migration", taken))
    stands = "SELECT name FROM migration WHERE name = $name"
    assert shared.read(lambda con: sql.scalar(con, stands, taken)) == "a\ufffdb"


def test_who_waits_for_a_server_that_fell_silent_is_told_so_and_goes_on_when_it_answers(server, shared):
    make_enterprise(shared)
    before, (begun, go_on) = shared.read(firms), (threading.Event(), threading.Event())

    def midway(con):
        firms(con)
        begun.set()
        go_on.wait(30)
        return firms(con)

    with ThreadPoolExecutor() as pool:
        reads, asked = pool.submit(shared.read, midway), []
        assert begun.wait(30)
        with silent(server):
            go_on.set()
            asked += [pool.submit(shared.read, firms), pool.submit(shared.write, firms)]
            told = [type(one.exception(60)) for one in (reads, *asked)]
        assert told == [StoreUnavailable] * 3, "while it is silent"
    assert wait_for(lambda: shared._hears)
    assert shared.read(firms) == before == shared.write(firms)


def test_a_server_that_counts_for_long_is_waited_for(shared):
    long = 2 * SILENCE
    assert shared.read(lambda con: sql.scalar(con, f"SELECT 1 FROM pg_sleep({long})")) == 1  # noqa: S608


def test_where_all_lines_are_in_use_whoever_asks_is_told_and_goes_on_when_one_is_free(shared):
    held, free = threading.Semaphore(0), threading.Event()

    def hold(con):
        held.release()
        return free.wait(60)

    with ThreadPoolExecutor(served.MOST) as pool:
        using = [pool.submit(shared.read, hold) for _ in range(served.MOST)]
        assert all(held.acquire(timeout=30) for _ in using)
        for ask in (shared.read, shared.write):
            with pytest.raises(StoreUnavailable):
                ask(firms)
        free.set()
        assert all(one.result(30) for one in using)
    assert shared.read(firms) == shared.write(firms) == []


def test_where_the_server_cannot_be_reached_what_waits_is_told_at_once():
    began, go_on, tries = threading.Event(), threading.Event(), []

    def unreachable(batch):
        tries.append(len(batch))
        began.set()
        go_on.wait(10)
        raise PoolTimeout("nobody gave a connection")

    writer = Writer(unreachable, done=lambda: None, as_seen=served._as_seen, of_all=served._of_all)
    with closing(writer), ThreadPoolExecutor() as pool:
        first = pool.submit(writer.write, events.revision)
        assert began.wait(10)
        rest = [pool.submit(writer.write, events.revision) for _ in range(3)]
        assert wait_for(lambda: writer._jobs.qsize() == 3)
        go_on.set()
        assert all(isinstance(told.exception(), StoreUnavailable) for told in (first, *rest))
    assert tries == [1, 3]


def test_an_upgrade_for_which_nobody_gives_a_connection_is_told_as_any_write(url):
    store = open_store(url)
    store.close()
    with pytest.raises(StoreUnavailable):
        store.migrate()


def test_a_half_copy_that_a_dead_process_left_goes_and_one_of_today_stays(shared, tmp_path):
    left, young = (tmp_path / f"face-to-face-{name}.unfinished" for name in ("dead", "alive"))
    for half in (left, young):
        half.write_bytes(b"half")
    os.utime(left, (0, 0))
    made = shared.backup(tmp_path)
    assert {*tmp_path.glob("face-to-face-*")} == {young, made, *tmp_path.glob(f"{made.name}*")}


def test_a_backup_of_before_an_upgrade_goes_on_standing(shared):
    undone = "ALTER TABLE visit DROP COLUMN body_code; DELETE FROM migration WHERE name = '0067_told_visit'"
    shared.write(lambda con: sql.run(con, undone))
    assert shared.migrate() == ["0067_told_visit"]
    [before] = (shared.path.parent / backups.FOLDER).glob("*.duckdb")
    assert before.name.endswith(".before-0067_told_visit.duckdb")


LOOKED_UP = {
    "case_year": "SELECT max(CAST(substr(number, 6) AS INTEGER)) FROM cases WHERE substr(number, 1, 5) = '2023-'",
    "cases_number_key": "SELECT id FROM cases WHERE number = ANY(ARRAY['2023-0001'])",
    "event_subject": "SELECT * FROM event WHERE subject = 'one' ORDER BY n",
    "case_past_case": "SELECT * FROM case_past WHERE case_id = 'one' ORDER BY until LIMIT 1",
    "case_body_case": "DELETE FROM case_body WHERE case_id = 'one'",
    "answer_wave": "SELECT value FROM answer WHERE wave_id = 'one' AND item = ANY(ARRAY['P1'])",
}


@pytest.mark.parametrize(("index", "statement"), LOOKED_UP.items())
def test_what_is_looked_up_by_key_is_found_by_an_index(shared, index, statement):
    def planned(con):
        sql.run(con, "SET LOCAL enable_seqscan = off")
        return "\n".join(sql.column(con, f"EXPLAIN {statement}"))

    assert index in shared.read(planned)


def test_a_store_goes_there_and_back_and_every_table_is_what_it_was(demonstration, server, tmp_path, capsys):
    demonstration.close()
    there = f"postgresql:///{database(server)}?host={server}&folder={tmp_path / 'beside'}"
    back = tmp_path / "back.duckdb"
    assert command.main(["copy", f"duckdb:{demonstration.path}", there]) == 0
    with closing(open_store(there)) as store:
        assert store.migrate() == []
        assert store.read(integrity.verify) == []
        assert check(store.backup(tmp_path / "backups"), at=NOON) == store.read(events.head)
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


def test_a_copy_that_was_cut_off_is_no_store_and_goes_on(people, store, server, tmp_path, monkeypatch, capsys):
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
    with monkeypatch.context() as asked:
        asked.setenv("STORE_URL", there)
        assert command.main(["migrate"]) == 1 and "a copy that was cut off" in capsys.readouterr().err
    assert command.main(["copy", f"duckdb:{store.path}", there]) == 0
    assert calls.count("event") == 2 and calls.count("account") == 1  # it goes on with the table at which it broke
    with closing(open_store(there)) as whole, closing(DuckStore(store.path)) as before:
        assert whole.migrate() == []
        assert whole.read(events.head) == before.read(events.head)
        assert whole.read(firms) == before.read(firms) != []


@pytest.mark.parametrize("folder", ["/srv/a+b", "/srv/a b"])
def test_the_address_of_a_server_says_what_its_library_reads(folder):
    at = address_of(f"postgresql://h/d?folder={quote(folder)}&options=-c%20work_mem%3D64MB&application_name=a+b")
    said = conninfo_to_dict(at.server)
    assert at.path.parent == Path(folder)
    assert (said["options"], said["application_name"]) == ("-c work_mem=64MB", "a+b")


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
