"""The hotline's orders that are not over, by what the hotline itself wants them done by."""

from datetime import date

from access.actor import Actor
from access.verbs import reads
from db import hotline
from db.cases import cases
from db.cases.cases import Case
from db.hotline import Order
from db.sql import Connection


@reads("triage_case")
def open_orders(con: Connection, *, actor: Actor) -> list[tuple[Case, Order]]:
    """Those that the hotline wants first come first."""
    ids = hotline.still_open(con, actor.scope)
    found, orders = cases.these(con, actor.scope, ids), hotline.orders(con, ids)
    return sorted(((found[one], orders[one]) for one in ids if one in orders), key=lambda o: o[1].due_on or date.max)
