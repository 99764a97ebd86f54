"""What a number without a gap and a link of the chain cost where many write: `python bench/numbering.py [SECONDS]`.

On a file and on a PostgreSQL server of this bench's own, which writes to the disk before it answers, in one run: 32
writers, each giving a policy the next number and the history an event, against 32 that insert the same two rows under
numbers of their own, with no order and no chain. On the server the 32 are in one process, then in four; beside them
what a sequencer would give: rows without a number, which one thread numbers and chains afterwards. Prints a JSON line
each: milliseconds a write, the bare insert's as the baseline. Every store is verified at its end.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

import duckdb
import psycopg
from psycopg.sql import SQL, Identifier, Placeholder

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measuring import Line, tell  # noqa: E402
from db import events, numbers, sql  # noqa: E402
from db.address import address_of  # noqa: E402
from db.events import Event  # noqa: E402
from db.sql import Connection  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from tests.server import database, postgres  # noqa: E402

WRITERS, PROCESSES, SECONDS = 32, 4, 8.0
AT = datetime(2023, 11, 30, 4, 0)
OWN = 10_000_000  # the first number of those that are in no order
BATCH = 200  # rows that a sequencer numbers at once
MOST = {"a file": 3.0, "a server, one process": 4.0, "a server, four processes": 8.0}  # times the bare insert


def policy(number: int) -> dict[str, object]:
    return {"id": str(uuid4()), "number": number, "title_zh": "", "title_en": "", "body_code": "tax",
            "issued_on": date(2023, 11, 30), "seq": 1}  # fmt: skip


def event(n: int) -> dict[str, object]:
    """As wide as a true one."""
    return {"n": n, "happened_at": AT, "area": "policy", "kind": "issue", "subject": str(uuid4()), "seq": 1,
            "detail": "{}", "digest": "0" * 64, "hash": "0" * 64}  # fmt: skip


def numbered(con: Connection) -> None:
    row = policy(numbers.following(con, "policy"))
    sql.insert(con, "policy", row)
    events.append(con, Event(AT, "policy", "issue", str(row["id"]), 1))


def written(work: Callable[[], object], writers: int, seconds: float) -> float:
    """Milliseconds a write, of so many at once."""
    told, ends = [0] * writers, time.perf_counter() + seconds

    def go(n: int) -> None:
        while time.perf_counter() < ends:
            work()
            told[n] += 1

    threads = [threading.Thread(target=go, args=(n,)) for n in range(writers)]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return 1000 * (time.perf_counter() - begun) / sum(told)


def by_processes(url: str, seconds: float) -> float:
    """The same writers in several processes, which begin together."""
    command = [sys.executable, __file__, "--writers", str(WRITERS // PROCESSES), str(seconds)]
    given = {**os.environ, "STORE_URL": url}
    running = [
        subprocess.Popen(command, env=given, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    for one in running:
        assert one.stdout and one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    each = [float(one.communicate()[0]) for one in running]
    return 1 / sum(1 / one for one in each)


def writer(writers: int, seconds: float) -> None:
    with closing(open_store()) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        print(written(lambda: store.write(numbered), writers, seconds))


def bare_file(path: Path, seconds: float) -> float:
    """One connection: a file has one writer, and more threads would only wait for one another."""
    with closing(duckdb.connect(str(path))) as con:
        numbers_of_ours = count(OWN)

        def insert() -> None:
            n = next(numbers_of_ours)
            con.execute("BEGIN")
            sql.insert(con, "policy", policy(n))
            sql.insert(con, "event", event(n))
            con.execute("COMMIT")

        return written(insert, 1, seconds)


def bare_server(server: str, seconds: float, *, follow: bool = False) -> float:
    """Each writer with a connection of its own. `follow`: a sequencer numbers what they wrote meanwhile."""
    own, ours, ended = threading.local(), count(OWN), threading.Event()

    def insert() -> None:
        if not hasattr(own, "con"):
            own.con = psycopg.connect(server)
        n = next(ours)
        for table, row in (("policy", policy(n)), ("event", event(n))):
            names, places = SQL(", ").join(map(Identifier, row)), SQL(", ").join([Placeholder()] * len(row))
            made = SQL("INSERT INTO {} ({}) VALUES ({})").format(Identifier(table), names, places)
            own.con.execute(made, [*row.values()])
        own.con.commit()

    def sequence() -> None:
        with psycopg.connect(server) as con:
            chain, last = con.execute("SELECT n, hash FROM event WHERE n < %s ORDER BY n DESC", [OWN]).fetchall()[0]
            while True:
                over = ended.is_set()
                waiting = "SELECT n, digest FROM event WHERE n >= %s ORDER BY n LIMIT %s"
                taken = con.execute(waiting, [OWN, BATCH]).fetchall()
                for n, digest in taken:
                    chain, last = chain + 1, events.link(last, chain + 1, digest)
                    con.execute("UPDATE event SET n = %s, hash = %s WHERE n = %s", [chain, last, n])
                con.commit()
                if over and not taken:
                    break

    if not follow:
        return written(insert, WRITERS, seconds)
    sequencer = threading.Thread(target=sequence)
    sequencer.start()
    begun = time.perf_counter()
    each = written(insert, WRITERS, seconds)
    ends = time.perf_counter()
    ended.set()
    sequencer.join()
    return each * (time.perf_counter() - begun) / (ends - begun)  # until the last has its number


def verified(store: Store) -> None:
    assert store.read(events.verify) == []
    given = store.read(lambda con: sql.column(con, "SELECT number FROM policy ORDER BY number"))
    assert given == list(range(1, len(given) + 1))


def emptied(url: str) -> Store:
    store = open_store(url)
    store.migrate()
    return store


def of_a_file(folder: Path, seconds: float) -> list[Line]:
    with closing(emptied(f"duckdb:{folder / 'bare.duckdb'}")):
        pass
    bare = bare_file(folder / "bare.duckdb", seconds)
    with closing(emptied(f"duckdb:{folder / 'store.duckdb'}")) as store:
        ours = written(lambda: store.write(numbered), WRITERS, seconds)
        verified(store)
    return [Line("numbering: a file", ours, "ms/write", bare, MOST["a file"])]


def of_a_server(folder: Path, seconds: float) -> list[Line]:
    with postgres(quick=False) as socket:

        def made() -> str:
            name = database(socket)
            url = f"postgresql:///{name}?host={socket}&folder={folder / name}"
            emptied(url).close()
            return url

        bare = bare_server(address_of(made()).server, seconds)
        with closing(open_store(made())) as store:
            one = written(lambda: store.write(numbered), WRITERS, seconds)
            verified(store)
        several = made()
        four = by_processes(several, seconds)
        with closing(open_store(several)) as store:
            verified(store)
        follows = bare_server(address_of(made()).server, seconds, follow=True)
    return [
        Line("numbering: a server, one process", one, "ms/write", bare, MOST["a server, one process"]),
        Line("numbering: a server, four processes", four, "ms/write", bare, MOST["a server, four processes"]),
        Line("numbering: a server, numbered afterwards (not built)", follows, "ms/write", bare),
    ]


def main(seconds: float) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return int(tell(*of_a_file(Path(folder), seconds), *of_a_server(Path(folder), seconds)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--writers"]:
        writer(int(sys.argv[2]), float(sys.argv[3]))
    else:
        sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else SECONDS))
