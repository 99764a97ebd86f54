"""An enterprise answers a survey: what it is offered, its answers on the way, the submission and its receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import i18n
from access.actor import Actor
from access.tokens import new_code
from access.typed import tidy
from db import clock, drafts, enterprises, events, invitations, proofs, surveys
from db.drafts import Draft
from db.enterprises import Enterprise
from db.events import Event
from db.refused import Refused
from db.scope import Scope
from db.sql import Connection
from db.store import Store
from db.surveys import Answer, Response, Wave
from intake.drafts import change_draft, load_draft, save_draft
from intake.questionnaire import Answers, Questionnaire, read_questionnaire, to_store, validate


@dataclass(frozen=True)
class Receipt:
    """What the enterprise keeps. `code` is the beginning of the history's hash at that moment: it proves the number."""

    number: str
    at: datetime
    code: str
    wave: Wave


@dataclass(frozen=True)
class Offer:
    """The survey that concerns the actor now. `receipt` is there where the enterprise has answered."""

    wave: Wave
    questionnaire: Questionnaire
    enterprise: Enterprise
    open: bool
    receipt: Receipt | None


@dataclass(frozen=True)
class Filling:
    """A survey on its way: the id that the response will have, the answers so far, the screen one was on."""

    form_id: str
    answers: dict[str, Any]
    screen: int
    started_at: datetime


class InvalidAnswers(Refused):
    """Some answers cannot be taken: `errors` maps each item to a code that is said beside the question."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("invalid_answers")
        self.errors = dict(errors)


def offered(store: Store, *, actor: Actor, at: datetime) -> Offer | None:
    """The survey of the invitation; for an account the newest open one, rather one that is not answered yet."""
    actor.must("answer_survey")
    return store.read(lambda con: _offered(con, actor, at))


def begin(store: Store, *, actor: Actor, offer: Offer, form_id: str, at: datetime) -> Filling:
    """Open the form, with what the register knows filled in. Where one is open already, that one goes on."""
    found = resume(store, actor=actor, wave_id=offer.wave.id)
    if found:
        return found
    known = {item.code for item in offer.questionnaire.items}
    prefilled = {"QX": "yes" if offer.enterprise.foreign_funded else "no"}
    answers = {code: value for code, value in prefilled.items() if code in known}
    content = {"answers": answers, "screen": 0, "started_at": at.isoformat()}
    form = form_of(offer.wave.id)
    return _filling(save_draft(store, actor=actor, form=form, draft_id=form_id, content=content, at=at))


def resume(store: Store, *, actor: Actor, wave_id: str) -> Filling | None:
    """What the actor had filled in, after a reload or another day."""
    draft = load_draft(store, actor=actor, form=form_of(wave_id))
    return _filling(draft) if draft else None


def keep(
    store: Store, *, actor: Actor, wave_id: str, answers: Answers, screen: int | None = None, at: datetime
) -> None:
    """Add these answers to the form that is open, and the screen one is on. Nothing where none is open."""

    def changed(content: dict[str, Any]) -> dict[str, Any]:
        now_on = content["screen"] if screen is None else screen
        return content | {"answers": content["answers"] | dict(answers), "screen": now_on}

    change_draft(store, actor=actor, form=form_of(wave_id), change=changed, at=at)


def submit(
    store: Store,
    *,
    actor: Actor,
    form_id: str,
    wave_id: str,
    answers: Answers,
    language: str,
    started_at: datetime | None,
    at: datetime,
) -> Receipt:
    """Receive the answers once. A second try of the same form gives the first's receipt and writes nothing.

    One transaction writes the response, uses the invitation up, ends the draft and passes a consented comment on as
    the draft of an issue. Raises InvalidAnswers, or Refused('forbidden' | 'survey_closed' | 'survey_answered' |
    'survey_not_invited' | 'invitation_used' | 'invitation_expired').
    """
    actor.must("answer_survey")
    return store.write(
        lambda con: (
            _received(con, actor, form_id, wave_id)
            or _receive(con, actor, form_id, wave_id, dict(answers), language, started_at, at)
        )
    )


def form_of(wave_id: str) -> str:
    """The draft's name."""
    return f"survey:{wave_id}"


def _filling(draft: Draft) -> Filling:
    content = draft.content
    return Filling(draft.id, content["answers"], content["screen"], datetime.fromisoformat(content["started_at"]))


def _offered(con: Connection, actor: Actor, at: datetime) -> Offer | None:
    enterprise = _enterprise_of(con, actor)
    if actor.way == "invitation":
        invited = surveys.wave(con, actor.wave_id or "")
        waves = [invited] if invited else []
    else:
        waves = surveys.open_waves(con, at)
    offers = [_offer(con, wave, enterprise, at) for wave in waves]
    return next((offer for offer in offers if offer.receipt is None), offers[0] if offers else None)


def _offer(con: Connection, wave: Wave, enterprise: Enterprise, at: datetime) -> Offer:
    answered = surveys.response_of(con, wave_id=wave.id, enterprise_id=enterprise.id)
    receipt = _receipt(con, answered) if answered else None
    return Offer(wave, _questionnaire_of(con, wave), enterprise, wave.open_at(at), receipt)


def _enterprise_of(con: Connection, actor: Actor) -> Enterprise:
    key = actor.enterprise_id or ""
    found = enterprises.get(con, Scope("enterprise", key), key)
    if found is None or not found.active:
        raise Refused("forbidden")
    return found


def _questionnaire_of(con: Connection, wave: Wave) -> Questionnaire:
    return read_questionnaire(surveys.questionnaire(con, wave.questionnaire_code, wave.questionnaire_version))


def _received(con: Connection, actor: Actor, form_id: str, wave_id: str) -> Receipt | None:
    """The receipt of a form that came in before. Raises Refused('forbidden') where it is somebody else's."""
    found = surveys.response(con, form_id)
    if found is None:
        return None
    if (found.enterprise_id, found.wave_id) != (actor.enterprise_id, wave_id):
        raise Refused("forbidden")
    return _receipt(con, found)


def _receive(
    con: Connection,
    actor: Actor,
    form_id: str,
    wave_id: str,
    answers: dict[str, Any],
    language: str,
    started_at: datetime | None,
    at: datetime,
) -> Receipt:
    enterprise = _enterprise_of(con, actor)
    wave = _answerable(con, actor, enterprise, wave_id, at)
    questionnaire = _questionnaire_of(con, wave)
    errors = validate(questionnaire, answers)
    if errors:
        raise InvalidAnswers(errors)
    _use_up_invitation(con, actor, at)
    response = Response(
        id=form_id,
        number=surveys.next_response_number(con),
        wave_id=wave.id,
        enterprise_id=enterprise.id,
        sector_code=enterprise.sector_code,
        town_code=enterprise.town_code,
        size=enterprise.size,
        language=i18n.choose(language),
        notice_version=questionnaire.notice.version,
        started_at=started_at,
        submitted_at=at,
    )
    surveys.add_response(con, response, _answers(questionnaire, response, answers))
    _end_draft(con, actor, enterprise, response, answers)
    # The history says that an enterprise answered, never what.
    detail = {"wave": wave.id, "number": response.number}
    head = events.append(con, Event(at, "survey", "submit", form_id, 1, actor.id, actor.role, detail=detail))
    return Receipt(_shown_number(response), at, proofs.mark(head.hash), wave)


def _answerable(con: Connection, actor: Actor, enterprise: Enterprise, wave_id: str, at: datetime) -> Wave:
    """The wave, where this actor may answer it now for this enterprise."""
    wave = surveys.wave(con, wave_id)
    if actor.way == "invitation":
        invitation = invitations.by_id(con, actor.invitation_id or "")
        if invitation is None or (invitation.enterprise_id, invitation.wave_id) != (enterprise.id, wave_id):
            raise Refused("survey_not_invited")
    if surveys.response_of(con, wave_id=wave_id, enterprise_id=enterprise.id):
        raise Refused("survey_answered")
    if wave is None or not wave.open_at(at):
        raise Refused("survey_closed")
    return wave


def _use_up_invitation(con: Connection, actor: Actor, at: datetime) -> None:
    if actor.way != "invitation" or invitations.use_up(con, actor.invitation_id or "", at):
        return
    invitation = invitations.by_id(con, actor.invitation_id or "")
    raise Refused("invitation_used" if invitation and invitation.used_at else "invitation_expired")


def _answers(questionnaire: Questionnaire, response: Response, answers: Answers) -> list[Answer]:
    return [
        Answer(
            response_id=response.id,
            wave_id=response.wave_id,
            item=stored.item,
            value=stored.value,
            choice=stored.choice,
            text=stored.text,
            sector_code=response.sector_code,
            town_code=response.town_code,
            submitted_at=response.submitted_at,
        )
        for stored in to_store(questionnaire, answers)
    ]


def _end_draft(con: Connection, actor: Actor, enterprise: Enterprise, response: Response, answers: Answers) -> None:
    """A comment that may become an issue waits in that form, unless something is being written there already."""
    drafts.discard(con, owner=actor.id, form=form_of(response.wave_id))
    comment = tidy(answers.get("O5")) if answers.get("O5_consent") is True else ""
    if not comment or drafts.of(con, owner=actor.id, form="issue"):
        return
    issue_id = str(uuid5(NAMESPACE_URL, f"{response.id}/issue"))
    content = {
        "text": comment,
        "sector": enterprise.sector_code,
        "town": enterprise.town_code,
        "code": new_code(),
    }
    at = response.submitted_at
    drafts.save(con, owner=actor.id, form="issue", draft_id=issue_id, content=content, at=at)


def _receipt(con: Connection, response: Response) -> Receipt:
    wave = surveys.wave(con, response.wave_id)
    if wave is None:
        raise Refused("survey_closed")
    printed = proofs.mark(proofs.hash_of_submission(con, response.id))
    return Receipt(_shown_number(response), response.submitted_at, printed, wave)


def _shown_number(response: Response) -> str:
    return proofs.survey_number(clock.local(response.submitted_at).year, response.number)
