"""The promise ledger: counted from how cases stood, and of a few cases told from their events: what was promised first,
what was asked for, what was decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from db import clock, sql
from db.cases import cases
from db.cases.cases import AT_ONCE, Case, CaseEvent
from db.clock import day_in_sql
from db.scope import Scope, cases_within
from db.sql import Connection
from db.states import PROMISED, SETTLED, UNCOUNTED, listed

_DECISIONS = {"grant_extension": "granted", "refuse_extension": "refused"}


@dataclass(frozen=True)
class Extension:
    """More time, asked for by `body` and decided by somebody else.

    `outcome`: pending, granted, refused, or lapsed where the case went on before anybody decided.
    """

    asked_on: date
    body: str | None
    reason: str
    until: date
    outcome: str = "pending"
    decided_on: date | None = None
    decided_by: str | None = None  # the role
    decided_body: str | None = None
    decision: str = ""  # what was written along with it


@dataclass(frozen=True)
class Promise:
    """`first` never changes; `standing` is the date after extensions; `anew` are promises made after a reopening.

    `fulfilled_on` is the day of the answer that stands now; None while none does.
    """

    first: date
    standing: date
    extensions: tuple[Extension, ...] = ()
    anew: tuple[date, ...] = ()
    fulfilled_on: date | None = None

    @property
    def pending(self) -> Extension | None:
        return next((one for one in self.extensions if one.outcome == "pending"), None)

    def in_time(self, today: date) -> bool | None:
        """Against the first promise; None while it can still be kept."""
        return _kept(self.first, self.fulfilled_on, today)

    def in_time_as_extended(self, today: date) -> bool | None:
        """Against the date that stands after extensions; shown beside the first and never in its place."""
        return _kept(self.standing, self.fulfilled_on, today)


@dataclass(frozen=True)
class PromiseLine:
    """A case with what was promised in it."""

    case: Case
    promise: Promise


@dataclass(frozen=True)
class Tally:
    """So many promises of a lead body: kept, late or open by the first day and by the one that stands; whether more
    time was given, and whether it is being asked for."""

    body: str
    verdict: str
    as_standing: str
    extended: bool
    pending: bool
    n: int

    @property
    def states(self) -> frozenset[str]:
        more = {name for name in ("extended", "pending") if getattr(self, name)}
        return frozenset({self.verdict, *more})


def how_many(found: Sequence[Tally], *, body: str, state: str) -> int:
    """Those of one lead body and one of STATES; empty: of every one."""
    return sum(one.n for one in found if body in ("", one.body) and (not state or state in one.states))


# What a ledger may be narrowed to → the condition on `judged`. The first three exclude each other.
STATES: Mapping[str, str] = MappingProxyType(
    {"open": "verdict = 'open'", "late": "verdict = 'late'", "kept": "verdict = 'kept'", "extended": "extended",
     "pending": "pending"}
)  # fmt: skip


def tallies(con: Connection, scope: Scope, today: date) -> list[Tally]:
    """Every promise within the scope, counted."""
    statement = f"""
        {_judged(scope)}
        SELECT coalesce(lead_body, '') AS body, verdict, as_standing, extended, pending, count(*) AS n FROM judged
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        """
    return sql.fetch(con, Tally, statement, {"scope_key": scope.key, "today": today})


def ledger(
    con: Connection, scope: Scope, today: date, *, body: str = "", state: str = "", page: int = 1, size: int = AT_ONCE
) -> list[PromiseLine]:
    """A page of the promises of one lead body and one of STATES; empty: of every one. What is not answered first, by
    its first day; then what was, the latest first."""
    asked = ["lead_body = $body"] * bool(body) + [STATES.get(state, "false")] * bool(state)
    found = sql.rows(
        con,
        f"""
        {_judged(scope)}
        SELECT id FROM judged WHERE {" AND ".join(asked) or "true"}
        ORDER BY CASE WHEN fulfilled_on IS NULL THEN 0 ELSE 1 END, CASE WHEN fulfilled_on IS NULL THEN first END,
                 first DESC, number DESC LIMIT $size OFFSET $offset
        """,
        {"scope_key": scope.key, "today": today, "body": body, "size": size, "offset": (page - 1) * size},
    )
    there = cases.these(con, scope, [row["id"] for row in found])
    happened = cases.histories(con, list(there.values()))
    told = [(there[row["id"]], of_history(there[row["id"]], happened[row["id"]])) for row in found]
    return [PromiseLine(case, promise) for case, promise in told if promise]


def every(con: Connection, scope: Scope, today: date, *, body: str, state: str) -> Iterator[PromiseLine]:
    """All of them, a few in memory at once."""
    page = 0
    while some := ledger(con, scope, today, body=body, state=state, page=(page := page + 1)):
        yield from some


def _judged(scope: Scope) -> str:
    """WITH … `judged`: a row a promise. The day that stands is what is due while it runs, else what was due last."""

    def verdict(day: str) -> str:
        return f"""CASE WHEN fulfilled_on <= {day} THEN 'kept' WHEN fulfilled_on > {day} OR $today > {day} THEN 'late'
                        ELSE 'open' END"""

    return f"""
        WITH promised AS (
            SELECT c.id, c.number, c.lead_body, c.promised_on AS first, c.extensions > 0 AS extended,
                   c.asked_until IS NOT NULL AS pending,
                   coalesce(CASE WHEN c.state IN {listed(PROMISED)} THEN c.due_on ELSE p.due_on END, c.promised_on)
                       AS standing,
                   CASE WHEN c.state IN {listed(SETTLED)} THEN {day_in_sql("c.settled_at")} END AS fulfilled_on
            FROM cases c LEFT JOIN (
                SELECT case_id, due_on, row_number() OVER (PARTITION BY case_id ORDER BY since_seq DESC) AS place
                FROM case_past WHERE state IN {listed(PROMISED)}) AS p ON p.case_id = c.id AND p.place = 1
            WHERE c.promised_on IS NOT NULL AND c.state NOT IN {listed(UNCOUNTED)} AND {cases_within(scope)}),
        judged AS (SELECT *, {verdict("first")} AS verdict, {verdict("standing")} AS as_standing FROM promised)
        """


def of_history(case: Case, history: Sequence[CaseEvent]) -> Promise | None:
    """The ledger of a case from its events, oldest first; None where nothing was promised."""
    found: Promise | None = None
    for event in history:
        found = _after(found, event)
    if found is None or case.settled_at is None or case.state not in SETTLED:
        return found
    return replace(found, fulfilled_on=clock.day_of(case.settled_at))


def _after(found: Promise | None, event: CaseEvent) -> Promise | None:
    day = event.detail.get("promised_on")
    if event.state in PROMISED and event.kind == "answer" and day:
        promised = date.fromisoformat(day)
        if found is None:
            return Promise(promised, promised)
        return replace(found, standing=promised, anew=(*found.anew, promised))
    if found is None:
        return None
    if event.kind == "ask_extension":
        return replace(found, extensions=(*found.extensions, _asked(event)))
    if event.kind in _DECISIONS:
        return _decided(found, event)
    return found if event.state in PROMISED else _lapsed(found)


def _asked(event: CaseEvent) -> Extension:
    until = date.fromisoformat(event.detail["extended_on"])
    return Extension(clock.day_of(event.happened_at), event.body_code, event.detail["reason"], until)


def _decided(found: Promise, event: CaseEvent) -> Promise:
    last = replace(
        found.extensions[-1],
        outcome=_DECISIONS[event.kind],
        decided_on=clock.day_of(event.happened_at),
        decided_by=event.actor_role,
        decided_body=event.body_code,
        decision=event.detail.get("reason") or event.detail.get("note") or "",
    )
    standing = last.until if last.outcome == "granted" else found.standing
    return replace(found, standing=standing, extensions=(*found.extensions[:-1], last))


def _lapsed(found: Promise) -> Promise:
    if found.pending is None:
        return found
    return replace(found, extensions=(*found.extensions[:-1], replace(found.extensions[-1], outcome="lapsed")))


def _kept(by: date, fulfilled_on: date | None, today: date) -> bool | None:
    if fulfilled_on:
        return fulfilled_on <= by
    return False if today > by else None
