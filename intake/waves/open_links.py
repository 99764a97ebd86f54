"""Staff hang a wave's open link on a wall: a code that everybody in the room may scan, within the day's limits."""

from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from access.verbs import reads, writes
from db import events
from db.events import Event
from db.people import wall_tokens
from db.refused import Refused
from db.sql import Connection
from db.survey import open_links, surveys
from db.survey.open_links import OpenLink
from intake.questionnaires.check import languages_lacked, problems
from intake.questionnaires.questionnaire import asked_in

PER_ADDRESS = 30  # a meeting room is behind one address
PER_DAY = 300
MOST = 5000


@writes("run_survey")
def open_link(
    con: Connection,
    *,
    actor: Actor,
    wave_id: str,
    forum_id: str | None = None,
    per_address: int = PER_ADDRESS,
    per_day: int = PER_DAY,
    at: datetime,
) -> OpenLink:
    """The wave's link for this forum's wall (None: for any wall); asked for again it is the same link.

    It opens at `/s/{token}` and closes with the wave. What hangs for everybody is in every language: Raises
    Refused('wave_over' | 'open_limits' | 'questionnaire_one_language').
    """
    if not 1 <= per_address <= per_day <= MOST:
        raise Refused("open_limits", most=MOST)
    hung = [link for link in open_links.live(con, wave_id) if link.forum_id == forum_id and link.token]
    if hung:
        return hung[0]
    made = str(uuid4())
    link = OpenLink(made, wall_tokens.made(con, made), wave_id, forum_id, per_address, per_day, at, None)
    wave = surveys.wave(con, link.wave_id)
    if wave is None or wave.closes_at <= at:
        raise Refused("wave_over")
    if languages_lacked(problems(asked_in(con, wave))):
        raise Refused("questionnaire_one_language")
    open_links.add(con, link)
    detail = {"link": link.id, "forum": link.forum_id, "per_address": link.per_address, "per_day": link.per_day}
    events.append(con, Event(at, "survey", "open_link", wave.id, wave.seq, actor.id, actor.role, detail=detail))
    return link


@reads("run_survey")
def links_of(con: Connection, *, actor: Actor, wave_id: str) -> list[OpenLink]:
    return open_links.live(con, wave_id)


@reads("run_survey")
def answers_by(con: Connection, *, actor: Actor, link_id: str, since: datetime) -> int:
    """How many answered by this link, never what."""
    return open_links.answers_by(con, link_id, since=since)


@writes("run_survey")
def take_down(con: Connection, *, actor: Actor, link_id: str, at: datetime) -> None:
    """The code on the wall works no more; what was answered by it stays. Raises Refused('invitation_unknown')."""
    link = open_links.by_id(con, link_id)
    if link is None or link.revoked_at is not None:
        raise Refused("invitation_unknown")
    open_links.revoke(con, link_id, at)
    detail = {"link": link.id}
    events.append(con, Event(at, "survey", "take_down", link.wave_id, 1, actor.id, actor.role, detail=detail))
