"""A confidential case (保密事项): whoever made it so names who reads it; nobody else of the house does."""

from access.actor import Actor
from db.cases import confidential
from db.refused import Refused
from db.sql import Connection

READERS = ("staff", "leader", "department", "town", "officer")  # whose accounts may be named


def named_for(con: Connection, given: tuple[str, ...], actor: Actor) -> tuple[str, ...]:
    """Those who were named, and who names them. Raises Refused('reader_unknown')."""
    if not set(given) <= set(confidential.may_be_named(con, READERS)):
        raise Refused("reader_unknown")
    return tuple(sorted({actor.id, *given}))
