"""A process is killed under load, backups are made under load, one submission arrives several times: what is lost, what
does not restore, what is there twice?

`python bench/faults.py [--kills 200] [--backups 60] [--twice 500] [--seed 773]`
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.journal import Hall, hall  # noqa: E402
from bench.measuring import Line, tell  # noqa: E402
from db import clock, events, sql  # noqa: E402
from db.duck import DuckStore  # noqa: E402
from db.system import integrity  # noqa: E402
from db.system.restore import check  # noqa: E402

WRITERS = 8
KEPT = "SELECT subject FROM event WHERE subject = ANY($new)"
FIRST = 1_000_000  # number of what is submitted during backups: nobody sent it before
WRITER = f"""
import sys, threading
from datetime import datetime
from uuid import uuid4
from db import events
from db.events import Event
from db.store import open_store
store, lock = open_store(), threading.Lock()
def submit():
    while True:
        name = str(uuid4())
        store.write(lambda con: events.append(con, Event(datetime(2023, 11, 30), "demo", "submit", name, 1)))
        with lock:
            print(name, flush=True)
for _ in range({WRITERS}):
    threading.Thread(target=submit).start()
"""


def killed(path: Path, after: int) -> list[str]:
    """What a writer had acknowledged when it was ended, somewhere behind its acknowledgement `after`."""
    given = {**os.environ, "STORE_URL": f"duckdb:{path}"}
    process = subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    told = [process.stdout.readline().strip() for _ in range(after)]
    os.kill(process.pid, signal.SIGKILL)
    told += [name for name in process.stdout.read().split("\n") if len(name) == 36]  # the kill may cut the last line
    process.wait()
    return told


def kills(path: Path, times: int, chance: random.Random) -> tuple[int, int]:
    """Acknowledged, and of these lost, over so many endings of one store's writers."""
    told: set[str] = set()
    lost = 0
    for _ in range(times):
        new = killed(path, chance.randint(1, 60))
        store = DuckStore(path)
        kept = store.read(
            partial(sql.column, sql="SELECT subject FROM event WHERE subject = ANY($new)", params={"new": new})
        )
        lost += len(set(new) - set(kept)) + (len(new) if store.damage else 0)
        store.close()
        told |= set(new)
    store = DuckStore(path)
    lost += len(store.read(events.verify))
    store.close()
    return len(told), lost


def backups(store: DuckStore, who: Hall, folder: Path, times: int) -> int:
    """Of so many backups made while eight submit one issue after the other, those that are restored and compared."""
    ended = threading.Event()

    def submit(first: int) -> None:
        for n in count(first, WRITERS):
            if ended.is_set():
                return
            who.issue(store, n)

    writers = [threading.Thread(target=submit, args=(FIRST + n,)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    good = 0
    for n in range(times):
        copy = store.backup(folder / str(n))
        good += check(copy, at=clock.now()).n > 0
        shutil.rmtree(folder / str(n))
    ended.set()
    for writer in writers:
        writer.join()
    return good


def twice(store: DuckStore, who: Hall, times: int) -> int:
    """Of so many submissions, each sent three times at one instant, how many cases there are too many or too few."""
    before = store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases"))
    with ThreadPoolExecutor(3 * WRITERS) as pool:
        list(pool.map(lambda n: who.issue(store, n), [n for n in range(times) for _ in range(3)]))
    return abs(store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) - before - times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, times in (("kills", 200), ("backups", 60), ("twice", 500)):
        parser.add_argument(f"--{name}", type=int, default=times)
    parser.add_argument("--seed", type=int, default=773)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = DuckStore(home / "killed.duckdb")
        store.migrate()
        store.close()
        told, lost = kills(home / "killed.duckdb", args.kills, random.Random(args.seed))
        store = DuckStore(home / "hall.duckdb")
        who = hall(store, argparse.Namespace(firms=max(args.twice, 60), seed=args.seed))
        repeated = twice(store, who, args.twice)
        bad = args.backups - backups(store, who, home / "backups", args.backups)
        untrue = len(store.read(integrity.verify))
        store.close()
    return int(tell(
        Line(f"killed {args.kills} times: of {told} acknowledged, lost", lost, "rows", 1, 0),
        Line(f"backups under load of {args.backups}: not restored or not the same", bad, "backups", 1, 0),
        Line(f"{args.twice} submissions sent three times each: too many or too few", repeated, "cases", 1, 0),
        Line("what verify finds afterwards", untrue, "breaks", 1, 0),
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
