"""Who came to a forum, as this person reads it: people of enterprises masked until whoever plans forums says why."""

from datetime import datetime

from access.actor import Actor
from access.typed import reason_of
from access.verbs import reads, writes
from casework.forums.forums import note
from db import clock
from db.forums import forums
from db.forums.forums import Present
from db.people import shown
from db.refused import Refused
from db.sql import Connection


@reads("see_forums")
def who_came(con: Connection, *, actor: Actor, forum_id: str, at: datetime) -> tuple[list[Present], bool]:
    """Also whether they stand there whole, as they do for the rest of the day to whoever said why and still may."""
    began = clock.start_of_day(clock.day_of(at))
    told = shown.since(con, kind=shown.NAMES, subject=f"{shown.RECORD}:{forum_id}", account_id=actor.id, began=began)
    whole = bool(told) and actor.may("plan_forum")
    return forums.present(con, actor.scope, forum_id, whole=whole), whole


@writes("plan_forum")
def show_names(con: Connection, *, actor: Actor, forum_id: str, reason: str, at: datetime) -> None:
    """Raises Refused('needs_names_reason' | 'forum_unknown')."""
    why = reason_of(reason, "needs_names_reason")
    forum = forums.get(con, forum_id)
    if forum is None:
        raise Refused("forum_unknown")
    note(con, actor, forum, shown.RECORD, shown.NAMES, at, reason=why)
