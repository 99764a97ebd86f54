"""How much one link, account or address may send by the plain form. Counted in the store: a restart forgives nothing.

A hall of phones has one address, so an address has room for many; one link never needs what a script would send.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from access.actor import Actor
from db.people import form_use
from db.refused import Refused
from db.sql import Connection
from db.store import Store


@dataclass(frozen=True)
class FormLimit:
    own: int
    address: int
    window: timedelta


LIMITS: Mapping[str, FormLimit] = MappingProxyType(
    {
        "send": FormLimit(own=400, address=40_000, window=timedelta(hours=1)),
        "mail": FormLimit(own=3, address=300, window=timedelta(hours=24)),
    }
)


def spend(store: Store, *, actor: Actor, what: str, at: datetime) -> None:
    """One more of `what`. What is over stays counted. Raises Refused('too_many_tries')."""
    if store.write(lambda con: over(con, actor, what, at)):
        raise Refused("too_many_tries", minutes=int(LIMITS[what].window.total_seconds() // 60))


def over(con: Connection, actor: Actor, what: str, at: datetime) -> bool:
    limit = LIMITS[what]
    own = form_use.count(con, f"{what}:{actor.id}", at=at, window=limit.window)
    near = form_use.count(con, f"{what}:address:{actor.address_hash}", at=at, window=limit.window)
    return own > limit.own or near > limit.address
