"""Does anybody read or change what is not theirs? Everybody tries every read and verb on everybody's records.

`python bench/authority.py [--tries 10000] [--seed 15]`: who, what and which record are drawn by Hypothesis; every read
with a scope is also asked once by each person for the first and the last of each kind of record.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hypothesis import given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from access.passwords import hash_password  # noqa: E402
from bench.measuring import Line, tell  # noqa: E402
from db import demo  # noqa: E402
from db.store import open_store  # noqa: E402
from pages.shared import here  # noqa: E402
from tests.access.matrix import QUIET, READS, World, a_world, leak, tries  # noqa: E402
from tests.conftest import _make_people  # noqa: E402


def drawn(world: World, times: int, begin: int) -> tuple[Counter[str], list[str]]:
    """How many tries of each kind, and what leaked."""
    counted, leaks = Counter[str](), list[str]()

    @seed(begin)
    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=QUIET)
    @given(tried=tries(world), data=st.data())
    def try_it(tried: tuple[str, str, str], data: st.DataObject) -> None:
        counted[tried[0]] += 1
        if found := leak(world, tried, lambda of: data.draw(st.sampled_from(of))):
            leaks.append(found)

    try_it()
    return counted, leaks


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tries", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=15)
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:{folder}/store.duckdb")
        store.migrate()
        demo.begin_district(store)
        here.use(store)
        world = a_world(store, _make_people(store, hash_password("nobody types it")))
        counted, leaks = drawn(world, args.tries, args.seed)
        for name in READS:
            for way in world.who:
                for place in (0, -1):
                    found = leak(world, ("read", way, name), lambda of, place=place: of[place])
                    counted["read in turn"] += 1
                    leaks += [found] if found else []
        store.close()
    for found in leaks[:20]:
        print(found, file=sys.stderr)
    return int(tell(
        Line("authority: what somebody read or changed that is not theirs", len(leaks), "leaks", 1, 0),
        *(Line(f"authority: {kind}", n, "tries", 1) for kind, n in counted.items()),
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
