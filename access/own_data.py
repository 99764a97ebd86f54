"""An enterprise takes along what is kept of it."""

import json
from datetime import datetime

from access.actor import Actor
from access.verbs import reads
from db.people import own_data as kept
from db.refused import Refused
from db.sql import Connection


@reads("follow_cases")
def own_data(con: Connection, *, actor: Actor, at: datetime) -> bytes:
    """A JSON file. Only for whoever signed in for it: a link may have been handed on. Raises Refused('forbidden')."""
    if actor.way != "account":
        raise Refused("forbidden")
    told = {"made_at": at, **kept.of(con, actor.scope)}
    return json.dumps(told, ensure_ascii=False, indent=1, default=lambda value: value.isoformat()).encode()
