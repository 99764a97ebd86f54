"""Answers are sent. What all who send at once ask of the store is asked once; each has a receipt, or a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import i18n
from access.actor import Actor
from access.tokens import new_code
from db.people import invitations
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.survey import ballots, drafts, open_links, surveys
from db.survey.drafts import Draft
from db.survey.open_links import RoomLeft
from db.survey.surveys import Wave
from db.system import proofs
from intake.questionnaires.questionnaire import Answers, handed_over, validate
from intake.survey.drafts import AnswersMoved
from intake.survey.respondents import SOURCE, asked_by, enterprises_of, form_of, questionnaire_of
from intake.survey.responses import Arrival, Receipt, receipt_of, receive


class InvalidAnswers(Refused):
    """Some answers cannot be taken: `errors` maps each item to a code that is said beside the question."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("invalid_answers")
        self.errors = dict(errors)


@dataclass(frozen=True)
class _Submission:
    actor: Actor
    form_id: str
    wave_id: str
    answers: Answers
    language: str
    started_at: datetime | None
    copy_code: str
    at: datetime

    @property
    def of_one(self) -> set[str]:
        """Whoever shares one of these waits until the other has been answered."""
        return {f"who {self.actor.id}", f"form {self.form_id}", f"firm {self.actor.enterprise_id or self.actor.id}"}


def submit(
    store: Store, *, actor: Actor, form_id: str, wave_id: str, answers: Answers, language: str,
    started_at: datetime | None = None, copy_code: str = "", at: datetime,
) -> Receipt:  # fmt: skip
    """Receive the answers once. A second try of the same form gives the first's receipt and writes nothing. The
    `copy_code` opens the holder's own copy; nothing else does.

    Without `started_at` the draft says when it was begun. One transaction seals the answers, uses the invitation up,
    ends the draft and passes a consented comment on as the draft of an issue. Raises InvalidAnswers, AnswersMoved where
    the draft holds others meanwhile, or
    Refused('forbidden' | 'survey_closed' | 'survey_answered' | 'survey_not_invited' |
    'invitation_used' | 'invitation_expired' | 'open_full_today' | 'open_full_here').
    """
    actor.must("answer_survey")
    sent = _Submission(actor, form_id, wave_id, answers, i18n.choose(language), started_at, copy_code, at)
    return store.write_together(_all_received, sent)


def _all_received(con: Connection, sent: Sequence[_Submission]) -> list[Receipt | Refused]:
    outcome: dict[int, Receipt | Refused] = {}
    waiting = dict(enumerate(sent))
    while waiting:
        turn = _one_of_each(waiting)
        outcome |= zip(turn, _turn_received(con, list(turn.values())), strict=True)
        waiting = {n: one for n, one in waiting.items() if n not in turn}
    return [outcome[n] for n in range(len(sent))]


def _one_of_each(waiting: Mapping[int, _Submission]) -> dict[int, _Submission]:
    """The first of each person, form and enterprise."""
    turn, seen = dict[int, _Submission](), set[str]()
    for n, one in waiting.items():
        if not one.of_one & seen:
            turn[n] = one
        seen |= one.of_one
    return turn


def _turn_received(con: Connection, turn: Sequence[_Submission]) -> list[Receipt | Refused]:
    known, outcome, came = _Known(con, turn), dict[str, Receipt | Refused](), list[Arrival]()
    for one in turn:
        try:
            if receipt := known.receipt(one):
                outcome[one.form_id] = receipt
            else:
                came.append(known.arrival(one))
        except Refused as refused:
            outcome[one.form_id] = refused
    if came:
        invitations.use_up(con, {one.actor.invitation_id: one.at for one in came if one.actor.invitation_id})
        outcome |= {receipt.form_id: receipt for receipt in receive(con, came)}
        _end_drafts(con, came)
    return [outcome[one.form_id] for one in turn]


class _Known:
    """What the store says of all who send now, each by a statement for all of them."""

    def __init__(self, con: Connection, turn: Sequence[_Submission]) -> None:
        self.before = ballots.these(con, [one.form_id for one in turn])
        self.printed = proofs.hashes_of_submissions(con, list(self.before)) if self.before else {}
        found = (surveys.wave(con, wave_id) for wave_id in {one.wave_id for one in turn})
        self.waves = {wave.id: wave for wave in found if wave}
        self.asked = {
            (wave.id, way): questionnaire_of(con, wave, way)
            for wave in self.waves.values()
            for way in {one.actor.way for one in turn if one.wave_id == wave.id}
        }
        self.firms = enterprises_of(con, [one.actor for one in turn])
        firms = [firm.id for firm in self.firms.values() if firm.id]
        self.answered = {
            wave_id: ballots.answered(con, wave_id=wave_id, enterprise_ids=firms) for wave_id in self.waves
        }
        by_account = [one.actor.enterprise_id or "" for one in turn if one.actor.way == "account"]
        self.drawn = {wave.id: asked_by(con, wave, by_account) for wave in self.waves.values() if by_account}
        self.drafts: dict[tuple[str, str], Draft] = {
            (wave_id, owner): draft
            for wave_id in self.waves
            for owner, draft in drafts.these(con, [one.actor.id for one in turn], form=form_of(wave_id)).items()
        }
        self.invited = invitations.these(con, [one.actor.invitation_id for one in turn if one.actor.invitation_id])
        self.rooms = {key: _room(con, key, turn) for key in {one.actor.open_link_id for one in turn} if key}

    def receipt(self, one: _Submission) -> Receipt | None:
        """Of a form that came in before. Raises Refused('forbidden') where it is somebody else's."""
        if one.actor.way == "open" and one.form_id != open_links.response_id(one.actor.id):
            raise Refused("forbidden")
        before = self.before.get(one.form_id)
        if before is None:
            return None
        if (before.enterprise_id, before.wave_id) != (one.actor.enterprise_id, one.wave_id):
            raise Refused("forbidden")
        return receipt_of(before, self._wave(one), self.printed.get(one.form_id, ""))

    def arrival(self, one: _Submission) -> Arrival:
        """What is to be kept of it. Raises as `submit`."""
        actor, firm = one.actor, self.firms.get(one.actor.id)
        if firm is None:
            raise Refused("forbidden")
        if actor.way == "open" and actor.wave_id != one.wave_id:
            raise Refused("survey_not_invited")
        wave = self._wave(one)
        if firm.id in self.answered[wave.id]:
            raise Refused("survey_answered")
        if not wave.open_at(one.at):
            raise Refused("survey_closed")
        if actor.way == "account" and firm.id not in self.drawn[wave.id]:
            raise Refused("survey_not_invited")
        draft, asked = self.drafts.get((wave.id, actor.id)), self.asked[wave.id, actor.way]
        if draft and draft.content["answers"] != dict(one.answers):
            raise AnswersMoved
        if errors := validate(asked, one.answers):
            raise InvalidAnswers(errors)
        self._let_in(one, firm.id)
        began = one.started_at or (datetime.fromisoformat(draft.content["started_at"]) if draft else None)
        return Arrival(
            actor, wave, asked, dict(one.answers), one.at, one.form_id, firm, SOURCE[actor.way], one.language, began,
            actor.address_hash, actor.open_link_id, copy_code=one.copy_code,
        )  # fmt: skip

    def _wave(self, one: _Submission) -> Wave:
        if one.wave_id not in self.waves:
            raise Refused("survey_closed")
        return self.waves[one.wave_id]

    def _let_in(self, one: _Submission, firm_id: str) -> None:
        """A link of one enterprise is used by its answer; a wall's link has room for so many a day."""
        if one.actor.way == "open":
            if (room := self.rooms.get(one.actor.open_link_id or "")) is None:
                raise Refused("invitation_expired")
            room.take(one.actor.address_hash)
        elif one.actor.way == "invitation":
            invitation = self.invited.get(one.actor.invitation_id or "")
            if invitation is None or (invitation.enterprise_id, invitation.wave_id) != (firm_id, one.wave_id):
                raise Refused("survey_not_invited")
            if not invitation.usable(one.at):
                raise Refused("invitation_used" if invitation.used_at else "invitation_expired")


def _room(con: Connection, link_id: str, turn: Sequence[_Submission]) -> RoomLeft | None:
    """None where the link was taken back."""
    link = open_links.by_id(con, link_id)
    if link is None or link.revoked_at is not None:
        return None
    of_it = [one for one in turn if one.actor.open_link_id == link_id]
    return open_links.room(con, link, {one.actor.address_hash for one in of_it}, at=max(one.at for one in of_it))


def _end_drafts(con: Connection, came: Sequence[Arrival]) -> None:
    """A comment that may become an issue waits in that form, unless something is being written there already."""
    for wave_id in {one.wave.id for one in came}:
        drafts.discard(con, owners=[one.actor.id for one in came if one.wave.id == wave_id], form=form_of(wave_id))
    said = {one.actor.id: (one, comment) for one in came if (comment := handed_over(one.asked, one.answers))}
    writing = drafts.these(con, list(said), form="issue") if said else {}
    for owner, (one, comment) in said.items():
        if one.firm.id and owner not in writing:
            issue_id = str(uuid5(NAMESPACE_URL, f"{one.form_id}/issue"))
            content = {
                "text": comment,
                "sector": one.firm.sector_code,
                "town": one.firm.town_code,
                "code": new_code(),
            }
            drafts.save(con, owner=owner, form="issue", draft_id=issue_id, content=content, at=one.at)
