"""Two districts on one server, each in a database and folder of its own: what is the one's is refused to the other."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from db import __main__ as command
from db.store import open_store
from tests.conftest import make_enterprise
from tests.paths import ROOT
from tests.server import database, installed, postgres

NAMES = ("yunling", "qing-he")
UIDS = {"yunling": 64_001, "qing-he": 64_002}  # of nobody on this machine
AS_USER = """
import os, sys
from db.address import address_of
from db.files import Files
from db.store import open_store

def begin(at):
    store = open_store(f"duckdb:{at.path}?files={at.files}")
    store.migrate()
    store.close()
    return Files(at.files, at.path).put(b"words")

begin(address_of(sys.argv[1]))  # loads all that a user may not read where root's interpreter lies
at, kept = address_of(sys.argv[2]), sys.argv[4:]
os.umask(0o077)  # as in the unit
os.setgroups([])
os.setgid(int(sys.argv[3]))
os.setuid(int(sys.argv[3]))
if not kept:
    print(begin(at))
for name in kept:
    for entered in (open_store, lambda: Files(at.files, at.path).place.get(name), lambda: os.listdir(at.path.parent)):
        try:
            entered()
            print("let in")
        except Exception as error:
            print("refused" if "ermission denied" in str(error) else repr(error))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not installed():
        pytest.skip("PostgreSQL's server is not installed, and tests/postgres.sh could not install it")
    with postgres() as socket:
        yield f"postgresql:///postgres?host={socket}"


@pytest.fixture(scope="module")
def districts(server: str) -> dict[str, SimpleNamespace]:
    """As the command makes them: .role is the address as far as the server goes, .said what stood in the log."""
    found = dict[str, SimpleNamespace]()
    for name in NAMES:
        asked = [sys.executable, "-m", "db", "district", "database", name, server]
        made = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
        [url] = re.findall(r"^STORE_URL=(\S+)&folder=\S+$", made.stdout, re.M)
        found[name] = SimpleNamespace(role=url, said=made.stderr)
    return found


def at(district: SimpleNamespace, other: str) -> str:
    """The other's database, asked for by this one's role."""
    own = next(name for name in NAMES if f"/{name}?" in district.role)
    return district.role.replace(f"/{own}?", f"/{other}?")


@pytest.mark.parametrize(("name", "other"), [NAMES, NAMES[::-1]])
def test_each_role_is_served_its_own_and_refused_at_the_other_s(districts, tmp_path, name, other):
    with closing(open_store(f"{districts[name].role}&folder={tmp_path}")) as store:
        assert store.migrate() or make_enterprise(store)
    with pytest.raises(psycopg.OperationalError, match=f'permission denied for database "{other}"'):
        psycopg.connect(at(districts[name], other))
    with pytest.raises(OSError, match="does not answer"):
        open_store(f"{at(districts[name], other)}&folder={tmp_path}")


def test_who_is_let_in_by_mistake_finds_no_table_to_read_or_to_make(server, districts, tmp_path):
    with closing(open_store(f"{districts['yunling'].role}&folder={tmp_path}")) as store:
        store.migrate()
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute('GRANT CONNECT ON DATABASE yunling TO "qing-he"')
        with psycopg.connect(at(districts["qing-he"], "yunling"), autocommit=True) as con:
            tables = [name for (name,) in con.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            assert {"cases", "account", "session"} <= set(tables)
            for table in tables:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    con.execute(SQL("SELECT FROM {}").format(Identifier(table)))
            for made in ("CREATE TABLE a ()", "CREATE TEMPORARY TABLE a ()", "CREATE SCHEMA a"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    con.execute(made)
        owner.execute('REVOKE CONNECT ON DATABASE yunling FROM "qing-he"')


def as_user(name: str, whose: Path, scratch: Path, *kept: str) -> list[str]:
    """What a process of this district's user says of the store in that folder."""
    urls = [f"duckdb:{folder / 'store.duckdb'}?files={folder / 'files'}" for folder in (scratch, whose)]
    called = [sys.executable, "-c", AS_USER, *urls, str(UIDS[name]), *kept]
    environment = {**os.environ, "STORE_URL": urls[1]}
    done = subprocess.run(called, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become two users")
@pytest.mark.parametrize(("name", "other"), [NAMES, NAMES[::-1]])
def test_a_file_s_store_and_what_lies_beside_it_are_refused_to_the_other_district_s_user(tmp_path, name, other):
    place = Path(mkdtemp(prefix="f2f-districts-"))
    try:
        place.chmod(0o755)
        for one, uid in UIDS.items():
            (place / one).mkdir(mode=0o700)
            os.chown(place / one, uid, uid)
        [kept] = as_user(other, place / other, tmp_path)
        assert as_user(name, place / other, tmp_path, kept) == ["refused"] * 3
        (place / other).chmod(0o755)  # by mistake: the files' names are seen, and nothing in them
        assert as_user(name, place / other, tmp_path, kept) == ["refused", "refused", "let", "in"]
    finally:
        shutil.rmtree(place)


def test_given_again_it_closes_what_stands_and_changes_nothing_else(server, districts, tmp_path):
    with closing(open_store(f"{districts['yunling'].role}&folder={tmp_path}")) as store:
        store.migrate()
        firm = make_enterprise(store)
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute("GRANT CONNECT ON DATABASE yunling TO PUBLIC")
    assert command.main(["district", "database", "yunling", server]) == 0
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(at(districts["qing-he"], "yunling"))
    with closing(open_store(f"{districts['yunling'].role}&folder={tmp_path}")) as store:
        assert store.read(lambda con: con.execute("SELECT count(*) FROM enterprise WHERE name_zh = $name",
                                                  {"name": firm.name_zh}).fetchall()) == [(1,)]  # fmt: skip


def test_databases_that_admit_everybody_are_named_with_what_closes_them(server, districts, capsys):
    open_one = database(Path(server.partition("host=")[2]))
    assert command.main(["district", "database", "yunling", server]) == 0
    said = capsys.readouterr().err
    assert f'REVOKE CONNECT ON DATABASE "{open_one}" FROM PUBLIC' in said
    assert all(f'"{name}"' not in said for name in NAMES)


def test_the_password_reaches_a_file_of_the_owner_s_and_the_server_as_a_digest(server, tmp_path, capsys):
    file = tmp_path / "pgpass"
    assert command.main(["district", "database", "yunling", server, "--password-file", str(file)]) == 0
    line = file.read_text().strip()
    assert re.fullmatch(r"\*:\*:yunling:yunling:\S{32}", line) and file.stat().st_mode & 0o777 == 0o600
    with psycopg.connect(server) as con:
        [(kept,)] = con.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'yunling'").fetchall()
    assert kept.startswith("SCRAM-SHA-256$") and line.rpartition(":")[2] not in kept + capsys.readouterr().out
    assert command.main(["district", "database", "yunling", server, "--password-file", str(file)]) == 1
    assert file.read_text().strip() == line and "Nothing was made" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "why"), [("Yunling", "small letters"), ('x"; DROP', "small letters"), ("face_to_face", "may do more"),
                      ("postgres", "is face_to_face's")],
)  # fmt: skip
def test_a_name_that_is_none_or_somebody_else_s_is_refused(server, tmp_path, capsys, name, why):
    file = tmp_path / "pgpass"
    assert command.main(["district", "database", name, server, "--password-file", str(file)]) == 1
    assert why in capsys.readouterr().err and not file.exists()
