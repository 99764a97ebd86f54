"""What every bench shares: a store to measure, the best of several tries, a JSON line for each promise."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Line:
    """`most`: what the ratio of value to baseline may be; None: it is told, not asked."""

    name: str
    value: float
    unit: str
    baseline: float
    most: float | None = None

    @property
    def ratio(self) -> float:
        return self.value / self.baseline if self.baseline else float("inf")

    @property
    def too_much(self) -> bool:
        return self.most is not None and round(self.ratio, 3) > self.most


def tell(*lines: Line) -> bool:
    """Print them, and add them to the file that `BENCH_FILE` names. Whether any is above what it may be."""
    for line in lines:
        said = {
            "name": line.name,
            "value": round(line.value, 4),
            "unit": line.unit,
            "baseline": round(line.baseline, 4),
        }
        text = json.dumps(said | {"ratio": round(line.ratio, 3), "most": line.most}, ensure_ascii=False)
        print(text, flush=True)
        if file := os.environ.get("BENCH_FILE"):
            with Path(file).open("a", encoding="utf-8") as kept:
                kept.write(text + "\n")
    return any(line.too_much for line in lines)


@contextmanager
def store_file(argv: list[str]) -> Iterator[Path]:
    """A copy of the store that is named, or one with demo data, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        if argv:
            shutil.copy(argv[0], path)
        else:
            given = {**os.environ, "STORE_URL": f"duckdb:{path}", "BACKUP_EVERY": "0"}
            for verb in ("migrate", "demo"):
                subprocess.run([sys.executable, "-m", "db", verb], cwd=ROOT, env=given, check=True, capture_output=True)
        yield path


def best(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Seconds of the clock and of the processor, which others on the machine disturb less."""
    clocks, spent = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - begun)
        spent.append(time.process_time() - used)
    return min(clocks), min(spent)
