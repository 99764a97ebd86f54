"""One survey from the register to its published page, by the verbs and addresses that people use, against the truth.

`python bench/survey_wave.py [--invitations 240] [--seed 773] [--store PATH]` on a new store: three times as many
enterprises, a stratified sample, links opened over HTTP, paper, a wall's code, answers that are no answers. What every
enterprise would have said is known, so the estimates, weights and response rates are compared with a count by hand.
"""

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import uvicorn  # noqa: E402
from starlette.applications import Starlette  # noqa: E402

from access import entrance  # noqa: E402
from access.actor import Actor  # noqa: E402
from bench.year.district import found as people_of  # noqa: E402
from db import clock, references, samples, sql, surveys  # noqa: E402
from db.enterprises import Enterprise  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from insight import answers  # noqa: E402
from insight.publishing import PARTS, publish_results  # noqa: E402
from insight.report import report  # noqa: E402
from insight.wave_numbers import read_numbers  # noqa: E402
from intake import inviting, open_links, paper, paper_form, reminders, survey, waves  # noqa: E402
from intake.inviting import Link  # noqa: E402
from intake.samples import Design  # noqa: E402
from intake.waves import WaveForm  # noqa: E402
from pages.parts import here  # noqa: E402
from pages.routes import ROUTES  # noqa: E402

LEVELS = ("very_dissatisfied", "dissatisfied", "fairly_satisfied", "satisfied", "very_satisfied")
CHANGES = ("much_worse", "worse", "same", "better", "much_better")
ITEMS = ("P1", "F1", "F2", "C1", "C2", "L1", "L2", "I1", "R1", "R2", "J1", "J2", "S1")  # asked of everybody
GATES = ("QP", "QA", "QS", "QM", "QX")
PER_FIRM, BY_PAPER, AT_WALL = 3, 0.075, 0.02  # of the invitations
HTTP_VISITS = 60
FEW = 24  # enterprises with accounts, besides which the register is filled


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


def answer_by_link(run: Run, link: Link, wave_id: str, session: str, at: datetime) -> None:
    actor = entrance.who_is_here(run.store, session, at)
    seconds = 6 if run.chance.random() < 0.03 else run.chance.randrange(120, 600)
    survey.submit(
        run.store, actor=actor, form_id=run.new_id(), wave_id=wave_id, answers=said(run.truth[link.enterprise.id]),
        language="zh", started_at=at - timedelta(seconds=seconds), at=at,
    )  # fmt: skip
    run.answered.add(link.enterprise.id)
    run.sources["link"] += 1


def visit(port: int, path: str, place: int) -> str:
    """GET an address from a machine of one's own; the session that the answer's cookie brings."""
    there = http.client.HTTPConnection(
        "127.0.0.1", port, source_address=(f"127.0.{1 + place // 200}.{1 + place % 200}", 0)
    )
    there.request("GET", path)
    reply = there.getresponse()
    reply.read()
    cookies = dict(part.split(";")[0].split("=", 1) for part in reply.headers.get_all("set-cookie") or [])
    there.close()
    if reply.status != 303 or here.SESSION_COOKIE not in cookies:
        raise AssertionError(f"{path}: {reply.status}")
    return cookies[here.SESSION_COOKIE]


def fetched(port: int, path: str, session: str = "") -> bytes:
    there = http.client.HTTPConnection("127.0.0.1", port)
    there.request("GET", path, headers={"cookie": f"{here.SESSION_COOKIE}={session}"})
    reply = there.getresponse()
    content = reply.read()
    if reply.status != 200:
        raise AssertionError(f"{path}: {reply.status}")
    return content


@contextmanager
def served(store: Store, port: int) -> Iterator[None]:
    """The product's own routes over HTTP, on this store."""
    here.use(store)
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=list(ROUTES)), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield
    server.should_exit = True
    thread.join()


def wave_of(run: Run, invitations: int, now: datetime) -> surveys.Wave:
    day = clock.day_of(now)
    sample = Design("stratified", invitations, 2, "773", 60)
    form = WaveForm(
        "示例调查", "Example survey", "satisfaction", 1, day - timedelta(days=10), day + timedelta(days=4), sample
    )
    return waves.open_wave(run.store, actor=run.staff, wave_id=run.new_id(), form=form, at=now - timedelta(days=10))


def willing(run: Run, firm: Enterprise) -> bool:
    return run.chance.random() < 0.5 + 0.15 * (firm.size in ("large", "medium")) + 0.06 * (firm.sector_code[:1] == "I")


def run_wave(run: Run, invitations: int, port: int) -> tuple[surveys.Wave, dict[str, bytes]]:
    now = clock.now()
    with run.step("open and draw"):
        wave = wave_of(run, invitations, now)
    with run.step("invite"):
        drawn = {u["enterprise_id"] for u in run.store.read(lambda con: _drawn(con, wave.id))}
        links = inviting.invite(
            run.store, actor=run.staff, wave_id=wave.id, enterprise_ids=drawn, at=now - timedelta(days=9)
        )
    run.chance.shuffle(links)
    on_paper, online = links[: round(BY_PAPER * len(links))], links[round(BY_PAPER * len(links)) :]
    with served(run.store, port):
        with run.step("answer by link"):
            _by_link(run, wave, online, port, now)
        with run.step("paper"):
            _by_paper(run, wave, on_paper, now)
        with run.step("wall"):
            _at_the_wall(run, wave, round(AT_WALL * invitations), port, now)
        with run.step("close"):
            seen = run.store.read(lambda con: surveys.wave(con, wave.id)).seq
            waves.close_wave(run.store, actor=run.staff, wave_id=wave.id, seen=seen, keyed=True, at=clock.now())
        with run.step("publish"):
            asked = {"form_id": run.new_id(), "wave_id": wave.id, "parts": PARTS}
            publish_results(run.store, actor=run.staff, at=clock.now(), **asked)
        with run.step("report files and public page"):
            files = _files(run, wave, port)
    return run.store.read(lambda con: surveys.wave(con, wave.id)), files


def _drawn(con: Any, wave_id: str) -> list:
    return sql.rows(con, "SELECT enterprise_id FROM sample_unit WHERE wave_id = $wave AND drawn", {"wave": wave_id})


def _by_link(run: Run, wave: surveys.Wave, online: list[Link], port: int, now: datetime) -> None:
    """Half before the reminder, half after it; some bursts from one address, some links opened over HTTP."""
    comers = [link for link in online if willing(run, link.enterprise)]
    half = len(comers) // 2
    for n, link in enumerate(comers):
        if n == half:
            with run.step("remind"):
                _remind(run, wave, now - timedelta(days=4))
        at = now - timedelta(days=8) + timedelta(minutes=5 * n * 2000 / max(len(comers), 1))
        at = at if n < half else max(at, now - timedelta(days=4))
        if n < HTTP_VISITS:
            answer_by_link(run, link, wave.id, visit(port, f"/i/{link.token}", n), now)
        else:
            address = "10.9.9.9" if n % 40 < 2 else f"10.{n // 200}.{n % 200}.7"
            entered = entrance.enter_by_invitation(run.store, token=link.token, address=address, at=at)
            answer_by_link(run, link, wave.id, entered.token, at)


def _remind(run: Run, wave: surveys.Wave, at: datetime) -> None:
    told = reminders.remind(run.store, actor=run.staff, wave_id=wave.id, reminder_id=run.new_id(), at=at)
    run.sources["reminded"] = told.notices


def _by_paper(run: Run, wave: surveys.Wave, on_paper: list[Link], now: datetime) -> None:
    for link in on_paper:
        given = {code: answer for code, answer in said(run.truth[link.enterprise.id]).items()}
        serial = paper_form.serial_of(wave, link.serial or 0)
        paper.enter(
            run.store, actor=run.staff, wave_id=wave.id, typed=serial, response_id=run.new_id(), answers=given, at=now
        )
        run.answered.add(link.enterprise.id)
        run.sources["paper"] += 1


def _at_the_wall(run: Run, wave: surveys.Wave, comers: int, port: int, now: datetime) -> None:
    link = open_links.open_link(run.store, actor=run.staff, wave_id=wave.id, per_address=100, at=now)
    for n in range(comers):
        at = clock.now()
        actor = entrance.who_is_here(run.store, visit(port, f"/s/{link.token}", 400 + n), at)
        offer = survey.offered(run.store, actor=actor, at=at)
        begun = survey.begin(run.store, actor=actor, offer=offer, form_id=run.new_id(), at=at - timedelta(minutes=3))
        survey.submit(
            run.store, actor=actor, form_id=begun.form_id, wave_id=wave.id, at=at, language="zh",
            answers=said(dict.fromkeys((*ITEMS, "O1", "O3"), 4) | {"O2": 10}), started_at=at - timedelta(minutes=3),
        )  # fmt: skip
        run.sources["open"] += 1


def _files(run: Run, wave: surveys.Wave, port: int) -> dict[str, bytes]:
    kinds = [f"/results/{wave.number}.{kind}" for kind in ("xlsx", "docx", "csv", "parquet")]
    session = _signed_in(run)
    return {path: fetched(port, path, session) for path in kinds} | {"/published": fetched(port, "/published")}


def _signed_in(run: Run) -> str:
    """A session of the member of staff, as the sign-in form would give."""
    made = entrance._session("account", clock.now(), account_id=run.staff.id)
    return entrance._enter(run.store, made, name="staff", address="127.0.0.1", way="password").token


def compare(run: Run, wave: surveys.Wave) -> dict[str, Any]:
    """Estimates beside the truth of the whole frame, weights and rates beside a count by hand."""
    with run.step("results"):
        found = report(run.store.read(lambda con: read_numbers(con, wave)), None)
    sample = run.store.read(lambda con: answers.read_sample(con, wave))
    strata = run.store.read(lambda con: samples.strata(con, wave.id))
    units = run.store.read(
        lambda con: sql.rows(con, "SELECT * FROM sample_unit WHERE wave_id = $wave", {"wave": wave.id})
    )
    by_hand = Counter(unit["stratum"] for unit in units if unit["enterprise_id"] in run.answered)
    margins = [float(np.abs(np.bincount(m.codes, sample.raked.weight, len(m.totals)) - m.totals).max())
               for m in sample.design.margins]  # fmt: skip
    return {
        "frame": found.population,
        "drawn": found.drawn,
        "answered": found.answered,
        "answered by hand": len(run.answered),
        "by open link": found.outside,
        "sum of weights less frame": float(sample.raked.weight.sum() - len(units)),
        "margins off by at most": margins,
        "weights cut back": sample.raked.trimmed,
        "strata": len(strata),
        "strata whose count differs": sum(by_hand[one.stratum] != one.answered for one in strata),
        "doubtful": found.doubtful,
        "figures": {name: _beside(found.figure(name), true) for name, true in _true(run, units).items()},
        "towns held": _towns(run, found, units),
    }


def _true(run: Run, units: list) -> dict[str, float]:
    them = [run.truth[unit["enterprise_id"]] for unit in units]
    satisfied = np.array([25 * one["O1"] for one in them])
    recommend = np.array([one["O2"] for one in them])
    return {
        "index": float(np.mean([_index(one) for one in them])),
        "satisfied": float(satisfied.mean()),
        "top2": float(100 * (satisfied >= 75).mean()),
        "top3": float(100 * (satisfied >= 50).mean()),
        "nps": float(100 * ((recommend >= 9).mean() - (recommend <= 6).mean())),
        "diffusion": float(np.mean([(one["O3"] > 2) * 100 + (one["O3"] == 2) * 50 for one in them])),
    }


def _index(one: dict) -> float:
    dimensions = {}
    for item in ITEMS:
        dimensions.setdefault(DIMENSION[item], []).append(25 * one[item])
    return float(np.mean([np.mean(values) for values in dimensions.values()]))


DIMENSION = {"P1": "policy", "F1": "finance", "F2": "finance", "C1": "costs", "C2": "costs", "L1": "labour",
             "L2": "labour", "I1": "infrastructure", "R1": "regulation", "R2": "regulation", "J1": "law", "J2": "law",
             "S1": "service"}  # fmt: skip


def _beside(row: Any, true: float) -> dict[str, Any]:
    return {"true": round(true, 2), "estimate": row.value, "low": row.low, "high": row.high,
            "held": row.low <= true <= row.high, "deff": row.deff}  # fmt: skip


def _towns(run: Run, found: Any, units: list) -> str:
    held = 0
    rows = found.tables["town"].get("index", ())
    for row in rows:
        true = np.mean([_index(run.truth[u["enterprise_id"]]) for u in units if u["town_code"] == row.code])
        held += row.low <= true <= row.high
    return f"{held} of {len(rows)}"


def tell_some(run: Run, firms: list[Enterprise]) -> None:
    """Every third enterprise wishes to be told."""
    rows = [
        {"owner_kind": "enterprise", "owner_id": firm.id, "channel_url": f"mailto://firm{n}@example.invalid",
         "language": "zh", "active": True, "seq": 1}
        for n, firm in enumerate(firms[::3])
    ]  # fmt: skip
    run.store.write(lambda con: sql.insert_many(con, "contact", rows))


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
