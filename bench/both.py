"""The same reads on a file and on a server: `python bench/both.py [STORE]`.

Copies the store (without STORE a fresh demo one) into a PostgreSQL server of this bench's own, which writes to the disk
before it answers and has a quarter of the memory that the file's reader may take, and reads both: the first look after
an opening, then the best of several. A JSON line each: seconds on the server, the file's as the baseline; of the copy,
a minute for each 67,000 cases with their answers. Exit 1 where a read does not find what the file has.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


from bench import board  # noqa: E402
from bench.desk import EVERY, SIZE, TYPED, counts, searched  # noqa: E402
from bench.measuring import Line, best, store_file, tell  # noqa: E402
from db import __main__ as command  # noqa: E402
from db import events, numbers, sql  # noqa: E402
from db.cases import cases  # noqa: E402
from db.cases.order import FIRST  # noqa: E402
from db.scope import ALL  # noqa: E402
from db.sql import Connection  # noqa: E402
from db.store import open_store  # noqa: E402
from tests.server import database, postgres  # noqa: E402

TIMES = 5
COPIED_A_MINUTE = 1_000_000 / 15  # cases, each with ten answers: what was asked for
READS: Mapping[str, Callable[[Connection], object]] = {
    "board of today and 30 days before": board.board,
    "figures of a day": board.figures,
    "the desk's first page": lambda con: cases.find(con, ALL, EVERY, sort="due", place=FIRST, size=SIZE).rows,
    "the desk's counts": counts(EVERY),
    "a page of what is found by a word": lambda con: searched(TYPED[0])(con).rows,
    "the next number of a case": lambda con: numbers.following(con, "case", year=str(board.DAY.year)),
    "the history of a case": lambda con: events.of_subject(con, sql.scalar(con, "SELECT max(id) FROM cases")),
}
Told = dict[str, tuple[float, float]]  # seconds of the first look, and of the best


def looked(url: str) -> tuple[Told, dict[str, object]]:
    """Times, and what was found."""
    times, found = Told(), dict[str, object]()
    with closing(open_store(url)) as store:
        store.migrate()
        for name, read in READS.items():
            begun = time.perf_counter()
            found[name] = store.read(read)
            first = time.perf_counter() - begun
            times[name] = first, best(lambda read=read: store.read(read), TIMES)[0]
    return times, found


def lines(path: Path, folder: Path) -> Iterator[Line]:
    with closing(open_store(f"duckdb:{path}")) as store:
        store.migrate()
        n = store.read(lambda con: cases.how_many(con, ALL, EVERY))
    with postgres(quick=False) as socket:
        server = f"postgresql:///{database(socket)}?host={socket}&folder={folder}"
        begun = time.perf_counter()
        if command.main(["copy", f"duckdb:{path}", server]):
            raise ValueError("it was not copied")
        copied = time.perf_counter() - begun
        there, found = looked(server)
    here, stood = looked(f"duckdb:{path}")
    yield Line(f"copy to a server and comparison, {n} cases", copied, "s", 60 * n / COPIED_A_MINUTE)
    for name in READS:
        if found[name] != stood[name]:
            raise ValueError(f"{name}: the server found something else")
        for what, nth in (("first look", 0), ("best", 1)):
            yield Line(f"{name}, {what}, on a server against a file, {n} cases", there[name][nth], "s", here[name][nth])


def main(argv: list[str]) -> int:
    with store_file(argv) as path, tempfile.TemporaryDirectory() as folder:
        return int(tell(*lines(path, Path(folder))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
