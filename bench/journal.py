"""What the journal costs a submission: by the verb, on two copies of one store in one run, with and without it.

`python bench/journal.py [--firms 300] [--seed 773]`: each enterprise raises an issue and answers a survey, one after
another on the two copies by turns, then all at one instant.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measuring import Line, tell  # noqa: E402
from bench.wave.course import wave_of  # noqa: E402
from bench.wave.district import Run, opinions, said  # noqa: E402
from bench.year.district import District  # noqa: E402
from bench.year.district import found as people_of  # noqa: E402
from db import clock, demo, duck  # noqa: E402
from db.duck import DuckStore  # noqa: E402
from db.sql import Connection  # noqa: E402
from intake.issue.raising import IssueForm, submit_issue  # noqa: E402
from intake.survey.submitting import submit  # noqa: E402
from intake.waves import inviting  # noqa: E402

MOST = 1.15  # times what the same submission takes without a journal
AT_ONCE = 32


class NoJournal:
    """In the place of a store's journal: it keeps nothing."""

    size, unsettled = 0, False

    def keep(self, *_given: object) -> None: ...
    def settle(self, *_given: object) -> None: ...
    def close(self) -> None: ...


class Unjournaled(DuckStore):
    def _transaction(self, batch):
        kept, duck.Recorder = duck.Recorder, _itself
        try:
            return super()._transaction(batch)
        finally:
            duck.Recorder = kept

    def _brought_up(self):
        return NoJournal()


def _itself(con: Connection) -> Connection:
    return con


@dataclass(frozen=True)
class Hall:
    """Who submits, and what each of them says."""

    people: District
    run: Run
    wave_id: str

    def issue(self, store: DuckStore, n: int) -> None:
        """Number `n`, whoever sends it again; the enterprises take turns."""
        firm = self.people.firms[n % len(self.people.firms)]
        issue = IssueForm("problem", self.people.categories[0], firm.sector_code, firm.town_code, f"诉求 {n}",
                          "用地审批三个月没有答复，影响投产。" * 8, enterprise_id=firm.id, channel="point")  # fmt: skip
        asked = {"form_id": f"{id(store)}-{n}", "code": f"{n:08d}", "issue": issue, "language": "zh"}
        submit_issue(store, actor=self.people.bosses[firm.id], at=clock.now(), **asked)

    def survey(self, store: DuckStore, n: int) -> None:
        firm, at = self.people.firms[n], clock.now()
        submit(
            store, actor=self.people.bosses[firm.id], form_id=f"{id(store)}-{n}", wave_id=self.wave_id, at=at,
            answers=said(self.run.truth[firm.id]), language="zh", started_at=at - timedelta(minutes=4),
        )  # fmt: skip


def hall(store: DuckStore, args: argparse.Namespace) -> Hall:
    store.migrate()
    demo.begin_district(store)
    people = people_of(store, seed=args.seed, firms=args.firms)
    run = Run(store, random.Random(args.seed), people.staff[0])
    opinions(run, people.firms)
    wave = wave_of(run, args.firms, clock.now())
    ids = {firm.id for firm in people.firms}
    inviting.invite(store, actor=run.staff, wave_id=wave.id, enterprise_ids=ids, at=clock.now())
    return Hall(people, run, wave.id)


Submit = Callable[[DuckStore, int], None]


def by_turns(stores: tuple[DuckStore, DuckStore], submit: Submit, these: range) -> tuple[list[float], list[float]]:
    """Milliseconds of each on the one and on the other; who comes first changes with every number."""
    took: tuple[list[float], list[float]] = ([], [])
    for n in these:
        for which in (0, 1) if n % 2 else (1, 0):
            begun = time.perf_counter()
            submit(stores[which], n)
            took[which].append((time.perf_counter() - begun) * 1000)
    return took


def at_one_instant(store: DuckStore, submit: Submit, these: range) -> float:
    """Seconds until all of them have their receipts."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda n: submit(store, n), these))
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=300)
    parser.add_argument("--seed", type=int, default=773)
    args = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        made = DuckStore(Path(folder) / "made.duckdb")
        who = hall(made, args)
        made.close()
        paths = [Path(shutil.copy(made.path, Path(folder) / name)) for name in ("with.duckdb", "without.duckdb")]
        stores = DuckStore(paths[0]), Unjournaled(paths[1])
        half = args.firms // 2
        for name, submit in (("an issue", who.issue), ("a survey", who.survey)):
            ours, bare = by_turns(stores, submit, range(half))
            missed |= tell(
                Line(f"{name} with a journal, beside without: median", median(ours), "ms", median(bare), MOST),
                Line(f"{name} with a journal, beside without: mean", mean(ours), "ms", mean(bare)),
            )
        quarter = half // 4
        for name, submit in (("issues", who.issue), ("surveys", who.survey)):
            sums = [0.0, 0.0]
            for part in range(4):
                these = range(half + part * quarter, half + (part + 1) * quarter)
                for which in (0, 1) if part % 2 else (1, 0):
                    sums[which] += at_one_instant(stores[which], submit, these)
            told = f"{4 * quarter} {name} at one instant"
            missed |= tell(Line(f"{told} with a journal, beside without", sums[0], "s", sums[1], MOST))
        for store in stores:
            store.close()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
