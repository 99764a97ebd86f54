"""`python -m tests.server COMMAND…`: runs it while a PostgreSQL server of its own listens on a socket in a temporary
folder, which it finds in TEST_SERVER."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

SERVERS = Path("/usr/lib/postgresql")  # where Debian puts them, by their release
OLDEST = 15
OWNER = "postgres"  # a server does not run as root
USER = "face_to_face"  # where a machine has no name for who runs the tests
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # where a copy of a database takes a tenth of the time, and its bytes
# What a power loss would need is left out: nothing of it is to outlive the tests.
QUICK = {
    "listen_addresses": "''", "max_connections": 200, "fsync": "off", "full_page_writes": "off", "autovacuum": "off",
    "wal_level": "minimal", "max_wal_senders": 0, "max_wal_size": "4GB", "checkpoint_timeout": "1h",
}  # fmt: skip


@contextmanager
def postgres(*, quick: bool = True) -> Iterator[Path]:
    """The folder of its socket. Nothing of it is left, also where a signal ends the tests. One that is not `quick` lies
    on the disk and answers when it is written there."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["PGUSER"] = USER
    in_memory = quick and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="f2f-server-", dir=MEMORY if in_memory else None))
    if os.getuid() == 0:
        shutil.chown(folder, OWNER)
    try:
        run("initdb", "-D", folder / "data", "-A", "trust", "-U", USER, "--no-locale", "-E", "UTF8", "-N")
        start(folder, quick=quick)
        yield folder
    finally:
        stop(folder)
        shutil.rmtree(folder)


def database(server: Path, made: LiteralString = "LOCALE 'C'") -> str:
    """The name of one that is new, made as the product wants it."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(f"host={server} dbname=postgres", autocommit=True) as con:
        con.execute(SQL("CREATE DATABASE {} TEMPLATE template0 " + made).format(Identifier(name)))
    return name


def start(folder: Path, *, quick: bool = True) -> None:
    told = QUICK if quick else {"listen_addresses": "''", "max_connections": 200}
    settings = " ".join([f"-k {folder}", *(f"-c {name}={value}" for name, value in told.items())])
    run("pg_ctl", "-D", folder / "data", "-o", settings, "-l", folder / "log", "-w", "start")


@contextmanager
def standby(server: Path) -> Iterator[Path]:
    """The folder of the socket of another server, which follows one that is not `quick`."""
    folder = Path(tempfile.mkdtemp(prefix="f2f-standby-"))
    if os.getuid() == 0:
        shutil.chown(folder, OWNER)
    try:
        run("pg_basebackup", "-h", server, "-U", USER, "-D", folder / "data", "-R", "-c", "fast")
        start(folder, quick=False)
        yield folder
    finally:
        stop(folder)
        shutil.rmtree(folder)


def stop(folder: Path) -> None:
    """As if its process had died."""
    subprocess.run(command("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"), capture_output=True)


@contextmanager
def silent(server: Path) -> Iterator[None]:
    """Its processes take what is said and answer nothing."""
    first = int((server / "data/postmaster.pid").read_text().split()[0])
    children = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=True).stdout.split()
    stopped = [first, *map(int, children)]
    for one in stopped:
        os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in stopped:
            os.kill(one, signal.SIGCONT)


def run(program: str, *given: object) -> None:
    subprocess.run(command(program, *given), check=True, stdout=subprocess.DEVNULL)


def installed() -> bool:
    return any(int(path.parts[-3]) >= OLDEST for path in SERVERS.glob("*/bin/postgres"))


def command(program: str, *given: object) -> list[str]:
    newest = max(SERVERS.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    as_owner = ["runuser", "-u", OWNER, "--"] if os.getuid() == 0 else []
    return [*as_owner, str(newest), *map(str, given)]


if __name__ == "__main__":
    if not installed():
        sys.stderr.write(f"PostgreSQL {OLDEST} or newer is not installed: nothing was run on a server\n")
        sys.exit(0)
    with postgres() as socket:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "TEST_SERVER": str(socket)}).returncode)
