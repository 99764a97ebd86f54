"""Reminders of a wave: to those drawn that have a channel and have not answered, not too often, each told once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from access.actor import Actor
from access.verbs import reads, writes
from db import clock, events
from db.events import Event
from db.notices import outbox
from db.notices.outbox import Contact, Notice
from db.refused import Refused
from db.sql import Connection
from db.survey import samples, surveys
from db.survey.samples import Reminder
from db.survey.surveys import Wave
from intake.waves.samples import strata_in

GAP = timedelta(days=3)
SHORT = "short"  # for `to`: the strata that lack answers
_APART = timedelta(milliseconds=1)  # between notices, so that they go out in the order in which they are queued
KIND = "survey_reminder"  # the text: notices.told.survey_reminder


@dataclass(frozen=True)
class ReminderStanding:
    """Whom a reminder would reach now, how many have no channel, what went out, and when the next may."""

    reachable: int
    unreachable: int
    sent: list[Reminder]
    next_at: datetime | None

    def may_remind(self, at: datetime) -> bool:
        return self.reachable > 0 and (self.next_at is None or self.next_at <= at)


@reads("run_survey")
def standing(con: Connection, *, actor: Actor, wave_id: str, to: str = "") -> ReminderStanding:
    """`to`: '' all, 'short' the strata that lack answers, or a group (see `strata_in`)."""
    silent = _silent(con, actor, wave_id, to)
    reachable = {firm for firm, _ in samples.contacts(con, wave_id) if firm in silent}
    sent = samples.reminders(con, wave_id)
    next_at = sent[-1].reminded_at + GAP if sent else None
    return ReminderStanding(len(reachable), len(silent) - len(reachable), sent, next_at)


@writes("run_survey")
def remind(con: Connection, *, actor: Actor, wave_id: str, reminder_id: str, to: str = "", at: datetime) -> Reminder:
    """Queue a notice for each of them, first of the strata that lack most. A second try tells nobody twice.

    Raises Refused('survey_closed' | 'remind_nobody' | 'remind_too_soon' | 'group_unknown').
    """
    sent = samples.reminders(con, wave_id)
    if known := next((one for one in sent if one.id == reminder_id), None):
        return known
    wave = surveys.wave(con, wave_id)
    if wave is None or not wave.open_at(at):
        raise Refused("survey_closed")
    if sent and sent[-1].reminded_at + GAP > at:
        raise Refused("remind_too_soon", days=GAP.days)
    silent = _silent(con, actor, wave_id, to)
    wanted = {contact.channel_url: (silent[firm], contact) for firm, contact in samples.contacts(con, wave_id)
              if firm in silent}  # fmt: skip
    if not wanted:
        raise Refused("remind_nobody")
    first = [contact for _, contact in sorted(wanted.values(), key=lambda found: -found[0])]
    outbox.add(con, [_notice(wave, reminder_id, contact, at, n) for n, contact in enumerate(first)])
    made = Reminder(reminder_id, wave_id, at, len(wanted))
    samples.add_reminder(con, made)
    detail = {"reminder": reminder_id, "notices": made.notices, "to": to, "number": wave.number}
    events.append(con, Event(at, "survey", "remind", wave_id, wave.seq, actor.id, actor.role, detail=detail))
    return made


def _silent(con: Connection, actor: Actor, wave_id: str, to: str) -> dict[str, float]:
    """Enterprise → the share of its stratum's quota that is still to come, of those that have not answered."""
    strata = {one.stratum: one for one in samples.strata(con, wave_id)}
    stratum_of = samples.stratum_of_unit(con, wave_id)
    short = {code for code, one in strata.items() if one.short}
    wanted = short if to == SHORT else strata_in(to, strata) if to else set(strata)
    found = {firm.id: stratum_of.get(firm.id, "") for firm in surveys.not_answered(
        con, actor.enterprise_scope, wave_id=wave_id)}  # fmt: skip
    return {
        firm: one.short / max(one.wanted, 1) if (one := strata.get(code)) else 0.0
        for firm, code in found.items()
        if code in wanted or not to
    }


def _notice(wave: Wave, reminder_id: str, to: Contact, at: datetime, place: int) -> Notice:
    """One id for one recipient of one reminder: a repeat is recognised. The queue sends by `next_at`."""
    notice_id = str(uuid5(NAMESPACE_URL, f"face-to-face/{reminder_id}/{to.owner_kind}/{to.owner_id}"))
    params = {"title": wave.title(to.language), "due": _last_day(wave).isoformat(), "path": "/survey"}
    return Notice(
        notice_id, at, KIND, reminder_id, to.owner_kind, to.owner_id, to.language, params, "queued", attempts=0,
        next_at=at + place * _APART,
    )  # fmt: skip


def _last_day(wave: Wave) -> date:
    return clock.day_of(wave.closes_at - timedelta(seconds=1))
