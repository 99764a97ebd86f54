"""What somebody answered is taken in the same way whoever brought it: a browser, an open link or a clerk with a paper
form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.actor import Actor
from db import clock, events
from db.events import Event
from db.people.enterprises import Enterprise
from db.sql import Connection
from db.survey import ballots
from db.survey.ballots import AnswerSheet, Participation
from db.survey.surveys import Wave
from db.system import integrity, proofs
from intake.questionnaires.questionnaire import Answers, Questionnaire, to_store
from intake.survey import notice


@dataclass(frozen=True)
class Receipt:
    """What the enterprise keeps. `code` is the beginning of the history's hash at that moment: it proves the number."""

    number: str
    at: datetime
    code: str
    wave: Wave
    form_id: str


@dataclass(frozen=True)
class Arrival:
    """How somebody answered. An open link's `firm` has no id: only what the person declared of it. `typed` is a paper
    form as it was keyed; `copy_code` opens the holder's own copy."""

    form_id: str
    firm: Enterprise
    source: str
    language: str
    started_at: datetime | None
    address_hash: str | None = None
    open_link_id: str | None = None
    typed: Answers | None = None
    copy_code: str = ""


def receive(
    con: Connection, actor: Actor, wave: Wave, asked: Questionnaire, answers: Answers, arrival: Arrival, at: datetime
) -> Receipt:
    """Seal what was answered, and say in the history that somebody did, never what."""
    took_part = _participation(con, wave, arrival, at)
    [took_part] = ballots.cast(con, [(took_part, sheet(arrival.language, arrival.started_at, asked, answers,
                                                       arrival.typed))])  # fmt: skip
    if arrival.copy_code:
        own = {"wave": wave.id, "number": shown_number(took_part), "at": at.isoformat(), "answers": dict(answers)}
        ballots.keep_copy(con, arrival.copy_code, own)
    detail: dict[str, Any] = {"wave": wave.id, "number": took_part.number}
    if arrival.source in ("open", "paper"):
        detail["source"] = arrival.source
    told = Event(at, "survey", "submit", took_part.id, 1, actor.id, actor.role, detail=detail, seals=sealed(took_part))
    head = events.append(con, told)
    return Receipt(shown_number(took_part), at, proofs.mark(head.hash), wave, took_part.id)


def sheet(
    language: str, started_at: datetime | None, asked: Questionnaire, answers: Answers, typed: Answers | None = None
) -> AnswerSheet:
    return AnswerSheet(
        language, started_at, [vars(row) for row in to_store(asked, answers)], dict[str, Any](typed or {})
    )


def sealed(took_part: Participation) -> dict[str, Any]:
    """What the history keeps a digest of, by which a change shows."""
    return integrity.content_of_participation(vars(took_part))


def shown_number(took_part: Participation) -> str:
    return proofs.survey_number(clock.local(took_part.submitted_at).year, took_part.number)


def _participation(con: Connection, wave: Wave, arrival: Arrival, at: datetime) -> Participation:
    return Participation(
        id=arrival.form_id,
        number=ballots.fresh_number(con),
        wave_id=wave.id,
        enterprise_id=arrival.firm.id or None,
        sector_code=arrival.firm.sector_code,
        town_code=arrival.firm.town_code,
        size=arrival.firm.size,
        notice_version=notice.VERSION,
        submitted_at=at,
        source=arrival.source,
        open_link_id=arrival.open_link_id,
        address_hash=arrival.address_hash,
    )
