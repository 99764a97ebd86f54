"""The process whose power fails: `python -m bench.power.workload FOLDER ROUNDS`. Each submission is acknowledged in a
file of the same folder, so that what was told stands among what was written."""

import sys
from argparse import Namespace
from pathlib import Path

from bench.journal import hall
from db.duck import DuckStore


def main(folder: Path, rounds: int) -> None:
    store = DuckStore(folder / "store.duckdb")
    who = hall(store, Namespace(firms=4 * rounds, seed=773))
    with (folder / "acknowledged").open("w", encoding="utf-8", buffering=1) as told:
        for n in range(4 * rounds):
            for submit in (who.issue, who.survey):
                submit(store, n)
                told.write(f"{store.revision()}\n")
            if n % 4 == 1:
                store._con.cursor().execute("CHECKPOINT")
            if n % 12 == 11:
                store.backup(folder / "backups")
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
