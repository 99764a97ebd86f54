"""The promises of all cases as one list: kept, late or open, judged against the first day that was promised."""

from datetime import date

from access.actor import Actor
from db.cases import promises
from db.cases.promises import Line, Tally
from db.store import Store

VERDICTS = {True: "kept", False: "late", None: "open"}


def promise_tallies(store: Store, *, actor: Actor, today: date) -> list[Tally]:
    """The promises that this person may see, counted: staff and leaders all, a department those of its cases."""
    actor.must("see_promises")
    return store.read(lambda con: promises.tallies(con, actor.scope, today))


def promise_ledger(
    store: Store, *, actor: Actor, today: date, body: str = "", state: str = "", page: int, size: int
) -> list[Line]:
    """A page of them, of one lead body and one state; empty: of every one."""
    actor.must("see_promises")
    asked = {"body": body, "state": state, "page": page, "size": size}
    return store.read(lambda con: promises.ledger(con, actor.scope, today, **asked))
