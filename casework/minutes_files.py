"""Files beside the minutes of a meeting or a forum: read by whoever may read them, kept by whoever writes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from access.verbs import reads, writes
from db import events, minutes_files
from db.cases.attachments import CheckedFile
from db.events import Event
from db.forums import forums
from db.minutes_files import MinutesFile, MinutesFileLine
from db.plans import meetings
from db.refused import Refused
from db.sql import Connection

MOST_FILES = 20  # of one record's minutes
_IDS = UUID("7b3d0c52-52f4-4b8e-9a6b-0f6f3c1d0034")


@dataclass(frozen=True)
class Minutes:
    """Whose minutes: the permissions to `read` and to `keep`, how the record is found as far as the actor sees it."""

    read: str
    keep: str
    found: Callable[[Connection, Actor, str], object | None]


OF: Mapping[str, Minutes] = {
    "meeting": Minutes("see_plans", "edit_plan", lambda con, actor, one: meetings.get(con, actor.scope, one)),
    "forum": Minutes("see_forums", "plan_forum", lambda con, _, one: forums.get(con, one)),
}


@writes()
def keep_minutes_files(
    con: Connection, *, actor: Actor, kind: str, record_id: str, files: Sequence[CheckedFile], form_id: str,
    at: datetime,
) -> list[MinutesFileLine]:  # fmt: skip
    """Lay them beside the minutes; a second try of the same form keeps nothing twice. Returns all that lie there.

    Raises Refused('forbidden' | 'meeting_unknown' | 'forum_unknown' | 'minutes_files_none' | 'minutes_files_full').
    """
    _must_find(con, actor, kind, record_id, OF[kind].keep)
    if not files:
        raise Refused("minutes_files_none")
    there = minutes_files.of(con, kind, record_id)
    made = [_made(file, kind, record_id, f"{form_id}:{n}", at) for n, file in enumerate(files)]
    known = {line.id for line in there}
    fresh = [one for one in made if one.id not in known]
    if len(there) + len(fresh) > MOST_FILES:
        raise Refused("minutes_files_full", most=MOST_FILES)
    minutes_files.add(con, fresh)
    events.append(con, *(_event(one, actor, at) for one in fresh))
    return minutes_files.of(con, kind, record_id)


@reads("")
def files_of_minutes(con: Connection, *, actor: Actor, kind: str, record_id: str) -> list[MinutesFileLine]:
    """Raises Refused('forbidden' | 'meeting_unknown' | 'forum_unknown')."""
    _must_find(con, actor, kind, record_id, OF[kind].read)
    return minutes_files.of(con, kind, record_id)


@reads("")
def file_of_minutes(con: Connection, *, actor: Actor, file_id: str) -> MinutesFile:
    """Raises Refused('no_such_page') for one that is not there, and as `files_of_minutes`."""
    found = minutes_files.get(con, file_id)
    if found is None:
        raise Refused("no_such_page")
    _must_find(con, actor, found.record_kind, found.record_id, OF[found.record_kind].read)
    return found


def _must_find(con: Connection, actor: Actor, kind: str, record_id: str, permission: str) -> None:
    actor.must(permission)
    if OF[kind].found(con, actor, record_id) is None:
        raise Refused(f"{kind}_unknown")


def _made(file: CheckedFile, kind: str, record_id: str, place: str, at: datetime) -> MinutesFile:
    own_id = str(uuid5(_IDS, f"{kind}:{record_id}:{place}"))
    return MinutesFile.of(file, own_id, at, record_kind=kind, record_id=record_id)


def _event(file: MinutesFile, actor: Actor, at: datetime) -> Event:
    said = {"of": file.record_kind, "record": file.record_id, "files": [file.named]}
    return Event(at, "minutes", "attach", file.id, 1, actor.id, actor.role, actor.body_code, detail=said)
