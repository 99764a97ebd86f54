"""One response is written the same way whoever brought it: a browser, an open link or a clerk with a paper form."""

from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from db import clock, events, numbers
from db.events import Event
from db.people.enterprises import Enterprise
from db.sql import Connection
from db.survey import surveys
from db.survey.surveys import Answer, Response, Wave
from db.system import integrity, proofs
from intake.questionnaires.questionnaire import Answers, Questionnaire, answers_of
from intake.survey.notice import version_of


@dataclass(frozen=True)
class Receipt:
    """What the enterprise keeps. `code` is the beginning of the history's hash at that moment: it proves the number."""

    number: str
    at: datetime
    code: str
    wave: Wave


@dataclass(frozen=True)
class Arrival:
    """How a response came in. An open link's `firm` has no id: only what the person declared of it."""

    response_id: str
    firm: Enterprise
    source: str
    language: str
    started_at: datetime | None
    address_hash: str | None = None
    open_link_id: str | None = None


def receive(
    con: Connection, actor: Actor, wave: Wave, asked: Questionnaire, answers: Answers, arrival: Arrival, at: datetime
) -> Receipt:
    """Write it with its answers and its event. The history says that an enterprise answered, never what."""
    response = _response(con, wave, asked, arrival, at)
    given = answers_of(asked, response, answers)
    surveys.add_response(con, response, given)
    detail = {"wave": wave.id, "number": response.number, "content": sealed(con, response, given)}
    if arrival.source in ("open", "paper"):
        detail["source"] = arrival.source
    head = events.append(con, Event(at, "survey", "submit", response.id, 1, actor.id, actor.role, detail=detail))
    return Receipt(shown_number(response), at, proofs.mark(head.hash), wave)


def sealed(con: Connection, response: Response, answers: list[Answer]) -> str:
    """What the history keeps of the answers: a digest under the response's own key, by which a change shows."""
    content = integrity.content_of_response(vars(response), [vars(answer) for answer in answers])
    return events.sealed(con, response.id, content)


def shown_number(response: Response) -> str:
    return proofs.survey_number(clock.local(response.submitted_at).year, response.number)


def _response(con: Connection, wave: Wave, asked: Questionnaire, arrival: Arrival, at: datetime) -> Response:
    return Response(
        id=arrival.response_id,
        number=numbers.following(con, "response"),
        wave_id=wave.id,
        enterprise_id=arrival.firm.id or None,
        sector_code=arrival.firm.sector_code,
        town_code=arrival.firm.town_code,
        size=arrival.firm.size,
        language=arrival.language,
        notice_version=version_of(asked, arrival.source),
        started_at=arrival.started_at,
        submitted_at=at,
        source=arrival.source,
        address_hash=arrival.address_hash,
        open_link_id=arrival.open_link_id,
    )
