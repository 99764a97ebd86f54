"""What takes long is read from a standby of the server: a real one, which follows it by streaming replication."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace

import psycopg
import pytest

from db import events, sql
from db.events import Head
from db.sql import Connection
from db.store import Store, open_store
from tests.conftest import wait_for
from tests.db.test_store import an_event
from tests.server import database, installed, postgres, silent, standby, start, stop


@pytest.fixture(scope="module")
def servers() -> Iterator[SimpleNamespace]:
    if not installed():
        pytest.skip("PostgreSQL's server is not installed, and tests/postgres.sh could not install it")
    with postgres(quick=False) as first:
        name = database(first)
        with standby(first) as second:
            yield SimpleNamespace(first=first, second=second, name=name)


@pytest.fixture
def store(servers, tmp_path, monkeypatch) -> Iterator[Store]:
    monkeypatch.setenv("STANDBY_URL", f"postgresql:///{servers.name}?host={servers.second}")
    with closing(open_store(f"postgresql:///{servers.name}?host={servers.first}&folder={tmp_path}")) as opened:
        opened.migrate()
        yield opened


def where(con: Connection) -> str:
    return "standby" if sql.scalar(con, "SELECT pg_is_in_recovery()") else "server"


def looked(store: Store, known: Head) -> tuple[str, int]:
    """Who answered, and how many events it has."""
    return store.look(lambda con: (where(con), events.revision(con)), known)


def head(store: Store) -> Head:
    return store.read(events.head)


@contextmanager
def held_back(servers: SimpleNamespace) -> Iterator[None]:
    """It gets what the server writes, and does not show it."""
    with psycopg.connect(f"host={servers.second} dbname={servers.name}", autocommit=True) as con:
        con.execute("SELECT pg_wal_replay_pause()")
        try:
            yield
        finally:
            con.execute("SELECT pg_wal_replay_resume()")


def test_a_look_is_the_standbys_as_soon_as_it_has_the_records_that_are_spoken_of(store, servers):
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")
    with held_back(servers):
        before = head(store)
        store.write(lambda con: events.append(con, an_event()))
        assert looked(store, head(store)) == ("server", before.n + 1), "what was written a moment ago is never missing"
        assert looked(store, before) == ("standby", before.n)
    assert wait_for(lambda: looked(store, head(store)) == ("standby", before.n + 1))


def test_what_is_decided_by_and_what_is_kept_between_writes_is_read_from_the_server(store, servers):
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")
    assert store.read(where) == "server" and store.kept(where) == "server" and store.write(where) == "server"


def test_nobody_notices_a_standby_that_goes_and_it_is_asked_again_when_it_is_back(store, servers):
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")
    stop(servers.second)
    assert looked(store, head(store))[0] == "server"
    start(servers.second, quick=False)
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")


def test_nobody_notices_a_standby_that_falls_silent(store, servers):
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")
    with silent(servers.second):
        assert looked(store, head(store))[0] == "server"
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")


def test_what_fails_on_the_standby_itself_is_asked_of_the_server(store, servers):
    """It may end a question that holds up what it is to take in."""
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")

    def ended(con: Connection) -> str:
        if where(con) == "standby":
            sql.run(con, "SELECT pg_terminate_backend(pg_backend_pid())")
        return where(con)

    assert store.look(ended, head(store)) == "server"


def test_an_error_of_who_asks_is_theirs_and_the_standby_goes_on(store, servers):
    assert wait_for(lambda: looked(store, head(store))[0] == "standby")
    with pytest.raises(ZeroDivisionError):
        store.look(lambda con: 1 // 0, head(store))
    assert looked(store, head(store))[0] == "standby"


def test_other_records_than_ours_are_never_shown(store, servers):
    """Of a standby that follows another server, or that was made one of its own and wrote what we do not know."""
    known = head(store)
    assert looked(store, Head(known.n, "0" * 64))[0] == "server"


def test_a_standby_that_was_made_a_server_is_not_asked(servers, tmp_path, monkeypatch):
    with standby(servers.first) as third:
        monkeypatch.setenv("STANDBY_URL", f"postgresql:///{servers.name}?host={third}")
        with closing(open_store(f"postgresql:///{servers.name}?host={servers.first}&folder={tmp_path}")) as store:
            store.migrate()
            assert wait_for(lambda: looked(store, head(store))[0] == "standby")
            with psycopg.connect(f"host={third} dbname={servers.name}", autocommit=True) as con:
                con.execute("SELECT pg_promote()")
            assert looked(store, head(store))[0] == "server"
