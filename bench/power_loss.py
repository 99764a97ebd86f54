"""The power fails in the middle of what a submission writes, and files are damaged: is all there that was acknowledged?

`python bench/power_loss.py [--times 400] [--damages 200] [--rounds 12] [--seed 773]`: a process's own writes and syncs
are recorded (by a small library that a C compiler makes) and replayed up to some point, torn and dropped where nothing
had waited for them; half of the points lie inside checkpoints. Each store then opens, or one command brings it back.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measuring import Line, tell  # noqa: E402
from bench.power import damage, recorded  # noqa: E402
from bench.power.recorded import STORE, TOLD, Op, files_named  # noqa: E402
from db import events  # noqa: E402
from db.duck import DuckStore  # noqa: E402
from db.system import backups, integrity  # noqa: E402
from db.system.restore import recover  # noqa: E402


def points(ops: list[Op], times: int, chance: random.Random) -> list[int]:
    """Where it fails: half of them while the store's own file is written, which is inside checkpoints."""
    told, files = files_named(ops, TOLD), files_named(ops, STORE)
    first = next(i for i, op in enumerate(ops) if op.file in told)
    inside = [i for i, op in enumerate(ops) if op.file in files and op.kind in "WS" and i > first]
    return [chance.choice(inside) if n % 2 else chance.randrange(len(ops) // 50, len(ops)) for n in range(times)]


def acknowledged(ops: list[Op]) -> int:
    """The last event of which somebody had been told: its number is written to a file of their own."""
    files = files_named(ops, TOLD)
    numbers = [op.data for op in ops if op.kind == "W" and op.file in files]
    return int(numbers[-1].split()[-1]) if numbers else 0


def laid_out(files: dict[Path, bytes], folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    folder.mkdir(exist_ok=True)
    return folder / STORE


def back(path: Path) -> tuple[str, DuckStore]:
    """How it came back, and the store."""
    try:
        store = DuckStore(path)
        if store.damage is None:
            return "opened", store
        store.close()
    except Exception as error:
        print(f"does not open: {str(error)[:160]}", file=sys.stderr)
    folder = path.parent / backups.FOLDER
    recover(
        path, [folder / one.name for one in backups.listed(folder)], lambda line: print(line[:200], file=sys.stderr)
    )
    return "recovered", DuckStore(path)


def power_lost(ops: list[Op], k: int, folder: Path, chance: random.Random) -> str:
    """opened, recovered, lost, or not back."""
    told = acknowledged(ops[:k])
    path = laid_out(recorded.disk_after(ops[: k + 1], folder.parent / "live", chance), folder)
    try:
        how, store = back(path)
    except Exception as error:
        print(f"not back at {k}: {error!r}", file=sys.stderr)
        return "not back" if told else "nothing there yet"
    try:
        whole = store.damage is None and (not told or store.read(events.head).n >= told)
        return how if whole and not (told and store.read(integrity.verify)) else "lost"
    finally:
        store.close()


def run(folder: Path, *, times: int, damages: int, rounds: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    chance = random.Random(seed)
    live = folder / "live"
    live.mkdir()
    ops = recorded.record(["-m", "bench.power.workload", str(live), str(rounds)], live)
    print(f"{len(ops)} calls, {sum(len(op.data) for op in ops)} bytes", file=sys.stderr)
    found = Counter(power_lost(ops, k, folder / "dead", chance) for k in points(ops, times, chance))
    damaged = Counter(damage.tried(ops, folder, chance) for _ in range(damages))
    return found, damaged


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=400)
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=773)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found, damaged = run(Path(folder), times=args.times, damages=args.damages, rounds=args.rounds, seed=args.seed)
    missed = tell(
        Line("power lost: stores that lack what was acknowledged", found["lost"], "stores", 1, 0),
        Line("power lost: neither opened nor brought back by one command", found["not back"], "stores", 1, 0),
        Line("power lost: opened by itself", found["opened"], "stores", args.times),
        Line("power lost: brought back by one command", found["recovered"], "stores", args.times),
        Line("damaged: rows missing and nobody told", damaged["unnoticed"], "stores", 1, 0),
        Line("damaged: mended by itself, or no difference", damaged["whole"], "stores", args.damages),
        Line("damaged: told", damaged["told"], "stores", args.damages),
    )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
