"""The wave's district: a run's counts by hand, its enterprises, and what each of them would say."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from access.actor import Actor
from db import clock, references, sql
from db.people.enterprises import Enterprise
from db.store import Store

LEVELS = ("very_dissatisfied", "dissatisfied", "fairly_satisfied", "satisfied", "very_satisfied")
CHANGES = ("much_worse", "worse", "same", "better", "much_better")
ITEMS = ("P1", "F1", "F2", "C1", "C2", "L1", "L2", "I1", "R1", "R2", "J1", "J2", "S1")  # asked of everybody
GATES = ("QP", "QA", "QS", "QM", "QX")


@dataclass
class Run:
    """What happened, counted by hand."""

    store: Store
    chance: random.Random
    staff: Actor
    truth: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    sources: Counter = field(default_factory=Counter)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start

    def new_id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))


def more_firms(run: Run, n: int) -> list[Enterprise]:
    """Enterprises without an account: they are known to the register and have a link."""
    towns = [item.code for item in run.store.read(lambda con: references.items(con, "town"))]
    made = [_firm(run, i, towns) for i in range(n)]
    run.store.write(lambda con: sql.insert_many(con, "enterprise", made))
    return made


def _firm(run: Run, i: int, towns: list[str]) -> Enterprise:
    size = run.chance.choices(("large", "medium", "small", "micro"), (2, 10, 45, 43))[0]
    sector = run.chance.choices(
        ("C17", "C18", "C26", "C34", "E50", "F51", "I65", "M73"), (30, 10, 5, 10, 8, 20, 10, 7)
    )[0]
    return Enterprise(
        id=run.new_id(), uscc=f"91330621{i:010d}", name_zh=f"示例企业{i}", name_en="", sector_code=sector,
        town_code=run.chance.choice(towns), size=size, foreign_funded=False, officer_id=None, contact_name=None,
        contact_phone=None, active=True, created_at=clock.now() - timedelta(days=400), seq=1,
    )  # fmt: skip


def opinions(run: Run, firms: list[Enterprise]) -> None:
    """What each enterprise would say; large ones and some sectors are better off, one in fifty says the same to all."""
    for firm in firms:
        mood = run.chance.gauss(2.6, 0.6) + 0.3 * (firm.size == "large") - 0.2 * (firm.size == "micro")
        mood += 0.3 * (firm.sector_code[:1] == "I") - 0.02 * int(firm.town_code[-2:])
        levels = {item: _level(mood + run.chance.gauss(0, 0.7)) for item in (*ITEMS, "O1")}
        if run.chance.random() < 0.02:
            levels = dict.fromkeys(levels, 3)
        rest = {"O2": max(0, min(10, round(2.6 * mood + run.chance.gauss(0, 1)))),
                "O3": _level(mood - 0.4 + run.chance.gauss(0, 0.5))}  # fmt: skip
        run.truth[firm.id] = levels | rest


def _level(x: float) -> int:
    return max(0, min(4, round(x)))


def said(truth: dict[str, Any]) -> dict[str, Any]:
    levels = {item: LEVELS[truth[item]] for item in (*ITEMS, "O1")}
    return levels | dict.fromkeys(GATES, "no") | {"O2": truth["O2"], "O3": CHANGES[truth["O3"]], "O4": "labour"}


def tell_some(run: Run, firms: list[Enterprise]) -> None:
    """Every third enterprise wishes to be told."""
    rows = [
        {"owner_kind": "enterprise", "owner_id": firm.id, "channel_url": f"mailto://firm{n}@example.invalid",
         "language": "zh", "active": True, "seq": 1}
        for n, firm in enumerate(firms[::3])
    ]  # fmt: skip
    run.store.write(lambda con: sql.insert_many(con, "contact", rows))
