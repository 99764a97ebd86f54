"""What somebody answered is taken in the same way whoever brought it: a browser, an open link or a clerk with a paper
form."""

from collections.abc import Sequence
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
    """What somebody answered, and how. An open link's `firm` has no id: only what the person declared of it. `typed` is
    a paper form as it was keyed; `copy_code` opens the holder's own copy."""

    actor: Actor
    wave: Wave
    asked: Questionnaire
    answers: Answers
    at: datetime
    form_id: str
    firm: Enterprise
    source: str
    language: str
    started_at: datetime | None
    address_hash: str | None = None
    open_link_id: str | None = None
    typed: Answers | None = None
    copy_code: str = ""


def receive(con: Connection, came: Sequence[Arrival]) -> list[Receipt]:
    """Seal what was answered, and say in the history that somebody did, never what."""
    numbers = ballots.fresh_numbers(con, len(came))
    sheets = [sheet(one.language, one.started_at, one.asked, one.answers, one.typed) for one in came]
    parts = [_participation(one, number) for one, number in zip(came, numbers, strict=True)]
    cast = list(zip(came, ballots.cast(con, list(zip(parts, sheets, strict=True))), strict=True))
    ballots.keep_copies(con, {one.copy_code: _own(one, took_part) for one, took_part in cast if one.copy_code})
    heads = events.append_each(con, [_told(one, took_part) for one, took_part in cast])[1:]
    return [receipt_of(took_part, one.wave, head.hash) for (one, took_part), head in zip(cast, heads, strict=True)]


def receipt_of(took_part: Participation, wave: Wave, printed: str) -> Receipt:
    """`printed`: the chain's hash at its event."""
    return Receipt(shown_number(took_part), took_part.submitted_at, proofs.mark(printed), wave, took_part.id)


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


def _own(one: Arrival, took_part: Participation) -> dict[str, Any]:
    shown = shown_number(took_part)
    return {"wave": one.wave.id, "number": shown, "at": one.at.isoformat(), "answers": dict(one.answers)}


def _told(one: Arrival, took_part: Participation) -> Event:
    detail: dict[str, Any] = {"wave": one.wave.id, "number": took_part.number}
    if one.source in ("open", "paper"):
        detail["source"] = one.source
    who = (one.actor.id, one.actor.role)
    return Event(one.at, "survey", "submit", took_part.id, 1, *who, detail=detail, seals=sealed(took_part))


def _participation(one: Arrival, number: int) -> Participation:
    return Participation(
        id=one.form_id,
        number=number,
        wave_id=one.wave.id,
        enterprise_id=one.firm.id or None,
        sector_code=one.firm.sector_code,
        town_code=one.firm.town_code,
        size=one.firm.size,
        notice_version=notice.VERSION,
        submitted_at=one.at,
        source=one.source,
        open_link_id=one.open_link_id,
        address_hash=one.address_hash,
    )
