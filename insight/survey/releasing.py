"""Comments go to a leader once somebody of staff has read them: a mask leaves what tells a writer by other words."""

from collections.abc import Collection
from datetime import datetime

from access.actor import Actor
from access.masking import mask, names
from access.verbs import reads, writes
from db import events
from db.events import Event
from db.refused import Refused
from db.sql import Connection
from db.survey import comments, surveys
from db.survey import estimates as stored
from db.system import settings


@reads("publish_results")
def waiting(con: Connection, *, actor: Actor, wave_id: str) -> list[tuple[str, str]]:
    """Id and masked words of each comment that nobody has released, of a wave that has results."""
    wave = surveys.wave(con, wave_id)
    left = [one for one in comments.of_wave(con, wave) if one.by is None] if wave else []
    if not left:
        return []  # the register's names are long to read
    known = names(*stored.known_names(con), settings.district(con).places)
    return [(one.id, mask(one.text, known)) for one in left]


@writes("publish_results")
def release_comments(con: Connection, *, actor: Actor, wave_id: str, ids: Collection[str], at: datetime) -> int:
    """Leaders read these from now on, and who released them. Returns how many; a second try releases none.

    Raises Refused('comments_unknown').
    """
    wave = surveys.wave(con, wave_id)
    found = {one.id: one for one in comments.of_wave(con, wave)} if wave else {}
    if wave is None or not set(ids) <= found.keys():
        raise Refused("comments_unknown")
    fresh = {one for one in ids if found[one].by is None}
    if fresh:
        comments.release(con, fresh, by=actor.id, at=at)
        detail = {"comments": len(fresh), "of": len(found)}
        events.append(
            con, Event(at, "survey", "release_comments", wave.id, wave.seq, actor.id, actor.role, detail=detail)
        )
    return len(fresh)
