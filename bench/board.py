"""What the leader's board costs against the bare SQL of the same answers: `python bench/board.py [STORE]`.

Prints a JSON line each, {name, value, unit, baseline, ratio}. Seconds are the best of several: by the clock, and of the
processor, which others on the machine disturb less. The baseline of a board is the same answers in SQL that was written
by hand (`bench/bare/board.py`), which is checked to give them first; of the figures, what is promised. Exit 1 where a
ratio that others on the machine cannot move is above what it may be. Without STORE on a fresh demo store.
"""

import pickle
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.bare.board import IN_MONTHS, SPREADS, Answers, Bare  # noqa: E402
from bench.measuring import Line, best, store_file, tell  # noqa: E402
from db import clock, sql  # noqa: E402
from db.figures import case_figures  # noqa: E402
from db.figures.figures import EVERYTHING  # noqa: E402
from db.figures.stood import Asked  # noqa: E402
from db.scope import ALL  # noqa: E402
from db.sql import Connection, Row  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from insight.cases.board import BACK, Board, read_board  # noqa: E402
from insight.cases.facts import read_days, read_facts  # noqa: E402
from insight.cases.figures import measures  # noqa: E402

NEEDED = 1.5  # times the bare SQL
LARGE = 100_000  # cases from which the promises of a large store count
DAY = clock.day_of(clock.now())


def board(con: Connection) -> Board:
    return read_board(con, scope=ALL, filters=EVERYTHING, as_of=DAY)


def figures(con: Connection) -> object:
    return measures(read_facts(con, scope=ALL, filters=EVERYTHING, as_of=DAY))


def bare(con: Connection) -> Answers:
    return Bare(con).answers(DAY)


def said(con: Connection) -> Answers:
    """The board in the form of `bare`."""
    shown, asked = board(con), Asked(ALL, EVERYTHING, DAY, DAY - timedelta(days=BACK))
    days = read_days(con, asked)
    return {
        "counts": {one.as_of: _flat(one.counts) for one in days},
        "lasted": {one.as_of: sorted((x.settled, x.days, x.working, x.n) for x in one.lasted) for one in days},
        "register": {one.as_of: (tuple(one.attendance.values()), tuple(one.register.values())) for one in days},
        "months": {name: sorted(months(con, name)) for name in IN_MONTHS},
        "spreads": {
            name: sorted((getattr(x, name), x.n, x.median, x.low, x.high) for x in shown.spreads if getattr(x, name))
            for name in SPREADS
        },
        "groups": {name: sorted(tuple(vars(x).values())[1:] for x in of) for name, of in shown.groups.items()},
        "queues": {name: [tuple(vars(x).values())[1:] for x in of] for name, of in shown.waiting.items()},
        "forums": sorted(tuple(vars(one.came).values()) for one in shown.forums),
    }


def months(con: Connection, name: str) -> Iterator[tuple[object, ...]]:
    """Of all months, not of the last 36 alone."""
    found, _ = case_figures.courses(con, Asked(ALL, EVERYTHING, DAY))
    for one in found:
        if n := getattr(one, name):
            yield (one.month, n, one.prompt) if name == "dispatched" else (one.month, n)


def _flat(counts: Row) -> Answers:
    pairs = {name: value for name, value in counts.items() if isinstance(value, tuple)}
    flat = {name: value for name, value in counts.items() if name not in pairs}
    return (
        flat | {name: part for name, (part, _) in pairs.items()} | {f"{n}_of": whole for n, (_, whole) in pairs.items()}
    )


def differing(store: Store) -> list[str]:
    """Which of the answers by hand are not those of the board."""
    ours, theirs = store.read(said), store.read(bare)
    return [name for name, value in theirs.items() if value != ours[name]]


def reading(store: Store, read: Callable[[Connection], object]) -> Callable[[], object]:
    return lambda: store.read(read)


def main(argv: list[str]) -> int:
    with store_file(argv) as path:
        store = open_store(f"duckdb:{path}")
        try:
            return measured(store)
        finally:
            store.close()


def measured(store: Store) -> int:
    n = store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases"))
    if wrong := differing(store):
        print(f"the board and the SQL by hand differ in {', '.join(wrong)}", file=sys.stderr)
        return 1
    large = n >= LARGE
    times = 5 if large else 50
    (wall, cpu), (bare_wall, bare_cpu) = best(reading(store, board), times), best(reading(store, bare), times)
    lines = [
        ("board of today and 30 days before, against its SQL", cpu, "s of a processor", bare_cpu, NEEDED),
        ("board of today and 30 days before, against its SQL by the clock", wall, "s", bare_wall, None),
        ("board of today and 30 days before", wall, "s", 1.0 if large else 0.04, None),
        ("figures of a day", best(reading(store, figures), times)[0], "s", 4.0, None),
        ("what a page keeps of a board", len(pickle.dumps(store.read(board))) / 1e6, "MB", 1.0, 1.0),
        ("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 600.0, 1.0),
    ]
    return int(tell(*(Line(f"{name}, {n} cases", *rest) for name, *rest in lines)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
