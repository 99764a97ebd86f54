"""What the leader's board costs against the bare SQL of the same answers: `python bench/board.py [STORE]`.

Prints a JSON line each, {name, value, unit, baseline, ratio}. Seconds are the best of several: by the clock, and of the
processor, which others on the machine disturb less. The baseline of a board is its own statements run bare; of the
figures, what is promised. Exit 1 where a ratio that others on the
machine cannot move is above what it may be. Without STORE on a fresh demo store.
"""

import json
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db import clock, demo, sql  # noqa: E402
from db.figures.figures import EVERYTHING  # noqa: E402
from db.scope import ALL  # noqa: E402
from db.sql import Connection, Row  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from insight.cases.board import Board, read_board  # noqa: E402
from insight.cases.facts import read_facts  # noqa: E402
from insight.cases.figures import measures  # noqa: E402

NEEDED = 1.5  # times the bare SQL
LARGE = 100_000  # cases from which the promises of a large store count
DAY = clock.day_of(clock.now())


def board(con: Connection) -> Board:
    return read_board(con, scope=ALL, filters=EVERYTHING, as_of=DAY)


def figures(con: Connection) -> object:
    return measures(read_facts(con, scope=ALL, filters=EVERYTHING, as_of=DAY))


def statements(store: Store) -> list[tuple[str, Row]]:
    """What the board asks of the store, with its parameters."""
    asked, run = list[tuple[str, Row]](), sql.run

    def listen(con: Connection, statement: str, params: Row | None = None) -> Connection:
        asked.append((statement, params or {}))
        return run(con, statement, params)

    with mock.patch.object(sql, "run", listen):
        store.read(board)
    return asked


def best(store: Store, read: Callable[[Connection], object], times: int) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    clocks, spent = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        store.read(read)
        clocks.append(time.perf_counter() - begun)
        spent.append(time.process_time() - used)
    return min(clocks), min(spent)


def main(argv: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:{argv[0] if argv else folder + '/store.duckdb'}")
        if not argv:
            store.migrate()
            demo.load(store, today=DAY)
        try:
            return measured(store)
        finally:
            store.close()


def measured(store: Store) -> int:
    n = store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases"))
    large, asked = n >= LARGE, statements(store)

    def bare(con: Connection) -> None:
        for statement, params in asked:
            sql.run(con, statement, params).fetchall()

    times = 5 if large else 50
    (wall, cpu), (bare_wall, bare_cpu) = best(store, board, times), best(store, bare, times)
    lines = [
        ("board of today and 30 days before, against its SQL", cpu, "s of a processor", bare_cpu, NEEDED),
        ("board of today and 30 days before, against its SQL by the clock", wall, "s", bare_wall, None),
        ("board of today and 30 days before", wall, "s", 1.0 if large else 0.04, None),
        ("figures of a day", best(store, figures, times)[0], "s", 4.0, None),
        ("what a page keeps of a board", len(pickle.dumps(store.read(board))) / 1e6, "MB", 1.0, 1.0),
        ("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 600.0, 1.0),
    ]
    for name, value, unit, baseline, _ in lines:
        line = {"name": f"{name}, {n} cases", "value": round(value, 4), "unit": unit, "baseline": round(baseline, 4)}
        print(json.dumps(line | {"ratio": round(value / baseline, 2)}), flush=True)
    return int(any(most and value > most * baseline for _, value, _, baseline, most in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
