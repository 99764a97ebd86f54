"""An enterprise answers a survey: what it is offered, its answers on the way, and its receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from access.actor import Actor
from db import clock
from db.people.enterprises import Enterprise
from db.sql import Connection
from db.store import Store
from db.survey import ballots, open_links, surveys
from db.survey.drafts import Draft
from db.survey.surveys import Wave
from db.system import proofs
from intake.questionnaires.questionnaire import Answers, Questionnaire, asked_in
from intake.survey.drafts import AnswersMoved, change_draft, load_draft, save_draft
from intake.survey.respondents import asked_by, enterprise_of, form_of, participation_of, questionnaire_of
from intake.survey.responses import Receipt, receipt_of


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


def offered(store: Store, *, actor: Actor, at: datetime, done: str = "") -> Offer | None:
    """The survey of the invitation; for an account the newest open one, rather one that is not answered yet.

    `done` is the wave whose receipt is wanted first, where the actor's enterprise has answered it. Raises
    Refused('forbidden').
    """
    actor.must("answer_survey")
    offers = [replace(one, open=one.wave.open_at(at)) for one in store.kept(_offers, actor, clock.day_of(at))]
    if actor.way == "account":
        offers = [offer for offer in offers if offer.open]
    offers.sort(key=lambda offer: (not (offer.receipt and offer.wave.id == done), offer.receipt is not None))
    return offers[0] if offers else None


def _offers(con: Connection, actor: Actor, day: date) -> list[Offer]:
    """What may be offered at some time of the day, newest first: asked once, however often the page is drawn."""
    enterprise, since, until = enterprise_of(con, actor), clock.start_of_day(day), clock.end_of_day(day)
    if actor.way == "account":
        waves = surveys.open_waves(con, since, until)
        waves = [wave for wave in waves if asked_by(con, wave, [enterprise.id])]
    else:
        invited = surveys.wave(con, actor.wave_id or "")
        waves = [invited] if invited else []
    return [_offer(con, actor, wave, enterprise) for wave in waves]


def begin(
    store: Store, *, actor: Actor, offer: Offer, form_id: str, declared: Mapping[str, str] | None = None, at: datetime
) -> Filling:
    """Open the form, with what the register knows filled in. Where one is open already, that one goes on.

    `declared` is what a visitor of an open link says of their enterprise: sector, town, size, each if they wish.
    """
    found = resume(store, actor=actor, wave_id=offer.wave.id)
    if found:
        return found
    content = {"answers": _prefilled(offer), "screen": 0, "started_at": at.isoformat()}
    if actor.way == "open":
        form_id, content = open_links.response_id(actor.id), content | {"declared": dict(declared or {})}
    form = form_of(offer.wave.id)
    return _filling(save_draft(store, actor=actor, form=form, draft_id=form_id, content=content, at=at))


def resume(store: Store, *, actor: Actor, wave_id: str) -> Filling | None:
    """What the actor had filled in, after a reload or another day."""
    draft = load_draft(store, actor=actor, form=form_of(wave_id))
    return _filling(draft) if draft else None


def keep(
    store: Store, *, actor: Actor, wave_id: str, answers: Answers, screen: int | None = None,
    seen: Answers | None = None, at: datetime,
) -> Filling | None:  # fmt: skip
    """Add these answers to the form that is open, and the screen one is on. None where none is open.

    `seen`: what stood on the page that they were given on. What was changed there and in another window too raises
    AnswersMoved, and nothing is kept; what was not changed there stays as it is.
    """

    def changed(content: dict[str, Any]) -> dict[str, Any]:
        given = dict(answers) if seen is None else _changed(answers, seen, content["answers"])
        now_on = content["screen"] if screen is None else screen
        return content | {"answers": content["answers"] | given, "screen": now_on}

    draft = change_draft(store, actor=actor, form=form_of(wave_id), change=changed, at=at)
    return _filling(draft) if draft else None


def _changed(answers: Answers, seen: Answers, stands: Answers) -> dict[str, Any]:
    """Of the answers of a page, those that were changed on it."""
    given = {code: answer for code, answer in answers.items() if answer != seen.get(code)}
    if moved := {code for code, answer in given.items() if stands.get(code) not in (seen.get(code), answer)}:
        raise AnswersMoved(frozenset(moved))
    return given


@dataclass(frozen=True)
class OwnCopy:
    """What the holder of a receipt answered, and what was asked."""

    wave: Wave
    asked: Questionnaire
    number: str
    answers: Answers


def own_copy(store: Store, *, code: str) -> OwnCopy | None:
    """What the code on a receipt opens; whoever has it needs no other right."""
    typed = "".join(code.split()).upper()
    return store.read(lambda con: _own_copy(con, typed)) if typed else None


def has_copy(store: Store, *, code: str) -> bool:
    """Whether the code of a receipt opens something, without opening it."""
    return store.read(lambda con: ballots.has_copy(con, code))


def _own_copy(con: Connection, code: str) -> OwnCopy | None:
    kept = ballots.copy_of(con, code)
    wave = surveys.wave(con, kept["wave"]) if kept else None
    if kept is None or wave is None:
        return None
    return OwnCopy(wave, asked_in(con, wave), kept["number"], kept["answers"])


def _prefilled(offer: Offer) -> dict[str, Any]:
    known = offer.enterprise.id and any(item.code == "QX" for item in offer.questionnaire.items)
    return {"QX": "yes" if offer.enterprise.foreign_funded else "no"} if known else {}


def _filling(draft: Draft) -> Filling:
    content = draft.content
    return Filling(draft.id, content["answers"], content["screen"], datetime.fromisoformat(content["started_at"]))


def _offer(con: Connection, actor: Actor, wave: Wave, enterprise: Enterprise) -> Offer:
    answered = participation_of(con, actor, wave.id, enterprise)
    receipt = receipt_of(answered, wave, proofs.hash_of_submission(con, answered.id)) if answered else None
    return Offer(wave, questionnaire_of(con, wave, actor.way), enterprise, open=False, receipt=receipt)
