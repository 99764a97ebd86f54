"""The promises of all cases as one list: kept, late or open, judged against the first day that was promised."""

from datetime import date

from access.actor import Actor
from access.verbs import reads
from db.cases import promises
from db.cases.promises import PromiseLine, Tally
from db.sql import Connection

VERDICTS = {True: "kept", False: "late", None: "open"}


@reads("see_promises")
def promise_tallies(con: Connection, *, actor: Actor, today: date) -> list[Tally]:
    """The promises that this person may see, counted: staff and leaders all, a department those of its cases."""
    return promises.tallies(con, actor.scope, today)


@reads("see_promises")
def promise_ledger(
    con: Connection, *, actor: Actor, today: date, body: str = "", state: str = "", page: int, size: int
) -> list[PromiseLine]:
    """A page of them, of one lead body and one state; empty: of every one."""
    asked = {"body": body, "state": state, "page": page, "size": size}
    return promises.ledger(con, actor.scope, today, **asked)
