"""For whom somebody answers, and whether they may now: an enterprise's account, its link, or a passer-by at a wall."""

from datetime import datetime

from access.actor import Actor
from db import references
from db.people import enterprises, invitations
from db.people.enterprises import Enterprise
from db.refused import Refused
from db.scope import Scope
from db.sql import Connection
from db.survey import ballots, drafts, open_links, samples, surveys
from db.survey.ballots import Participation
from db.survey.surveys import Wave
from intake.register.rows import SIZES

SOURCE = {"account": "account", "invitation": "link", "open": "open"}


def form_of(wave_id: str) -> str:
    """The draft's name."""
    return f"survey:{wave_id}"


def asks(con: Connection, wave: Wave, enterprise: Enterprise) -> bool:
    """A wave asks those that were drawn when it opened; one of before frames were kept asks everybody."""
    unit = samples.unit_of(con, wave_id=wave.id, enterprise_id=enterprise.id)
    return unit.drawn if unit else not samples.has_frame(con, wave.id)


def participation_of(con: Connection, actor: Actor, wave_id: str, enterprise: Enterprise) -> Participation | None:
    if actor.way == "open":
        return ballots.participation(con, open_links.response_id(actor.id))
    return ballots.participation_of(con, wave_id=wave_id, enterprise_id=enterprise.id)


def enterprise_of(con: Connection, actor: Actor) -> Enterprise:
    if actor.way == "open":
        return _declared(con, actor)
    key = actor.enterprise_id or ""
    found = enterprises.get(con, Scope("enterprise", key), key)
    if found is None or not found.active:
        raise Refused("forbidden")
    return found


def _declared(con: Connection, actor: Actor) -> Enterprise:
    """No enterprise of the register: what its visitor said of it, where the lists know it; else nothing."""
    draft = drafts.of(con, owner=actor.id, form=form_of(actor.wave_id or ""))
    said = draft.content.get("declared", {}) if draft else {}
    known = {name: {item.code for item in references.items(con, name)} for name in ("sector", "town")}
    known["size"] = set(SIZES)
    sector, town, size = (said.get(name, "") if said.get(name) in codes else "" for name, codes in known.items())
    return Enterprise(
        id="", uscc="", name_zh="", name_en="", sector_code=sector, town_code=town, size=size, foreign_funded=False,
        officer_id=None, contact_name=None, contact_phone=None, active=True, created_at=datetime.min, seq=0,
    )  # fmt: skip


def answerable(con: Connection, actor: Actor, enterprise: Enterprise, wave_id: str, at: datetime) -> Wave:
    """The wave, where this actor may answer it now for this enterprise."""
    wave = surveys.wave(con, wave_id)
    if actor.way == "open" and actor.wave_id != wave_id:
        raise Refused("survey_not_invited")
    if participation_of(con, actor, wave_id, enterprise):
        raise Refused("survey_answered")
    if wave is None or not wave.open_at(at):
        raise Refused("survey_closed")
    if actor.way == "account" and not asks(con, wave, enterprise):
        raise Refused("survey_not_invited")
    return wave


def use_up(con: Connection, actor: Actor, enterprise: Enterprise, wave: Wave, at: datetime) -> None:
    """A link of one enterprise is used by its answer; a wall's link has room for so many a day."""
    if actor.way == "open":
        link = open_links.by_id(con, actor.open_link_id or "")
        if link is None or link.revoked_at is not None:
            raise Refused("invitation_expired")
        open_links.check_room(con, link, address_hash=actor.address_hash, at=at)
    elif actor.way == "invitation":
        key, bound = actor.invitation_id or "", (enterprise.id, wave.id)
        if not invitations.use_up(con, key, *bound, at):
            invitation = invitations.by_id(con, key)
            if invitation is None or (invitation.enterprise_id, invitation.wave_id) != bound:
                raise Refused("survey_not_invited")
            raise Refused("invitation_used" if invitation.used_at else "invitation_expired")
