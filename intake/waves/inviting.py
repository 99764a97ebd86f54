"""Links of a wave: handed out to those that are silent, taken back singly or all that nobody used."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from access.tokens import hashed, new_token
from access.typed import one_line
from access.verbs import reads, writes
from db import events
from db.events import Event
from db.people import enterprises, invitations
from db.people.enterprises import Enterprise
from db.people.invitations import Invitation, Unused
from db.refused import Refused
from db.sql import Connection, Row
from db.survey import samples, surveys
from intake.waves import running as waves
from intake.waves.samples import strata_in
from intake.words import fits

LONGEST_REASON = 200


@dataclass(frozen=True)
class Link:
    """A new invitation: `token` is shown once; the store keeps only its hash."""

    invitation_id: str
    enterprise: Enterprise
    token: str
    expires_at: datetime
    serial: int | None = None  # the number on the enterprise's paper form


@writes("run_survey")
def invite(con: Connection, *, actor: Actor, wave_id: str, enterprise_ids: Collection[str], at: datetime) -> list[Link]:
    """A link for each of these enterprises that has not answered yet; links handed out before stay good.

    Raises Refused('wave_over' | 'nobody_to_invite').
    """
    tokens = {enterprise_id: (str(uuid4()), new_token()) for enterprise_id in enterprise_ids}
    wave = waves.running(con, wave_id, at)
    silent = surveys.not_answered(con, actor.enterprise_scope, wave_id=wave_id)
    numbers = samples.serials(con, wave_id)
    links = [
        Link(tokens[e.id][0], e, tokens[e.id][1], wave.closes_at, numbers.get(e.id)) for e in silent if e.id in tokens
    ]
    if not links:
        raise Refused("nobody_to_invite")
    invitations.add(con, [_invitation(link, wave_id, at) for link in links])
    detail = {"links": len(links), "number": wave.number}
    events.append(con, Event(at, "survey", "invite", wave_id, wave.seq, actor.id, actor.role, detail=detail))
    return links


@writes("run_survey")
def revoke(con: Connection, *, actor: Actor, invitation_id: str, at: datetime) -> Invitation:
    """The link works no more. What was answered by it stays. Raises Refused('invitation_unknown')."""
    found = invitations.by_id(con, invitation_id)
    theirs = found and enterprises.get(con, actor.enterprise_scope, found.enterprise_id)
    if found is None or not theirs or found.revoked_at is not None:
        raise Refused("invitation_unknown")
    invitations.revoke(con, invitation_id, at)
    detail = {"wave": found.wave_id, "enterprise": found.enterprise_id}
    events.append(con, Event(at, "survey", "revoke", invitation_id, 1, actor.id, actor.role, detail=detail))
    return replace(found, revoked_at=at)


@reads("run_survey")
def unused(con: Connection, *, actor: Actor, wave_id: str, group: str = "", at: datetime) -> Unused:
    """The links of the wave, or of a group of its strata, that still work. Raises Refused('group_unknown')."""
    return invitations.unused(con, actor.enterprise_scope, wave_id=wave_id, strata=_strata(con, wave_id, group), at=at)


@writes("run_survey")
def revoke_unused(
    con: Connection, *, actor: Actor, wave_id: str, group: str = "", reason: str, shown_at: datetime, at: datetime
) -> int:
    """All of `unused` at once, with a reason. Links made after `shown_at` stay: nobody has confirmed them.

    Raises Refused('take_back_reason' | 'take_back_none' | 'group_unknown' | 'wave_over'). Returns how many.
    """
    said = one_line(reason)
    if not said or not fits(said, LONGEST_REASON):
        raise Refused("take_back_reason", longest=LONGEST_REASON)
    wave = waves.running(con, wave_id, at)
    strata = _strata(con, wave_id, group)
    made_by = min(shown_at, at)
    n = invitations.revoke_unused(con, actor.enterprise_scope, wave_id=wave_id, strata=strata, made_by=made_by, at=at)
    if not n:
        raise Refused("take_back_none")
    detail = {"links": n, "group": group, "reason": said, "number": wave.number}
    events.append(con, Event(at, "survey", "revoke_unused", wave_id, wave.seq, actor.id, actor.role, detail=detail))
    return n


@reads("run_survey")
def still_silent(
    con: Connection, *, actor: Actor, wave_id: str, sector: str | None = None, town: str | None = None,
    unlinked: bool = False,
) -> list[Enterprise]:  # fmt: skip
    """Whom to invite: those drawn that have not answered; `unlinked`: and that hold no link yet."""
    scope = actor.enterprise_scope
    return surveys.not_answered(con, scope, wave_id=wave_id, sector=sector, town=town, unlinked=unlinked)


@reads("run_survey")
def live_links(con: Connection, *, actor: Actor, wave_id: str, at: datetime, limit: int) -> list[Row]:
    """The links that still work: id, the enterprise's names, created_at, expires_at; never the link itself."""
    scope = actor.enterprise_scope
    return invitations.live(con, scope, wave_id=wave_id, at=at, limit=limit)


def _invitation(link: Link, wave_id: str, at: datetime) -> Invitation:
    return Invitation(
        id=link.invitation_id,
        token_hash=hashed(link.token),
        enterprise_id=link.enterprise.id,
        wave_id=wave_id,
        created_at=at,
        expires_at=link.expires_at,
        used_at=None,
        revoked_at=None,
    )


def _strata(con: Connection, wave_id: str, group: str) -> list[str] | None:
    return sorted(strata_in(group, [one.stratum for one in samples.strata(con, wave_id)])) if group else None
