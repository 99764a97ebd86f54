"""A district's year through the verbs that the pages call, its figures counted again by independent SQL.

`python bench/simulated_year.py [--cases 1000] [--seed 1] [--store PATH]` on a new store. Roles and actions are drawn
at random, by chance also what is forbidden: that has to be refused and to write nothing. Prints how fast it went.
"""

import argparse
import heapq
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from access.actor import Actor  # noqa: E402
from bench.year import recount  # noqa: E402
from bench.year.district import FIRMS, District, found  # noqa: E402
from casework.cases.act import Given, act  # noqa: E402
from casework.forums.forums import SpotIssue, raise_at_forum  # noqa: E402
from casework.letters import letters  # noqa: E402
from db import clock, demo, events  # noqa: E402
from db.cases import cases  # noqa: E402
from db.cases.cases import Case  # noqa: E402
from db.refused import MovedOn, Refused  # noqa: E402
from db.scope import ALL  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from intake.issue.raising import IssueForm, submit_issue  # noqa: E402

log = logging.getLogger("year")
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
COUNTED_ON = (date(2023, 4, 2), date(2023, 8, 15), LAST)  # days on which every figure is counted twice
TEMPTED = 0.1  # how often somebody tries what is forbidden before somebody does what is not
# state → mean days until something happens, and what: (weight, step). No step: silence, nothing more comes.
PLAY: dict[str, tuple[float, tuple[tuple[int, str], ...]]] = {
    "submitted": (0.8, ((86, "accept"), (6, "turn_back"), (4, "merge"), (4, "note"))),
    "returned": (4, ((70, "resubmit"), (10, "note"), (20, ""))),
    "accepted": (1.2, ((40, "dispatch"), (50, "letter"), (4, "merge"), (3, "note"), (3, "proxy"))),
    "dispatched": (3, ((34, "start"), (26, "solve"), (9, "explain"), (14, "promise"), (5, "dispatch"), (2, "merge"),
                       (4, "call"), (3, "note"), (3, "proxy"))),
    "in_progress": (3, ((48, "solve"), (16, "explain"), (20, "promise"), (5, "dispatch"), (6, "call"), (5, "check"))),
    "committed": (7, ((50, "fulfil"), (18, "extension"), (10, "solve"), (5, "explain"), (6, "reject"), (6, "check"),
                      (5, "call"))),
    "awaiting": (4, ((58, "close"), (6, "close_badly"), (8, "reject"), (6, "proxy"), (4, "visit"), (18, ""))),
    "closed": (40, ((4, "reopen"), (3, "visit"), (3, "note"), (90, ""))),
    "reopened": (2, ((35, "dispatch"), (30, "start"), (15, "solve"), (5, "explain"), (8, "visit"), (7, "proxy"))),
    "merged": (1, ((1, ""),)),
}  # fmt: skip


@dataclass
class Tally:
    """What was done and what was refused, by name, and the seconds that the verbs took."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def verbs(self) -> int:
        return self.done.total() + self.refused.total()


class Year:
    """The year as it goes on: cases wake one after the other, and somebody does something about each."""

    def __init__(self, store: Store, district: District, *, seed: int) -> None:
        self.store, self.district = store, district
        self.chance = random.Random(seed)
        self.cases: dict[str, Case] = {}
        self.accepted: dict[str, list[str]] = {}  # lead body → cases for its next letter
        self.wakes: list[tuple[datetime, str]] = []
        self.at = clock.start_of_day(FIRST)
        self.tally = Tally()

    def run(self, n: int) -> Tally:
        span = (clock.end_of_day(LAST) - self.at).total_seconds()
        for _ in range(n):
            wake = self.at + timedelta(seconds=self.chance.random() * span)
            heapq.heappush(self.wakes, (wake, self._id()))
        begun, month = time.perf_counter(), 1
        while self.wakes:
            self.at, case_id = heapq.heappop(self.wakes)
            if clock.day_of(self.at).month > month:
                month += 1
                log.info("month %d after %.0f s", month, time.perf_counter() - begun)
            self._go_on(case_id)
        self.tally.seconds = time.perf_counter() - begun
        return self.tally

    def _go_on(self, case_id: str) -> None:
        case = self.cases.get(case_id)
        if case is None:
            self._submit(case_id)
        else:
            if self.chance.random() < TEMPTED:
                self._try_what_is_forbidden(case)
            step = self._drawn(PLAY[case.state][1])
            if not step:
                return
            self.tally.done[step] += 1
            getattr(self, f"_{step}")(case)
        days = self.chance.expovariate(1 / PLAY[self.cases[case_id].state][0])
        wake = self.at + timedelta(days=days, seconds=1)
        if wake < clock.end_of_day(LAST):
            heapq.heappush(self.wakes, (wake, case_id))

    # what people do

    def _submit(self, case_id: str) -> None:
        """By the enterprise itself, its officer, staff, or at a forum's table."""
        who = self._drawn(((60, "enterprise"), (25, "officer"), (8, "staff"), (7, "forum")))
        self.tally.done[f"submit by {who}"] += 1
        firm = self.chance.choice(self.district.firms)
        if who == "forum":
            self._raise_at_forum(case_id, firm.id)
            return
        actor = {
            "enterprise": self.district.bosses[firm.id],
            "officer": self.district.officers[firm.officer_id or ""],
            "staff": self._staff(),
        }[who]
        kind = self._drawn(((65, "problem"), (35, "suggestion")))
        issue = IssueForm(kind, self.chance.choice(self.district.categories), firm.sector_code, firm.town_code,
                          f"模拟诉求 {case_id[:8]}", "模拟年度中的一件诉求。", enterprise_id=firm.id,
                          channel=self.chance.choice(("point", "line", "surface")))  # fmt: skip
        asked = {"form_id": case_id, "code": case_id[:8], "issue": issue, "language": "zh"}
        for _ in range(1 + (self.chance.random() < 0.05)):  # a double click now and then
            submit_issue(self.store, actor=actor, at=self.at, **asked)
        self._look(case_id)

    def _raise_at_forum(self, case_id: str, firm_id: str) -> None:
        kind = self._drawn(((40, "solved"), (40, "committed"), (20, "explained")))
        promised = clock.day_of(self.at) + timedelta(days=self.chance.randint(5, 40)) if kind == "committed" else None
        issue = SpotIssue(firm_id, "problem", self.chance.choice(self.district.categories), "现场诉求", "现场提出。",
                          kind, "现场答复。", self._body(), promised_on=promised)  # fmt: skip
        asked = {"forum_id": self.district.forum_id, "case_id": case_id, "issue": issue, "language": "zh"}
        raise_at_forum(self.store, actor=self._staff(), at=self.at, **asked)
        self._look(case_id)

    def _accept(self, case: Case) -> None:
        self._act(case, self._staff(), "accept")

    def _turn_back(self, case: Case) -> None:
        self._act(case, self._staff(), "return", reason="请补充合同")

    def _resubmit(self, case: Case) -> None:
        self._act(case, self.district.bosses[case.enterprise_id], "resubmit", text="已补充")

    def _merge(self, case: Case) -> None:
        into = self.chance.choice(list(self.cases.values()))
        if into.id != case.id and into.state not in ("merged", "returned"):
            self._act(case, self._staff(), "merge", into=into.id)

    def _note(self, case: Case) -> None:
        self._act(case, self._staff(), "note", note="已了解情况")

    def _proxy(self, case: Case) -> None:
        self._act(case, self._staff(), "proxy", note="企业电话中表示非常满意")

    def _dispatch(self, case: Case) -> None:
        lead = self._body()
        co = (self._body(),) if self.chance.random() < 0.3 else ()
        self._act(case, self._staff(), "dispatch", lead=lead, co=co)
        if self.chance.random() < 0.7:
            self._letter_afterwards(self.cases[case.id])

    def _letter(self, case: Case) -> None:
        """With up to four others that wait: one letter, all dispatched in the same transaction."""
        others = [one for one in self.cases.values() if one.state == "accepted" and one.id != case.id]
        batch = [case, *self.chance.sample(others, min(len(others), self.chance.randint(0, 4)))]
        seen = {one.id: one.seq for one in batch}
        asked = {"letter_id": self._id(), "seen": seen, "lead": self._body(), "copied": ()}
        for _ in range(1 + (self.chance.random() < 0.1)):
            letters.dispatch_with_letter(self.store, actor=self._staff(), at=self.at, **asked)
        for one in batch:
            self._look(one.id)

    def _letter_afterwards(self, case: Case) -> None:
        asked = {"letter_id": self._id(), "case_ids": [case.id], "lead": case.lead_body or "", "copied": case.co}
        letters.issue_letter(self.store, actor=self._staff(), at=self.at, **asked)
        self.tally.done["letter afterwards"] += 1

    def _start(self, case: Case) -> None:
        self._act(case, self._lead(case), "start")

    def _solve(self, case: Case) -> None:
        self._act(case, self._lead(case), "answer", answer_kind="solved", text="已经解决")

    def _explain(self, case: Case) -> None:
        self._act(case, self._lead(case), "answer", answer_kind="explained", text="目前不能解决，原因如下")

    def _promise(self, case: Case) -> None:
        day = clock.day_of(self.at) + timedelta(days=self.chance.randint(0, 45))
        self._act(case, self._lead(case), "answer", answer_kind="committed", text="限期解决", promised_on=day)

    def _fulfil(self, case: Case) -> None:
        self._act(case, self._lead(case), "fulfil", text="承诺已兑现")

    def _extension(self, case: Case) -> None:
        """Asked for by the body; decided by somebody else a wake later."""
        if case.asked_until is None:
            until = max(case.due_on or LAST, clock.day_of(self.at)) + timedelta(days=self.chance.randint(1, 30))
            self._act(case, self.district.bodies[case.lead_body or ""], "ask_extension", reason="材料未到",
                      extended_on=until)  # fmt: skip
        elif self.chance.random() < 0.7:
            self._act(case, self.chance.choice(self.district.leaders), "grant_extension")
        else:
            self._act(case, self._staff(), "refuse_extension", reason="可以按期办结")

    def _close(self, case: Case) -> None:
        rating = self._drawn(((50, "very_satisfied"), (35, "satisfied"), (15, "fairly_satisfied")))
        self._act(case, self._enterprise(case), "close", rating=rating)

    def _close_badly(self, case: Case) -> None:
        rating = self._drawn(((70, "dissatisfied"), (30, "very_dissatisfied")))
        self._act(case, self._enterprise(case), "close", rating=rating, reason="没有解决")

    def _reject(self, case: Case) -> None:
        self._act(case, self._enterprise(case), "reject", reason="没有解决")

    def _reopen(self, case: Case) -> None:
        self._act(case, self._enterprise(case), "reopen", reason="又发生了")

    def _call(self, case: Case) -> None:
        self._act(case, self._staff(), "reminder_call", result="reached")

    def _check(self, case: Case) -> None:
        self._act(case, self._staff(), "monthly_check", result="on_track")

    def _visit(self, case: Case) -> None:
        self._act(case, self.district.visitor, "return_visit", result="better")

    # what is forbidden

    def _try_what_is_forbidden(self, case: Case) -> None:
        name, attempt = self.chance.choice(self._temptations(case))
        before = self.store.revision()
        try:
            attempt()
        except (Refused, MovedOn):
            self.tally.refused[name] += 1
        else:
            raise AssertionError(f"{name} was let through on {case.number} in state {case.state}")
        if self.store.revision() != before:
            raise AssertionError(f"{name} was refused and yet written on {case.number}")

    def _temptations(self, case: Case) -> Sequence[tuple[str, Callable[[], object]]]:
        """Attempts that have to be refused whatever the state of the case."""
        d, today = self.district, clock.day_of(self.at)
        others = [*d.staff, *d.leaders, *d.bodies.values(), *d.towns, *d.officers.values(), d.admin]
        stranger = d.bosses[next(firm.id for firm in d.firms if firm.id != case.enterprise_id)]
        follower = Actor("follow:x", "enterprise", "x", way="follow", case_id="x", enterprise_id=case.enterprise_id)
        boss, outsider = d.bosses[case.enterprise_id], self.chance.choice([*d.towns, d.admin, *d.officers.values()])
        not_lead = next(actor for code, actor in d.bodies.items() if code not in (case.lead_body, *case.co))

        def by(actor: Actor, action: str, **given: Any) -> Callable[[], object]:
            return lambda: self._verb(case, actor, action, **given)

        return (
            ("somebody else closes", by(self.chance.choice(others), "close", rating="very_satisfied")),
            ("somebody else rejects", by(self.chance.choice(others), "reject", reason="x")),
            ("somebody else reopens", by(self.chance.choice(others), "reopen", reason="x")),
            ("another enterprise closes", by(stranger, "close", rating="very_satisfied")),
            ("another case's link closes", by(follower, "close", rating="very_satisfied")),
            ("a rating that is none", by(boss, "close", rating="perfect")),
            ("the enterprise triages", by(boss, "dispatch", lead=self._body())),
            ("the enterprise answers", by(boss, "answer", answer_kind="solved", text="x")),
            ("an outsider triages", by(outsider, "accept")),
            ("an outsider dispatches", by(outsider, "dispatch", lead=self._body())),
            ("another body answers", by(not_lead, "answer", answer_kind="solved", text="x")),
            ("another body asks for time", by(not_lead, "ask_extension", reason="x", extended_on=LAST)),
            ("a body grants itself time", by(self._asker(case), "grant_extension")),
            ("no reason for a return", by(self._staff(), "return")),
            ("an answer without words", by(self._staff(), "answer", answer_kind="solved")),
            ("a promise without a day", by(self._staff(), "answer", answer_kind="committed", text="x")),
            ("a promise in the past", by(self._staff(), "answer", answer_kind="committed", text="x",
                                         promised_on=today - timedelta(days=1))),
            ("a case merged into itself", by(self._staff(), "merge", into=case.id)),
            ("a body that is none", by(self._staff(), "dispatch", lead="nobody")),
            ("a leadership body leads", by(self._staff(), "dispatch", lead="district_government")),
            ("an action that is none", by(self._staff(), "delete")),
            ("a version that was overtaken", lambda: self._verb(case, self._staff(), "note", seen=case.seq - 1,
                                                                note="x")),
            ("a letter to a body without the case", lambda: letters.issue_letter(
                self.store, actor=self._staff(), letter_id=self._id(), case_ids=[case.id],
                lead=not_lead.body_code or "", copied=(), at=self.at)),
            ("a department writes a letter", lambda: letters.issue_letter(
                self.store, actor=not_lead, letter_id=self._id(), case_ids=[case.id], lead=case.lead_body or "",
                copied=(), at=self.at)),
        )  # fmt: skip

    # how

    def _act(self, case: Case, actor: Actor, action: str, **given: Any) -> None:
        self.cases[case.id] = self._verb(case, actor, action, **given)

    def _verb(self, case: Case, actor: Actor, action: str, *, seen: int | None = None, **given: Any) -> Case:
        version = case.seq if seen is None else seen
        asked = {"actor": actor, "case_id": case.id, "action": action, "seen": version, "at": self.at}
        return act(self.store, given=Given(**given), **asked)

    def _look(self, case_id: str) -> None:
        case = self.store.read(lambda con: cases.get(con, ALL, case_id))
        if case is None:
            raise AssertionError(f"{case_id} was taken and is not there")
        self.cases[case_id] = case

    def _staff(self) -> Actor:
        return self.chance.choice(self.district.staff)

    def _body(self) -> str:
        return self.chance.choice(list(self.district.bodies))

    def _lead(self, case: Case) -> Actor:
        """The body's own account, or staff who write its answer down."""
        return self.district.bodies[case.lead_body or ""] if self.chance.random() < 0.9 else self._staff()

    def _asker(self, case: Case) -> Actor:
        return self.district.bodies.get(case.lead_body or "") or next(iter(self.district.bodies.values()))

    def _enterprise(self, case: Case) -> Actor:
        """With its account, or by the code of the receipt."""
        if self.chance.random() < 0.7:
            return self.district.bosses[case.enterprise_id]
        follow = f"follow:{case.id}"
        return Actor(follow, "enterprise", "", way="follow", case_id=case.id, enterprise_id=case.enterprise_id)

    def _drawn(self, weighted: Sequence[tuple[int, str]]) -> str:
        return self.chance.choices([name for _, name in weighted], [weight for weight, _ in weighted])[0]

    def _id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))


def simulate(store: Store, *, n: int, seed: int, firms: int = FIRMS) -> tuple[Tally, list[str]]:
    """The year, and what is wrong afterwards: figures that differ from the recount, records that contradict events."""
    district = found(store, seed=seed, firms=firms)
    tally = Year(store, district, seed=seed).run(n)
    wrong = [line for day in COUNTED_ON for line in store.read(lambda con, day=day: recount.differences(con, day))]
    wrong += store.read(recount.contradictions)
    wrong += [f"the chain breaks at {one.n}: {one.reason}" for one in store.read(events.verify)]
    return tally, wrong


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000, help="10000 are a whole year of a district")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path, help="keep the store in this new file")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:{args.store or Path(folder) / 'store.duckdb'}")
        store.migrate()
        demo.begin_district(store)
        begun = time.perf_counter()
        tally, wrong = simulate(store, n=args.cases, seed=args.seed)
        total = time.perf_counter() - begun
        revision = store.revision()
        store.close()
    print(f"{args.cases} cases, {tally.done.total()} verbs done, {tally.refused.total()} refused, {revision} events")
    print(f"{tally.verbs / tally.seconds:.0f} verbs a second, {tally.seconds:.0f} s; with the recount {total:.0f} s")
    for name, counter in (("done", tally.done), ("refused", tally.refused)):
        print(f"{name}: " + ", ".join(f"{what} {times}" for what, times in counter.most_common()))
    print("\n".join(wrong) or "every figure is what the recount says, and the chain verifies")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
