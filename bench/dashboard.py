"""What sharing is worth on the leader's page: one change answered for many viewers, against each asking alone.

`python bench/dashboard.py [VIEWERS]` on a store with demo data in a temporary folder. Ratios, no absolutes.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from db import clock, events  # noqa: E402
from db.figures.figures import EVERYTHING  # noqa: E402
from db.scope import ALL  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from pages.figures import live_board, live_charts  # noqa: E402
from pages.shared import here  # noqa: E402


def seconds(viewers: int, *, shared: bool) -> float:
    """Every viewer looks at the same page after one change."""
    head, day = live_board.chain_head(), clock.day_of(clock.now())
    st.cache_resource.clear()
    view = live_board.View(head, ALL, EVERYTHING, day, "zh", dark=False)
    begun = time.perf_counter()
    for _ in range(viewers):
        if not shared:
            st.cache_resource.clear()
        live_charts.glance(view)
        live_charts.case_charts_of(view)
    return time.perf_counter() - begun


def looks_per_answer(store: Store) -> float:
    """How many times a fragment may look at the head of the chain for the price of one answer."""
    begun = time.perf_counter()
    for _ in range(100):
        store.read(events.head)
    return seconds(1, shared=False) / ((time.perf_counter() - begun) / 100)


def main(viewers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"duckdb:{folder}/store.duckdb"
        for verb in ("migrate", "demo"):
            subprocess.run(
                [sys.executable, "-m", "db", verb], cwd=ROOT, env={**os.environ, "STORE_URL": url}, check=True
            )
        store = open_store(url)
        here.use(store)
        seconds(1, shared=False)  # the first call also imports
        alone, together = seconds(viewers, shared=False), seconds(viewers, shared=True)
        print(f"{viewers} viewers of one change: sharing costs 1/{alone / together:.1f} of asking alone")
        print(f"one answer costs as much as {looks_per_answer(store):.0f} looks at the head of the chain")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
