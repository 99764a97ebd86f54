"""Reminders of a wave: to those drawn that have a channel and have not answered, not too often, each told once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from access.actor import Actor
from db import clock, events, outbox, samples, surveys
from db.events import Event
from db.outbox import Contact, Notice
from db.refused import Refused
from db.samples import Reminder
from db.sql import Connection
from db.store import Store
from db.surveys import Wave

GAP = timedelta(days=3)
KIND = "survey_reminder"  # the text: notices.told.survey_reminder


@dataclass(frozen=True)
class Standing:
    """Whom a reminder would reach now, how many have no channel, what went out, and when the next may."""

    reachable: int
    unreachable: int
    sent: list[Reminder]
    next_at: datetime | None

    def may_remind(self, at: datetime) -> bool:
        return self.reachable > 0 and (self.next_at is None or self.next_at <= at)


def standing(store: Store, *, actor: Actor, wave_id: str) -> Standing:
    actor.must("run_survey")
    return store.read(lambda con: _standing(con, actor, wave_id))


def remind(store: Store, *, actor: Actor, wave_id: str, reminder_id: str, at: datetime) -> Reminder:
    """Queue a notice for each of them. A second try of the same reminder tells nobody twice.

    Raises Refused('survey_closed' | 'remind_nobody' | 'remind_too_soon').
    """
    actor.must("run_survey")
    return store.write(lambda con: _known(con, wave_id, reminder_id) or _remind(con, actor, wave_id, reminder_id, at))


def _standing(con: Connection, actor: Actor, wave_id: str) -> Standing:
    silent = {firm.id for firm in surveys.not_answered(con, actor.enterprise_scope, wave_id=wave_id)}
    reachable = {firm for firm, _ in samples.contacts(con, wave_id) if firm in silent}
    sent = samples.reminders(con, wave_id)
    return Standing(len(reachable), len(silent - reachable), sent, sent[-1].reminded_at + GAP if sent else None)


def _known(con: Connection, wave_id: str, reminder_id: str) -> Reminder | None:
    return next((sent for sent in samples.reminders(con, wave_id) if sent.id == reminder_id), None)


def _remind(con: Connection, actor: Actor, wave_id: str, reminder_id: str, at: datetime) -> Reminder:
    wave = surveys.wave(con, wave_id)
    if wave is None or not wave.open_at(at):
        raise Refused("survey_closed")
    sent = samples.reminders(con, wave_id)
    if sent and sent[-1].reminded_at + GAP > at:
        raise Refused("remind_too_soon", days=GAP.days)
    silent = {firm.id for firm in surveys.not_answered(con, actor.enterprise_scope, wave_id=wave_id)}
    wanted = {to.channel_url: to for firm, to in samples.contacts(con, wave_id) if firm in silent}
    if not wanted:
        raise Refused("remind_nobody")
    outbox.add(con, [_notice(wave, reminder_id, to, at) for to in wanted.values()])
    made = Reminder(reminder_id, wave_id, at, len(wanted))
    samples.add_reminder(con, made)
    detail = {"reminder": reminder_id, "notices": made.notices, "number": wave.number}
    events.append(con, Event(at, "survey", "remind", wave_id, wave.seq, actor.id, actor.role, detail=detail))
    return made


def _notice(wave: Wave, reminder_id: str, to: Contact, at: datetime) -> Notice:
    """One id for one recipient of one reminder: a repeat is recognised."""
    notice_id = str(uuid5(NAMESPACE_URL, f"face-to-face/{reminder_id}/{to.owner_kind}/{to.owner_id}"))
    params = {"title": wave.title(to.language), "due": _last_day(wave).isoformat(), "path": "/survey"}
    return Notice(
        notice_id, at, KIND, reminder_id, to.owner_kind, to.owner_id, to.language, params, "queued", attempts=0,
        next_at=at,
    )  # fmt: skip


def _last_day(wave: Wave) -> date:
    return clock.day_of(wave.closes_at - timedelta(seconds=1))
