"""What a forum begins with where it is planned from a theme: its first agenda and whom it invites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from access.verbs import writes
from casework.forums import agenda
from casework.forums.forums import known, note
from db import references
from db.forums import forum_day, forum_invitees
from db.people import enterprises
from db.refused import Refused
from db.sql import Connection


@dataclass(frozen=True)
class Started:
    """`added` items of the agenda; `left_out` says why each other case is not one."""

    added: int
    left_out: tuple[Refused, ...]


@writes("plan_forum")
def start_forum(
    con: Connection, *, actor: Actor, forum_id: str, case_ids: Sequence[str], enterprise_ids: Sequence[str],
    bodies: Sequence[str], at: datetime,
) -> Started:  # fmt: skip
    """Put on the agenda what can be put there, and invite. A second try adds nothing.

    Raises Refused('forum_unknown' | 'agenda_closed' | 'spot_enterprise' | 'body_unknown').
    """
    forum = known(con, forum_id)
    agenda.check_open(con, forum)
    invited = {"enterprise": _firms(con, actor, enterprise_ids), "body": _bodies(con, bodies)}
    for kind, codes in invited.items():
        forum_invitees.add(con, forum.id, kind, codes)
    note(con, actor, forum, "invited", "invite", at, counts={kind: len(codes) for kind, codes in invited.items()})
    made, left_out = agenda.put(con, actor, forum, forum_day.items(con, forum.id), case_ids, at)
    return Started(len(made), tuple(left_out.values()))


@writes("plan_forum")
def take_invitation_back(con: Connection, *, actor: Actor, forum_id: str, kind: str, code: str, at: datetime) -> None:
    """Invite them no longer; gone already is done. Raises Refused('forum_unknown')."""
    forum = known(con, forum_id)
    forum_invitees.remove(con, forum.id, kind, code)
    note(con, actor, forum, "invited", "uninvite", at, counts={kind: 1})


def _firms(con: Connection, actor: Actor, wanted: Sequence[str]) -> list[str]:
    if not all(enterprises.get(con, actor.scope, one) for one in wanted):
        raise Refused("spot_enterprise")
    return list(wanted)


def _bodies(con: Connection, wanted: Sequence[str]) -> list[str]:
    """A town leads cases under its own code."""
    if not all(references.get(con, "body", one) or references.get(con, "town", one) for one in wanted):
        raise Refused("body_unknown")
    return list(wanted)
