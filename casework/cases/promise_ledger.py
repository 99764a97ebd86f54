"""The promises of all cases as one list: kept, late or open, judged against the first day that was promised."""

from collections.abc import Sequence
from datetime import date

from access.actor import Actor
from db.cases import promises
from db.cases.promises import Line
from db.store import Store

VERDICTS = {True: "kept", False: "late", None: "open"}
STATES = ("open", "late", "kept", "extended", "pending")  # the first three exclude each other


def promise_ledger(store: Store, *, actor: Actor) -> list[Line]:
    """Every promise that this person may see: staff and leaders all, a department those of its cases."""
    actor.must("see_promises")
    return store.read(lambda con: promises.ledger(con, actor.scope))


def states_of(line: Line, today: date) -> frozenset[str]:
    """The verdict against the first promise, and whether more time was given or is being asked for."""
    promise = line.promise
    extended = {"extended"} if any(one.outcome == "granted" for one in promise.extensions) else set()
    pending = {"pending"} if promise.pending else set()
    return frozenset({VERDICTS[promise.in_time(today)], *extended, *pending})


def narrowed(lines: Sequence[Line], *, body: str, state: str, today: date) -> list[Line]:
    """Those of one lead body and one state; empty: of every one."""
    return [
        line for line in lines if body in ("", line.case.lead_body) and (not state or state in states_of(line, today))
    ]
