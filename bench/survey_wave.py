"""One survey from the register to its published page, by the verbs and addresses that people use, against the truth.

`python bench/survey_wave.py [--invitations 240] [--seed 773] [--store PATH]` on a new store: three times as many
enterprises, a stratified sample, links opened over HTTP, paper, a wall's code, answers that are no answers. What every
enterprise would have said is known, so the estimates, weights and response rates are compared with a count by hand.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.wave.course import run_wave  # noqa: E402
from bench.wave.district import Run, more_firms, opinions, tell_some  # noqa: E402
from bench.wave.truth import compare  # noqa: E402
from bench.year.district import found as people_of  # noqa: E402
from db import demo  # noqa: E402
from db.store import open_store  # noqa: E402

PER_FIRM = 3  # enterprises for one invitation
FEW = 24  # enterprises with accounts, besides which the register is filled


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invitations", type=int, default=240)
    parser.add_argument("--seed", type=int, default=773)
    parser.add_argument("--port", type=int, default=8651)
    parser.add_argument("--store", type=Path, default=None)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:{args.store or Path(folder) / 'wave.duckdb'}")
        store.migrate()
        demo.begin_district(store)
        started = time.perf_counter()
        people = people_of(store, seed=args.seed, firms=FEW)
        run = Run(store, random.Random(args.seed), people.staff[0])
        firms = [*people.firms, *more_firms(run, PER_FIRM * args.invitations - FEW)]
        opinions(run, firms)
        tell_some(run, firms)
        run.seconds["register"] = time.perf_counter() - started
        wave, files = run_wave(run, args.invitations, args.port)
        told = compare(run, wave)
        told |= {"sources": dict(run.sources), "bytes": {path: len(content) for path, content in files.items()}}
        told |= {"seconds": {name: round(s, 2) for name, s in run.seconds.items()}}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        store.close()
    right = not told["strata whose count differs"] and told["answered"] == told["answered by hand"]
    return int(not right or max(told["margins off by at most"]) > 1e-6 or not told["figures"]["index"]["held"])


if __name__ == "__main__":
    sys.exit(main())
